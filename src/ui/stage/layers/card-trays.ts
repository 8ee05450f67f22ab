// Block trays with pods as dots, and the tray of an outside router's own prefixes.
import type { HostView } from '../../../sim/index.ts'
import type { CardPlan, DotPlace, TrayPlace } from '../card/card-geometry.ts'
import { type CardState, lookOfState } from '../card/card-state.ts'
import { centre } from '../geometry.ts'
import { type Ctx, drawSwatch, fillBox, fontsOf, strokeBox, textWidth, write } from '../paint/brush.ts'
import { drawIcon } from '../paint/icons.ts'
import { badgeText, type CardData, toneOf } from './badge.ts'

interface Style {
  data: CardData
  state: CardState
  badgeInTray: boolean
}

export function paintTrays(ctx: Ctx, host: HostView, plan: CardPlan, style: Style): void {
  const { data } = style
  for (const tray of plan.trays) paintTray(ctx, host, tray, style)
  const last = plan.trays.at(-1)
  if (last && plan.moreBlocks > 0) {
    const at = { x: last.box.x + last.box.w - 6, y: last.box.y + last.box.h - 7 }
    const font = fontsOf(data.tokens).tiny
    write(ctx, data.text.moreBlocks(plan.moreBlocks), at, { font, ink: data.tokens.ink2, align: 'right' })
  }
  if (!plan.plain) return
  if (host.kind === 'router') paintPrefixes(ctx, host, plan.plain, style)
  else if (data.level === 2) {
    fillBox(ctx, plan.plain, 8, data.tokens.sunken)
    const at = { x: plan.plain.x + 9, y: plan.plain.y + Math.min(16, plan.plain.h / 2) }
    write(ctx, data.text.noBlock, at, {
      font: fontsOf(data.tokens).small,
      ink: data.tokens.ink3,
      width: plan.plain.w - 18,
    })
  }
}

function paintTray(ctx: Ctx, host: HostView, tray: TrayPlace, { data, state }: Style): void {
  const { tokens, text } = data
  const fonts = fontsOf(tokens)
  const { block, box, lines } = tray
  const swatch = data.swatch(block.cidr)
  const tone = swatch ? tokens.swatches[swatch.color] : undefined
  const ink = tone?.ink ?? tokens.ctl
  const off = state.kind === 'off'
  fillBox(ctx, box, lines === 2 ? 8 : 6, tone?.soft ?? tokens.sunken)
  const lit = data.hover?.kind === 'prefix' && data.hover.id === block.cidr
  const fresh = block.state === 'pending' || data.newBlocks.has(block.cidr)
  if (fresh || lit) strokeBox(ctx, { x: box.x + 0.75, y: box.y + 0.75, w: box.w - 1.5, h: box.h - 1.5 }, 8, ink, 1.5)
  const y = lines === 2 ? box.y + box.h * 0.26 : box.y + box.h / 2
  const tile = data.level === 1
  const size = tile ? 13 : 15
  drawSwatch(ctx, swatch, { x: box.x + (tile ? 11 : 16), y }, { tokens, size })
  const wide = box.w >= 196
  if (!tile && wide)
    write(
      ctx,
      block.cidr,
      { x: box.x + 30, y },
      { font: fonts.prefix, ink: tokens.ink1, width: box.w - (lines === 2 ? 96 : 84) },
    )
  const count = text.used(block.used, block.size)
  const right = box.x + box.w - 10
  const dotsY = box.y + box.h * 0.68
  if (!tile && lines === 2) {
    const word = block.state === 'pending' ? text.claiming : fresh ? text.newBlock : null
    const small = { font: fonts.small, ink: tokens.ink2, align: 'right' } as const
    if (word && wide) {
      write(ctx, word, { x: right, y }, { font: fonts.badge, ink, align: 'right' })
      write(ctx, count, { x: right, y: dotsY }, small)
    } else {
      write(ctx, count, { x: right, y }, small)
      if (off && wide) write(ctx, text.unreachable, { x: right, y: dotsY }, small)
    }
  } else if (!tile && wide && tray.dots.length <= 2) {
    write(ctx, count, { x: right, y }, { font: fonts.small, ink: tokens.ink2, align: 'right' })
  } else if (!tile && !wide && tray.dots.length === 0) {
    write(ctx, count, { x: box.x + 30, y }, { font: fonts.small, ink: tokens.ink2 })
  }
  if (data.showPods) paintDots(ctx, tray, { data, ink, off: off || !host.powered })
}

