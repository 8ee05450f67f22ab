// The ground: dot grid, plates, underlay, gateways. Repainted when the camera or the structure changes.
import { type Box, centre, type Point } from '../geometry.ts'
import type { Layout, Plate, Wire } from '../layout/types.ts'
import { type Ctx, fillBox, fontsOf, strokeBox, write } from '../paint/brush.ts'
import { drawIcon } from '../paint/icons.ts'
import { boxToScreen, toScreen, type Viewport } from '../viewport.ts'
import type { StageInk } from './stage-ink.ts'

export interface GroundData extends StageInk {
  layout: Layout
  /** Addresses of a gateway host, for its pill. */
  addressesOf: ReadonlyMap<string, readonly string[]>
  underlay: boolean
  /** Plate that would take what is being dragged in. */
  dropPlate: string | null
  selectedLink: { host: string; network: string } | null
}

const GRID = 24
/** A hull of the fleet that is narrower has no room for its name. */
const LABELLED = 240

export function paintGround(ctx: Ctx, data: GroundData, v: Viewport): void {
  const { tokens } = data
  ctx.clearRect(0, 0, v.width, v.height)
  paintGrid(ctx, tokens.grid, v)
  for (const plate of data.layout.plates) paintPlate(ctx, plate, data, v)
  if (data.underlay && data.level > 0) {
    for (const plate of data.layout.plates) paintBus(ctx, plate, data, v)
    for (const wire of data.layout.wires) paintWire(ctx, wire, data, v)
  }
  for (const plate of data.layout.plates)
    if (data.level > 0 || plate.box.w * v.k >= LABELLED) paintPlateLabel(ctx, plate, data, v)
  paintGateways(ctx, data, v)
}

function paintGrid(ctx: Ctx, ink: string, v: Viewport): void {
  const step = GRID * Math.max(1, 2 ** Math.round(Math.log2(1 / v.k))) * v.k
  if (step < 10) return
  ctx.fillStyle = ink
  for (let x = ((v.x % step) + step) % step; x < v.width; x += step)
    for (let y = ((v.y % step) + step) % step; y < v.height; y += step) ctx.fillRect(x, y, 1.5, 1.5)
}

function paintPlate(ctx: Ctx, plate: Plate, data: GroundData, v: Viewport): void {
  const box = boxToScreen(v, plate.box)
  const target = data.dropPlate === plate.network
  fillBox(ctx, box, 20, target ? data.tokens.accentSoft : data.tokens.plate)
  strokeBox(ctx, box, 20, target ? data.tokens.accent : data.tokens.line2, target ? 2 : 1)
}

function paintPlateLabel(ctx: Ctx, plate: Plate, data: GroundData, v: Viewport): void {
  const { tokens, text } = data
  const fonts = fontsOf(tokens)
  const box = boxToScreen(v, plate.box)
  if (plate.kind === 'outside') {
    if (v.k < 0.6) return
    const x = box.x + box.w + 10
    write(ctx, text.outside.title, { x, y: box.y + 17 }, { font: fonts.label, ink: tokens.ink2 })
    write(ctx, plate.cidr, { x, y: box.y + 32 }, { font: fonts.address, ink: tokens.ink2 })
    return
  }
  // Where the head of the plate is too low for it the words go to the lower left corner.
  const y = v.k < 0.62 ? box.y + box.h - 14 : box.y + 20
  drawIcon(ctx, 'network', { x: box.x + 23, y, size: 14, ink: tokens.ink3 })
  const room = box.w - 80
  const title = write(
    ctx,
    text.cluster.title,
    { x: box.x + 37, y },
    { font: fonts.label, ink: tokens.ink2, width: room },
  )
  const at = { x: box.x + 37 + title + 5, y }
  if (room - title > 60) write(ctx, plate.cidr, at, { font: fonts.address, ink: tokens.ink2, width: room - title })
}

