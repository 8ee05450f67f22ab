// Moving the playhead by hand: drag, wheel, keys. Shared by the full timeline and the narrow scrub track.
import type { KeyboardEvent, PointerEvent } from 'react'
import { text } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { pause, seek, toEnd } from '../player/player.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'
import { panTimeline, timeAt, useTimeline, xOf, zoomAt } from './timeline-store.ts'

export function scrubTo(element: Element, clientX: number): void {
  seek(timeAt(clientX - element.getBoundingClientRect().left))
}

export function startScrub(event: PointerEvent<HTMLElement>): void {
  if (event.button !== 0) return
  pause()
  const element = event.currentTarget
  element.setPointerCapture(event.pointerId)
  scrubTo(element, event.clientX)
}

export function continueScrub(event: PointerEvent<HTMLElement>): void {
  if (event.currentTarget.hasPointerCapture(event.pointerId)) scrubTo(event.currentTarget, event.clientX)
}

/** Left and right: 1 % of what is seen, with Shift 10 %. */
export function scrubKey(event: KeyboardEvent): void {
  const direction = event.key === 'ArrowLeft' ? -1 : event.key === 'ArrowRight' ? 1 : 0
  const { width } = useTimeline.getState()
  if (event.key === 'Home') seek(0)
  else if (event.key === 'End') toEnd()
  else if (direction !== 0) {
    pause()
    const step = width * (event.shiftKey ? 0.1 : 0.01)
    const { at } = usePlayback.getState()
    seek(timeAt(xOf(at) + direction * step))
  } else return
  event.preventDefault()
  event.stopPropagation()
}

/** Wheel zooms at the pointer, Shift or a sideways wheel pans. */
export function attachWheel(element: HTMLElement): () => void {
  const onWheel = (event: WheelEvent) => {
    event.preventDefault()
    const sideways = event.shiftKey ? event.deltaY || event.deltaX : event.deltaX
    if (event.shiftKey || Math.abs(event.deltaX) > Math.abs(event.deltaY)) panTimeline(sideways)
    else zoomAt(event.clientX - element.getBoundingClientRect().left, 2 ** (-event.deltaY / 300))
  }
  element.addEventListener('wheel', onWheel, { passive: false })
  return () => element.removeEventListener('wheel', onWheel)
}

export function playheadText(at: number): string {
  const { view } = useRun.getState()
  const flying = view ? view.messages.filter((message) => at >= message.sentAt && at < message.arrivesAt).length : 0
  return text().timeline.value(clock(at), flying)
}
