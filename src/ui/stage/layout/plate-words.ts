// Where a plate has words of its own: its name at the top left and, for a gateway without a host, the pill on its edge.
import type { Box } from '../geometry.ts'
import type { Plate } from './types.ts'

const NAME = { w: 190, h: 32 }

/** Boxes in world units. */
export function plateWords({ box, loneGateway }: Plate): Box[] {
  const name = { x: box.x, y: box.y, w: NAME.w, h: NAME.h }
  return loneGateway ? [name, loneGateway.box] : [name]
}
