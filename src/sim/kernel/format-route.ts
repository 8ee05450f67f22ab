// Text of `ip route`, `ip -j route` and `ip route get` as iproute2 6.1 prints it (ip/iproute.c, print_route): every
// text line ends with one blank, protocol boot and metric 0 are not printed, scope only when it is not universe.
import { formatIp, type Ip } from '../net/address.ts'
import { formatPrefix, type Prefix, prefixAddress, prefixLength } from '../net/prefix.ts'
import { type KernelInterface, type KernelRoute, type NextHop, RT_SCOPE, RTPROT } from './types.ts'

/** Whether the cable of this device is out: its routes are marked `linkdown`. */
export type LinkDown = (dev: string) => boolean

const PROTOCOL_NAMES: Readonly<Record<number, string>> = {
  0: 'unspec',
  1: 'redirect',
  2: 'kernel',
  4: 'static',
  8: 'gated',
  9: 'ra',
  10: 'mrt',
  11: 'zebra',
  12: 'bird',
  13: 'dnrouted',
  14: 'xorp',
  15: 'ntk',
  16: 'dhcp',
  18: 'keepalived',
  42: 'babel',
  186: 'bgp',
  187: 'isis',
  188: 'ospf',
  189: 'rip',
  192: 'eigrp',
}
const SCOPE_NAMES: Readonly<Record<number, string>> = {
  0: 'global',
  200: 'site',
  253: 'link',
  254: 'host',
  255: 'nowhere',
}

/** The protocol's name in /etc/iproute2/rt_protos, or its number. */
function protocolName(protocol: number): string {
  return protocol === RTPROT.boot ? 'boot' : (PROTOCOL_NAMES[protocol] ?? String(protocol))
}

/** Number for a name as `ip route` accepts it; null when it is neither name nor number. */
export function protocolNumber(name: string): number | null {
  if (name === 'boot') return RTPROT.boot
  for (const [number, known] of Object.entries(PROTOCOL_NAMES)) if (known === name) return Number(number)
  return /^\d{1,3}$/.test(name) && Number(name) < 256 ? Number(name) : null
}

function scopeName(scope: number): string {
  return SCOPE_NAMES[scope] ?? String(scope)
}

/** `default`, an address for a /32, else the prefix. */
function formatDestination(prefix: Prefix): string {
  if (prefixLength(prefix) === 32) return formatIp(prefixAddress(prefix))
  return prefix === 0 ? 'default' : formatPrefix(prefix)
}

const never: LinkDown = () => false

/** LinkDown for the interfaces of one host. */
export function linkDownOf(interfaces: readonly KernelInterface[]): LinkDown {
  const down = new Set(interfaces.filter((iface) => iface.up && !iface.carrier).map((iface) => iface.name))
  return down.size === 0 ? never : (dev) => down.has(dev)
}

function downHops(hops: readonly NextHop[], down: LinkDown): boolean {
  return hops.every((hop) => down(hop.dev))
}

function flagsOf(route: KernelRoute, down: LinkDown): string[] {
  const flags: string[] = []
  if (route.onlink) flags.push('onlink')
  if (route.dev !== null && down(route.dev)) flags.push('linkdown')
  if (route.nexthops !== null && downHops(route.nexthops, down)) flags.push('linkdown')
  return flags
}

/** One route as `ip route` prints it: a line, and one more for each next hop of a multipath route. */
export function formatRoute(route: KernelRoute, down: LinkDown = never): string {
  const words: string[] = []
  if (route.type !== 'unicast') words.push(route.type)
  words.push(formatDestination(route.prefix))
  if (route.gateway !== null) words.push('via', formatIp(route.gateway))
  if (route.dev !== null) words.push('dev', route.dev)
  if (route.protocol !== RTPROT.boot) words.push('proto', protocolName(route.protocol))
  if (route.scope !== RT_SCOPE.universe) words.push('scope', scopeName(route.scope))
  if (route.prefsrc !== null) words.push('src', formatIp(route.prefsrc))
  if (route.metric !== 0) words.push('metric', String(route.metric))
  words.push(...flagsOf(route, down))
  let text = `${words.join(' ')} `
  for (const hop of route.nexthops ?? []) {
    const via = hop.gateway === null ? '' : ` via ${formatIp(hop.gateway)}`
    text += `\n\tnexthop${via} dev ${hop.dev} weight ${hop.weight} ${down(hop.dev) ? 'linkdown ' : ''}`
  }
  return text
}

