// Which layer is painted when. Each layer is a canvas; a change marks the layers it concerns, the next frame paints them.
// Only messages are painted while time runs and nothing else changes. Heavy lines follow the camera as a picture and are
// drawn again when it rests.
import type { MessageView } from '../../sim/index.ts'
import { onLanguageChange } from '../i18n/text.ts'
import { type Frame, holdFrames, invalidate, onFrame } from '../player/frame-loop.ts'
import { usePlayback } from '../store/playback.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { useSelection } from '../store/selection.ts'
import { onThemeChange } from '../theme/apply-theme.ts'
import { usePlacing } from './drop-target.ts'
import { paintCards } from './layers/card-layer.ts'
import { paintGround } from './layers/ground-layer.ts'
import { paintMessages } from './layers/message-layer.ts'
import { paintPorts, paintSessions } from './layers/session-layer.ts'
import { ENDING_MS, type Ending, endingsBetween } from './messages/endings.ts'
import { cardData, currentScene, groundData, messageData, type Scene, sessionData } from './scene.ts'
import { useStage } from './stage-store.ts'
import type { Viewport } from './viewport.ts'

export const LAYERS = ['ground', 'sessions', 'cards', 'ports', 'messages'] as const
export type LayerId = (typeof LAYERS)[number]

const canvases = new Map<LayerId, HTMLCanvasElement>()
const dirty = new Set<LayerId>()
/** Camera with which a heavy layer was painted last. */
const paintedWith = new Map<LayerId, Viewport>()
const HEAVY = 800
const HEAVY_PAUSE_MS = 150
let heavyPaintedAt = 0
let heavyWaits = false
let endings: Ending[] = []
let release: (() => void) | null = null
let seen: { at: number; messages: readonly MessageView[] } = { at: 0, messages: [] }

function mark(...layers: readonly LayerId[]): void {
  for (const layer of layers) dirty.add(layer)
  invalidate()
}

export function registerCanvas(layer: LayerId, canvas: HTMLCanvasElement): () => void {
  canvases.set(layer, canvas)
  mark(layer)
  return () => canvases.delete(layer)
}

function contextOf(layer: LayerId, viewport: Viewport): CanvasRenderingContext2D | null {
  const canvas = canvases.get(layer)
  const ctx = canvas?.getContext('2d')
  if (!canvas || !ctx) return null
  const width = Math.round(viewport.width * viewport.ratio)
  const height = Math.round(viewport.height * viewport.ratio)
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width
    canvas.height = height
  }
  ctx.setTransform(viewport.ratio, 0, 0, viewport.ratio, 0, 0)
  if (canvas.style.transform) canvas.style.transform = ''
  return ctx
}

function heavy(scene: Scene): boolean {
  return scene.view.sessions.length > HEAVY
}

/** While the camera moves, or time runs, heavy lines are not redrawn every frame. true: leave them for now. */
function postpone(scene: Scene, viewport: Viewport, now: number): boolean {
  const before = paintedWith.get('sessions')
  if (!heavy(scene) || !before || before.width !== viewport.width || before.height !== viewport.height) return false
  const wait = HEAVY_PAUSE_MS - (now - heavyPaintedAt)
  if (wait <= 0) return false
  const canvas = canvases.get('sessions')
  if (canvas) {
    const k = viewport.k / before.k
    canvas.style.transform = `matrix(${k},0,0,${k},${viewport.x - before.x * k},${viewport.y - before.y * k})`
  }
  if (heavyWaits) return true
  heavyWaits = true
  setTimeout(() => {
    heavyWaits = false
    mark('sessions')
  }, wait)
  return true
}

function paint({ now }: Frame): void {
  const scene = currentScene()
  const { viewport } = useStage.getState()
  if (viewport.width === 0) return
  collectEndings(scene, now)
  if (dirty.size === 0) return
  for (const layer of LAYERS) {
    if (!dirty.has(layer)) continue
    if (layer === 'sessions' && scene && postpone(scene, viewport, now)) {
      dirty.delete(layer)
      continue
    }
    dirty.delete(layer)
    const ctx = contextOf(layer, viewport)
    if (!ctx) continue
    if (!scene) ctx.clearRect(0, 0, viewport.width, viewport.height)
    else paintLayer(ctx, layer, scene, now)
  }
}

function paintLayer(ctx: CanvasRenderingContext2D, layer: LayerId, scene: Scene, now: number): void {
  const { viewport } = useStage.getState()
  if (layer === 'ground') paintGround(ctx, groundData(scene), viewport)
  else if (layer === 'cards') paintCards(ctx, cardData(scene), viewport)
  else if (layer === 'ports') paintPorts(ctx, sessionData(scene), viewport)
  else if (layer === 'messages') paintMessages(ctx, messageData(scene, now, endings), viewport)
  else {
    paintSessions(ctx, sessionData(scene), viewport)
    paintedWith.set('sessions', viewport)
    heavyPaintedAt = performance.now()
  }
}

/** Time that ran on past an arrival begins its ending; a jump of the playhead begins none. */
function collectEndings(scene: Scene | null, now: number): void {
  const { at, playing } = usePlayback.getState()
  const calm = usePrefs.getState().reducedMotion || !usePrefs.getState().layers.messages
  if (scene?.index && playing && !calm && at > seen.at && at - seen.at < 2_000_000) {
    const world = { layout: scene.layout, index: scene.index }
    const fresh = endingsBetween(seen.messages, { from: seen.at, to: at, now }, world)
    if (fresh.length > 0) endings = [...endings, ...fresh]
  }
  seen = { at, messages: scene?.view.messages ?? [] }
  if (endings.length === 0) return
  endings = endings.filter((ending) => now - ending.since < ENDING_MS[ending.kind])
  dirty.add('messages')
  if (endings.length > 0) release ??= holdFrames()
  else {
    release?.()
    release = null
  }
}

/** Watches everything that changes the picture, until the returned function is called. */
export function startPainting(): () => void {
  const all = () => mark(...LAYERS)
  const stops = [
    onFrame(paint, 2),
    useStage.subscribe(all),
    useRun.subscribe((now, before) => {
      if (now.view !== before.view) mark('sessions', 'cards', 'ports', 'messages')
      else if (now.index !== before.index) all()
    }),
    usePlayback.subscribe((now, before) => {
      if (now.at !== before.at) mark('messages')
    }),
    useSelection.subscribe(all),
    usePrefs.subscribe(all),
    usePlacing.subscribe((now, before) => {
      if (now.target !== before.target) mark('ground', 'cards')
    }),
    onThemeChange(all),
    onLanguageChange(all),
  ]
  all()
  return () => {
    for (const stop of stops) stop()
    release?.()
    release = null
    endings = []
  }
}
