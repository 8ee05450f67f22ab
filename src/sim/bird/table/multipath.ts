// Merging next hops of several routes into one list (nest/rt-attr.c, mpnh_merge).
import type { Rte } from './route.ts'
import type { Nexthop } from './rta.ts'

/** Order of a list of next hops (mpnh_compare_node): the heaviest first, then gateway, then interface. */
export function compareNexthops(a: Nexthop, b: Nexthop): number {
  return b.weight - a.weight || a.gateway - b.gateway || a.ifindex - b.ifindex
}

/** Sorted by weight (heaviest first), gateway, interface; equal ones once; at most `limit`. */
export function mergeNexthops(routes: readonly Rte[], limit: number): readonly Nexthop[] {
  const all: Nexthop[] = []
  for (const route of routes) {
    if (route.nexthops !== null) all.push(...route.nexthops)
    else all.push({ gateway: route.gw, iface: route.ifname, ifindex: route.ifindex, weight: 1 })
  }
  all.sort(compareNexthops)
  return all.filter((hop, i) => i === 0 || compareNexthops(hop, all[i - 1] as Nexthop) !== 0).slice(0, limit)
}
