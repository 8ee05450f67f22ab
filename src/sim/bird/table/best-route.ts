// The ordered list of rules by which BIRD chooses among the routes of one net (nest/rt-table.c rte_better and
// proto/bgp/attrs.c bgp_rte_better). The table chooses with it and readers explain with it; there is no second list.
import { asPathLength, firstAs } from '../../bgp/as-path.ts'
import type { Attributes } from '../../bgp/attributes.ts'
import type { Ip } from '../../net/address.ts'
import type { ProtocolKind, ProtocolSnapshot, RouteSnapshot } from '../ports.ts'

/** What the BGP rules need to know of the session a route came from. */
export interface BgpSource {
  localAs: number
  internal: boolean
  /** Router id of the peer. */
  remoteId: Ip
  remoteAddress: Ip
  defaultLocalPref: number
  defaultMed: number
  pathMetric: boolean
  medMetric: boolean
  igpMetric: boolean
  preferOlder: boolean
  deterministicMed: boolean
}

/** A route as it stands in the contest. */
export interface Contender {
  readonly kind: ProtocolKind
  readonly preference: number
  readonly resolvable: boolean
  readonly suppressed: boolean
  readonly igpMetric: number
  readonly attributes: Attributes | null
  readonly bgp: BgpSource | null
}

/** Positive: `a` is better; negative: `b` is; 0: the rule does not decide. */
export type RuleCompare = (a: Contender, b: Contender) => number

export interface BestRouteRule {
  /** Stable name; also the `step` of the best-changed event. */
  name: BestRouteStep
  /** Only among routes of BGP protocols. */
  bgp: boolean
  compare: RuleCompare
}

export type BestRouteStep =
  | 'preference'
  | 'protocol-kind'
  | 'not-suppressed'
  | 'resolvable'
  | 'local-pref'
  | 'as-path-length'
  | 'origin'
  | 'med'
  | 'external'
  | 'igp-metric'
  | 'router-id'
  | 'cluster-list-length'
  | 'peer-address'

/** Stands for the addresses of BIRD's protocol structures: constant, without meaning. */
const KIND_ORDER: readonly ProtocolKind[] = ['Device', 'Direct', 'Kernel', 'Static', 'Pipe', 'BGP']
const flag = (value: boolean): number => (value ? 1 : 0)
/** bgp_get_neighbor: the AS the route came from; an empty path means the own one. */
export function leftmostAs(attributes: Attributes | null, source: BgpSource): number {
  const path = attributes?.asPath
  return path === undefined || path.length === 0 ? source.localAs : (firstAs(path) ?? 0)
}

function routerId(c: Contender, source: BgpSource): number {
  return c.attributes?.originatorId ?? source.remoteId
}

const med = (c: Contender, source: BgpSource): number => c.attributes?.med ?? source.defaultMed
const localPref = (c: Contender): number => c.attributes?.localPref ?? c.bgp?.defaultLocalPref ?? 0
const clusterLength = (c: Contender): number => c.attributes?.clusterList?.length ?? 0

function compareMed(a: Contender, b: Contender): number {
  if (a.bgp === null || b.bgp === null) return 0
  const always = a.bgp.medMetric || b.bgp.medMetric
  if (!always && leftmostAs(a.attributes, a.bgp) !== leftmostAs(b.attributes, b.bgp)) return 0
  return med(b, b.bgp) - med(a, a.bgp)
}

function compareRouterId(a: Contender, b: Contender): number {
  if (a.bgp === null || b.bgp === null || olderStays(a, b)) return 0
  return routerId(b, b.bgp) - routerId(a, a.bgp)
}

/** RFC 5004 (`prefer older`): of two eBGP routes of different routers the one that is there already stays. */
function olderStays({ attributes: ofA, bgp: a }: Contender, { attributes: ofB, bgp: b }: Contender): boolean {
  if (a === null || b === null || a.internal || b.internal || !(a.preferOlder || b.preferOlder)) return false
  return (ofA?.originatorId ?? a.remoteId) !== (ofB?.originatorId ?? b.remoteId)
}

