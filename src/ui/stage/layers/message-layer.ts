// Messages under way, repainted each frame: shape by type, halo, tail, lettered cargo, pills beside them; and how they end.
import type { MessageView } from '../../../sim/index.ts'
import type { Swatch } from '../../theme/swatch.ts'
import type { Box, Point } from '../geometry.ts'
import { type PillWish, placePills, type Slot } from '../layout/label-placement.ts'
import { ENDING_MS, type Ending } from '../messages/endings.ts'
import type { Flight } from '../messages/flight.ts'
import { type Ctx, drawGlyph, drawSwatch, fillBox, fontsOf, strokeBox, textWidth, write } from '../paint/brush.ts'
import { drawIcon } from '../paint/icons.ts'
import { toScreen, type Viewport } from '../viewport.ts'
import type { StageInk } from './stage-ink.ts'

export interface MessageData extends StageInk {
  flights: readonly Flight[]
  endings: readonly Ending[]
  /** Wall time of this frame. */
  now: number
  swatch: (prefix: string) => Swatch | null
  /** Screen boxes that pills keep off: cards, ports. */
  obstacles: readonly Box[]
  /** Where each pill was in the frame before; written by this layer. */
  slots: Map<number, Slot>
  selectedMessage: number | null
  reducedMotion: boolean
}

const GLYPH = 20
const CROWD = 160

export function paintMessages(ctx: Ctx, data: MessageData, v: Viewport): void {
  ctx.clearRect(0, 0, v.width, v.height)
  if (data.level === 0 || data.flights.length > CROWD) paintSwarm(ctx, data, v)
  else {
    for (const flight of data.flights) paintFlight(ctx, flight, data, v)
    if (data.level === 2 || data.reducedMotion) paintPills(ctx, data, v)
  }
  for (const ending of data.endings) paintEnding(ctx, ending, data, v)
}

/** Many at once: squares in the colour of their type, batched by colour. */
function paintSwarm(ctx: Ctx, data: MessageData, v: Viewport): void {
  const byInk = new Map<string, Flight[]>()
  const size = data.flights.length > 1500 ? 2.5 : 4
  for (const flight of data.flights) {
    const { ink } = data.tokens.message[flight.message.look]
    const group = byInk.get(ink)
    if (group) group.push(flight)
    else byInk.set(ink, [flight])
  }
  for (const [ink, flights] of byInk) {
    ctx.fillStyle = ink
    for (const { at } of flights) ctx.fillRect(at.x * v.k + v.x - size / 2, at.y * v.k + v.y - size / 2, size, size)
  }
}

function paintFlight(ctx: Ctx, flight: Flight, data: MessageData, v: Viewport): void {
  const { tokens } = data
  const { message } = flight
  const at = toScreen(v, flight.at)
  const small = message.look === 'KEEPALIVE'
  if (!data.reducedMotion)
    paintTail(ctx, { from: toScreen(v, flight.tail), to: at, ink: tokens.message[message.look].ink })
  ctx.beginPath()
  ctx.arc(at.x, at.y, small ? 9 : 13, 0, 2 * Math.PI)
  ctx.fillStyle = tokens.stage
  ctx.fill()
  if (message.id === data.selectedMessage || (data.hover?.kind === 'message' && data.hover.id === String(message.id))) {
    ctx.strokeStyle = tokens.accent
    ctx.lineWidth = 2
    ctx.stroke()
  }
  drawGlyph(ctx, message.look, at, { tokens, size: GLYPH, surface: tokens.stage })
  if (data.reducedMotion) paintArrow(ctx, flight, at, data)
  if (message.prefix !== null && !small) {
    const lit = data.hover?.kind === 'prefix' && data.hover.id === message.prefix
    const disc = { x: at.x + 9, y: at.y - 9 }
    ctx.beginPath()
    ctx.arc(disc.x, disc.y, lit ? 9.5 : 7.5, 0, 2 * Math.PI)
    ctx.fillStyle = lit ? tokens.accent : tokens.stage
    ctx.fill()
    drawSwatch(ctx, data.swatch(message.prefix), disc, { tokens, size: 13, round: true })
  }
  if (flight.count > 1)
    write(
      ctx,
      data.text.times(flight.count),
      { x: at.x + 13, y: at.y + 7 },
      { font: fontsOf(tokens).badge, ink: tokens.message[message.look].ink },
    )
}

function paintTail(ctx: Ctx, { from, to, ink }: { from: Point; to: Point; ink: string }): void {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const length = Math.hypot(dx, dy)
  if (length < 8) return
  const nx = (-dy / length) * 3
  const ny = (dx / length) * 3
  ctx.beginPath()
  ctx.moveTo(from.x, from.y)
  ctx.lineTo(to.x + nx, to.y + ny)
  ctx.lineTo(to.x - nx, to.y - ny)
  ctx.closePath()
  ctx.globalAlpha = 0.4
  ctx.fillStyle = ink
  ctx.fill()
  ctx.globalAlpha = 1
}

