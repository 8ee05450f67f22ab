// What of a lane's messages can be drawn: glyphs closer than 9 px merge, the weightier type shows, KEEPALIVE is a small tick
// that gives way. Pure.
import type { LaneView, MessageLook, Micros } from '../../sim/index.ts'
import type { Axis } from './axis/axis.ts'

export interface Mark {
  x: number
  at: Micros
  /** The first message of the mark. */
  id: number
  look: MessageLook
  count: number
}

const MERGE = 9

const WEIGHT: Record<MessageLook, number> = {
  NOTIFICATION: 7,
  WITHDRAW: 6,
  'UPDATE+WITHDRAW': 5,
  UPDATE: 4,
  OPEN: 3,
  'ROUTE-REFRESH': 2,
  'END-OF-RIB': 1,
  KEEPALIVE: 0,
}

type Glyph = LaneView['glyphs'][number]

function firstAfter(glyphs: readonly Glyph[], at: Micros): number {
  let low = 0
  let high = glyphs.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (glyphs[middle]!.at < at) low = middle + 1
    else high = middle
  }
  return low
}

export interface MarkInput {
  glyphs: readonly Glyph[]
  axis: Axis
  /** Pixels of the axis that are seen. */
  from: number
  to: number
  hidden: ReadonlySet<string>
}

export function marksOf({ glyphs, axis, from, to, hidden }: MarkInput): { marks: Mark[]; ticks: number[] } {
  const marks: Mark[] = []
  const ticks: number[] = []
  const end = axis.toTime(to + MERGE)
  for (let i = firstAfter(glyphs, axis.toTime(from - MERGE)); i < glyphs.length; i++) {
    const { at, id, look } = glyphs[i]!
    if (at > end) break
    if (hidden.has(look)) continue
    const x = axis.toX(at)
    if (look === 'KEEPALIVE') {
      if (x - (ticks.at(-1) ?? Number.NEGATIVE_INFINITY) >= 2) ticks.push(x)
      continue
    }
    const last = marks.at(-1)
    if (!last || x - last.x >= MERGE) marks.push({ x, at, id, look, count: 1 })
    else if (last.look === look) last.count++
    else if (WEIGHT[look] > WEIGHT[last.look]) Object.assign(last, { look, id, at, count: 1 })
  }
  return { marks, ticks: ticks.filter((x) => !near(marks, x)) }
}

/** Whether a glyph stands where a tick would. */
function near(marks: readonly Mark[], x: number): boolean {
  let low = 0
  let high = marks.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (marks[middle]!.x < x - 7) low = middle + 1
    else high = middle
  }
  const next = marks[low]
  return next !== undefined && next.x <= x + 7
}
