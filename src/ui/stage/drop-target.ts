// Placing something new: begun by the palette (drag, click, or keyboard), aimed and ended on the stage. The palette calls
// begin / hover / drop / cancel; the stage tells what lies under a point; one handler turns the result into an action.
import { create } from 'zustand'
import type { Point } from './geometry.ts'

export type PlacedItem = 'node' | 'router' | 'pod'

export type PlaceTarget =
  | { type: 'plate'; network: string }
  | { type: 'host'; name: string }
  /** Open ground of the stage. */
  | { type: 'open' }

export interface Placing {
  item: PlacedItem | null
  how: 'drag' | 'click' | 'keyboard'
  /** Pointer in client coordinates; null before the first move. */
  point: Point | null
  /** What would take the item; null: nothing there can. */
  target: PlaceTarget | null
}

const resting: Placing = { item: null, how: 'drag', point: null, target: null }

export const usePlacing = create<Placing>()(() => resting)

interface StageSide {
  /** What the item would land on, given a client point; null outside the stage or on something that cannot take it. */
  targetAt: (item: PlacedItem, point: Point) => PlaceTarget | null
  /** Every legal target in reading order, for the keyboard. */
  targets: (item: PlacedItem) => readonly PlaceTarget[]
}

let stage: StageSide | null = null
let handler: ((item: PlacedItem, target: PlaceTarget) => void) | null = null
let cameFrom: HTMLElement | null = null

/** Called by the stage when it mounts. */
export function offerStage(side: StageSide): () => void {
  stage = side
  return () => {
    if (stage === side) stage = null
  }
}

/** What a drop does. */
export function onPlaced(run: (item: PlacedItem, target: PlaceTarget) => void): () => void {
  handler = run
  return () => {
    if (handler === run) handler = null
  }
}

export function beginPlacing(item: PlacedItem, how: Placing['how'], point: Point | null = null): void {
  cameFrom = document.activeElement instanceof HTMLElement ? document.activeElement : null
  const target = how === 'keyboard' ? (stage?.targets(item)[0] ?? null) : null
  usePlacing.setState({ item, how, point, target })
}

export function hoverPlacing(point: Point): void {
  const { item } = usePlacing.getState()
  if (item) usePlacing.setState({ point, target: stage?.targetAt(item, point) ?? null })
}

/** The next or previous legal target, for the arrow keys. */
export function aimPlacing(direction: 1 | -1): void {
  const { item, target } = usePlacing.getState()
  if (!item || !stage) return
  const targets = stage.targets(item)
  const now = targets.findIndex((each) => sameTarget(each, target))
  const next = targets[(now + direction + targets.length) % targets.length]
  if (next) usePlacing.setState({ target: next })
}

/** Ends it where it is aimed (or at a point). false: nothing there takes it, it snaps back. */
export function dropPlacing(point?: Point): boolean {
  if (point) hoverPlacing(point)
  const { item, target } = usePlacing.getState()
  cancelPlacing()
  if (!item || !target) return false
  handler?.(item, target)
  return true
}

export function cancelPlacing(): void {
  const { how } = usePlacing.getState()
  usePlacing.setState(resting)
  if (how === 'keyboard') cameFrom?.focus()
}

function sameTarget(a: PlaceTarget, b: PlaceTarget | null): boolean {
  if (a.type !== b?.type) return false
  if (a.type === 'plate') return a.network === (b as typeof a).network
  return a.type === 'host' ? a.name === (b as typeof a).name : true
}
