// The lines of sessions in their states (section 3.3): solid, double, dashed, dotted, each with port and glyph, so that the
// state is told without colour. Above 60 hosts only the chosen host's sessions are drawn at full strength.
import type { HostView, SessionView } from '../../../sim/index.ts'
import { type Box, type Curve, grow, inside, lengthOf, type Point, pointAlong } from '../geometry.ts'
import { plateWords } from '../layout/plate-words.ts'
import type { Layout } from '../layout/types.ts'
import { type Ctx, drawHoldRing, fontsOf, tracePath, write } from '../paint/brush.ts'
import { drawIcon } from '../paint/icons.ts'
import { boxToScreen, curveToScreen, type Viewport } from '../viewport.ts'
import type { StageInk } from './stage-ink.ts'

export interface SessionData extends StageInk {
  layout: Layout
  sessions: readonly SessionView[]
  hosts: ReadonlyMap<string, HostView>
  selectedSession: string | null
  visible: boolean
  /** Simulated time, for dots that move toward the peer while a session opens. */
  at: number
}

export const CROWD = 60
const FAINT = 0.25

export function paintSessions(ctx: Ctx, data: SessionData, v: Viewport): void {
  ctx.clearRect(0, 0, v.width, v.height)
  if (!data.visible) return
  const crowded = data.layout.places.size > CROWD
  if (crowded) paintCrowd(ctx, data, v)
  const calm: SessionView[] = []
  const chosen: SessionView[] = []
  for (const session of data.sessions) {
    if (isChosen(session, data)) chosen.push(session)
    else if (!crowded) calm.push(session)
  }
  for (const session of calm) paintSession(ctx, session, data, v)
  for (const session of chosen) paintSession(ctx, session, data, v)
}

function isChosen(session: SessionView, data: SessionData): boolean {
  if (session.id === data.selectedSession) return true
  if (data.hover?.kind === 'session' && data.hover.id === session.id) return true
  const host = data.selectedHost ?? (data.hover?.kind === 'host' ? data.hover.id : null)
  return host !== null && (session.a.host === host || session.b?.host === host)
}

/** All lines of one look in one stroke; thousands of sessions then cost a handful of calls. */
function paintCrowd(ctx: Ctx, data: SessionData, v: Viewport): void {
  const { tokens } = data
  const inks: Partial<Record<SessionView['look'], string>> = {
    established: tokens.sess,
    opening: tokens.message.OPEN.ink,
    active: tokens.warn.ink,
    silent: tokens.warn.ink,
    idle: tokens.bad.ink,
  }
  const dim = data.selectedHost ? 0.5 : 1
  for (const [look, ink] of Object.entries(inks)) {
    ctx.beginPath()
    let count = 0
    for (const session of data.sessions) {
      const path = session.look === look ? data.layout.sessions.get(session.id) : undefined
      if (!path) continue
      const { x0, y0, x3, y3 } = path.curve
      ctx.moveTo(x0 * v.k + v.x, y0 * v.k + v.y)
      ctx.lineTo(x3 * v.k + v.x, y3 * v.k + v.y)
      count++
    }
    if (count === 0) continue
    ctx.strokeStyle = ink
    ctx.lineWidth = 1
    ctx.setLineDash([])
    ctx.globalAlpha =
      dim *
      (look === 'established'
        ? Math.min(FAINT, Math.max(0.04, 220 / count))
        : Math.min(0.5, Math.max(0.08, 260 / count)))
    ctx.stroke()
  }
  ctx.globalAlpha = 1
}

function paintSession(ctx: Ctx, session: SessionView, data: SessionData, v: Viewport): void {
  const path = data.layout.sessions.get(session.id)
  if (!path) return
  const curve = curveToScreen(v, path.curve)
  const chosen = isChosen(session, data)
  const style = lineOf(session, data, chosen)
  const { tokens } = data
  if (session.id === data.selectedSession) {
    stroke(ctx, curve, { ink: tokens.accentSoft, width: 12, dash: [] })
  }
  if (session.look === 'admin-down') paintStubs(ctx, curve, style.ink)
  else if (session.ebgp && style.dash.length === 0) {
    stroke(ctx, curve, { ink: style.ink, width: chosen ? 6 : 5.5, dash: [] })
    stroke(ctx, curve, { ink: data.level === 2 ? tokens.stage : tokens.plate, width: 2.3, dash: [] })
  } else stroke(ctx, curve, style)
}

