// `birdc show route` over the nets of one table as they stood at a time (nest/rt-table.c, rt_show and rt_show_net).
import type { Ip } from '../../net/address.ts'
import { type Prefix, prefixCovers, prefixLength } from '../../net/prefix.ts'
import { filterRouteOf, withSeen } from '../explain-export.ts'
import type { FilterEnvironment } from '../filter/route.ts'
import { runFilter } from '../filter/run.ts'
import type { Micros, RouteSnapshot } from '../ports.ts'
import { fibOrder } from '../table/fib-order.ts'
import { validRoutes } from '../valid-routes.ts'
import type { WallClock } from './clock.ts'
import type { Exporter } from './exporter.ts'
import { formatRoute, routeDetails } from './format-route.ts'
import type { RouteRequest } from './route-request.ts'

export interface NetRow {
  prefix: Prefix
  uid: number
  routes: readonly RouteSnapshot[]
}

export interface Listing {
  readonly nets: readonly NetRow[]
  readonly now: Micros
  readonly clock: WallClock
  /** For `filter` and `where`. */
  readonly environment: FilterEnvironment
  /** For `export` and its like: how the protocol takes routes of this table; `down`: it is not up. */
  readonly exporter: Exporter | 'down'
}

/** The longest net that covers the target and has a route. */
export function longestMatch(nets: readonly NetRow[], target: Prefix): NetRow | null {
  let found: NetRow | null = null
  for (const net of nets) {
    if (validRoutes(net.routes).length === 0 || !prefixCovers(net.prefix, target)) continue
    if (found === null || prefixLength(net.prefix) > prefixLength(found.prefix)) found = net
  }
  return found
}

/** Address as the host prefix that `for` looks up. */
export function hostPrefix(address: Ip): Prefix {
  return address * 64 + 32
}

interface Tally {
  readonly lines: string[]
  routes: number
  shown: number
  networks: number
}

const NOT_THERE = 'Network not in table'

export function showRoute(request: RouteRequest, listing: Listing): string[] {
  // Filtered routes are neither best nor exported.
  if (request.filtered && (request.exports !== null || request.primary)) return []
  const tally: Tally = { lines: [], routes: 0, shown: 0, networks: 0 }
  if (request.net !== null) return showOne(request, listing, tally)
  if (request.exports !== null && listing.exporter === 'down') return ['Protocol is down']
  for (const net of [...listing.nets].sort(fibOrder)) showNet(net, request, listing, tally)
  if (request.output !== 'routes') {
    tally.lines.push(`${tally.shown} of ${tally.routes} routes for ${tally.networks} networks`)
  }
  return tally.lines
}

function showOne(request: RouteRequest, listing: Listing, tally: Tally): string[] {
  const target = request.net as Prefix
  const net = request.longest
    ? longestMatch(listing.nets, target)
    : listing.nets.find((candidate) => candidate.prefix === target)
  if (net !== undefined && net !== null) showNet(net, request, listing, tally)
  return tally.routes > 0 ? tally.lines : [NOT_THERE]
}

function showNet(net: NetRow, request: RouteRequest, listing: Listing, tally: Tally): void {
  const { exporter } = listing
  if (request.exports !== null && (exporter === 'down' || !exporter.listens)) return
  let first = true
  let counted = false
  let passed = false
  for (const [index, stored] of net.routes.entries()) {
    if ((stored.filtered ?? false) !== request.filtered) continue
    tally.routes++
    if (!counted) tally.networks++
    counted = true
    if (passed) continue
    let seen: { route: RouteSnapshot; rewritten: boolean } | null = { route: stored, rewritten: false }
    if (request.exports !== null && exporter !== 'down') {
      passed = exporter.onlyBest
      seen = exporter.offer(request.exports.mode, net, stored)
    }
    if (seen !== null) seen = chosen(seen, net.prefix, request, listing)
    if (seen !== null) {
      tally.shown++
      if (request.output !== 'count') {
        const mark = index === 0 && !seen.rewritten
        const { now, clock } = listing
        tally.lines.push(...formatRoute(net.prefix, seen.route, { first, best: mark, now, clock }))
        if (request.all) tally.lines.push(...routeDetails(seen.route))
      }
      first = false
    }
    if (request.primary) return
  }
}

/** `protocol` and `filter`; null: not shown. */
function chosen(
  seen: { route: RouteSnapshot; rewritten: boolean },
  net: Prefix,
  request: RouteRequest,
  listing: Listing,
): { route: RouteSnapshot; rewritten: boolean } | null {
  if (request.protocol !== null && seen.route.protocol !== request.protocol) return null
  if (request.filter === 'all') return seen
  const outcome = runFilter(request.filter, filterRouteOf(net, seen.route), listing.environment)
  if (outcome.result !== 'accept') return null
  return { route: withSeen(seen.route, outcome.route), rewritten: seen.rewritten || outcome.rewritten }
}