export const BEST_ROUTE_RULES: readonly BestRouteRule[] = [
  { name: 'preference', bgp: false, compare: (a, b) => a.preference - b.preference },
  { name: 'protocol-kind', bgp: false, compare: (a, b) => KIND_ORDER.indexOf(a.kind) - KIND_ORDER.indexOf(b.kind) },
  { name: 'not-suppressed', bgp: true, compare: (a, b) => flag(b.suppressed) - flag(a.suppressed) },
  { name: 'resolvable', bgp: true, compare: (a, b) => flag(a.resolvable) - flag(b.resolvable) },
  { name: 'local-pref', bgp: true, compare: (a, b) => localPref(a) - localPref(b) },
  {
    name: 'as-path-length',
    bgp: true,
    compare: (a, b) =>
      a.bgp?.pathMetric || b.bgp?.pathMetric
        ? asPathLength(b.attributes?.asPath ?? []) - asPathLength(a.attributes?.asPath ?? [])
        : 0,
  },
  { name: 'origin', bgp: true, compare: (a, b) => (b.attributes?.origin ?? 2) - (a.attributes?.origin ?? 2) },
  { name: 'med', bgp: true, compare: compareMed },
  { name: 'external', bgp: true, compare: (a, b) => flag(b.bgp?.internal ?? false) - flag(a.bgp?.internal ?? false) },
  {
    name: 'igp-metric',
    bgp: true,
    compare: (a, b) => (a.bgp?.igpMetric || b.bgp?.igpMetric ? b.igpMetric - a.igpMetric : 0),
  },
  { name: 'router-id', bgp: true, compare: compareRouterId },
  { name: 'cluster-list-length', bgp: true, compare: (a, b) => clusterLength(b) - clusterLength(a) },
  { name: 'peer-address', bgp: true, compare: (a, b) => (b.bgp?.remoteAddress ?? 0) - (a.bgp?.remoteAddress ?? 0) },
]

/** Decision between a newcomer and the champion. `step` null: no rule decides, the champion stays. */
export function compareRoutes(a: Contender, b: Contender): { better: boolean; step: BestRouteStep | null } {
  for (const rule of BEST_ROUTE_RULES) {
    if (rule.bgp && (a.bgp === null || b.bgp === null)) continue
    const verdict = rule.compare(a, b)
    if (verdict !== 0) return { better: verdict > 0, step: rule.name }
    if (rule.name === 'router-id' && olderStays(a, b)) break
  }
  return { better: false, step: null }
}

/** Metric that a snapshot's words stand for. */
function metricOf(route: RouteSnapshot): number {
  if (route.igpMetric === 'unknown') return 0x80000000
  return typeof route.igpMetric === 'number' ? route.igpMetric : 0
}

/** A recorded route (with the recorded state of its protocol) as contender, to explain a choice of the past. */
export function contenderOf(route: RouteSnapshot, protocol: ProtocolSnapshot | null): Contender {
  const bgp = protocol?.bgp ?? null
  return {
    kind: protocol?.kind ?? 'BGP',
    preference: route.preference,
    resolvable: route.dest === 'router' || route.dest === 'device' || route.dest === 'multipath',
    suppressed: route.suppressed ?? false,
    igpMetric: metricOf(route),
    attributes: route.attributes,
    bgp:
      bgp === null
        ? null
        : {
            localAs: bgp.localAs,
            internal: bgp.localAs === bgp.neighborAs,
            remoteId: bgp.neighborId ?? 0,
            remoteAddress: bgp.neighborAddress,
            ...DEFAULT_METRICS,
          },
  }
}

/** Options that a snapshot does not carry, as BIRD's defaults and Calico's templates have them. */
export const DEFAULT_METRICS = {
  defaultLocalPref: 100,
  defaultMed: 0,
  pathMetric: true,
  medMetric: false,
  igpMetric: true,
  preferOlder: false,
  deterministicMed: false,
} as const
