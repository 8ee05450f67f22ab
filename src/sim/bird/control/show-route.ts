// `birdc show route` over the nets of one table as they stood at a time (nest/rt-table.c, rt_show_net).
import type { Ip } from '../../net/address.ts'
import { type Prefix, prefixCovers, prefixLength } from '../../net/prefix.ts'
import type { Micros, RouteSnapshot } from '../ports.ts'
import { fibOrder } from '../table/fib-order.ts'
import type { WallClock } from './clock.ts'
import { formatRoute, routeDetails } from './format-route.ts'

export interface NetRow {
  prefix: Prefix
  uid: number
  routes: readonly RouteSnapshot[]
}

export interface RouteQuery {
  all: boolean
  /** Exactly this net. */
  net: Prefix | null
  /** The longest match for this address or prefix. */
  for: Prefix | null
  protocol: string | null
  primary: boolean
  output: 'routes' | 'count' | 'stats'
  now: Micros
  clock: WallClock
}

/** The longest net that covers the target and has a route. */
export function longestMatch(nets: readonly NetRow[], target: Prefix): NetRow | null {
  let found: NetRow | null = null
  for (const net of nets) {
    if (net.routes.length === 0 || !prefixCovers(net.prefix, target)) continue
    if (found === null || prefixLength(net.prefix) > prefixLength(found.prefix)) found = net
  }
  return found
}

/** Address as the host prefix that `for` looks up. */
export function hostPrefix(address: Ip): Prefix {
  return address * 64 + 32
}

function select(nets: readonly NetRow[], query: RouteQuery): readonly NetRow[] | null {
  if (query.for !== null) {
    const match = longestMatch(nets, query.for)
    return match === null ? null : [match]
  }
  if (query.net !== null) {
    const match = nets.find((net) => net.prefix === query.net && net.routes.length > 0)
    return match === undefined ? null : [match]
  }
  return [...nets].filter((net) => net.routes.length > 0).sort(fibOrder)
}

export function showRoute(nets: readonly NetRow[], query: RouteQuery): string[] {
  const chosen = select(nets, query)
  if (chosen === null) return ['Network not in table']
  const lines: string[] = []
  let total = 0
  let shown = 0
  for (const net of chosen) {
    let first = true
    for (const [index, route] of net.routes.entries()) {
      total++
      if (query.primary && index > 0) continue
      if (query.protocol !== null && route.protocol !== query.protocol) continue
      shown++
      if (query.output === 'count') continue
      lines.push(...formatRoute(net.prefix, route, { first, best: index === 0, now: query.now, clock: query.clock }))
      if (query.all) lines.push(...routeDetails(route))
      first = false
    }
  }
  if (query.output !== 'routes') lines.push(`${shown} of ${total} routes for ${chosen.length} networks`)
  return lines
}
