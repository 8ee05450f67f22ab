// Cards of nodes and routers at three levels of detail (section 6): disc, tile, full card.
import type { HostView } from '../../../sim/index.ts'
import { planCard } from '../card/card-geometry.ts'
import { type CardState, cardState, lookOfState } from '../card/card-state.ts'
import { type Box, centre, grow } from '../geometry.ts'
import { type Ctx, fillBox, fontsOf, roundBox, strokeBox, textWidth, write } from '../paint/brush.ts'
import { drawIcon } from '../paint/icons.ts'
import { boxToScreen, type Viewport } from '../viewport.ts'
import { badgeText, type CardData, toneOf } from './badge.ts'
import { paintTrays } from './card-trays.ts'

export function paintCards(ctx: Ctx, data: CardData, v: Viewport): void {
  ctx.clearRect(0, 0, v.width, v.height)
  for (const host of data.hosts) {
    const place = data.layout.places.get(host.name)
    if (!place || place.role === 'gateway') continue
    const box = boxToScreen(v, place.box)
    if (box.x > v.width + 40 || box.y > v.height + 40 || box.x + box.w < -40 || box.y + box.h < -40) continue
    if (data.level === 0) paintDisc(ctx, host, box, data)
    else paintCard(ctx, host, box, data)
  }
}

function discRadius(box: Box): number {
  return Math.min(14, Math.max(7, box.w * 0.3))
}

function paintDisc(ctx: Ctx, host: HostView, box: Box, data: CardData): void {
  const { tokens } = data
  const at = centre(box)
  const radius = discRadius(box)
  const state = cardState(host, data.tallies.get(host.name))
  const tone = toneOf(state, data)
  const { icon, tone: name } = lookOfState(state)
  const selected = data.selectedHost === host.name
  const lit = selected || (data.hover?.kind === 'host' && data.hover.id === host.name)
  if (lit) {
    ctx.beginPath()
    ctx.arc(at.x, at.y, radius + 4, 0, 2 * Math.PI)
    ctx.fillStyle = tokens.accentSoft
    ctx.fill()
  }
  ctx.beginPath()
  ctx.arc(at.x, at.y, radius, 0, 2 * Math.PI)
  ctx.fillStyle = name === 'good' ? tokens.panel : tone.soft
  ctx.fill()
  ctx.strokeStyle = lit ? tokens.accent : name === 'good' ? tokens.ctl : tone.ink
  ctx.lineWidth = 1.5
  ctx.setLineDash(state.kind === 'off' ? [3, 2] : [])
  ctx.stroke()
  ctx.setLineDash([])
  if (icon) drawIcon(ctx, icon, { ...at, size: radius * 1.25, ink: tone.ink, width: 1.5 })
  if (lit) {
    const at = { x: box.x + box.w / 2, y: box.y + box.h / 2 + radius + 10 }
    write(ctx, data.shortName(host.name), at, { font: fontsOf(tokens).label, ink: tokens.ink1, align: 'center' })
  }
}

function paintCard(ctx: Ctx, host: HostView, box: Box, data: CardData): void {
  const { tokens, level } = data
  const state = cardState(host, data.tallies.get(host.name))
  const off = state.kind === 'off'
  const selected = data.selectedHost === host.name
  const hovered = data.hover?.kind === 'host' && data.hover.id === host.name
  const radius = level === 2 ? 13 : 9
  if (selected) {
    ctx.globalAlpha = 0.28
    strokeBox(ctx, grow(box, 3.5), radius + 3.5, tokens.accent, 6)
    ctx.globalAlpha = 1
  }
  ctx.save()
  if (data.layout.places.size <= 20) {
    ctx.shadowColor = 'rgb(18 23 31 / 12%)'
    ctx.shadowBlur = 5
    ctx.shadowOffsetY = 1
  }
  fillBox(ctx, box, radius, tokens.panel)
  ctx.restore()
  if (off) ctx.setLineDash([6, 4])
  const target = data.dropHost === host.name
  const ink = selected || target ? tokens.accent : off ? tokens.bad.ink : hovered ? tokens.ctl : tokens.line2
  strokeBox(ctx, box, radius, off && !selected ? tokens.bad.ink : ink, selected || off || target ? 2 : 1)
  ctx.setLineDash([])
  ctx.save()
  roundBox(ctx, box, radius)
  ctx.clip()
  if (off) ctx.globalAlpha = 0.8
  paintInside(ctx, host, box, { data, state })
  ctx.restore()
}

interface Inside {
  data: CardData
  state: CardState
}