/** Without motion the head says which way it goes and the number how far it is. */
function paintArrow(ctx: Ctx, flight: Flight, at: Point, data: MessageData): void {
  const { curve, forward } = flight
  const angle = Math.atan2((curve.y3 - curve.y0) * (forward ? 1 : -1), (curve.x3 - curve.x0) * (forward ? 1 : -1))
  const tip = { x: at.x + Math.cos(angle) * 20, y: at.y + Math.sin(angle) * 20 }
  ctx.beginPath()
  ctx.moveTo(tip.x, tip.y)
  ctx.lineTo(tip.x - Math.cos(angle - 0.5) * 9, tip.y - Math.sin(angle - 0.5) * 9)
  ctx.lineTo(tip.x - Math.cos(angle + 0.5) * 9, tip.y - Math.sin(angle + 0.5) * 9)
  ctx.closePath()
  ctx.fillStyle = data.tokens.message[flight.message.look].ink
  ctx.fill()
}

interface PillForm {
  title: string
  swatch: string | null
  /** Mono text: a prefix, or what a NOTIFICATION says. */
  detail: string | null
  w: number
}

const PILL_HEIGHT = 22

function formsOf(ctx: Ctx, flight: Flight, data: MessageData): PillForm[] {
  const { message } = flight
  const fonts = fontsOf(data.tokens)
  const title = data.reducedMotion
    ? `${message.look} ${data.text.percent(Math.round(flight.share * 100))}`
    : message.look
  const plain = textWidth(ctx, title, fonts.badge) + 18
  const short: PillForm = { title, swatch: null, detail: null, w: plain }
  const detail = detailOf(message, data)
  if (detail === null) return [short]
  const swatch = message.prefix
  const font = swatch ? fonts.address : fonts.small
  return [{ title, swatch, detail, w: plain + textWidth(ctx, detail, font) + 8 + (swatch ? 19 : 0) }, short]
}

function detailOf(message: MessageView, data: MessageData): string | null {
  if (message.prefix !== null)
    return message.prefixCount > 1 ? `${message.prefix} ${data.text.more(message.prefixCount - 1)}` : message.prefix
  return message.detail
}

function paintPills(ctx: Ctx, data: MessageData, v: Viewport): void {
  const forms = new Map<number, PillForm[]>()
  const wishes: PillWish[] = []
  const middle = v.width / 2
  for (const flight of data.flights.slice(0, 40)) {
    const at = toScreen(v, flight.at)
    const each = formsOf(ctx, flight, data)
    forms.set(flight.message.id, each)
    const sizes = each.map(({ w }) => ({ w, h: PILL_HEIGHT }))
    wishes.push({ id: flight.message.id, look: flight.message.look, at, sizes, outward: at.x < middle ? -1 : 1 })
  }
  const bounds = { x: 4, y: 4, w: v.width - 8, h: v.height - 8 }
  const placed = placePills(wishes, { obstacles: data.obstacles, bounds, before: data.slots })
  data.slots.clear()
  const looks = new Map(wishes.map(({ id, look }) => [id, look]))
  for (const pill of placed) {
    data.slots.set(pill.id, pill.slot)
    const form = forms.get(pill.id)?.[pill.form]
    const look = looks.get(pill.id)
    if (form && look) paintPill(ctx, { form, box: pill.box, ink: data.tokens.message[look].ink }, data)
  }
}

function paintPill(ctx: Ctx, { form, box, ink }: { form: PillForm; box: Box; ink: string }, data: MessageData): void {
  const { tokens } = data
  const fonts = fontsOf(tokens)
  fillBox(ctx, box, 6, tokens.panel)
  ctx.globalAlpha = 0.6
  strokeBox(ctx, box, 6, ink, 1)
  ctx.globalAlpha = 1
  const y = box.y + box.h / 2
  let x = box.x + 9
  x += write(ctx, form.title, { x, y }, { font: fonts.badge, ink }) + 8
  if (form.detail === null) return
  if (form.swatch !== null) {
    drawSwatch(ctx, data.swatch(form.swatch), { x: x + 6.5, y }, { tokens, size: 13 })
    x += 19
  }
  write(ctx, form.detail, { x, y }, { font: form.swatch ? fonts.address : fonts.small, ink: tokens.ink2 })
}

function paintEnding(ctx: Ctx, ending: Ending, data: MessageData, v: Viewport): void {
  const { tokens } = data
  const { look } = ending.message
  const share = Math.min(1, (data.now - ending.since) / ENDING_MS[ending.kind])
  const at = toScreen(v, ending.at)
  ctx.globalAlpha = 1 - share
  if (ending.kind === 'accepted') {
    ctx.beginPath()
    ctx.arc(at.x, at.y, 5 + 6 * share, 0, 2 * Math.PI)
    ctx.strokeStyle = tokens.message[look].ink
    ctx.lineWidth = 2
    ctx.stroke()
  } else if (ending.kind === 'lost') {
    const fallen = { x: at.x, y: at.y + 12 * share }
    drawGlyph(ctx, look, fallen, { tokens, size: GLYPH, surface: tokens.stage, hollow: true })
    drawIcon(ctx, 'cross', { ...fallen, size: 16, ink: tokens.loss, width: 2.4 })
  } else {
    ctx.globalAlpha = share < 0.35 ? 1 : 1 - (share - 0.35) / 0.65
    drawGlyph(ctx, look, at, { tokens, size: GLYPH, surface: tokens.stage })
    ctx.beginPath()
    ctx.arc(at.x, at.y, 13, 0, 2 * Math.PI)
    ctx.moveTo(at.x - 9, at.y - 9)
    ctx.lineTo(at.x + 9, at.y + 9)
    ctx.strokeStyle = tokens.loss
    ctx.lineWidth = 2.5
    ctx.stroke()
  }
  ctx.globalAlpha = 1
}
