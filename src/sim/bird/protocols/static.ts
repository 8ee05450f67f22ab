// The static protocol (proto/static/static.c): configured routes, present while their next hop is.

import type { ProtocolConfig, StaticConfig, StaticRoute } from '../config/tree.ts'
import type { Core } from '../core.ts'
import { RouteDest, RouteSource } from '../filter/route.ts'
import type { Iface, InterfaceChange } from '../interfaces.ts'
import type { Neighbor } from '../neighbors.ts'
import { resolved } from '../table/host-entry.ts'
import { compareNexthops } from '../table/multipath.ts'
import { type RouteFields, Rte } from '../table/route.ts'
import { Protocol, type RunState } from './protocol.ts'

interface Entry {
  route: StaticRoute
  neighbors: Neighbor[]
  installed: boolean
}

export class StaticProtocol extends Protocol {
  readonly kind = 'Static'
  declare config: StaticConfig
  #entries: Entry[] = []

  constructor(core: Core, config: StaticConfig) {
    super(core, config)
  }

  start(): RunState {
    this.notifyState('up')
    for (const route of this.config.routes) if (route.target.kind !== 'device') this.#add(route)
    return 'up'
  }

  /** Routes into an interface are installed when the protocol hears of it, with its first feed (static_if_notify). */
  override feedInterfaces(): void {
    for (const route of this.config.routes) if (route.target.kind === 'device') this.#add(route)
  }

  override shutdown(): RunState {
    this.#entries = []
    return 'down'
  }

  override onInterface(change: InterfaceChange): void {
    if (change.kind !== 'up' && change.kind !== 'down' && change.kind !== 'removed') return
    for (const entry of this.#entries) {
      if (entry.route.target.kind === 'device' && entry.route.target.iface === change.iface.name) this.#refresh(entry)
    }
  }

  /** The dormant routes of `show static`. */
  isDormant(route: StaticRoute): boolean {
    return !(this.#entries.find((entry) => entry.route === route)?.installed ?? false)
  }

  #add(route: StaticRoute): void {
    const entry: Entry = { route, neighbors: [], installed: false }
    this.#entries.push(entry)
    const watch = (gateway: number, iface: string | null): void => {
      entry.neighbors.push(this.core.neighbors.watch(this, gateway, iface, () => this.#refresh(entry)))
    }
    if (route.target.kind === 'gateway') watch(route.target.gateway, route.target.iface)
    if (route.target.kind === 'multipath') for (const hop of route.target.nexthops) watch(hop.gateway, hop.iface)
    this.#refresh(entry)
  }

  /** Installs, replaces or withdraws the route as its next hops now stand. */
  #refresh(entry: Entry): void {
    const hook = this.hook
    const src = this.mainSource
    if (hook === null || src === null) return
    const fields = this.#destination(entry)
    if (fields === null) {
      if (entry.installed) this.table.update(hook, entry.route.net, null, src)
      entry.installed = false
      return
    }
    entry.installed = true
    const source = entry.route.target.kind === 'device' ? RouteSource.STATIC_DEVICE : RouteSource.STATIC
    const base: RouteFields = {
      net: entry.route.net,
      hook,
      src,
      source,
      preference: this.config.preference,
      dest: RouteDest.BLACKHOLE,
    }
    const route = Rte.of({ ...base, ...fields })
    this.table.update(
      hook,
      entry.route.net,
      entry.route.options === null ? route : this.core.runOptions(entry.route.options, route),
      src,
    )
  }

  /** null: dormant. */
  #destination(entry: Entry): Partial<RouteFields> | null {
    const target = entry.route.target
    switch (target.kind) {
      case 'blackhole':
        return { dest: RouteDest.BLACKHOLE }
      case 'unreachable':
        return { dest: RouteDest.UNREACHABLE }
      case 'prohibit':
        return { dest: RouteDest.PROHIBIT }
      case 'device': {
        const iface = this.core.interfaces.byName(target.iface)
        return iface?.up ? { dest: RouteDest.DEVICE, ifname: iface.name, ifindex: iface.index } : null
      }
      case 'gateway': {
        const iface = this.#reaches(entry.neighbors[0])
        return iface === null
          ? null
          : { dest: RouteDest.ROUTER, gw: target.gateway, ifname: iface.name, ifindex: iface.index }
      }
      case 'recursive': {
        const table = this.config.igpTable === null ? this.table : this.core.table(this.config.igpTable)
        const hostEntry = table.hostCache.get(target.gateway)
        return { hostEntry, ...resolved(target.gateway, hostEntry.resolution) }
      }
      case 'multipath':
        return multipath(
          target.nexthops,
          entry.neighbors.map((neighbor) => this.#reaches(neighbor)),
        )
    }
  }

  /** The interface by which a neighbor can be used (static_decide); null: it cannot. */
  #reaches(neighbor: Neighbor | undefined): Iface | null {
    if (neighbor === undefined || neighbor.iface === null || neighbor.local) return null
    return this.config.checkLink && !neighbor.iface.linkUp ? null : neighbor.iface
  }

  reconfigure(next: ProtocolConfig): boolean {
    if (next.kind !== 'static' || next.checkLink !== this.config.checkLink || next.igpTable !== this.config.igpTable)
      return false
    const hook = this.hook
    const src = this.mainSource
    const key = (route: StaticRoute): string => routeKey(route)
    const wanted = new Map(next.routes.map((route) => [route.net, route]))
    for (const entry of this.#entries) {
      if (wanted.has(entry.route.net) || !entry.installed || hook === null) continue
      this.table.update(hook, entry.route.net, null, src)
    }
    const old = new Map(this.#entries.map((entry) => [entry.route.net, entry]))
    this.core.neighbors.forget(this)
    this.#entries = []
    this.config = next
    for (const route of next.routes) {
      const before = old.get(route.net)
      const unchanged = before !== undefined && key(before.route) === key(route)
      if (unchanged && before.neighbors.length === 0)
        this.#entries.push({ route, neighbors: [], installed: before.installed })
      else this.#readd(route, before?.installed ?? false)
    }
    return true
  }

  #readd(route: StaticRoute, installed: boolean): void {
    this.#add(route)
    const entry = this.#entries.at(-1)
    if (entry !== undefined && installed && !entry.installed && this.hook !== null) {
      this.table.update(this.hook, route.net, null, this.mainSource)
    }
  }
}

function routeKey(route: StaticRoute): string {
  return `${JSON.stringify(route.target)} ${route.options?.structure ?? ''}`
}

function multipath(
  hops: readonly { gateway: number; weight: number }[],
  ifaces: readonly (Iface | null)[],
): Partial<RouteFields> | null {
  const up = hops.flatMap((hop, i) => {
    const iface = ifaces[i] ?? null
    return iface === null ? [] : [{ gateway: hop.gateway, iface: iface.name, ifindex: iface.index, weight: hop.weight }]
  })
  const only = up[0]
  if (only === undefined) return null
  if (up.length === 1) return { dest: RouteDest.ROUTER, gw: only.gateway, ifname: only.iface, ifindex: only.ifindex }
  return { dest: RouteDest.MULTIPATH, nexthops: up.sort(compareNexthops) }
}