/** Ports and rings lie above the cards. */
export function paintPorts(ctx: Ctx, data: SessionData, v: Viewport): void {
  ctx.clearRect(0, 0, v.width, v.height)
  if (!data.visible || data.level < 1) return
  const crowded = data.layout.places.size > CROWD
  const words = data.layout.plates.flatMap(plateWords).map((box) => grow(boxToScreen(v, box), RETRY.radius))
  for (const session of data.sessions) {
    const path = data.layout.sessions.get(session.id)
    if (!path || (crowded && !isChosen(session, data))) continue
    const curve = curveToScreen(v, path.curve)
    const { ink } = lineOf(session, data, isChosen(session, data))
    if (session.look === 'active') paintRetry(ctx, clearPoint(curve, words), data)
    if (data.level === 2) {
      const offA = data.hosts.get(session.a.host)?.powered === false
      const offB = path.b !== null && data.hosts.get(path.b)?.powered === false
      paintPort(ctx, { x: curve.x0, y: curve.y0 }, { session, data, ink, off: offA })
      paintPort(ctx, { x: curve.x3, y: curve.y3 }, { session, data, ink, off: offB || path.b === null })
    }
    if (session.hold) paintHold(ctx, session, curve, data)
  }
}

interface LineStyle {
  ink: string
  width: number
  dash: readonly number[]
  offset?: number
}

function lineOf(session: SessionView, data: SessionData, chosen: boolean): LineStyle {
  const { tokens } = data
  const dense = data.sessions.length > 40
  const width = data.level === 0 ? 1.2 : chosen ? 2.5 : dense ? 1.2 : 2
  switch (session.look) {
    case 'established':
      return { ink: chosen ? tokens.accent : tokens.sess, width, dash: [] }
    case 'opening':
      return { ink: tokens.message.OPEN.ink, width, dash: [2, 5], offset: -(data.at / 25_000) % 7 }
    case 'active':
      return { ink: tokens.warn.ink, width, dash: [7, 6] }
    case 'silent':
      return { ink: tokens.warn.ink, width, dash: [8, 6] }
    case 'idle':
      return { ink: tokens.bad.ink, width, dash: [2, 6] }
    default:
      return { ink: tokens.ctl, width, dash: [] }
  }
}

function stroke(ctx: Ctx, curve: Curve, style: LineStyle): void {
  ctx.beginPath()
  tracePath(ctx, curve)
  ctx.strokeStyle = style.ink
  ctx.lineWidth = style.width
  ctx.lineCap = 'butt'
  ctx.setLineDash(style.dash as number[])
  ctx.lineDashOffset = style.offset ?? 0
  ctx.stroke()
  ctx.setLineDash([])
  ctx.lineDashOffset = 0
}

function paintStubs(ctx: Ctx, curve: Curve, ink: string): void {
  ctx.strokeStyle = ink
  ctx.lineWidth = 2
  for (const [from, to] of [
    [0, 0.12],
    [1, 0.88],
  ] as const) {
    const a = pointAlong(curve, from)
    const b = pointAlong(curve, to)
    ctx.beginPath()
    ctx.moveTo(a.x, a.y)
    ctx.lineTo(b.x, b.y)
    ctx.stroke()
  }
}

interface PortStyle {
  session: SessionView
  data: SessionData
  ink: string
  off: boolean
}

