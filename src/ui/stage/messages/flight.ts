// Messages on their lines at one time: where each is, which ones stack, and which direction it goes. Pure.
import type { MessageView } from '../../../sim/index.ts'
import { type Curve, type Point, pointAlong } from '../geometry.ts'
import type { Layout } from '../layout/types.ts'

export interface Flight {
  message: MessageView
  /** World position. */
  at: Point
  /** A little before, for the tail. */
  tail: Point
  curve: Curve
  /** Whether it moves from the curve's start to its end. */
  forward: boolean
  share: number
  /** More than three of one type on one direction become one glyph with a number. */
  count: number
}

const TAIL = 0.14
const STACK = 3
/** Above this many no tails are drawn. */
const MANY = 300
const REDUCED_SHARE = 0.5

export function shareOf(message: MessageView, at: number): number {
  const length = message.arrivesAt - message.sentAt
  return length <= 0 ? 1 : Math.min(1, Math.max(0, (at - message.sentAt) / length))
}

function inFlight(message: MessageView, at: number): boolean {
  return at >= message.sentAt && at < message.arrivesAt
}

/** The line a message runs on; one that has no session keeps to the straight way between its hosts. */
export function lineOf(message: MessageView, layout: Layout): { curve: Curve; forward: boolean } | null {
  const path = message.session === null ? undefined : layout.sessions.get(message.session)
  if (path) return { curve: path.curve, forward: path.a === message.from }
  const a = layout.places.get(message.from)
  const b = message.to === null ? undefined : layout.places.get(message.to)
  if (!a || !b) return null
  for (const other of layout.sessions.values()) {
    if (other.a === a.name && other.b === b.name) return { curve: other.curve, forward: true }
    if (other.a === b.name && other.b === a.name) return { curve: other.curve, forward: false }
  }
  return null
}

export interface FlightInput {
  messages: readonly MessageView[]
  layout: Layout
  at: number
  hidden: ReadonlySet<string>
  /** Messages stay at mid-path and are told by a label. */
  reducedMotion: boolean
}

export function flightsAt({ messages, layout, at, hidden, reducedMotion }: FlightInput): Flight[] {
  const groups = new Map<string, MessageView[]>()
  for (const message of messages) {
    if (!inFlight(message, at) || hidden.has(message.look)) continue
    const id = `${message.session ?? message.to}\n${message.from}\n${message.look}`
    const group = groups.get(id)
    if (group) group.push(message)
    else groups.set(id, [message])
  }
  const flights: Flight[] = []
  for (const group of groups.values()) {
    const line = lineOf(group[0]!, layout)
    if (!line) continue
    const stacked = group.length > STACK
    for (const message of stacked ? [group[0]!] : group) {
      const real = shareOf(message, at)
      const share = reducedMotion ? REDUCED_SHARE : real
      const along = (u: number) => pointAlong(line.curve, line.forward ? u : 1 - u)
      flights.push({
        message,
        at: along(share),
        tail: messages.length > MANY ? along(share) : along(Math.max(0, share - TAIL)),
        curve: line.curve,
        forward: line.forward,
        share: real,
        count: stacked ? group.length : 1,
      })
    }
  }
  return flights
}