function paintDots(ctx: Ctx, tray: TrayPlace, style: { data: CardData; ink: string; off: boolean }): void {
  for (const dot of tray.dots) paintDot(ctx, dot, style)
  if (tray.more === 0) return
  const { tokens, text } = style.data
  const last = tray.dots.at(-1)
  const x = last ? last.box.x + last.box.w + 4 : tray.box.x + 30
  const y = last ? last.box.y + last.box.h / 2 : tray.box.y + tray.box.h / 2
  const width = tray.box.x + tray.box.w - x - 2
  write(ctx, text.more(tray.more), { x, y }, { font: fontsOf(tokens).tiny, ink: tokens.ink2, width })
}

/** Solid: running. Dashed ring: being created. Thin ring: going away. Slash: cut off with its node. Corner: address lent by another block. */
function paintDot(
  ctx: Ctx,
  { pod, box }: DotPlace,
  { data, ink, off }: { data: CardData; ink: string; off: boolean },
): void {
  const { tokens } = data
  const at = centre(box)
  const radius = box.w / 2
  ctx.beginPath()
  ctx.arc(at.x, at.y, pod.phase === 'Running' ? radius : radius - 1, 0, 2 * Math.PI)
  if (pod.phase === 'Running') {
    ctx.fillStyle = ink
    ctx.fill()
  } else {
    ctx.strokeStyle = ink
    ctx.lineWidth = 1.5
    ctx.setLineDash(pod.phase === 'Terminating' ? [] : [2.5, 2.5])
    ctx.stroke()
    ctx.setLineDash([])
  }
  if (off) {
    ctx.beginPath()
    ctx.moveTo(at.x - radius * 0.6, at.y + radius * 0.6)
    ctx.lineTo(at.x + radius * 0.6, at.y - radius * 0.6)
    ctx.strokeStyle = tokens.panel
    ctx.lineWidth = 1.6
    ctx.stroke()
  }
  if (!pod.borrowed) return
  ctx.beginPath()
  ctx.moveTo(box.x + box.w, box.y - 1)
  ctx.lineTo(box.x + box.w, box.y + 5)
  ctx.lineTo(box.x + box.w - 6, box.y - 1)
  ctx.closePath()
  ctx.fillStyle = tokens.ink1
  ctx.fill()
}

function paintPrefixes(
  ctx: Ctx,
  host: HostView,
  box: NonNullable<CardPlan['plain']>,
  { data, state, badgeInTray }: Style,
): void {
  const { tokens, text } = data
  const fonts = fontsOf(tokens)
  const first = host.prefixes[0]
  const swatch = first === undefined ? null : data.swatch(first)
  const tone = swatch ? tokens.swatches[swatch.color] : undefined
  fillBox(ctx, box, 8, tone?.soft ?? tokens.sunken)
  const y = box.y + box.h / 2
  let right = box.x + box.w - 9
  if (badgeInTray) {
    const { icon } = lookOfState(state)
    const stateTone = toneOf(state, data)
    const cidr = first === undefined ? 0 : textWidth(ctx, first, fonts.prefix)
    const fits = cidr + textWidth(ctx, badgeText(state, text, false), fonts.badge) + 66 <= box.w
    const label = badgeText(state, text, !fits)
    const wide = textWidth(ctx, label, fonts.badge)
    write(ctx, label, { x: right, y }, { font: fonts.badge, ink: stateTone.ink, align: 'right' })
    if (icon) drawIcon(ctx, icon, { x: right - wide - 9, y, size: 12, ink: stateTone.ink, width: 1.8 })
    right -= wide + 20
  }
  const room = right - box.x - 30
  if (first === undefined) {
    const word = room > 120 ? text.noPrefix : text.noPrefixShort
    write(ctx, word, { x: box.x + 9, y }, { font: fonts.small, ink: tokens.ink3, width: room + 20 })
    return
  }
  drawSwatch(ctx, swatch, { x: box.x + 16, y }, { tokens, size: Math.min(15, box.h - 4) })
  const more = host.prefixes.length > 1 ? ` ${text.more(host.prefixes.length - 1)}` : ''
  const font = data.level === 2 ? fonts.prefix : fonts.tiny
  write(ctx, `${first}${more}`, { x: box.x + 30, y }, { font, ink: tokens.ink1, width: room })
}