function paintBus(ctx: Ctx, plate: Plate, data: GroundData, v: Viewport): void {
  if (!plate.bus || plate.kind === 'outside') return
  const a = toScreen(v, { x: plate.bus.from, y: plate.bus.y })
  const b = toScreen(v, { x: plate.bus.to, y: plate.bus.y })
  line(ctx, [a, b], data.tokens.under, 2)
}

function line(ctx: Ctx, points: readonly Point[], ink: string, width: number): void {
  ctx.beginPath()
  points.forEach((p, i) => {
    if (i === 0) ctx.moveTo(p.x, p.y)
    else ctx.lineTo(p.x, p.y)
  })
  ctx.strokeStyle = ink
  ctx.lineWidth = width
  ctx.lineCap = 'butt'
  ctx.lineJoin = 'round'
  ctx.stroke()
}

function paintWire(ctx: Ctx, wire: Wire, data: GroundData, v: Viewport): void {
  const { tokens } = data
  const selected = data.selectedLink?.host === wire.host && data.selectedLink.network === wire.network
  const ink = selected ? tokens.accent : wire.up ? tokens.under : tokens.loss
  line(
    ctx,
    wire.points.map((p) => toScreen(v, p)),
    ink,
    selected ? 3 : 2,
  )
  const port = toScreen(v, wire.points[0]!)
  fillBox(ctx, { x: port.x - 4.5, y: port.y - 3, w: 9, h: 6 }, 1.5, ink)
  if (wire.up) return
  const middle = toScreen(v, wire.middle)
  ctx.beginPath()
  ctx.arc(middle.x, middle.y, 8, 0, 2 * Math.PI)
  ctx.fillStyle = tokens.plate
  ctx.fill()
  drawIcon(ctx, 'scissors', { ...middle, size: 14, ink: tokens.loss, width: 1.8 })
}

function paintGateways(ctx: Ctx, data: GroundData, v: Viewport): void {
  const { tokens, text } = data
  const fonts = fontsOf(tokens)
  for (const place of data.layout.places.values()) {
    if (place.role !== 'gateway') continue
    const box = boxToScreen(v, place.box)
    pill(ctx, box, data, data.selectedHost === place.name)
    if (data.level === 0 || box.h < 12) continue
    const addresses = (data.addressesOf.get(place.name) ?? []).join(' | ')
    const full = box.h >= 30
    const wide = box.w >= 110
    drawIcon(ctx, 'gateway', {
      x: wide ? box.x + 17 : box.x + box.w / 2,
      y: box.y + box.h / 2,
      size: 15,
      ink: tokens.ink2,
    })
    if (!wide) continue
    const x = box.x + 32
    const width = box.w - 40
    const name = `${text.gateway} · ${place.name}`
    const at = { x, y: box.y + (full ? 11.5 : box.h / 2) }
    write(ctx, name, at, { font: fonts.label, ink: tokens.ink1, width })
    if (full) write(ctx, addresses, { x, y: box.y + 24.5 }, { font: fonts.tiny, ink: tokens.ink2, width })
  }
  if (data.level === 0) return
  for (const plate of data.layout.plates) {
    if (!plate.loneGateway) continue
    const box = pillOnEdge(boxToScreen(v, plate.loneGateway.box))
    pill(ctx, box, data, false)
    const middle = centre(box)
    drawIcon(ctx, 'gateway', { x: box.x + 14, y: middle.y, size: 13, ink: tokens.ink3 })
    const label = text.loneGateway(plate.loneGateway.address)
    write(ctx, label, { x: box.x + 26, y: middle.y }, { font: fonts.tiny, ink: tokens.ink2, width: box.w - 34 })
  }
}

/** Its text keeps its size, so the pill does, too; it stays on the right end of its edge. */
function pillOnEdge(box: Box): Box {
  const w = 150
  const h = 24
  return { x: box.x + box.w - w, y: box.y + box.h / 2 - h / 2, w, h }
}

function pill(ctx: Ctx, box: Box, data: GroundData, selected: boolean): void {
  fillBox(ctx, box, 9, data.tokens.panel)
  strokeBox(ctx, box, 9, selected ? data.tokens.accent : data.tokens.line2, selected ? 2 : 1)
}
