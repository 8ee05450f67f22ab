// Are two routes good enough to share traffic (nest/rt-table.c rte_mergable, proto/bgp/attrs.c bgp_rte_mergable)?
import { BEST_ROUTE_RULES, type Contender, isBgp } from './best-route.ts'
import type { Rte } from './route.ts'

/** Rules in which the two must not differ; the later ones only break ties. */
const TYING = ['local-pref', 'as-path-length', 'origin', 'med', 'external', 'igp-metric']
const MUST_TIE = BEST_ROUTE_RULES.flatMap((rule) => (rule.bgp && TYING.includes(rule.name) ? [rule] : []))

export function mergeable(best: Rte | null, other: Rte | null): boolean {
  if (best === null || other === null || best.filtered || other.filtered) return false
  return mergeableContenders(best, other)
}

export function mergeableContenders(a: Contender, b: Contender): boolean {
  if (a.preference !== b.preference) return false
  if (a.kind !== b.kind || !isBgp(a) || !isBgp(b)) return false
  if (a.suppressed || b.suppressed || !a.resolvable || !b.resolvable) return false
  return MUST_TIE.every((rule) => rule.compare(a, b) === 0)
}