/** `ip route` of a whole table given in dump order, without a final newline. */
export function formatRoutes(routes: readonly KernelRoute[], down: LinkDown = never): string {
  return routes.map((route) => formatRoute(route, down)).join('\n')
}

export interface RouteJson {
  type?: string
  dst: string
  gateway?: string
  dev?: string
  protocol?: string
  scope?: string
  prefsrc?: string
  metric?: number
  flags: string[]
  nexthops?: { gateway?: string; dev: string; weight: number; flags: string[] }[]
}

/** One element of what `ip -j route` prints, members in iproute2's order. */
function routeJson(route: KernelRoute, down: LinkDown = never): RouteJson {
  const json: RouteJson = {
    ...(route.type === 'unicast' ? {} : { type: route.type }),
    dst: formatDestination(route.prefix),
    ...(route.gateway === null ? {} : { gateway: formatIp(route.gateway) }),
    ...(route.dev === null ? {} : { dev: route.dev }),
    ...(route.protocol === RTPROT.boot ? {} : { protocol: protocolName(route.protocol) }),
    ...(route.scope === RT_SCOPE.universe ? {} : { scope: scopeName(route.scope) }),
    ...(route.prefsrc === null ? {} : { prefsrc: formatIp(route.prefsrc) }),
    ...(route.metric === 0 ? {} : { metric: route.metric }),
    flags: flagsOf(route, down),
  }
  if (route.nexthops !== null) {
    json.nexthops = route.nexthops.map((hop) => ({
      ...(hop.gateway === null ? {} : { gateway: formatIp(hop.gateway) }),
      dev: hop.dev,
      weight: hop.weight,
      flags: down(hop.dev) ? ['linkdown'] : [],
    }))
  }
  return json
}

export function routesJson(routes: readonly KernelRoute[], down: LinkDown = never): RouteJson[] {
  return routes.map((route) => routeJson(route, down))
}

/** The address a host uses as source on a device: its first one; null when it has none. */
export function sourceAddress(interfaces: readonly KernelInterface[], dev: string): Ip | null {
  return interfaces.find((iface) => iface.name === dev)?.addresses[0]?.address ?? null
}

/** What `ip route get` finds in one host's tables; addresses of the host itself are in table local. */
export interface RouteGet {
  interfaces: readonly KernelInterface[]
  /** Longest match in table main. */
  route: KernelRoute | null
}

/** `ip route get ADDRESS`: two lines, or the error text that goes to standard error. */
export function formatRouteGet(address: Ip, found: RouteGet): { ok: boolean; text: string } {
  const to = formatIp(address)
  if (isLocalAddress(found.interfaces, address)) {
    return { ok: true, text: `local ${to} dev lo src ${to} uid 0 \n    cache <local> ` }
  }
  const { route } = found
  if (route === null) return { ok: false, text: 'RTNETLINK answers: Network is unreachable' }
  if (route.type === 'unreachable') return { ok: false, text: 'RTNETLINK answers: No route to host' }
  if (route.type === 'prohibit') return { ok: false, text: 'RTNETLINK answers: Permission denied' }
  if (route.type === 'blackhole') return { ok: false, text: 'RTNETLINK answers: Invalid argument' }
  const hop = route.nexthops?.[0] ?? { gateway: route.gateway, dev: route.dev ?? '' }
  const via = hop.gateway === null ? '' : `via ${formatIp(hop.gateway)} `
  const source = route.prefsrc ?? sourceAddress(found.interfaces, hop.dev) ?? firstAddress(found.interfaces)
  const src = source === null ? '' : `src ${formatIp(source)} `
  return { ok: true, text: `${to} ${via}dev ${hop.dev} ${src}uid 0 \n    cache ` }
}

function isLocalAddress(interfaces: readonly KernelInterface[], address: Ip): boolean {
  if (address >>> 24 === 127) return true
  return interfaces.some((iface) => iface.up && iface.addresses.some((item) => item.address === address))
}

/** inet_select_addr: a device without address borrows the first global one of another. */
function firstAddress(interfaces: readonly KernelInterface[]): Ip | null {
  for (const iface of interfaces) {
    if (iface.up && iface.kind !== 'loopback' && iface.addresses.length > 0) return iface.addresses[0]!.address
  }
  return null
}
