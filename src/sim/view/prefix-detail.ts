// Who knows a prefix: what BIRD and the kernel of every host hold for exactly it.
import { formatVia } from '../bird/control/format-route.ts'
import type { Micros, RouteSnapshot } from '../bird/ports.ts'
import { validRoutes } from '../bird/valid-routes.ts'
import { parsePrefix } from '../net/prefix.ts'
import type { RecordingReader } from '../recording/types.ts'
import { clusterView } from './cluster-view.ts'
import { fibRows } from './fib-rows.ts'
import { viewReader } from './reader.ts'
import { rejectionsAt } from './rejections.ts'
import type { PrefixKnower } from './types.ts'

/** One entry a host, in the order of the view. Empty when `prefix` is none. */
export function prefixDetail(recording: RecordingReader, asked: { at: Micros; prefix: string }): PrefixKnower[] {
  const { at } = asked
  const prefix = parsePrefix(asked.prefix)
  if (prefix === null) return []
  const reader = viewReader(recording)
  return clusterView(recording, at).hosts.map(({ name, bird }) => {
    const host = recording.hostId(name)
    if (host === null) return { host: name, bird, best: null, otherPaths: 0, rejected: null, fib: [] }
    const net = recording.nets(at, host, 'master').find((candidate) => candidate.prefix === prefix)
    const routes = validRoutes(net?.routes ?? [])
    return {
      host: name,
      bird,
      best: routes[0] === undefined || bird !== 'running' ? null : pathOf(routes[0]),
      otherPaths: Math.max(0, routes.length - 1),
      rejected: rejectionsAt(reader, host, at).find(({ event }) => event.prefix === prefix)?.event.reason ?? null,
      fib: fibRows(reader, host, at, prefix).map(({ line, owner }) => ({ line, owner })),
    }
  })
}

function pathOf(route: RouteSnapshot): NonNullable<PrefixKnower['best']> {
  return { protocol: route.protocol, via: formatVia(route), stale: route.stale }
}