function paintInside(ctx: Ctx, host: HostView, box: Box, { data, state }: Inside): void {
  const { tokens, level } = data
  const fonts = fontsOf(tokens)
  const plan = planCard(host, box, level)
  if (plan.icon) {
    if (host.kind === 'router') fillBox(ctx, plan.icon, 15, tokens.sunken)
    else fillBox(ctx, plan.icon, 8, tokens.sunken)
    const icon = host.kind === 'router' ? 'router' : host.rrClusterId ? 'reflector' : 'server'
    drawIcon(ctx, icon, { ...centre(plan.icon), size: 17, ink: tokens.ink1 })
  }
  const badgeInTray = host.kind === 'router' && level === 2 && plan.plain !== null
  const nameFont = level === 2 ? fonts.name : fonts.tileName
  const shown =
    textWidth(ctx, host.name, nameFont) <= box.x + box.w - plan.nameX - (level === 2 ? 92 : 10)
      ? host.name
      : data.shortName(host.name)
  const nameWide = textWidth(ctx, shown, nameFont)
  const badge = badgeInTray ? 0 : paintBadge(ctx, box, { state, data, room: box.x + box.w - plan.nameX - nameWide })
  const width = box.x + box.w - plan.nameX - (badge > 0 ? badge + 16 : 8)
  // A name that the badge leaves too little room for is set smaller before it is cut.
  const font = textWidth(ctx, shown, nameFont) <= width ? nameFont : fonts.tileName
  const name = { font, ink: tokens.ink1, width }
  write(ctx, shown, { x: plan.nameX, y: plan.nameY }, name)
  if (plan.addressY !== null) {
    const parts = [host.address, host.asNumber !== null && box.w >= 200 ? data.text.as(host.asNumber) : null]
    if (host.rrClusterId && box.w >= 260) parts.push(host.rrClusterId)
    const address = parts.filter((part) => part !== null).join(' · ')
    const font = level === 2 ? fonts.address : fonts.tiny
    write(
      ctx,
      address,
      { x: plan.nameX, y: plan.addressY },
      { font, ink: tokens.ink2, width: box.x + box.w - plan.nameX - 8 },
    )
  }
  paintTrays(ctx, host, plan, { data, state, badgeInTray })
  if (plan.components !== null) paintComponents(ctx, host, box, { data, y: plan.components })
}

/** Gives back the width it took. */
function paintBadge(ctx: Ctx, box: Box, { state, data, room }: Inside & { room: number }): number {
  const { icon } = lookOfState(state)
  const tone = toneOf(state, data)
  const fonts = fontsOf(data.tokens)
  if (data.level === 1) {
    if (state.kind === 'all-up' || state.kind === 'no-session' || !icon || box.w < 70) return 0
    drawIcon(ctx, icon, { x: box.x + box.w - 14, y: box.y + 15, size: 13, ink: tone.ink, width: 1.8 })
    return 14
  }
  const left = icon ? 22 : 8
  const long = badgeText(state, data.text, false)
  const fits = left + textWidth(ctx, long, fonts.badge) + 24 <= room
  const label = fits ? long : badgeText(state, data.text, true)
  const w = label === '' ? 24 : left + textWidth(ctx, label, fonts.badge) + 8
  const at = { x: box.x + box.w - w - (box.w >= 220 ? 11 : 8), y: box.y + (box.h >= 130 ? 11 : 8), w, h: 19 }
  fillBox(ctx, at, 6, tone.soft)
  if (icon) drawIcon(ctx, icon, { x: at.x + 12, y: at.y + 9.5, size: 12, ink: tone.ink, width: 1.8 })
  write(ctx, label, { x: at.x + left, y: at.y + 9.5 }, { font: fonts.badge, ink: tone.ink })
  return w
}

function paintComponents(ctx: Ctx, host: HostView, box: Box, { data, y }: { data: CardData; y: number }): void {
  const { tokens } = data
  const font = fontsOf(tokens).component
  const parts = [
    ['BIRD', host.bird],
    ['confd', host.confd],
    ['Felix', host.felix],
  ] as const
  const pitch = (box.w - 24) / 3
  parts.forEach(([name, state], i) => {
    if (state === 'absent' && host.phase === 'running') return
    const x = box.x + 13 + i * pitch
    const busy = name === 'BIRD' && state === 'running' && host.recovering !== null
    const running = state === 'running' && host.powered
    const icon = busy ? 'spinner' : running ? 'check' : 'cross'
    const ink = busy ? tokens.accent : running ? tokens.good.ink : tokens.ink3
    drawIcon(ctx, icon, { x: x + 6, y, size: 12, ink, width: 1.8 })
    write(ctx, name, { x: x + 16, y }, { font, ink: running ? tokens.ink1 : tokens.ink3 })
  })
}
