// Are two routes good enough to share traffic (nest/rt-table.c rte_mergable, proto/bgp/attrs.c bgp_rte_mergable)?
import { BEST_ROUTE_RULES } from './best-route.ts'
import { contender } from './contender.ts'
import type { Rte } from './route.ts'

/** Rules in which the two must not differ; the later ones only break ties. */
const MUST_TIE = new Set(['local-pref', 'as-path-length', 'origin', 'med', 'external', 'igp-metric'])

export function mergeable(best: Rte | null, other: Rte | null): boolean {
  if (best === null || other === null || best.filtered || other.filtered) return false
  if (best.preference !== other.preference) return false
  const a = contender(best)
  const b = contender(other)
  if (a.kind !== b.kind || a.bgp === null || b.bgp === null) return false
  if (best.suppressed || other.suppressed || !best.reachable || !other.reachable) return false
  return BEST_ROUTE_RULES.every((rule) => !MUST_TIE.has(rule.name) || rule.compare(a, b) === 0)
}
