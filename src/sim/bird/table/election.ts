// Where a new route stands in its net, and which one leads (nest/rt-table.c, the choosing part of rte_recalculate).
import { chooseInGroup } from './best-in-group.ts'
import { better } from './better.ts'
import type { Net } from './net.ts'
import type { Rte } from './route.ts'

/** Puts the new route in its place and elects the best; `old` is out already. The rule that decided, empty: nothing had to be decided. */
export function place(net: Net, change: { fresh: Rte | null; old: Rte | null; oldBest: Rte | null }): string {
  const { fresh, old, oldBest } = change
  if (chooseInGroup(net.routes, change)) {
    if (fresh !== null) net.insert(0, fresh)
    return elect(net)
  }
  const lead = fresh === null ? { better: false, step: null } : better(fresh, oldBest)
  if (fresh !== null && lead.better) {
    net.insert(0, fresh)
    return lead.step ?? (net.routes.length === 1 ? 'only-route' : 'first')
  }
  if (old === oldBest && old !== null) {
    if (fresh !== null) net.insert(0, fresh)
    return elect(net)
  }
  if (fresh !== null) net.insert(1, fresh)
  return ''
}

/** Brings the best route to the front; the rule by which it is the best. */
export function elect({ routes }: Net): string {
  if (routes.length < 2) return routes.length === 1 ? 'only-route' : 'withdrawn'
  let best = 0
  let step = 'older'
  for (let i = 1; i < routes.length; i++) {
    const verdict = better(routes[i] as Rte, routes[best] as Rte)
    if (verdict.better) best = i
    if (verdict.step !== null) step = verdict.step
  }
  if (best > 0) routes.unshift(routes.splice(best, 1)[0] as Rte)
  return step
}
