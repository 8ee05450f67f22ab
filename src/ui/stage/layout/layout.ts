// The whole layout of one structure: plates, cards, underlay and session lines. Pure; positions the person chose win.
import { type Box, grow, type Point, union } from '../geometry.ts'
import { placeHosts } from './places.ts'
import { laySessions } from './session-paths.ts'
import type { Layout, LayoutHost, LayoutNetwork, LayoutSession, Place } from './types.ts'
import { layWires } from './wires.ts'

export interface Structure {
  networks: readonly LayoutNetwork[]
  hosts: readonly LayoutHost[]
  sessions: readonly LayoutSession[]
}

export function layOut(structure: Structure, moved: ReadonlyMap<string, Point>): Layout {
  const { plates, places } = placeHosts(structure.networks, structure.hosts)
  const shown: Map<string, Place> = new Map()
  for (const [name, place] of places) {
    const at = moved.get(name)
    shown.set(name, at ? { ...place, box: { ...place.box, ...at }, settled: false } : place)
  }
  for (const plate of plates) {
    const strays = [...shown.values()].filter((place) => place.plate === plate.network && !place.settled)
    if (strays.length === 0) continue
    plate.box = union([plate.box, ...strays.map((place) => grow(place.box, 24))])
    if (plate.bus) plate.bus = stretch(plate.bus, strays)
  }
  const all: Box[] = [...plates.map((plate) => plate.box), ...[...shown.values()].map((place) => place.box)]
  return {
    plates,
    places: shown,
    wires: layWires(structure.hosts, plates, shown),
    sessions: laySessions(structure.sessions, structure.hosts, { plates, places: shown }),
    bounds: union(all),
  }
}

function stretch(bus: { y: number; from: number; to: number }, places: readonly Place[]) {
  return {
    y: bus.y,
    from: Math.min(bus.from, ...places.map((place) => place.box.x + 32)),
    to: Math.max(bus.to, ...places.map((place) => place.box.x + 32)),
  }
}

/** Whether two structures give the same layout: nothing joined, left or changed its cables or peers. */
export function sameStructure(a: Structure, b: Structure): boolean {
  return (
    sameList(a.networks, b.networks, (p, q) => p.name === q.name && p.cidr === q.cidr && p.gateway === q.gateway) &&
    sameList(a.hosts, b.hosts, sameHost) &&
    sameList(
      a.sessions,
      b.sessions,
      (p, q) => p.id === q.id && p.ebgp === q.ebgp && p.remoteAddress === q.remoteAddress && p.b?.host === q.b?.host,
    )
  )
}

function sameHost(a: LayoutHost, b: LayoutHost): boolean {
  return (
    a.name === b.name &&
    a.kind === b.kind &&
    (a.bird === 'absent') === (b.bird === 'absent') &&
    sameList(a.links, b.links, (p, q) => p.network === q.network && p.address === q.address && p.up === q.up)
  )
}

function sameList<T>(a: readonly T[], b: readonly T[], same: (p: T, q: T) => boolean): boolean {
  return a === b || (a.length === b.length && a.every((each, i) => same(each, b[i]!)))
}
