// The timeline's own state: its axis, how far it is zoomed and scrolled, and its size.
import { create } from 'zustand'
import type { Micros, TimelineIndex } from '../../sim/index.ts'
import { invalidate } from '../player/frame-loop.ts'
import { usePlayback } from '../store/playback.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { type Axis, buildAxis } from './axis/axis.ts'

export interface TimelineState {
  /** Width of the plot, CSS pixels. */
  width: number
  zoom: number
  scroll: number
  axis: Axis
}

const NOTHING = buildAxis({ until: 1, times: [], width: 1, mode: 'linear' })

export const useTimeline = create<TimelineState>()(() => ({ width: 0, zoom: 1, scroll: 0, axis: NOTHING }))

/** A moment after the last computed one, so that what happens at the end is not on the edge. */
const MOST_ZOOM = 2000

const busy = new WeakMap<TimelineIndex, Micros[]>()

/** Times of everything but KEEPALIVE, ascending; made once per index. */
function busyTimes(index: TimelineIndex): readonly Micros[] {
  let times = busy.get(index)
  if (!times) {
    const all: Micros[] = []
    for (const lane of index.lanes) for (const { at, look } of lane.glyphs) if (look !== 'KEEPALIVE') all.push(at)
    for (const { at, body } of index.events) if (body.type !== 'message') all.push(at)
    for (const { at } of index.flags) all.push(at)
    times = [...Float64Array.from(all).sort()]
    busy.set(index, times)
  }
  return times
}

function build(width: number, zoom: number): Axis {
  const { index } = useRun.getState()
  if (!index || width <= 0) return NOTHING
  return buildAxis({ until: index.until, times: busyTimes(index), width: width * zoom, mode: usePrefs.getState().axis })
}

const clampScroll = (scroll: number, width: number, zoom: number): number =>
  Math.max(0, Math.min(scroll, width * zoom - width))

function rebuild(change: Partial<Pick<TimelineState, 'width' | 'zoom' | 'scroll'>> = {}): void {
  const { width, zoom, scroll } = { ...useTimeline.getState(), ...change }
  useTimeline.setState({ width, zoom, scroll: clampScroll(scroll, width, zoom), axis: build(width, zoom) })
  invalidate()
}

export function resizeTimeline(width: number): void {
  if (width !== useTimeline.getState().width) rebuild({ width })
}

/** Zooms so that the time under `x` (plot pixels) stays where it is. */
export function zoomAt(x: number, factor: number): void {
  const { axis, width, zoom, scroll } = useTimeline.getState()
  const at = axis.toTime(scroll + x)
  const next = Math.max(1, Math.min(MOST_ZOOM, zoom * factor))
  if (next === zoom) return
  rebuild({ zoom: next, scroll: build(width, next).toX(at) - x })
}

export function panTimeline(dx: number): void {
  const { width, zoom, scroll } = useTimeline.getState()
  const next = clampScroll(scroll + dx, width, zoom)
  if (next !== scroll) useTimeline.setState({ scroll: next })
  invalidate()
}

export const xOf = (at: Micros): number => {
  const { axis, scroll } = useTimeline.getState()
  return axis.toX(at) - scroll
}

export const timeAt = (x: number): Micros => {
  const { axis, scroll } = useTimeline.getState()
  return axis.toTime(scroll + x)
}

/** Keeps the axis with the run and the playhead in sight while time runs. */
export function startTimeline(): () => void {
  const stops = [
    useRun.subscribe((now, before) => {
      if (now.document !== before.document) rebuild({ zoom: 1, scroll: 0 })
      else if (now.index !== before.index) rebuild()
    }),
    usePrefs.subscribe((now, before) => {
      if (now.axis !== before.axis) rebuild()
    }),
    usePlayback.subscribe(({ at, playing }, before) => {
      if (at === before.at || !playing) return
      const { width, zoom } = useTimeline.getState()
      const x = xOf(at)
      if (zoom > 1 && (x > width * 0.85 || x < 0)) panTimeline(x - width * 0.4)
    }),
  ]
  rebuild()
  return () => {
    for (const stop of stops) stop()
  }
}
