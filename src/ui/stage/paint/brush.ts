// Strokes and letters that every layer uses. Coordinates are CSS pixels; text keeps its size at every zoom.

import type { MessageLook } from '../../../sim/index.ts'
import { glyphs, pathOf } from '../../theme/glyphs.ts'
import type { Swatch } from '../../theme/swatch.ts'
import type { Tokens } from '../../theme/tokens.ts'
import type { Box, Curve, Point } from '../geometry.ts'

export type Ctx = CanvasRenderingContext2D

export function roundBox(ctx: Ctx, box: Box, radius: number): void {
  ctx.beginPath()
  ctx.roundRect(box.x, box.y, box.w, box.h, Math.min(radius, box.w / 2, box.h / 2))
}

export function fillBox(ctx: Ctx, box: Box, radius: number, fill: string): void {
  roundBox(ctx, box, radius)
  ctx.fillStyle = fill
  ctx.fill()
}

export function strokeBox(ctx: Ctx, box: Box, radius: number, ink: string, width = 1): void {
  roundBox(ctx, box, radius)
  ctx.strokeStyle = ink
  ctx.lineWidth = width
  ctx.stroke()
}

export function tracePath(ctx: Ctx, curve: Curve): void {
  ctx.moveTo(curve.x0, curve.y0)
  ctx.bezierCurveTo(curve.x1, curve.y1, curve.x2, curve.y2, curve.x3, curve.y3)
}

const widths = new Map<string, number>()

export function textWidth(ctx: Ctx, text: string, font: string): number {
  const id = `${font}\n${text}`
  const known = widths.get(id)
  if (known !== undefined) return known
  if (widths.size > 4000) widths.clear()
  ctx.font = font
  const width = ctx.measureText(text).width
  widths.set(id, width)
  return width
}

/** The text, or as much of it as fits, with an ellipsis. */
function fitText(ctx: Ctx, text: string, font: string, width: number): string {
  if (textWidth(ctx, text, font) <= width) return text
  let low = 0
  let high = text.length
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (textWidth(ctx, `${text.slice(0, middle)}…`, font) <= width) low = middle
    else high = middle - 1
  }
  return low === 0 ? '' : `${text.slice(0, low)}…`
}

interface Lettering {
  font: string
  ink: string
  align?: CanvasTextAlign
  /** Longest width; longer text is cut. */
  width?: number
}

/** Writes with the letters' middle at y and gives back the width that was taken. */
export function write(ctx: Ctx, text: string, at: Point, style: Lettering): number {
  const shown = style.width === undefined ? text : fitText(ctx, text, style.font, style.width)
  ctx.font = style.font
  ctx.fillStyle = style.ink
  ctx.textAlign = style.align ?? 'left'
  ctx.textBaseline = 'middle'
  ctx.fillText(shown, at.x, at.y + 0.5)
  return textWidth(ctx, shown, style.font)
}

export function fontsOf(tokens: Tokens) {
  const ui = (weight: number, size: number) => `${weight} ${size}px ${tokens.fontUi}`
  const mono = (weight: number, size: number) => `${weight} ${size}px ${tokens.fontMono}`
  return {
    name: ui(650, 15),
    tileName: ui(650, 12.5),
    badge: ui(650, 11),
    label: ui(500, 11),
    small: ui(400, 11),
    component: ui(500, 11.5),
    swatch: ui(700, 9),
    seconds: ui(700, 10.5),
    address: mono(400, 11),
    tiny: mono(400, 10),
    prefix: mono(500, 12),
  }
}

export function drawSwatch(
  ctx: Ctx,
  swatch: Swatch | null,
  at: Point,
  style: { tokens: Tokens; size: number; round?: boolean },
): void {
  const { tokens, size } = style
  const box = { x: at.x - size / 2, y: at.y - size / 2, w: size, h: size }
  const radius = style.round ? size / 2 : 3.5
  if (!swatch) {
    strokeBox(ctx, { x: box.x + 0.75, y: box.y + 0.75, w: size - 1.5, h: size - 1.5 }, radius, tokens.ctl, 1.5)
    return
  }
  fillBox(ctx, box, radius, tokens.swatches[swatch.color]?.ink ?? tokens.ctl)
  if (swatch.notched && !style.round) {
    ctx.beginPath()
    ctx.moveTo(box.x + size, box.y)
    ctx.lineTo(box.x + size - 5, box.y)
    ctx.lineTo(box.x + size, box.y + 5)
    ctx.closePath()
    ctx.fillStyle = tokens.panel
    ctx.fill()
  }
  if (size >= 9) write(ctx, swatch.letter, at, { font: fontsOf(tokens).swatch, ink: tokens.onSwatch, align: 'center' })
}

/** A message's shape; `surface` shows through the mark. Hollow draws only the outline (lost in transit). */
export function drawGlyph(
  ctx: Ctx,
  look: MessageLook,
  at: Point,
  style: { tokens: Tokens; size: number; surface: string; hollow?: boolean },
): void {
  const glyph = glyphs[look]
  const { ink } = style.tokens.message[look]
  const scale = style.size / 20
  ctx.save()
  ctx.translate(at.x - style.size / 2, at.y - style.size / 2)
  ctx.scale(scale, scale)
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.setLineDash([])
  ctx.lineWidth = 2.4
  const body = pathOf(glyph.body)
  if (glyph.hollow || style.hollow) {
    ctx.fillStyle = style.surface
    ctx.fill(body)
    ctx.strokeStyle = ink
    ctx.stroke(body)
  } else {
    ctx.fillStyle = ink
    ctx.fill(body)
  }
  if (glyph.mark) {
    ctx.strokeStyle = glyph.markInk || style.hollow ? ink : style.surface
    ctx.stroke(pathOf(glyph.mark))
  }
  ctx.restore()
}

/** A ring that starts full at the top and runs out clockwise, with seconds in it. */
export function drawHoldRing(
  ctx: Ctx,
  at: Point,
  ring: { share: number; text: string; ink: string; tokens: Tokens; size?: number },
): void {
  const radius = (ring.size ?? 40) / 2
  ctx.setLineDash([])
  ctx.beginPath()
  ctx.arc(at.x, at.y, radius + 1.5, 0, 2 * Math.PI)
  ctx.fillStyle = ring.tokens.panel
  ctx.fill()
  ctx.lineWidth = 3.5
  ctx.beginPath()
  ctx.arc(at.x, at.y, radius - 1.75, 0, 2 * Math.PI)
  ctx.strokeStyle = ring.tokens.line2
  ctx.stroke()
  const share = Math.min(1, Math.max(0, ring.share))
  ctx.beginPath()
  ctx.arc(at.x, at.y, radius - 1.75, -Math.PI / 2 + (1 - share) * 2 * Math.PI, (3 * Math.PI) / 2)
  ctx.strokeStyle = ring.ink
  ctx.lineCap = 'butt'
  if (share > 0) ctx.stroke()
  write(ctx, ring.text, at, { font: fontsOf(ring.tokens).seconds, ink: ring.tokens.ink1, align: 'center' })
}
