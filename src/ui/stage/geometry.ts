// Points, boxes and cubic curves of the stage. World units are CSS pixels at 100 %.
export interface Point {
  x: number
  y: number
}

export interface Box extends Point {
  w: number
  h: number
}

/** A cubic curve from (x0, y0) to (x3, y3). */
export interface Curve {
  x0: number
  y0: number
  x1: number
  y1: number
  x2: number
  y2: number
  x3: number
  y3: number
}

export const centre = (box: Box): Point => ({ x: box.x + box.w / 2, y: box.y + box.h / 2 })

export const inside = (box: Box, point: Point, margin = 0): boolean =>
  point.x >= box.x - margin &&
  point.x <= box.x + box.w + margin &&
  point.y >= box.y - margin &&
  point.y <= box.y + box.h + margin

export const overlap = (a: Box, b: Box): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h

export function union(boxes: readonly Box[]): Box {
  if (boxes.length === 0) return { x: 0, y: 0, w: 0, h: 0 }
  const x = Math.min(...boxes.map((box) => box.x))
  const y = Math.min(...boxes.map((box) => box.y))
  const right = Math.max(...boxes.map((box) => box.x + box.w))
  const bottom = Math.max(...boxes.map((box) => box.y + box.h))
  return { x, y, w: right - x, h: bottom - y }
}

export const grow = (box: Box, by: number): Box => ({
  x: box.x - by,
  y: box.y - by,
  w: box.w + 2 * by,
  h: box.h + 2 * by,
})

export function pointAt(c: Curve, u: number): Point {
  const v = 1 - u
  const a = v * v * v
  const b = 3 * v * v * u
  const d = 3 * v * u * u
  const e = u * u * u
  return { x: a * c.x0 + b * c.x1 + d * c.x2 + e * c.x3, y: a * c.y0 + b * c.y1 + d * c.y2 + e * c.y3 }
}

const SAMPLES = 24
const lengths = new WeakMap<Curve, Float64Array>()

/** Length from the start up to each sample; made once per curve. */
function lengthsOf(curve: Curve): Float64Array {
  let table = lengths.get(curve)
  if (table) return table
  table = new Float64Array(SAMPLES + 1)
  let before = pointAt(curve, 0)
  for (let i = 1; i <= SAMPLES; i++) {
    const here = pointAt(curve, i / SAMPLES)
    table[i] = table[i - 1]! + Math.hypot(here.x - before.x, here.y - before.y)
    before = here
  }
  lengths.set(curve, table)
  return table
}

export const lengthOf = (curve: Curve): number => lengthsOf(curve)[SAMPLES]!

/** The point at a share of the way, so that what moves along the curve keeps one speed. */
export function pointAlong(curve: Curve, share: number): Point {
  const table = lengthsOf(curve)
  const target = table[SAMPLES]! * Math.min(1, Math.max(0, share))
  let i = 1
  while (i < SAMPLES && table[i]! < target) i++
  const from = table[i - 1]!
  const step = table[i]! - from
  return pointAt(curve, (i - 1 + (step > 0 ? (target - from) / step : 0)) / SAMPLES)
}

/** Distance of a point from the curve, up to the fineness of the samples. */
export function distanceTo(curve: Curve, point: Point): number {
  let best = Number.POSITIVE_INFINITY
  let before = pointAt(curve, 0)
  for (let i = 1; i <= SAMPLES; i++) {
    const here = pointAt(curve, i / SAMPLES)
    best = Math.min(best, distanceToSegment(point, before, here))
    before = here
  }
  return best
}

function distanceToSegment(p: Point, a: Point, b: Point): number {
  const dx = b.x - a.x
  const dy = b.y - a.y
  const square = dx * dx + dy * dy
  const t = square === 0 ? 0 : Math.min(1, Math.max(0, ((p.x - a.x) * dx + (p.y - a.y) * dy) / square))
  return Math.hypot(p.x - a.x - t * dx, p.y - a.y - t * dy)
}

/** Whether the curve, ends aside, passes through a box. */
export function crosses(curve: Curve, box: Box): boolean {
  for (let i = 1; i < SAMPLES; i++) if (inside(box, pointAt(curve, i / SAMPLES), -1)) return true
  return false
}

/** Where the line from a box's centre toward a point leaves the box. */
export function edgeToward(box: Box, to: Point): Point {
  const from = centre(box)
  const dx = to.x - from.x
  const dy = to.y - from.y
  if (dx === 0 && dy === 0) return from
  const scale = Math.min(
    dx === 0 ? Number.POSITIVE_INFINITY : box.w / 2 / Math.abs(dx),
    dy === 0 ? Number.POSITIVE_INFINITY : box.h / 2 / Math.abs(dy),
  )
  return { x: from.x + dx * scale, y: from.y + dy * scale }
}
