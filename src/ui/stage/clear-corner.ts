// The camera beside the narrator's card: as large as can be with nothing that has words under the card.
import { type Box, overlap } from './geometry.ts'
import { boxToScreen, fitBox, type Insets, type Viewport } from './viewport.ts'

type Screen = Pick<Viewport, 'width' | 'height'>
type Camera = Pick<Viewport, 'x' | 'y' | 'k'>

const STEP = 0.98
const AIR = 6

/**
 * Fits `bounds` like `fitBox`, then pushes it away from a card of size `corner` in the top left until no box of `keep` (world units)
 * is under it: to the right, down, or both, and only as much smaller as that takes. Below half of the plain size the card wins.
 */
export function fitClear(
  bounds: Box,
  screen: Screen,
  insets: Insets,
  corner: { width: number; height: number },
  keep: readonly Box[],
): Camera {
  const plain = fitBox(bounds, screen, insets)
  const card = { x: 0, y: 0, w: corner.width + AIR, h: corner.height + AIR }
  for (let k = plain.k; k >= plain.k / 2; k *= STEP) {
    const middle = fitBox(bounds, screen, insets, k)
    const right = screen.width - insets.right - (bounds.x + bounds.w) * middle.k
    const bottom = screen.height - insets.bottom - (bounds.y + bounds.h) * middle.k
    for (const [x, y] of [
      [middle.x, middle.y],
      [middle.x, bottom],
      [right, middle.y],
      [right, bottom],
    ] as const) {
      const camera = { x, y, k: middle.k }
      if (!keep.some((box) => overlap(boxToScreen({ ...screen, ...camera, ratio: 1 }, box), card))) return camera
    }
  }
  return plain
}
