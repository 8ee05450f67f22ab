// Places on an ellipse at equal distance along it: the shape of a mesh that is too large for one row.
import type { Point } from '../geometry.ts'

const ASPECT = 1.5
const SPACING = 345

/** Slots grow in steps, so that a node that joins takes a free one and nobody moves. */
export function slotsFor(count: number): number {
  let slots = 8
  while (slots < count) slots += slots < 16 ? 2 : slots < 32 ? 4 : slots < 64 ? 8 : slots < 128 ? 12 : 32
  return slots
}

function radii(slots: number): { rx: number; ry: number } {
  const ry = (slots * SPACING) / (2 * Math.PI * Math.sqrt((1 + ASPECT * ASPECT) / 2))
  return { rx: ry * ASPECT, ry }
}

/** Centres of the slots around (0, 0), clockwise from the top. */
export function ringSlots(slots: number): Point[] {
  const { rx, ry } = radii(slots)
  const steps = 720
  const along = new Float64Array(steps + 1)
  const at = (i: number): Point => {
    const angle = (i / steps) * 2 * Math.PI - Math.PI / 2
    return { x: rx * Math.cos(angle), y: ry * Math.sin(angle) }
  }
  for (let i = 1; i <= steps; i++) {
    const a = at(i - 1)
    const b = at(i)
    along[i] = along[i - 1]! + Math.hypot(b.x - a.x, b.y - a.y)
  }
  const whole = along[steps]!
  const points: Point[] = []
  let i = 0
  for (let slot = 0; slot < slots; slot++) {
    const target = (whole * slot) / slots
    while (i < steps && along[i]! < target) i++
    points.push(at(i))
  }
  return points
}
