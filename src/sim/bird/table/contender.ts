// A table's route as contender for best route. The BGP facts come from the protocol that brought the route.
import type { BgpSource, Contender } from './best-route.ts'
import { type BestRouteStep, compareRoutes } from './best-route.ts'
import type { Rte } from './route.ts'

/** A client that can say where its routes come from. */
export interface BgpClient {
  readonly bgpSource: BgpSource
}

export function contender(route: Rte): Contender {
  const client = route.src.owner as unknown as Partial<BgpClient> & { kind: Contender['kind'] }
  return {
    kind: client.kind,
    preference: route.preference,
    resolvable: route.reachable,
    suppressed: route.suppressed,
    igpMetric: route.igpMetric,
    attributes: route.attributes,
    bgp: client.bgpSource ?? null,
  }
}

/** Whether a newcomer replaces the champion (rte_better), and by which rule. */
export function better(newcomer: Rte | null, champion: Rte | null): { better: boolean; step: BestRouteStep | null } {
  if (champion === null || champion.filtered) return { better: newcomer !== null, step: null }
  if (newcomer === null || newcomer.filtered) return { better: false, step: null }
  return compareRoutes(contender(newcomer), contender(champion))
}
