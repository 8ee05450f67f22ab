// Ctrl+arrow: the nearest object in that direction, straight ahead preferred.
import { centre } from '../geometry.ts'
import type { TreeItem } from './tree-items.ts'

export function nearestInDirection(
  items: readonly TreeItem[],
  from: TreeItem,
  [dx, dy]: readonly [number, number],
): TreeItem | undefined {
  if (!from.box) return undefined
  const here = centre(from.box)
  let best: { item: TreeItem; cost: number } | undefined
  for (const item of items) {
    if (!item.box || item === from || item.picked?.type === 'plate') continue
    const there = centre(item.box)
    const ahead = (there.x - here.x) * dx + (there.y - here.y) * dy
    const aside = Math.abs((there.x - here.x) * dy) + Math.abs((there.y - here.y) * dx)
    if (ahead <= 1) continue
    const cost = ahead + 2 * aside
    if (!best || cost < best.cost) best = { item, cost }
  }
  return best?.item
}