function paintPort(ctx: Ctx, at: Point, { session, data, ink, off }: PortStyle): void {
  const { tokens } = data
  const down = off || session.look === 'idle'
  const radius = down ? 7 : 5.2
  ctx.beginPath()
  ctx.arc(at.x, at.y, radius, 0, 2 * Math.PI)
  ctx.fillStyle = tokens.panel
  ctx.fill()
  ctx.strokeStyle = down ? tokens.bad.ink : ink
  ctx.lineWidth = 2
  ctx.stroke()
  if (down) drawIcon(ctx, 'cross', { ...at, size: 10, ink: tokens.bad.ink, width: 1.8 })
  else if (session.look === 'admin-down') drawIcon(ctx, 'bar', { ...at, size: 9, ink, width: 2 })
  else if (session.look === 'opening') {
    ctx.beginPath()
    ctx.arc(at.x, at.y, radius - 1, Math.PI / 2, (3 * Math.PI) / 2)
    ctx.fillStyle = ink
    ctx.fill()
  }
}

const RETRY = { radius: 10, along: [0.4, 0.28, 0.5, 0.6, 0.72] } as const

/** The first of the usual points of a line that hides no words. */
function clearPoint(curve: Curve, words: readonly Box[]): Point {
  const points = RETRY.along.map((share) => pointAlong(curve, share))
  return points.find((point) => !words.some((box) => inside(box, point))) ?? points[0]!
}

function paintRetry(ctx: Ctx, at: Point, data: SessionData): void {
  const { tokens } = data
  ctx.beginPath()
  ctx.arc(at.x, at.y, RETRY.radius, 0, 2 * Math.PI)
  ctx.fillStyle = tokens.panel
  ctx.fill()
  ctx.strokeStyle = tokens.warn.ink
  ctx.lineWidth = 2.5
  ctx.stroke()
  drawIcon(ctx, 'retry', { ...at, size: 11, ink: tokens.warn.ink, width: 1.6 })
}

/** Only while it says something: silent, chosen, or less than a third left (section 3.3); else an arc on the port. */
function paintHold(ctx: Ctx, session: SessionView, curve: Curve, data: SessionData): void {
  const { hold } = session
  if (!hold) return
  const { tokens, text } = data
  const share = hold.nominalSeconds > 0 ? hold.remainingSeconds / hold.nominalSeconds : 0
  const silent = session.look === 'silent'
  if (!silent && session.id !== data.selectedSession && share >= 1 / 3) {
    if (data.level === 2) paintArc(ctx, { x: curve.x0, y: curve.y0 }, share, tokens.sess)
    return
  }
  const livesAtB = data.hosts.get(session.a.host)?.powered === false
  const near = Math.min(0.3, 62 / lengthOf(curve))
  const at = pointAlong(curve, livesAtB ? 1 - near : near)
  const size = data.level === 2 ? 40 : 30
  const ink = silent ? tokens.warn.ink : tokens.accent
  const seconds = hold.remainingSeconds < 10 ? +hold.remainingSeconds.toFixed(1) : Math.ceil(hold.remainingSeconds)
  drawHoldRing(ctx, at, { share, text: size === 40 ? text.seconds(seconds) : String(seconds), ink, tokens, size })
  if (data.level < 2) return
  const fonts = fontsOf(tokens)
  const left = curve.x3 < curve.x0 ? !livesAtB : livesAtB
  const align = left ? 'left' : 'right'
  const x = at.x + (left ? 27 : -27)
  write(ctx, text.hold.timer, { x, y: at.y - 4 }, { font: fonts.label, ink, align })
  const heard = text.hold.heard(hold.heardSecondsAgo.toFixed(1))
  write(ctx, heard, { x, y: at.y + 10 }, { font: fonts.small, ink: tokens.ink2, align })
}

function paintArc(ctx: Ctx, at: Point, share: number, ink: string): void {
  ctx.beginPath()
  ctx.arc(at.x, at.y, 8.5, -Math.PI / 2 + (1 - share) * 2 * Math.PI, (3 * Math.PI) / 2)
  ctx.strokeStyle = ink
  ctx.globalAlpha = 0.55
  ctx.lineWidth = 2
  ctx.stroke()
  ctx.globalAlpha = 1
}
