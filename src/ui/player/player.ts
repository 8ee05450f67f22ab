// Moves the playhead: play and pause, speeds, steps, seeking. All other code moves time through these functions.
import type { Micros, TimelineIndex } from '../../sim/index.ts'
import { client } from '../store/client.ts'
import { extendTo } from '../store/commands.ts'
import { recordingNumber } from '../store/growth.ts'
import { usePlayback } from '../store/playback.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { type Frame, holdFrames, invalidate, onFrame } from './frame-loop.ts'
import { buildPace, type Pace } from './pace.ts'
import { type StepUnit, stepTarget } from './steps.ts'
import { wantView } from './view-feed.ts'

export const SPEEDS: readonly (number | 'auto')[] = ['auto', 1 / 1000, 1 / 100, 1 / 20, 1 / 4, 1, 4, 20]
const USUAL_FLIGHT: Micros = 1300
const AFTER_REST: Micros = 1_000_000
const EXTENSION: Micros = 300_000_000
const REDUCED_STEP_MS = 900

let pace: { index: TimelineIndex; flight: Micros; map: Pace } | null = null
let flight: Micros = USUAL_FLIGHT
let release: (() => void) | null = null
/** Auto stopped by itself because nothing more happens; it goes on when something new is known to happen. */
let restedAt: Micros | null = null
let sinceStep = 0

function paceOf(index: TimelineIndex): Pace {
  if (pace?.index !== index || pace.flight !== flight) pace = { index, flight, map: buildPace(index, flight) }
  return pace.map
}

/** Where Auto comes to rest: after the last thing that is not a KEEPALIVE, unless the playhead is past it already. */
function restOf(index: TimelineIndex, from: Micros): Micros {
  const last = Math.max(index.settledAt, index.flags.at(-1)?.at ?? 0, index.beats.at(-1)?.at ?? 0)
  const rest = Math.min(index.until, last + AFTER_REST)
  return from >= rest ? index.until : rest
}

/** Further than what is computed so far: the playhead follows the end of it until it is there. */
let ahead: { at: Micros; recording: number } | null = null

function moveTo(at: Micros, effectiveSpeed?: number): void {
  usePlayback.setState(effectiveSpeed === undefined ? { at } : { at, effectiveSpeed })
  wantView(at)
}

function autoFrame(index: TimelineIndex, elapsed: number, stopAt: Micros): void {
  const { at, effectiveSpeed } = usePlayback.getState()
  const map = paceOf(index)
  const next = Math.min(stopAt, map.simAt(map.wallAt(at) + elapsed))
  const now = elapsed > 0 ? (next - at) / (elapsed * 1000) : effectiveSpeed
  moveTo(next, effectiveSpeed + (now - effectiveSpeed) * Math.min(1, elapsed / 300))
  // Before all is computed nobody knows whether this is rest: the playhead waits.
  if (next >= stopAt && !useRun.getState().computing) {
    pause()
    restedAt = stopAt
  }
}

function fixedFrame(index: TimelineIndex, elapsed: number, speed: number): void {
  const at = usePlayback.getState().at + elapsed * 1000 * speed
  if (at > index.until - 5_000_000 * Math.max(1, speed)) extend(index)
  moveTo(Math.min(at, index.until), speed)
}

function extend(index: TimelineIndex): void {
  if (!useRun.getState().computing) void extendTo(index.until + EXTENSION)
}

let stopAt: Micros = 0

function frame({ elapsed }: Frame): void {
  const { playing, speed } = usePlayback.getState()
  const { index } = useRun.getState()
  if (!playing || !index) return
  if (usePrefs.getState().reducedMotion) {
    sinceStep += elapsed
    if (sinceStep < REDUCED_STEP_MS) return
    sinceStep = 0
    if (!step(1)) pause()
  } else if (speed === 'auto') autoFrame(index, elapsed, stopAt)
  else fixedFrame(index, elapsed, speed)
}

export function play(): void {
  const { index } = useRun.getState()
  const { at, playing } = usePlayback.getState()
  if (!index || playing) return
  restedAt = null
  sinceStep = REDUCED_STEP_MS
  stopAt = restOf(index, at)
  if (at >= index.until) extend(index)
  ahead = null
  usePlayback.setState({ playing: true })
  release ??= holdFrames()
}

export function pause(): void {
  restedAt = null
  ahead = null
  release?.()
  release = null
  if (usePlayback.getState().playing) usePlayback.setState({ playing: false })
}

export function togglePlay(): void {
  if (usePlayback.getState().playing) pause()
  else play()
}

/** Moves the playhead; playing goes on from there. */
export function seek(at: Micros): void {
  const { index, computing } = useRun.getState()
  const until = index?.until ?? 0
  const target = Math.max(0, Math.min(Math.round(at), until))
  restedAt = null
  ahead = computing && at > until ? { at, recording: recordingNumber() } : null
  if (index) stopAt = restOf(index, target)
  moveTo(target)
  invalidate()
}

/** false: nothing more in that direction. */
export function step(direction: 1 | -1, unit: StepUnit = 'event'): boolean {
  const { index } = useRun.getState()
  if (!index) return false
  const target = stepTarget(index, usePlayback.getState().at, direction, unit)
  if (target === null) return false
  seek(target)
  return true
}

export function stepAndPause(direction: 1 | -1, unit: StepUnit = 'event'): void {
  pause()
  if (!step(direction, unit) && direction === -1) seek(0)
}

export function toStart(): void {
  seek(0)
}

/** To the latest computed time; while more is being computed, on with it to the end. */
export function toEnd(): void {
  pause()
  seek(Number.POSITIVE_INFINITY)
}

export function setSpeed(speed: number | 'auto'): void {
  const { index } = useRun.getState()
  const { at } = usePlayback.getState()
  if (index) stopAt = restOf(index, at)
  usePlayback.setState(speed === 'auto' ? { speed } : { speed, effectiveSpeed: speed })
}

/** One step slower or faster; leaving Auto starts from the fixed speed nearest to what it was using. */
export function changeSpeed(direction: 1 | -1): void {
  const { speed, effectiveSpeed } = usePlayback.getState()
  const fixed = SPEEDS.filter((each): each is number => each !== 'auto')
  const now = speed === 'auto' ? effectiveSpeed : speed
  const next = direction === 1 ? fixed.find((each) => each > now * 1.01) : fixed.findLast((each) => each < now * 0.99)
  if (next !== undefined) setSpeed(next)
}

/** The first messages of a run tell how long a flight takes there. */
async function learnFlight(index: TimelineIndex): Promise<void> {
  const first = index.lanes.flatMap((lane) => lane.glyphs.find(({ look }) => look !== 'KEEPALIVE') ?? [])[0]
  const detail = first ? await client().message(first.id) : null
  const length = detail ? detail.message.arrivesAt - detail.message.sentAt : 0
  if (length > 0 && useRun.getState().index === index) flight = length
}

/** Called once by main.tsx. */
export function startPlayer(): void {
  onFrame(frame, 0)
  useRun.subscribe((now, before) => {
    const { index } = now
    if (!index || index === before.index) return
    const { at, playing } = usePlayback.getState()
    // One that waits where it would have rested goes on only for something that happens.
    stopAt = restOf(index, playing && at === stopAt ? at - 1 : at)
    if (ahead !== null && ahead.recording === recordingNumber()) seek(ahead.at)
    else ahead = null
    invalidate()
    void learnFlight(index).catch(() => undefined)
    if (restedAt !== null && at === restedAt && index.settledAt > at) play()
  })
}
