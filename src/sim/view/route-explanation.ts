// Why a route is best: for each other path the rule that decided, out of the same list by which BIRD chooses.
import { asPathLength } from '../bgp/as-path.ts'
import { formatVia } from '../bird/control/format-route.ts'
import { hostPrefix, longestMatch, type NetRow } from '../bird/control/show-route.ts'
import type { Micros, RouteSnapshot } from '../bird/ports.ts'
import { type BestRouteStep, type Contender, compareRoutes, contenderOf } from '../bird/table/best-route.ts'
import { validRoutes } from '../bird/valid-routes.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix, parsePrefix } from '../net/prefix.ts'
import type { HostId, RecordingReader } from '../recording/types.ts'
import type { RouteExplanation } from './types.ts'

export function routeExplanation(
  recording: RecordingReader,
  asked: { at: Micros; host: string; prefix: string },
): RouteExplanation | null {
  const { at } = asked
  const host = recording.hostId(asked.host)
  const prefix = parsePrefix(asked.prefix)
  if (host === null || prefix === null) return null
  const nets = recording.nets(at, host, 'master')
  const net = nets.find((candidate) => candidate.prefix === prefix)
  const routes = validRoutes(net?.routes ?? [])
  const best = routes[0]
  if (best === undefined) return null
  return {
    prefix: asked.prefix,
    candidates: routes.map((route, index) => ({
      protocol: route.protocol,
      via: formatVia(route),
      best: index === 0,
    })),
    decisions: routes.slice(1).map((loser) => decision(recording, { host, at, best, loser })),
    resolvesThrough: resolvesThrough(nets, best),
  }
}

function decision(
  recording: RecordingReader,
  of: { host: HostId; at: Micros; best: RouteSnapshot; loser: RouteSnapshot },
): RouteExplanation['decisions'][number] {
  const { host, at, best, loser } = of
  const champion = contenderOf(best, recording.protocol(at, host, best.protocol))
  const other = contenderOf(loser, recording.protocol(at, host, loser.protocol))
  const { step } = compareRoutes(champion, other)
  const name = loser.protocol === best.protocol ? `${loser.protocol} ${formatVia(loser)}` : loser.protocol
  // No rule decides: the route that was there first stays.
  if (step === null) return { loser: name, step: 'older', bestValue: '', loserValue: '' }
  return { loser: name, step, bestValue: ruleValue(step, champion), loserValue: ruleValue(step, other) }
}

const ORIGINS = ['IGP', 'EGP', 'Incomplete']
const yes = (value: boolean): string => (value ? 'yes' : 'no')

/** What the rule looked at, in birdc's words. */
function ruleValue(step: BestRouteStep, { attributes, bgp, ...contender }: Contender): string {
  switch (step) {
    case 'preference':
      return String(contender.preference)
    case 'protocol-kind':
      return contender.kind
    case 'not-suppressed':
      return yes(!contender.suppressed)
    case 'resolvable':
      return yes(contender.resolvable)
    case 'local-pref':
      return String(attributes?.localPref ?? bgp?.defaultLocalPref ?? 0)
    case 'as-path-length':
      return String(asPathLength(attributes?.asPath ?? []))
    case 'origin':
      return ORIGINS[attributes?.origin ?? 2] ?? 'Incomplete'
    case 'med':
      return String(attributes?.med ?? bgp?.defaultMed ?? 0)
    case 'external':
      return bgp?.internal ? 'internal' : 'external'
    case 'igp-metric':
      return contender.igpMetric === 0x80000000 ? '?' : String(contender.igpMetric)
    case 'router-id':
      return formatIp(attributes?.originatorId ?? bgp?.remoteId ?? 0)
    case 'cluster-list-length':
      return String(attributes?.clusterList?.length ?? 0)
    case 'peer-address':
      return formatIp(bgp?.remoteAddress ?? 0)
  }
}

/** The route by which a recursive next hop is reached, as `PREFIX VIA`. */
function resolvesThrough(nets: readonly NetRow[], route: RouteSnapshot): string | null {
  const nextHop = route.attributes?.nextHop
  if (route.igpMetric === null || nextHop === undefined) return null
  const match = longestMatch(nets, hostPrefix(nextHop))
  const through = validRoutes(match?.routes ?? [])[0]
  return match === null || through === undefined ? null : `${formatPrefix(match.prefix)} ${formatVia(through)}`
}
