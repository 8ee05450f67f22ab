// Alien routes of the kernel (sysdep/unix/krt.c krt_learn_*): everything in table main that neither the kernel itself
// nor BIRD put there is learned; per prefix the lowest metric wins, the first seen among equals.
import { type KernelRoute, RTPROT } from '../../../kernel/types.ts'
import { formatIp } from '../../../net/address.ts'
import { formatPrefix, type Prefix } from '../../../net/prefix.ts'
import { RouteDest } from '../../filter/route.ts'
import type { Interfaces } from '../../interfaces.ts'
import type { RouteFields } from '../../table/route.ts'

export type RouteOrigin = 'own' | 'alien' | 'kernel' | 'redirect' | 'none'

export function originOf(route: KernelRoute): RouteOrigin {
  switch (route.protocol) {
    case RTPROT.bird:
      return 'own'
    case RTPROT.kernel:
      return 'kernel'
    case 1:
      return 'redirect'
    case 0:
      return 'none'
    default:
      return 'alien'
  }
}

const DESTS = {
  blackhole: RouteDest.BLACKHOLE,
  unreachable: RouteDest.UNREACHABLE,
  prohibit: RouteDest.PROHIBIT,
} as const

export type LearnedFields = Pick<RouteFields, 'dest'> & Partial<RouteFields>

/** The table's view of an alien route; a log line when it cannot be taken. */
export function learnedRoute(route: KernelRoute, interfaces: Interfaces): LearnedFields | { problem: string } {
  const attributes: Record<string, number | string> = { source: route.protocol, metric: route.metric }
  const usual = route.type === 'unicast' && route.gateway === null && route.nexthops === null ? 253 : 0
  if (route.scope !== usual) attributes.scope = route.scope
  if (route.prefsrc !== null) attributes.prefsrc = route.prefsrc
  const kernelAttributes = attributes
  if (route.type !== 'unicast') return { dest: DESTS[route.type], kernelAttributes }
  if (route.nexthops !== null) return multipath(route, interfaces, kernelAttributes)
  const iface = interfaces.byName(route.dev ?? '')
  if (iface === null) return { problem: `KRT: Received route ${formatPrefix(route.prefix)} with unknown ifindex 0` }
  const place = { ifname: iface.name, ifindex: iface.index, kernelAttributes }
  if (route.gateway === null) return { dest: RouteDest.DEVICE, ...place }
  if (interfaces.hasLocal(route.gateway)) return strange(route, route.gateway)
  return { dest: RouteDest.ROUTER, gw: route.gateway, ...place }
}

function strange(route: KernelRoute, gateway: number): { problem: string } {
  return { problem: `KRT: Received route ${formatPrefix(route.prefix)} with strange next-hop ${formatIp(gateway)}` }
}

function multipath(
  route: KernelRoute,
  interfaces: Interfaces,
  kernelAttributes: Record<string, number | string>,
): LearnedFields | { problem: string } {
  const nexthops = []
  for (const hop of route.nexthops ?? []) {
    const iface = interfaces.byName(hop.dev)
    if (iface === null || hop.gateway === null)
      return { problem: `KRT: Received route ${formatPrefix(route.prefix)} with unknown ifindex 0` }
    if (interfaces.hasLocal(hop.gateway)) return strange(route, hop.gateway)
    nexthops.push({ gateway: hop.gateway, iface: iface.name, ifindex: iface.index, weight: hop.weight })
  }
  return { dest: RouteDest.MULTIPATH, nexthops, kernelAttributes }
}

/** The alien routes known, per prefix in order of appearance. */
export class AlienRoutes {
  #known = new Map<Prefix, KernelRoute[]>()
  #best = new Map<Prefix, KernelRoute>()

  /** What a netlink message does; the word of the trace. */
  change(kind: 'add' | 'delete', route: KernelRoute): 'created' | 'updated' | 'same' | 'removed' | 'delete failed' {
    const list = this.#known.get(route.prefix) ?? []
    const at = list.findIndex((other) => other.metric === route.metric)
    if (kind === 'delete') {
      if (at < 0) return 'delete failed'
      list.splice(at, 1)
      if (list.length === 0) this.#known.delete(route.prefix)
      return 'removed'
    }
    if (at >= 0) {
      if (sameKernelRoute(list[at] as KernelRoute, route)) return 'same'
      list[at] = route
      return 'updated'
    }
    list.push(route)
    this.#known.set(route.prefix, list)
    return 'created'
  }

  /** Forgets what a scan did not show; the prefixes concerned. */
  keepOnly(seen: ReadonlySet<KernelRoute>): void {
    for (const [prefix, list] of this.#known) {
      const rest = list.filter((route) => [...seen].some((s) => s.prefix === prefix && s.metric === route.metric))
      if (rest.length === 0) this.#known.delete(prefix)
      else if (rest.length < list.length) this.#known.set(prefix, rest)
    }
  }

  /** The prefixes whose winner differs from what was announced; `all`: announce every winner again. */
  takeChanges(all: boolean): Map<Prefix, KernelRoute | null> {
    const changes = new Map<Prefix, KernelRoute | null>()
    for (const [prefix, list] of this.#known) {
      const winner = list.reduce((best, route) => (route.metric < best.metric ? route : best))
      if (all || this.#best.get(prefix) !== winner) changes.set(prefix, winner)
    }
    for (const prefix of this.#best.keys()) if (!this.#known.has(prefix)) changes.set(prefix, null)
    for (const [prefix, winner] of changes) {
      if (winner === null) this.#best.delete(prefix)
      else this.#best.set(prefix, winner)
    }
    return changes
  }

  clear(): void {
    this.#known.clear()
    this.#best.clear()
  }
}

export function sameKernelRoute(a: KernelRoute, b: KernelRoute): boolean {
  return (
    a === b ||
    (a.type === b.type &&
      a.gateway === b.gateway &&
      a.dev === b.dev &&
      a.protocol === b.protocol &&
      a.scope === b.scope &&
      a.prefsrc === b.prefsrc &&
      JSON.stringify(a.nexthops) === JSON.stringify(b.nexthops))
  )
}
