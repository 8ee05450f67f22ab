// What a drop of the palette's things does on each target.
import { addRouter } from '../actions/add-router.ts'
import type { PlacedItem, PlaceTarget } from './drop-target.ts'
import { addNode, addPod } from './menu-items.ts'

export function placeItem(item: PlacedItem, target: PlaceTarget): void {
  const network = target.type === 'plate' ? target.network : null
  if (item === 'pod') addPod(target.type === 'host' ? target.name : null)
  else if (item === 'node') addNode(network)
  else void addRouter(network)
}
