// Pixels of the ruler and the lanes: folded gaps, ticks, message glyphs, health of the sessions.
import type { LaneView, TimelineIndex } from '../../sim/index.ts'
import { glyphs, pathOf } from '../theme/glyphs.ts'
import type { Tokens } from '../theme/tokens.ts'
import type { Axis } from './axis/axis.ts'
import { gapLabel, ticksOf } from './axis/ticks.ts'
import { type Mark, marksOf } from './lane-marks.ts'

type Ctx = CanvasRenderingContext2D

export interface PlotView {
  tokens: Tokens
  axis: Axis
  scroll: number
  width: number
  height: number
}

export const LANE = 25
const GLYPH = 11

let hatch: { key: string; pattern: CanvasPattern | null } = { key: '', pattern: null }

function hatchPattern(ctx: Ctx, ink: string): CanvasPattern | string {
  if (hatch.key !== ink) {
    const tile = document.createElement('canvas')
    tile.width = 8
    tile.height = 8
    const pen = tile.getContext('2d')
    if (pen) {
      pen.strokeStyle = ink
      pen.lineWidth = 1
      pen.beginPath()
      for (const x of [-8, 0, 8]) {
        pen.moveTo(x, 8)
        pen.lineTo(x + 8, 0)
      }
      pen.stroke()
    }
    hatch = { key: ink, pattern: ctx.createPattern(tile, 'repeat') }
  }
  return hatch.pattern ?? ink
}

/** Folded gaps behind everything. */
function paintBands(ctx: Ctx, view: PlotView): void {
  const { axis, scroll, width, height, tokens } = view
  for (const span of axis.spans) {
    if (span.kind === 'active' || span.x1 < scroll || span.x0 > scroll + width) continue
    const x = span.x0 - scroll
    ctx.fillStyle = tokens.sunken
    ctx.fillRect(x, 0, span.x1 - span.x0, height)
    ctx.fillStyle = hatchPattern(ctx, tokens.line)
    ctx.fillRect(x, 0, span.x1 - span.x0, height)
  }
}

export function paintRuler(ctx: Ctx, view: PlotView, flags: readonly { x: number; width: number }[]): void {
  const { axis, scroll, width, height, tokens } = view
  ctx.clearRect(0, 0, width, height)
  paintBands(ctx, view)
  ctx.textBaseline = 'middle'
  ctx.font = `400 11px ${tokens.fontMono}`
  ctx.strokeStyle = tokens.ctl
  ctx.lineWidth = 1
  let free = Number.NEGATIVE_INFINITY
  const taken = flags.map((flag) => ({ x: flag.x + scroll, width: flag.width }))
  for (const tick of ticksOf(axis, scroll, scroll + width, taken)) {
    const x = Math.round(tick.x - scroll) + 0.5
    ctx.beginPath()
    ctx.moveTo(x, height - (tick.label === null ? 5 : 8))
    ctx.lineTo(x, height)
    ctx.stroke()
    if (tick.label === null) continue
    const wide = ctx.measureText(tick.label).width
    const left = Math.max(2, x + 3)
    if (left < free + 6 || left + wide > width) continue
    ctx.fillStyle = tokens.ink2
    ctx.fillText(tick.label, left, 9)
    free = left + wide
  }
  paintGapLabels(ctx, view, flags)
}

/** The length of each folded gap, where no flag stands over it. */
function paintGapLabels(
  ctx: Ctx,
  { axis, scroll, width, height, tokens }: PlotView,
  flags: readonly { x: number; width: number }[],
): void {
  ctx.font = `500 10px ${tokens.fontUi}`
  ctx.textAlign = 'center'
  for (const span of axis.spans) {
    if (span.kind === 'active' || span.x1 < scroll || span.x0 > scroll + width) continue
    const label = gapLabel(span.to - span.from)
    const wide = ctx.measureText(label).width + 12
    if (wide > span.x1 - span.x0 + 8) continue
    const middle = Math.min((span.x0 + span.x1) / 2 - scroll, width - wide / 2 - 1)
    if (flags.some((flag) => flag.x < middle + wide / 2 && middle - wide / 2 < flag.x + flag.width)) continue
    ctx.beginPath()
    ctx.roundRect(middle - wide / 2, height - 14, wide, 13, 6.5)
    ctx.fillStyle = tokens.panel
    ctx.fill()
    ctx.strokeStyle = tokens.line2
    ctx.stroke()
    ctx.fillStyle = tokens.ink2
    ctx.fillText(label, middle, height - 7)
  }
  ctx.textAlign = 'left'
}

export interface LanesView extends PlotView {
  index: TimelineIndex
  /** Vertical scroll of the lanes. */
  top: number
  hidden: ReadonlySet<string>
  selectedHost: string | null
  hovered: { lane: number; mark: Mark } | null
  /** Receivers of the hovered mark, as lane numbers. */
  receivers: readonly number[]
}

