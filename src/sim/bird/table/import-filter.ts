// May this route enter the table, and in what shape (nest/rt-table.c, the first part of rte_update2).
import { formatPrefix } from '../../net/prefix.ts'
import type { Filter } from '../filter/filter.ts'
import type { AnnounceHook } from './announce.ts'
import type { Rte } from './route.ts'
import type { TableTrace } from './trace.ts'
import { invalidRoute } from './validate.ts'

export interface ImportHost {
  /** Runs an import filter; null: refused. */
  run(filter: Filter, route: Rte): Rte | null
  log(line: string): void
  rejected(hook: AnnounceHook, route: Rte, reason: 'import-filter' | 'invalid-prefix'): void
}

/** null: it does not; a route that is refused but kept is marked as filtered. */
export function importFilter(host: ImportHost, hook: AnnounceHook, route: Rte, trace: TableTrace): Rte | null {
  const invalid = invalidRoute(route.net)
  if (invalid !== null) {
    host.log(`Ignoring bogus ${invalid} ${formatPrefix(route.net)} received via ${hook.client.name}`)
    trace.incoming(hook, route, 'invalid')
    hook.stats.impUpdatesRejected++
    host.rejected(hook, route, 'invalid-prefix')
    return null
  }
  const filter = hook.inFilter
  if (filter === 'all') return route
  const result = filter === 'none' ? null : host.run(filter, route)
  if (result !== null) return result
  hook.stats.impUpdatesFiltered++
  trace.incoming(hook, route, 'filtered out')
  host.rejected(hook, route, 'import-filter')
  if (!hook.keepFiltered) return null
  route.filtered = true
  return route
}
