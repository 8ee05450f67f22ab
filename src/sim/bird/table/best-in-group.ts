// deterministic med: before the routes of a net compete, those of one neighbour AS choose their best among themselves, and all
// others of the group are suppressed. MED counts inside a group only, so without this the winner depends on the order of arrival.
import { leftmostAs } from './best-route.ts'
import { better } from './better.ts'
import type { Rte } from './route.ts'

interface Change {
  fresh: Rte | null
  old: Rte | null
  oldBest: Rte | null
}

interface Group {
  preference: number
  neighborAs: number
}

/** The group a route belongs to; null when its protocol does not ask for deterministic med. */
function groupOf(route: Rte): Group | null {
  const { bgp } = route
  if (!bgp?.deterministicMed) return null
  return { preference: route.preference, neighborAs: leftmostAs(route.attributes, bgp) }
}

const same = (a: Group | null, b: Group): boolean =>
  a !== null && a.preference === b.preference && a.neighborAs === b.neighborAs

/**
 * bgp_rte_recalculate (BIRD proto/bgp/attrs.c): marks the group that the change belongs to. `routes` are those of the net without the
 * new and the old one. Says whether the best route of the net must be elected among all of them.
 */
export function chooseInGroup(routes: readonly Rte[], { fresh, old, oldBest }: Change): boolean {
  const key = fresh ?? old
  const group = key === null ? null : groupOf(key)
  if (group === null) return false
  if (fresh !== null && old !== null && !same(groupOf(old), group)) {
    const gone = chooseInGroup(routes, { fresh: null, old, oldBest })
    return chooseInGroup(routes, { fresh, old: null, oldBest }) || gone
  }
  if (fresh !== null) fresh.suppressed = true
  const oldLed = old !== null && !old.suppressed
  if (old !== null) {
    old.suppressed = true
    const improves = fresh !== null && better(fresh, old).better
    if (!oldLed && !improves) return false
    if (oldLed && fresh !== null && improves) {
      fresh.suppressed = false
      return old === oldBest
    }
  }
  let lead = fresh
  for (const route of routes) {
    if (route.filtered || !same(groupOf(route), group)) continue
    route.suppressed = true
    if (lead === null || better(route, lead).better) lead = route
  }
  if (lead === null) return false
  lead.suppressed = false
  if (lead !== fresh) return oldLed
  return oldBest !== null && same(groupOf(oldBest), group)
}
