// Pointer on the stage: hover, click, drag of a card, placing something new, double click. The camera (pan, zoom) is d3's.
import { openMessage } from '../inspector/message/message-view.ts'
import { invalidate } from '../player/frame-loop.ts'
import { pause } from '../player/player.ts'
import { select, setHover, useSelection } from '../store/selection.ts'
import { attachCamera, fitAll, focusHost } from './camera.ts'
import { aimPlacing, cancelPlacing, dropPlacing, hoverPlacing, usePlacing } from './drop-target.ts'
import type { Point } from './geometry.ts'
import { hostAt, type Picked, pickAt, selectionOf } from './pick.ts'
import { currentScene, pickWorld } from './scene.ts'
import { moveHost, settledLayout, useStage } from './stage-store.ts'
import { hoverOf } from './tree/StageTree.tsx'

const SNAP = 20
const THRESHOLD = { mouse: 4, touch: 8 } as const

interface Grip {
  host: string
  pointer: number
  start: Point
  /** Where the card was, in world units, and whether it had been moved before. */
  origin: Point
  before: Point | null
  dragging: boolean
}

export interface Hovered {
  picked: Picked
  at: Point
}

export function pointOn(element: HTMLElement, event: { clientX: number; clientY: number }): Point {
  const rect = element.getBoundingClientRect()
  return { x: event.clientX - rect.left, y: event.clientY - rect.top }
}

export function pickOn(element: HTMLElement, event: { clientX: number; clientY: number }): Picked | null {
  const scene = currentScene()
  return scene ? pickAt(pickWorld(scene), pointOn(element, event)) : null
}

/** Arrows choose the place, Enter puts it down. true: the key was for that. */
function placeByKey(event: KeyboardEvent): boolean {
  const direction = event.key === 'ArrowRight' || event.key === 'ArrowDown' ? 1 : event.key.startsWith('Arrow') ? -1 : 0
  if (direction !== 0) aimPlacing(direction)
  else if (event.key === 'Enter' && !event.repeat) dropPlacing()
  else return false
  event.preventDefault()
  event.stopPropagation()
  return true
}

export function attachInput(element: HTMLElement, onHovered: (hovered: Hovered | null) => void): () => void {
  let grip: Grip | null = null

  const overlay = (event: Event) =>
    event.target instanceof Element && event.target.closest('[data-stage-overlay]') !== null
  const grabbed = (event: { clientX: number; clientY: number }): string | null => {
    const scene = currentScene()
    return scene ? hostAt(pickWorld(scene), pointOn(element, event)) : null
  }
  const stopCamera = attachCamera(element, (event) => {
    if (overlay(event) || usePlacing.getState().item !== null) return true
    const touch = 'touches' in event ? (event as unknown as TouchEvent).touches[0] : undefined
    return grabbed(touch ?? event) !== null
  })

  const onPointerDown = (event: PointerEvent) => {
    if (overlay(event) || event.button !== 0 || usePlacing.getState().item !== null) return
    const host = grabbed(event)
    const place = host === null ? undefined : settledLayout()?.places.get(host)
    if (host === null || !place) return
    const { moved } = useStage.getState()
    const origin = { x: place.box.x, y: place.box.y }
    grip = {
      host,
      pointer: event.pointerId,
      start: pointOn(element, event),
      origin,
      before: moved.get(host) ?? null,
      dragging: false,
    }
  }

  const drag = (event: PointerEvent, held: Grip) => {
    const at = pointOn(element, event)
    const dx = at.x - held.start.x
    const dy = at.y - held.start.y
    if (!held.dragging && Math.hypot(dx, dy) < THRESHOLD[event.pointerType === 'touch' ? 'touch' : 'mouse']) return
    if (!held.dragging) element.setPointerCapture(held.pointer)
    held.dragging = true
    const { k } = useStage.getState().viewport
    const snap = (value: number) => (event.altKey ? value : Math.round(value / SNAP) * SNAP)
    moveHost(held.host, { x: snap(held.origin.x + dx / k), y: snap(held.origin.y + dy / k) })
  }

  const onPointerMove = (event: PointerEvent) => {
    if (grip && event.pointerId === grip.pointer) {
      drag(event, grip)
      return
    }
    if (usePlacing.getState().item !== null) {
      hoverPlacing({ x: event.clientX, y: event.clientY })
      return
    }
    if (event.buttons !== 0 || overlay(event)) {
      onHovered(null)
      return
    }
    const picked = pickOn(element, event)
    setHover(hoverOf(picked))
    element.style.cursor = picked && picked.type !== 'plate' ? 'pointer' : ''
    onHovered(picked && picked.type !== 'plate' ? { picked, at: pointOn(element, event) } : null)
  }

  const onPointerUp = () => {
    const dragged = grip?.dragging === true
    grip = null
    if (dragged) swallowClick = true
  }
  let swallowClick = false

  const onClick = (event: MouseEvent) => {
    if (swallowClick) {
      swallowClick = false
      return
    }
    if (overlay(event)) return
    if (usePlacing.getState().item !== null) {
      dropPlacing({ x: event.clientX, y: event.clientY })
      return
    }
    const picked = pickOn(element, event)
    if (picked?.type === 'message') pause()
    select(selectionOf(picked))
    invalidate()
  }

  const onDoubleClick = (event: MouseEvent) => {
    if (overlay(event)) return
    const picked = pickOn(element, event)
    if (picked?.type === 'message') {
      openMessage(picked.id)
      return
    }
    const host = grabbed(event)
    if (host === null) fitAll()
    else focusHost(host)
  }

  const onLeave = () => {
    setHover(null)
    onHovered(null)
  }

  const onKey = (event: KeyboardEvent) => {
    const { item, how } = usePlacing.getState()
    if (item !== null && how === 'keyboard' && placeByKey(event)) return
    if (event.key !== 'Escape') return
    if (grip?.dragging) {
      moveHost(grip.host, grip.before)
      grip = null
      swallowClick = true
    } else if (usePlacing.getState().item !== null) cancelPlacing()
    else return
    event.stopPropagation()
  }

  const events: [string, (event: never) => void][] = [
    ['pointerdown', onPointerDown],
    ['pointermove', onPointerMove],
    ['pointerup', onPointerUp],
    ['pointercancel', onPointerUp],
    ['pointerleave', onLeave],
    ['click', onClick],
    ['dblclick', onDoubleClick],
  ]
  for (const [type, run] of events) element.addEventListener(type, run as EventListener)
  window.addEventListener('keydown', onKey, true)
  return () => {
    stopCamera()
    for (const [type, run] of events) element.removeEventListener(type, run as EventListener)
    window.removeEventListener('keydown', onKey, true)
    if (useSelection.getState().hover) setHover(null)
  }
}
