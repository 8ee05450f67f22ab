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

/** A route of a BGP protocol. */
type BgpContender = Contender & { readonly bgp: BgpSource }

/** Positive: `a` is better; negative: `b` is; 0: the rule does not decide. */
type RuleCompare<C> = (a: C, b: C) => number

/** `name` is stable, and also the `step` of the best-changed event. `bgp`: only among routes of BGP protocols. */
export type BestRouteRule =
  | { name: BestRouteStep; bgp: false; compare: RuleCompare<Contender> }
  | { name: BestRouteStep; bgp: true; compare: RuleCompare<BgpContender> }

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
/** bgp_rte_better takes a route without the attribute for one. */
const ORIGIN_INCOMPLETE = 2
const flag = (value: boolean): number => (value ? 1 : 0)
export const isBgp = (route: Contender): route is BgpContender => route.bgp !== null

/** bgp_get_neighbor: the AS the route came from; an empty path means the own one, a path that begins with a set none. */
export function leftmostAs(attributes: Attributes | null, source: BgpSource): number {
  const path = attributes?.asPath
  return path === undefined || path.length === 0 ? source.localAs : (firstAs(path) ?? 0)
}

const routerId = (c: BgpContender): number => c.attributes?.originatorId ?? c.bgp.remoteId
const med = (c: BgpContender): number => c.attributes?.med ?? c.bgp.defaultMed
const localPref = (c: BgpContender): number => c.attributes?.localPref ?? c.bgp.defaultLocalPref
const pathLength = (c: Contender): number => asPathLength(c.attributes?.asPath ?? [])
const origin = (c: Contender): number => c.attributes?.origin ?? ORIGIN_INCOMPLETE
const clusterLength = (c: Contender): number => c.attributes?.clusterList?.length ?? 0
const neighborAs = (c: BgpContender): number => leftmostAs(c.attributes, c.bgp)

function compareMed(a: BgpContender, b: BgpContender): number {
  const counts = a.bgp.medMetric || b.bgp.medMetric || neighborAs(a) === neighborAs(b)
  return counts ? med(b) - med(a) : 0
}

/** RFC 5004 (`prefer older`): of two eBGP routes of different routers the one that is there already stays. */
function olderStays(a: BgpContender, b: BgpContender): boolean {
  if (a.bgp.internal || b.bgp.internal) return false
  return (a.bgp.preferOlder || b.bgp.preferOlder) && routerId(a) !== routerId(b)
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
    compare: (a, b) => (a.bgp.pathMetric || b.bgp.pathMetric ? pathLength(b) - pathLength(a) : 0),
  },
  { name: 'origin', bgp: true, compare: (a, b) => origin(b) - origin(a) },
  { name: 'med', bgp: true, compare: compareMed },
  { name: 'external', bgp: true, compare: (a, b) => flag(b.bgp.internal) - flag(a.bgp.internal) },
  {
    name: 'igp-metric',
    bgp: true,
    compare: (a, b) => (a.bgp.igpMetric || b.bgp.igpMetric ? b.igpMetric - a.igpMetric : 0),
  },
  { name: 'router-id', bgp: true, compare: (a, b) => (olderStays(a, b) ? 0 : routerId(b) - routerId(a)) },
  { name: 'cluster-list-length', bgp: true, compare: (a, b) => clusterLength(b) - clusterLength(a) },
  { name: 'peer-address', bgp: true, compare: (a, b) => b.bgp.remoteAddress - a.bgp.remoteAddress },
]

/** Decision between a newcomer and the champion. `step` null: no rule decides, the champion stays. */
export function compareRoutes(a: Contender, b: Contender): { better: boolean; step: BestRouteStep | null } {
  const bothBgp = isBgp(a) && isBgp(b)
  for (const rule of BEST_ROUTE_RULES) {
    if (rule.bgp && !bothBgp) continue
    const verdict = (rule.compare as RuleCompare<Contender>)(a, b)
    if (verdict !== 0) return { better: verdict > 0, step: rule.name }
    if (rule.name === 'router-id' && bothBgp && olderStays(a, b)) break
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
