// One route as `show route` prints it (nest/rt-table.c, rt_show_rte; proto/bgp/attrs.c, bgp_get_route_info).
import { formatAsPath, lastAs } from '../../bgp/as-path.ts'
import { type Attributes, ORIGIN_EGP, ORIGIN_IGP } from '../../bgp/attributes.ts'
import { formatIp } from '../../net/address.ts'
import { formatPrefix, type Prefix } from '../../net/prefix.ts'
import { formatEc } from '../filter/communities.ts'
import type { Micros, RouteSnapshot } from '../ports.ts'
import { shortTime, type WallClock } from './clock.ts'
import { kernelAttributeLines } from './kernel-attributes.ts'

const DESTINATIONS = {
  blackhole: 'blackhole',
  unreachable: 'unreachable',
  prohibit: 'prohibited',
  multipath: 'multipath',
} as const

/** `via 10.0.0.1 on eth0`, `dev eth0`, `blackhole`, ... */
export function formatVia(route: RouteSnapshot): string {
  if (route.dest === 'router') return `via ${formatIp(route.gateway ?? 0)} on ${route.iface ?? ''}`
  if (route.dest === 'device') return `dev ${route.iface ?? ''}`
  return DESTINATIONS[route.dest]
}

const ORIGIN_WORDS = ['IGP', 'EGP', 'Incomplete'] as const

function originLetter(origin: number | undefined): string {
  if (origin === ORIGIN_IGP) return 'i'
  return origin === ORIGIN_EGP ? 'e' : '?'
}

/** `(100/0) [AS64512i]`, or `(240)` for what is not BGP. */
function formatInfo(route: RouteSnapshot): string {
  if (route.source !== 'BGP') return `(${route.preference})`
  const metric = { unknown: '/?', unreachable: '/-' }
  const igp =
    route.igpMetric === null
      ? ''
      : typeof route.igpMetric === 'number'
        ? `/${route.igpMetric}`
        : metric[route.igpMetric]
  const as = lastAs(route.attributes?.asPath ?? [])
  return `(${route.preference}${route.suppressed ? '-' : ''}${igp}) [${as === null ? '' : `AS${as}`}${originLetter(route.attributes?.origin)}]`
}

/** `first`: whether it stands on the net's line (the prefix is printed) or below. `best`: whether it gets the mark. */
export function formatRoute(
  prefix: Prefix,
  route: RouteSnapshot,
  options: { first: boolean; best: boolean; now: Micros; clock: WallClock },
): string[] {
  const { first, best, now, clock } = options
  const from = route.from !== null && route.from !== route.gateway ? ` from ${formatIp(route.from)}` : ''
  const mark = best ? (route.syncError ? ' !' : ' *') : ''
  const time = shortTime(clock, route.lastModified, now)
  const head = first ? formatPrefix(prefix) : ''
  const lines = [
    `${head.padEnd(18)} ${formatVia(route)} [${route.protocol} ${time}${from}]${mark} ${formatInfo(route)}`,
  ]
  for (const hop of route.nexthops ?? []) {
    lines.push(`\tvia ${formatIp(hop.gateway)} on ${hop.iface} weight ${hop.weight}`)
  }
  return lines
}

const SOURCES: Record<RouteSnapshot['source'], string> = {
  dummy: 'dummy',
  static: 'static',
  inherit: 'inherit',
  device: 'device',
  'static-device': 'static-device',
  BGP: 'BGP',
  pipe: 'pipe',
}

/** Community lists wrap so that no line is longer than the daemon's buffer allows (nest/a-set.c). */
function wrapList(items: readonly string[]): string {
  const lines: string[] = ['']
  for (const item of items) {
    const last = lines[lines.length - 1] as string
    if (last.length + item.length > 110) lines.push(item)
    else lines[lines.length - 1] = last === '' ? item : `${last} ${item}`
  }
  return lines.join('\n\t\t')
}

function bgpAttributeLines(attributes: Attributes): string[] {
  const lines: string[] = []
  const add = (name: string, value: string | number): void => void lines.push(`\tBGP.${name}: ${value}`)
  if (attributes.origin !== undefined) add('origin', ORIGIN_WORDS[attributes.origin as 0 | 1 | 2])
  if (attributes.asPath) add('as_path', formatAsPath(attributes.asPath))
  if (attributes.nextHop !== undefined) add('next_hop', formatIp(attributes.nextHop))
  if (attributes.med !== undefined) add('med', attributes.med)
  if (attributes.localPref !== undefined) add('local_pref', attributes.localPref)
  if (attributes.atomicAggregate) add('atomic_aggr', '')
  if (attributes.aggregator) add('aggregator', `${formatIp(attributes.aggregator.ip)} AS${attributes.aggregator.as}`)
  if (attributes.communities) {
    add('community', wrapList(attributes.communities.map((value) => `(${value >>> 16},${value & 0xffff})`)))
  }
  if (attributes.originatorId !== undefined) add('originator_id', formatIp(attributes.originatorId))
  if (attributes.clusterList) add('cluster_list', wrapList(attributes.clusterList.map(formatIp)))
  if (attributes.extCommunities) {
    add('ext_community', wrapList(attributes.extCommunities.map(formatEc)))
  }
  if (attributes.largeCommunities) {
    add('large_community', wrapList(attributes.largeCommunities.map(([a, b, c]) => `(${a}, ${b}, ${c})`)))
  }
  for (const each of attributes.unknown ?? []) {
    const bytes = [...each.data].map((byte) => byte.toString(16).padStart(2, '0')).join(' ')
    lines.push(`\tBGP.${each.type.toString(16).padStart(2, '0')} [${each.flags & 0x40 ? 't' : ''}]: ${bytes}`)
  }
  return lines
}

/** The tab lines of `show route all`: type, then attributes in order of their codes. */
export function routeDetails(route: RouteSnapshot): string[] {
  return [
    `\tType: ${SOURCES[route.source]} unicast univ`,
    ...(route.attributes ? bgpAttributeLines(route.attributes) : []),
    ...(route.kernelAttributes ? kernelAttributeLines(route.kernelAttributes) : []),
  ]
}
