// The underlay: from each card a stub to its plate's line, and from there to the gateways that join networks.
import { type Box, centre, type Point } from '../geometry.ts'
import type { LayoutHost, Place, Plate, Wire } from './types.ts'

const STUB_X = 32

export function layWires(
  hosts: readonly LayoutHost[],
  plates: readonly Plate[],
  places: ReadonlyMap<string, Place>,
): Wire[] {
  const wires: Wire[] = []
  for (const host of hosts) {
    const place = places.get(host.name)
    if (!place) continue
    host.links.forEach((link, index) => {
      const plate = plates.find((candidate) => candidate.network === link.network)
      if (!plate) return
      const points = place.role === 'gateway' ? gatewayWire(place.box, plate, index) : hostWire(place, plate, index)
      if (points.length > 1)
        wires.push({ host: host.name, network: link.network, up: link.up, points, middle: middleOf(points) })
    })
  }
  return wires
}

function hostWire(place: Place, plate: Plate, index: number): Point[] {
  const { box } = place
  if (!plate.bus) {
    // On a ring the network is the plate itself: a short stub toward its middle carries the cut mark.
    const from = centre(box)
    const to = centre(plate.box)
    const length = Math.hypot(to.x - from.x, to.y - from.y) || 1
    const at = (share: number) => ({
      x: from.x + ((to.x - from.x) / length) * share,
      y: from.y + ((to.y - from.y) / length) * share,
    })
    return [at(box.h * 0.5), at(box.h * 0.5 + 40)]
  }
  const { y, from, to } = plate.bus
  const own = place.plate === plate.network
  if (own && plate.kind === 'outside' && y > box.y && y < box.y + box.h) {
    return [
      { x: box.x + box.w, y },
      { x: Math.max(to, box.x + box.w + 20), y },
    ]
  }
  const x = box.x + STUB_X + index * 22
  const edge = y < box.y + box.h / 2 ? box.y : box.y + box.h
  if (own || (x >= from && x <= to))
    return [
      { x, y: edge },
      { x, y },
    ]
  const near = Math.min(to, Math.max(from, x))
  const turn = edge + (y - edge) * 0.25
  return [
    { x, y: edge },
    { x, y: turn },
    { x: near, y: turn },
    { x: near, y },
  ]
}

function gatewayWire(box: Box, plate: Plate, index: number): Point[] {
  const foot = { x: box.x + box.w - 20 - index * 16, y: box.y + box.h }
  if (!plate.bus) return [foot, { x: Math.min(foot.x, plate.box.x + plate.box.w - 20), y: plate.box.y }]
  if (plate.kind === 'outside') {
    const y = box.y + box.h / 2
    return [
      { x: box.x, y },
      { x: (box.x + plate.bus.to) / 2 + 20, y },
      { x: (box.x + plate.bus.to) / 2 + 20, y: plate.bus.y },
      { x: plate.bus.to, y: plate.bus.y },
    ]
  }
  return [foot, { x: foot.x, y: plate.bus.y }, { x: Math.min(plate.bus.to, foot.x), y: plate.bus.y }]
}

function middleOf(points: readonly Point[]): Point {
  let best = { length: -1, at: points[0]! }
  for (let i = 1; i < points.length; i++) {
    const a = points[i - 1]!
    const b = points[i]!
    const length = Math.hypot(b.x - a.x, b.y - a.y)
    if (length > best.length) best = { length, at: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 } }
  }
  return best.at
}
