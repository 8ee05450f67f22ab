// How `show route export|preexport|noexport X` sees a protocol: which routes of a net it is offered, and what becomes of
// them (rt_show_net and rt_export_merged of nest/rt-table.c).
import type { Attributes } from '../../bgp/attributes.ts'
import type { Prefix } from '../../net/prefix.ts'
import type { ProtocolConfig } from '../config/tree.ts'
import { type ExportContext, exportOutcome, preparedForExport } from '../explain-export.ts'
import type { ProtocolSnapshot, RouteSnapshot } from '../ports.ts'
import { contenderOf } from '../table/best-route.ts'
import { mergeableContenders } from '../table/mergeable.ts'
import { validRoutes } from '../valid-routes.ts'
import type { ExportMode } from './route-request.ts'

interface Offered {
  readonly route: RouteSnapshot
  readonly rewritten: boolean
}

interface OfferedNet {
  readonly prefix: Prefix
  readonly routes: readonly RouteSnapshot[]
}

export interface Exporter {
  /** False: nothing of this table is announced to it. */
  readonly listens: boolean
  /** It hears of the best route alone. */
  readonly onlyBest: boolean
  /** The route as the mode shows it; null: not shown. */
  offer(mode: ExportMode, net: OfferedNet, route: RouteSnapshot): Offered | null
}

/** `down`: the protocol is not up, so that BIRD cannot say. */
export function exporterOf(context: ExportContext): Exporter | 'down' {
  const { config, snapshot } = context.target
  if (!isUp(snapshot)) return 'down'
  const merges = config.kind === 'kernel' ? config.mergePaths : 0
  return {
    listens: listensTo(config, context.table),
    onlyBest: hearsBestOnly(config, snapshot),
    offer(mode, net, route) {
      if (mode === 'preexport') {
        const prepared = preparedForExport(context, net.prefix, route)
        return prepared === null ? null : { route: prepared, rewritten: false }
      }
      if (mode === 'export' && merges > 0) return merged(context, net, merges)
      const outcome = exportOutcome(context, net.prefix, route)
      if (outcome.verdict === 'rejected by protocol') return null
      return outcome.verdict === (mode === 'export' ? 'accept' : 'filtered out') ? outcome : null
    },
  }
}

function isUp({ state }: ProtocolSnapshot): boolean {
  return state === 'up' || state === 'feed' || state === 'wait'
}

function listensTo(config: ProtocolConfig, table: string): boolean {
  if (config.kind === 'pipe') return table === config.table || table === config.peerTable
  return (config.kind === 'bgp' || config.kind === 'kernel') && table === config.table
}

function hearsBestOnly(config: ProtocolConfig, snapshot: ProtocolSnapshot): boolean {
  if (config.kind === 'pipe') return config.mode === 'opaque'
  if (config.kind !== 'bgp') return true
  return !config.options.secondary && !(snapshot.bgp?.session ?? []).includes('add-path-tx')
}

/** The best route with the next hops of all that are as good. */
function merged(context: ExportContext, { prefix, routes }: OfferedNet, limit: number): Offered | null {
  const [best, ...others] = validRoutes(routes)
  if (best === undefined) return null
  const outcome = exportOutcome(context, prefix, best)
  if (outcome.verdict !== 'accept') return null
  const champion = contenderFor(context, best)
  if (!contenderFor(context, outcome.route).resolvable) return outcome
  const taken = others.flatMap((route) => {
    if (!mergeableContenders(champion, contenderFor(context, route))) return []
    const other = exportOutcome(context, prefix, route)
    return other.verdict === 'accept' && contenderFor(context, other.route).resolvable ? hopsOf(other.route) : []
  })
  const hops = distinct([...hopsOf(outcome.route), ...taken]).slice(0, limit)
  if (taken.length === 0 || hops.length < 2) return outcome
  const route = { ...outcome.route, dest: 'multipath' as const, gateway: null, iface: null, nexthops: hops }
  return { route, rewritten: true }
}

function contenderFor(context: ExportContext, route: RouteSnapshot) {
  return contenderOf(route, context.protocol(route.protocol)?.snapshot ?? null)
}

type Hop = { gateway: number; iface: string; weight: number }

function hopsOf(route: RouteSnapshot): Hop[] {
  if (route.nexthops !== null) return [...route.nexthops]
  return [{ gateway: route.gateway ?? 0, iface: route.iface ?? '', weight: 1 }]
}

/** Heaviest first, then by gateway (mpnh_merge of nest/rt-attr.c). */
function distinct(hops: readonly Hop[]): Hop[] {
  const sorted = [...hops].sort((a, b) => b.weight - a.weight || a.gateway - b.gateway)
  return sorted.filter((hop, i) => {
    const before = sorted[i - 1]
    return before === undefined || before.gateway !== hop.gateway || before.weight !== hop.weight
  })
}

/** A reader's attribute sets need not be shared. */
export const asTheyAre = (attributes: Attributes): Attributes => attributes
