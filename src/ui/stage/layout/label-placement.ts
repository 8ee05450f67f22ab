// Where the pills beside messages go (section 6): at most six, the weightier types first, never over cards, ports or each
// other. Above, below, outer side, then dropped. The place a pill had in the frame before is tried first, so it stays calm.
import type { MessageLook } from '../../../sim/index.ts'
import { type Box, overlap, type Point } from '../geometry.ts'

export interface PillWish {
  id: number
  look: MessageLook
  at: Point
  /** The full pill, then shorter forms. */
  sizes: readonly { w: number; h: number }[]
  /** Which way is away from the middle of the picture. */
  outward: -1 | 1
}

export interface PlacedPill {
  id: number
  /** Index into `sizes`. */
  form: number
  slot: Slot
  box: Box
}

export type Slot = 'above' | 'below' | 'outer'

const PRIORITY: readonly MessageLook[] = [
  'NOTIFICATION',
  'WITHDRAW',
  'UPDATE+WITHDRAW',
  'UPDATE',
  'OPEN',
  'ROUTE-REFRESH',
  'END-OF-RIB',
  'KEEPALIVE',
]
const MOST = 6
const CLEAR = 15

function boxAt(slot: Slot, wish: PillWish, size: { w: number; h: number }): Box {
  const { x, y } = wish.at
  if (slot === 'outer') return { x: wish.outward > 0 ? x + CLEAR : x - CLEAR - size.w, y: y - size.h / 2, ...size }
  return { x: x - size.w / 2, y: slot === 'above' ? y - CLEAR - size.h : y + CLEAR, ...size }
}

const within = (box: Box, bounds: Box): boolean =>
  box.x >= bounds.x && box.y >= bounds.y && box.x + box.w <= bounds.x + bounds.w && box.y + box.h <= bounds.y + bounds.h

export function placePills(
  wishes: readonly PillWish[],
  around: { obstacles: readonly Box[]; bounds: Box; before: ReadonlyMap<number, Slot> },
): PlacedPill[] {
  const order = [...wishes].sort((a, b) => PRIORITY.indexOf(a.look) - PRIORITY.indexOf(b.look) || a.id - b.id)
  const glyphs = wishes.map(({ at }) => ({ x: at.x - 11, y: at.y - 11, w: 22, h: 22 }))
  const placed: PlacedPill[] = []
  for (const wish of order) {
    if (placed.length >= MOST) break
    if (wish.look === 'KEEPALIVE' && placed.length >= 3) continue
    const before = around.before.get(wish.id)
    const slots: Slot[] = before ? [before, 'above', 'below', 'outer'] : ['above', 'below', 'outer']
    const free = (box: Box) =>
      within(box, around.bounds) &&
      !around.obstacles.some((each) => overlap(each, box)) &&
      !glyphs.some((each) => overlap(each, box)) &&
      !placed.some((each) => overlap(each.box, box))
    search: for (let form = 0; form < wish.sizes.length; form++) {
      for (const slot of slots) {
        const box = boxAt(slot, wish, wish.sizes[form]!)
        if (!free(box)) continue
        placed.push({ id: wish.id, form, slot, box })
        break search
      }
    }
  }
  return placed
}
