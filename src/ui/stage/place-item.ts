// What a drop of the palette's things does on each target.
import type { PlacedItem, PlaceTarget } from './drop-target.ts'
import { addNode, addPod } from './menu-items.ts'

export function placeItem(item: PlacedItem, target: PlaceTarget): void {
  if (item === 'pod') addPod(target.type === 'host' ? target.name : null)
  else if (item === 'node') addNode(target.type === 'plate' ? target.network : null)
}
