// The stage's own state: camera, level of detail, positions the person chose, and the layout of what is on screen.
import { create } from 'zustand'
import type { ClusterView } from '../../sim/index.ts'
import { holdFrames, invalidate, onFrame } from '../player/frame-loop.ts'
import { usePrefs } from '../store/prefs.ts'
import type { Point } from './geometry.ts'
import { blend, ease } from './layout/blend.ts'
import { layOut, type Structure, sameStructure } from './layout/layout.ts'
import type { Layout } from './layout/types.ts'
import { CARD, type Level, levelOf, nextLevel } from './levels.ts'
import type { Viewport } from './viewport.ts'

export interface StageState {
  viewport: Viewport
  level: Level
  layout: Layout | null
  moved: ReadonlyMap<string, Point>
}

export const useStage = create<StageState>()(() => ({
  viewport: { x: 0, y: 0, k: 1, width: 0, height: 0, ratio: 1 },
  level: 2,
  layout: null,
  moved: new Map(),
}))

const MOVE_MS = 400
/** Above this many sessions a move is not animated. */
const ANIMATED_UP_TO = 400

let structure: Structure | null = null
let animation: { from: Layout; to: Layout; since: number | null; release: () => void } | null = null

onFrame(({ now }) => {
  if (!animation) return
  animation.since ??= now
  const u = (now - animation.since) / MOVE_MS
  const layout = blend(animation.from, animation.to, ease(Math.min(1, u)))
  if (u >= 1) {
    animation.release()
    animation = null
  }
  useStage.setState({ layout })
}, 0)

/** Lays the view out when its structure has changed. `fresh`: another scenario, so nothing glides. */
export function arrange(view: ClusterView, fresh: boolean): void {
  const next: Structure = { networks: view.networks, hosts: view.hosts, sessions: view.sessions }
  if (!fresh && structure && sameStructure(structure, next)) return
  structure = next
  place(fresh ? 'jump' : 'glide')
}

function place(how: 'jump' | 'glide'): void {
  if (!structure) return
  const { layout: from, moved } = useStage.getState()
  const to = layOut(structure, moved)
  animation?.release()
  animation = null
  const still = how === 'jump' || !from || to.sessions.size > ANIMATED_UP_TO || usePrefs.getState().reducedMotion
  if (still) useStage.setState({ layout: to })
  else animation = { from, to, since: null, release: holdFrames() }
  invalidate()
}

/** The layout that is aimed at, when things are still on their way. */
export function settledLayout(): Layout | null {
  return animation?.to ?? useStage.getState().layout
}

export function moveHost(name: string, to: Point | null): void {
  const moved = new Map(useStage.getState().moved)
  if (to) moved.set(name, to)
  else moved.delete(name)
  useStage.setState({ moved })
  place('jump')
}

export function resetPositions(): void {
  useStage.setState({ moved: new Map() })
  place('glide')
}

export function forgetPositions(): void {
  useStage.setState({ moved: new Map() })
  structure = null
}

export function setViewport(change: Partial<Viewport>): void {
  const { viewport: now, level } = useStage.getState()
  const viewport = { ...now, ...change }
  const width = CARD.w * viewport.k
  const fresh = now.width === 0
  useStage.setState({ viewport, level: fresh ? levelOf(width) : nextLevel(level, width) })
  invalidate()
}