export function paintLanes(ctx: Ctx, view: LanesView): void {
  const { index, top, width, height, tokens, axis, scroll } = view
  ctx.clearRect(0, 0, width, height)
  const first = Math.max(0, Math.floor(top / LANE))
  const last = Math.min(index.lanes.length - 1, Math.floor((top + height) / LANE))
  for (let i = first; i <= last; i++) {
    if (index.lanes[i]!.host !== view.selectedHost) continue
    ctx.fillStyle = tokens.accentSoft
    ctx.globalAlpha = 0.5
    ctx.fillRect(0, i * LANE - top, width, LANE)
    ctx.globalAlpha = 1
  }
  paintBands(ctx, view)
  paintFlagLines(ctx, view)
  for (let i = first; i <= last; i++) {
    const lane = index.lanes[i]!
    const y = i * LANE - top
    ctx.fillStyle = tokens.line
    ctx.fillRect(0, y + LANE - 1, width, 1)
    paintHealth(ctx, lane, y + LANE - 4, view)
    const { marks, ticks } = marksOf({
      glyphs: lane.glyphs,
      axis,
      from: scroll,
      to: scroll + width,
      hidden: view.hidden,
    })
    ctx.fillStyle = tokens.message.KEEPALIVE.ink
    for (const x of ticks) ctx.fillRect(Math.round(x - scroll), y + 7, 1, 7)
    paintMarks(ctx, marks, y + 10.5, view)
  }
  if (view.hovered) paintArrows(ctx, view)
}

function paintFlagLines(ctx: Ctx, { index, axis, scroll, width, height, tokens }: LanesView): void {
  ctx.strokeStyle = tokens.ink1
  ctx.lineWidth = 1
  ctx.setLineDash([2, 3])
  ctx.beginPath()
  for (const { at } of index.flags) {
    const x = Math.round(axis.toX(at) - scroll) + 0.5
    if (x < 0 || x > width) continue
    ctx.moveTo(x, 0)
    ctx.lineTo(x, height)
  }
  ctx.stroke()
  ctx.setLineDash([])
}

export function paintMarks(ctx: Ctx, marks: readonly Mark[], y: number, { scroll, tokens }: PlotView): void {
  const scale = GLYPH / 20
  marks.forEach((mark, i) => {
    const x = mark.x - scroll
    const glyph = glyphs[mark.look]
    const { ink } = tokens.message[mark.look]
    ctx.save()
    ctx.translate(x - GLYPH / 2, y - GLYPH / 2)
    ctx.scale(scale, scale)
    ctx.lineCap = 'round'
    ctx.lineWidth = 2.6
    ctx.fillStyle = glyph.hollow ? tokens.panel : ink
    ctx.fill(pathOf(glyph.body))
    if (glyph.hollow) {
      ctx.strokeStyle = ink
      ctx.stroke(pathOf(glyph.body))
    }
    if (glyph.mark) {
      ctx.strokeStyle = glyph.markInk ? ink : tokens.panel
      ctx.stroke(pathOf(glyph.mark))
    }
    ctx.restore()
    const next = marks[i + 1]
    if (mark.count < 2 || (next && next.x - mark.x < 28)) return
    ctx.fillStyle = ink
    ctx.font = `500 10px ${tokens.fontUi}`
    ctx.textBaseline = 'middle'
    ctx.fillText(`×${mark.count}`, x + 7, y + 0.5)
  })
}

/** Solid: all sessions up. Dashed: some. Dotted: none. */
function paintHealth(ctx: Ctx, lane: LaneView, y: number, { axis, scroll, width, tokens }: PlotView): void {
  ctx.lineWidth = 2.5
  for (let i = 0; i < lane.health.length; i++) {
    const { at, established, total } = lane.health[i]!
    const from = Math.max(0, axis.toX(at) - scroll)
    const next = lane.health[i + 1]
    const to = Math.min(width, (next ? axis.toX(next.at) : axis.width) - scroll)
    if (total === 0 || to <= 0 || from >= width || to - from < 0.2) continue
    const state = established >= total ? 'up' : established > 0 ? 'partly' : 'down'
    ctx.strokeStyle = state === 'up' ? tokens.good.ink : state === 'partly' ? tokens.warn.ink : tokens.bad.ink
    ctx.setLineDash(state === 'up' ? [] : state === 'partly' ? [5, 3] : [2, 3])
    ctx.globalAlpha = state === 'up' ? 0.75 : 1
    ctx.beginPath()
    ctx.moveTo(from, y)
    ctx.lineTo(to, y)
    ctx.stroke()
  }
  ctx.globalAlpha = 1
  ctx.setLineDash([])
}

function paintArrows(ctx: Ctx, view: LanesView): void {
  const { hovered, receivers, top, scroll, tokens } = view
  if (!hovered) return
  const x = hovered.mark.x - scroll
  const from = hovered.lane * LANE - top + 10.5
  ctx.strokeStyle = tokens.message[hovered.mark.look].ink
  ctx.fillStyle = ctx.strokeStyle
  ctx.lineWidth = 1
  for (const lane of receivers) {
    const to = lane * LANE - top + 10.5
    const down = Math.sign(to - from)
    ctx.beginPath()
    ctx.moveTo(x, from + down * 6)
    ctx.lineTo(x + 3, to - down * 4)
    ctx.stroke()
    ctx.beginPath()
    ctx.moveTo(x + 3.3, to)
    ctx.lineTo(x, to - down * 6)
    ctx.lineTo(x + 6, to - down * 6)
    ctx.fill()
  }
}
