// What happens where a message ends (section 5): accepted, rejected or lost. The reason comes from the recording's events.
import type { EventView, MessageView, TimelineIndex } from '../../../sim/index.ts'
import { type Point, pointAlong } from '../geometry.ts'
import type { Layout } from '../layout/types.ts'
import { lineOf } from './flight.ts'

export type EndingKind = 'accepted' | 'rejected' | 'lost'

export interface Ending {
  message: MessageView
  kind: EndingKind
  at: Point
  /** Wall time at which it began, milliseconds. */
  since: number
}

export const ENDING_MS: Record<EndingKind, number> = { accepted: 180, rejected: 460, lost: 400 }
const MOST = 60

function firstAt(events: readonly EventView[], at: number): number {
  let low = 0
  let high = events.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (events[middle]!.at < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Whether the receiver refused what an UPDATE brought, told by a rejection of its prefix right after it arrived. */
export function wasRejected(message: MessageView, index: TimelineIndex): boolean {
  if (message.look !== 'UPDATE' && message.look !== 'UPDATE+WITHDRAW') return false
  const window = 2000
  for (let i = firstAt(index.events, message.arrivesAt); i < index.events.length; i++) {
    const event = index.events[i]!
    if (event.at > message.arrivesAt + window) return false
    if (event.host !== message.to || event.body.type !== 'bird') continue
    const { event: bird } = event.body
    if (bird.code === 'route-rejected' && bird.prefix === message.prefix) return true
  }
  return false
}

/** Endings of messages that were under way at `from` and have ended by `to` while time ran on. */
export function endingsBetween(
  messages: readonly MessageView[],
  span: { from: number; to: number; now: number },
  world: { layout: Layout; index: TimelineIndex },
): Ending[] {
  const endings: Ending[] = []
  for (const message of messages) {
    if (message.arrivesAt <= span.from || message.arrivesAt > span.to || endings.length >= MOST) continue
    const line = lineOf(message, world.layout)
    if (!line) continue
    const kind = message.lost ? 'lost' : wasRejected(message, world.index) ? 'rejected' : 'accepted'
    if (kind === 'accepted' && message.look === 'KEEPALIVE') continue
    const share = kind === 'accepted' ? 1 : kind === 'lost' ? 0.92 : 0.94
    endings.push({ message, kind, at: pointAlong(line.curve, line.forward ? share : 1 - share), since: span.now })
  }
  return endings
}
