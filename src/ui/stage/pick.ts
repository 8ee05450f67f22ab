// What lies under a point of the stage, topmost first: message, pod, card, gateway, cut link, session, link, plate.
import type { ClusterView } from '../../sim/index.ts'
import type { Selection } from '../store/types.ts'
import { planCard } from './card/card-geometry.ts'
import { distanceTo, inside, type Point } from './geometry.ts'
import { CROWD } from './layers/session-layer.ts'
import type { Layout, Wire } from './layout/types.ts'
import type { Level } from './levels.ts'
import type { Flight } from './messages/flight.ts'
import { boxToScreen, toScreen, toWorld, type Viewport } from './viewport.ts'

export type Picked =
  | { type: 'host'; name: string }
  | { type: 'session'; id: string }
  | { type: 'message'; id: number }
  | { type: 'link'; host: string; network: string }
  | { type: 'pod'; id: string; host: string }
  | { type: 'block'; cidr: string; host: string }
  | { type: 'plate'; network: string }

export interface PickWorld {
  view: ClusterView
  layout: Layout
  level: Level
  viewport: Viewport
  flights: readonly Flight[]
  selectedHost: string | null
  showPods: boolean
}

const NEAR = 7

export function pickAt(world: PickWorld, at: Point): Picked | null {
  return (
    pickMessage(world, at) ??
    pickHost(world, at) ??
    pickCut(world, at) ??
    pickSession(world, at) ??
    pickLink(world, at) ??
    pickPlate(world, at)
  )
}

function pickMessage({ flights, viewport }: PickWorld, at: Point): Picked | null {
  for (let i = flights.length - 1; i >= 0; i--) {
    const flight = flights[i]!
    const p = toScreen(viewport, flight.at)
    if (Math.hypot(p.x - at.x, p.y - at.y) <= 14) return { type: 'message', id: flight.message.id }
  }
  return null
}

/** The host alone, without what stands in it: for dragging and dropping. */
export function hostAt({ view, layout, viewport, level }: PickWorld, at: Point): string | null {
  for (let i = view.hosts.length - 1; i >= 0; i--) {
    const host = view.hosts[i]!
    const place = layout.places.get(host.name)
    if (!place) continue
    const box = boxToScreen(viewport, place.box)
    if (inside(box, at, level === 0 ? Math.max(0, 10 - box.w / 2) : 0)) return host.name
  }
  return null
}

function pickHost(world: PickWorld, at: Point): Picked | null {
  const name = hostAt(world, at)
  if (name === null) return null
  const { view, layout, viewport, level } = world
  const host = view.hosts.find((each) => each.name === name)
  const place = layout.places.get(name)
  if (!host || !place || level < 2) return { type: 'host', name }
  for (const tray of planCard(host, boxToScreen(viewport, place.box), level).trays) {
    const dot = world.showPods ? tray.dots.find(({ box }) => inside(box, at, 3)) : undefined
    if (dot) return { type: 'pod', id: dot.pod.id, host: name }
    if (inside(tray.box, at)) return { type: 'block', cidr: tray.block.cidr, host: name }
  }
  return { type: 'host', name }
}

function pickSession({ view, layout, viewport, selectedHost }: PickWorld, at: Point): Picked | null {
  const crowded = layout.places.size > CROWD
  const point = toWorld(viewport, at)
  let best: { id: string; distance: number } | null = null
  for (const session of view.sessions) {
    if (crowded && session.a.host !== selectedHost && session.b?.host !== selectedHost) continue
    const path = layout.sessions.get(session.id)
    if (!path) continue
    const distance = distanceTo(path.curve, point) * viewport.k
    if (distance <= NEAR && distance < (best?.distance ?? Number.POSITIVE_INFINITY)) best = { id: session.id, distance }
  }
  return best ? { type: 'session', id: best.id } : null
}

const link = (wire: Wire): Picked => ({ type: 'link', host: wire.host, network: wire.network })

function pickCut({ layout, viewport }: PickWorld, at: Point): Picked | null {
  for (const wire of layout.wires) {
    if (wire.up) continue
    const p = toScreen(viewport, wire.middle)
    if (Math.hypot(p.x - at.x, p.y - at.y) <= 10) return link(wire)
  }
  return null
}

function pickLink({ layout, viewport }: PickWorld, at: Point): Picked | null {
  for (const wire of layout.wires) {
    for (let i = 1; i < wire.points.length; i++) {
      const a = toScreen(viewport, wire.points[i - 1]!)
      const b = toScreen(viewport, wire.points[i]!)
      const flat = { x0: a.x, y0: a.y, x1: a.x, y1: a.y, x2: b.x, y2: b.y, x3: b.x, y3: b.y }
      if (distanceTo(flat, at) <= NEAR) return link(wire)
    }
  }
  return null
}

function pickPlate({ layout, viewport }: PickWorld, at: Point): Picked | null {
  const plate = layout.plates.find(({ box }) => inside(boxToScreen(viewport, box), at))
  return plate ? { type: 'plate', network: plate.network } : null
}

export function selectionOf(picked: Picked | null): Selection | null {
  if (!picked || picked.type === 'plate') return null
  if (picked.type === 'pod') return { type: 'pod', id: picked.id }
  if (picked.type === 'block') return { type: 'block', cidr: picked.cidr }
  return picked
}
