// Pan, zoom and flights of the camera, on d3-zoom. The stage registers its element; everything else calls these functions.
import { easeCubicInOut, select, type ZoomBehavior, zoom, zoomIdentity, zoomTransform } from 'd3'
import { usePrefs } from '../store/prefs.ts'
import { fitClear } from './clear-corner.ts'
import { type Box, centre } from './geometry.ts'
import { plateWords } from './layout/plate-words.ts'
import type { Layout } from './layout/types.ts'
import { settledLayout, setViewport, useStage } from './stage-store.ts'
import { fitBox, type Insets, MAX_ZOOM, MIN_ZOOM } from './viewport.ts'

const FLIGHT_MS = 320
const STEP = 1.25

let stage: { element: HTMLElement; behavior: ZoomBehavior<HTMLElement, unknown> } | null = null
/** The person has moved the camera; it no longer follows changes of structure by itself. */
let steered = false
let insets: Insets = { top: 16, right: 16, bottom: 58, left: 16 }
let corner: { width: number; height: number } | null = null

/** `blocked` says whether a press at the event belongs to something else (a card, a thing being placed). */
export function attachCamera(element: HTMLElement, blocked: (event: PointerEvent | MouseEvent) => boolean): () => void {
  const behavior = zoom<HTMLElement, unknown>()
    .scaleExtent([MIN_ZOOM, MAX_ZOOM])
    .clickDistance(4)
    .filter((event: MouseEvent | WheelEvent | TouchEvent) => {
      if (event.type === 'wheel') return true
      if (event.type === 'dblclick') return false
      if (event instanceof MouseEvent && event.button === 1) return true
      if (event instanceof MouseEvent && event.button !== 0) return false
      if ('touches' in event && event.touches.length > 1) return true
      return !blocked(event as PointerEvent)
    })
    .on('zoom', ({ transform, sourceEvent }) => {
      if (sourceEvent) steered = true
      setViewport({ x: transform.x, y: transform.y, k: transform.k })
    })
  const selection = select(element)
  selection.call(behavior).on('dblclick.zoom', null)
  stage = { element, behavior }
  return () => {
    selection.on('.zoom', null)
    if (stage?.element === element) stage = null
  }
}

/** Room that panels over the stage take from it. */
export function setInsets(next: Insets): void {
  insets = next
}

function flyTo(to: { x: number; y: number; k: number }, animated: boolean): void {
  if (!stage) {
    setViewport(to)
    return
  }
  const transform = zoomIdentity.translate(to.x, to.y).scale(to.k)
  const selection = select(stage.element)
  if (animated && !usePrefs.getState().reducedMotion)
    selection.transition().duration(FLIGHT_MS).ease(easeCubicInOut).call(stage.behavior.transform, transform)
  else selection.interrupt().call(stage.behavior.transform, transform)
}

/** A card in the top left corner of the picture (the narrator); null: none. No machine or name of a network is left under it. */
export function setCorner(next: { width: number; height: number } | null): void {
  corner = next
  follow()
}

/** What must not be under the card: machines, and the words of the plates. */
function keptClear(layout: Layout): Box[] {
  return [...[...layout.places.values()].map(({ box }) => box), ...layout.plates.flatMap(plateWords)]
}

function bestView(layout: Layout, screen: { width: number; height: number }): { x: number; y: number; k: number } {
  if (!corner) return fitBox(layout.bounds, screen, insets)
  return fitClear(layout.bounds, screen, insets, corner, keptClear(layout))
}

export function fitAll(animated = true): void {
  const { viewport } = useStage.getState()
  const layout = settledLayout()
  if (!layout || viewport.width === 0) return
  steered = false
  flyTo(bestView(layout, viewport), animated)
}

/** Follows a change of structure or size unless the person has steered. */
export function follow(animated = true): void {
  if (!steered) fitAll(animated)
}

export function focusOn(box: Box): void {
  const { viewport } = useStage.getState()
  steered = true
  const k = Math.min(MAX_ZOOM, Math.max(1, Math.min(viewport.width / (box.w * 2.2), viewport.height / (box.h * 2.2))))
  const at = centre(box)
  flyTo({ k, x: viewport.width / 2 - at.x * k, y: viewport.height / 2 - at.y * k }, true)
}

export function focusHost(name: string): void {
  const place = settledLayout()?.places.get(name)
  if (place) focusOn(place.box)
}

export function zoomBy(direction: 1 | -1): void {
  if (!stage) return
  steered = true
  const factor = direction === 1 ? STEP : 1 / STEP
  const selection = select(stage.element)
  if (usePrefs.getState().reducedMotion) selection.call(stage.behavior.scaleBy, factor)
  else selection.transition().duration(FLIGHT_MS).ease(easeCubicInOut).call(stage.behavior.scaleBy, factor)
}

export function zoomTo100(): void {
  if (!stage) return
  steered = true
  select(stage.element).transition().duration(FLIGHT_MS).call(stage.behavior.scaleTo, 1)
}

export function panBy(dx: number, dy: number): void {
  if (!stage) return
  steered = true
  select(stage.element).call(
    stage.behavior.translateBy,
    dx / zoomTransform(stage.element).k,
    dy / zoomTransform(stage.element).k,
  )
}
