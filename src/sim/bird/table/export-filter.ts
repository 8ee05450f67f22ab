// May this route go to that protocol, and in what shape (nest/rt-table.c, export_filter_ and rt_export_merged).
import type { Filter } from '../filter/filter.ts'
import { RouteDest } from '../filter/route.ts'
import type { AnnounceHook } from './announce.ts'
import type { TableHook } from './client.ts'
import { mergeable } from './mergeable.ts'
import { mergeNexthops } from './multipath.ts'
import type { Net } from './net.ts'
import type { ExportRefusal, Rte } from './route.ts'
import type { Rta } from './rta.ts'

/** Runs a filter on a route; null: refused. */
export interface FilterRunner {
  run(filter: Filter, route: Rte): Rte | null
  runExport(filter: Filter, route: Rte): Rte | null
  /** True when the last export run wrote to the log, so that it may not be skipped next time. */
  readonly spoke: boolean
}

/** Told of a refusal when counters and traces are wanted. */
export interface ExportTrace {
  refused(hook: AnnounceHook, route: Rte, verdict: ExportRefusal): void
}

export function exportFilter(runner: FilterRunner, hook: TableHook, route: Rte, trace: ExportTrace | null): Rte | null {
  if (hook.client.refuses(hook, route)) {
    trace?.refused(hook, route, 'rejected by protocol')
    return null
  }
  let outcome = hook.exportClass !== 0 && route.exportedFor === hook.exportClass ? route.exported : null
  if (outcome === null) {
    outcome = evaluate(runner, hook, route)
    if (hook.exportClass !== 0 && (typeof hook.outFilter === 'string' || !runner.spoke)) {
      route.exportedFor = hook.exportClass
      route.exported = outcome
    }
  }
  if (typeof outcome !== 'string') return outcome === route.rta ? route : route.with({ rta: outcome })
  trace?.refused(hook, route, outcome)
  return null
}

function evaluate(runner: FilterRunner, hook: TableHook, route: Rte): Rta | ExportRefusal {
  const prepared = hook.client.prepareExport(hook, route)
  if (prepared === null) return 'rejected by protocol'
  const filter = hook.outFilter
  if (filter === 'none') return 'filtered out'
  if (filter === 'all') return prepared.rta
  return runner.runExport(filter, prepared)?.rta ?? 'filtered out'
}

/** Whether one of two routes adds nothing to the other's next hops: the reflectors of a cluster all name the same one. */
function sameWay(a: Rte, b: Rte): boolean {
  return a.nexthops === null && b.nexthops === null && a.gw === b.gw && a.ifindex === b.ifindex
}

/** What a kernel protocol with merge paths gets: the best route with the next hops of all that are as good. */
export function exportMerged(runner: FilterRunner, hook: TableHook, net: Net, trace: ExportTrace | null): Rte | null {
  const best0 = net.best
  if (best0 === null) return null
  const best = exportFilter(runner, hook, best0, trace)
  if (best === null || !best.resolvable) return best
  const members: Rte[] = []
  for (let i = 1; i < net.routes.length; i++) {
    const other = net.routes[i] as Rte
    if (!mergeable(best0, other)) continue
    const exported = exportFilter(runner, hook, other, null)
    if (exported?.resolvable && !sameWay(exported, best)) members.push(exported)
  }
  if (members.length === 0) return best
  const nexthops = mergeNexthops([...members, best], hook.client.mergeLimit)
  return nexthops.length < 2
    ? best
    : best.with({ rta: best.rta.with({ dest: RouteDest.MULTIPATH, gw: 0, ifname: '', ifindex: 0, nexthops }) })
}
