// Whether a newcomer replaces the champion of a net (nest/rt-table.c, rte_better).
import { type BestRouteStep, compareRoutes } from './best-route.ts'
import type { Rte } from './route.ts'

/** With the rule that decided; null: none had to, or none could. */
export function better(newcomer: Rte | null, champion: Rte | null): { better: boolean; step: BestRouteStep | null } {
  if (champion === null || champion.filtered) return { better: newcomer !== null, step: null }
  if (newcomer === null || newcomer.filtered) return { better: false, step: null }
  return compareRoutes(newcomer, champion)
}
