// BIRD's table of one host as rows: every path in birdc's order, and the refused ones behind those of their prefix.
import { formatAsPath } from '../bgp/as-path.ts'
import { formatRoute, formatVia, routeDetails } from '../bird/control/format-route.ts'
import type { Micros, RouteSnapshot } from '../bird/ports.ts'
import { fibOrder } from '../bird/table/fib-order.ts'
import { validRoutes } from '../bird/valid-routes.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix, type Prefix } from '../net/prefix.ts'
import type { HostId } from '../recording/types.ts'
import { wallClock } from '../shell/clock.ts'
import type { ViewReader } from './reader.ts'
import { type Rejection, rejectionsAt } from './rejections.ts'
import type { RibRow } from './types.ts'

export function ribRows(reader: ViewReader, of: { host: HostId; at: Micros; startEpochMs: number }): RibRow[] {
  const { host, at } = of
  const clock = wallClock(of.startEpochMs)
  const refused = new Map<Prefix, Rejection[]>()
  for (const rejection of rejectionsAt(reader, host, at)) {
    // Printed from the table.
    if (rejection.kept) continue
    const list = refused.get(rejection.event.prefix)
    if (list === undefined) refused.set(rejection.event.prefix, [rejection])
    else list.push(rejection)
  }
  const rows: RibRow[] = []
  for (const { prefix, routes } of [...reader.recording.nets(at, host, 'master')].sort(fibOrder)) {
    const valid = validRoutes(routes)
    const kept = routes.filter((route) => route.filtered)
    // Each as the first of its own listing, `show route` and `show route filtered`.
    for (const [index, route] of [...valid.entries(), ...kept.entries()]) {
      const best = route === routes[0]
      const [line = ''] = formatRoute(prefix, route, { first: index === 0, best, now: at, clock })
      rows.push(row(prefix, route, { best, line }))
    }
    for (const rejection of refused.get(prefix) ?? []) rows.push(rejectedRow(rejection))
    refused.delete(prefix)
  }
  for (const list of refused.values()) for (const rejection of list) rows.push(rejectedRow(rejection))
  return rows
}

function row(prefix: Prefix, route: RouteSnapshot, shown: { best: boolean; line: string }): RibRow {
  const nextHop = route.attributes?.nextHop ?? route.gateway
  return {
    prefix: formatPrefix(prefix),
    protocol: route.protocol,
    nextHop: nextHop == null ? null : formatIp(nextHop),
    via: formatVia(route),
    asPath: route.attributes?.asPath === undefined ? null : formatAsPath(route.attributes.asPath),
    localPref: route.attributes?.localPref ?? null,
    mark: route.filtered ? 'rejected' : shown.best ? (route.syncError ? 'sync-error' : 'best') : 'valid',
    rejected: route.filtered ? 'import-filter' : null,
    stale: route.stale,
    since: route.lastModified,
    line: shown.line,
    attributes: routeDetails(route).map((text) => text.trim()),
  }
}

function rejectedRow({ at, event }: Rejection): RibRow {
  const { attributes } = event
  return {
    prefix: formatPrefix(event.prefix),
    protocol: event.protocol,
    nextHop: attributes?.nextHop === undefined ? null : formatIp(attributes.nextHop),
    via: '',
    asPath: attributes?.asPath === undefined ? null : formatAsPath(attributes.asPath),
    localPref: attributes?.localPref ?? null,
    mark: 'rejected',
    rejected: event.reason,
    stale: false,
    since: at,
    line: '',
    attributes: [],
  }
}
