// BIRD's route as the kernel gets it (sysdep/linux/netlink.c nl_send_route, with Calico's krt_tunnel) and the
// comparison of the scan (krt.c krt_got_route: with a tunnel only the interface counts).
import { type KernelRoute, RT_SCOPE, RTPROT } from '../../../kernel/types.ts'
import { RouteDest } from '../../filter/route.ts'
import type { Interfaces } from '../../interfaces.ts'
import type { Rte } from '../../table/route.ts'

const TYPES: Readonly<Record<number, KernelRoute['type']>> = {
  [RouteDest.BLACKHOLE]: 'blackhole',
  [RouteDest.UNREACHABLE]: 'unreachable',
  [RouteDest.PROHIBIT]: 'prohibit',
}

const numeric = (route: Rte, name: string): number | null => {
  const value = route.kernelAttributes?.[name]
  return typeof value === 'number' ? value : null
}

/** The tunnel interface that takes the route instead of its own; null: none, or it does not exist. */
export function tunnelOf(route: Rte, interfaces: Interfaces): string | null {
  const tunnel = route.kernelAttributes?.tunnel
  if (typeof tunnel !== 'string' || tunnel === '' || route.dest !== RouteDest.ROUTER) return null
  if (route.attributes?.nextHop === undefined) return null
  return interfaces.byName(tunnel) === null ? null : tunnel
}

/** `metricOption`: of the protocol; 0: it has none. */
export function kernelMetric(route: Rte, metricOption: number): number {
  return metricOption !== 0 ? metricOption : (numeric(route, 'metric') ?? 0)
}

export function toKernel(route: Rte, interfaces: Interfaces, metricOption: number): KernelRoute {
  const tunnel = tunnelOf(route, interfaces)
  const router = route.dest === RouteDest.ROUTER
  const device = route.dest === RouteDest.DEVICE
  return {
    prefix: route.net,
    type: TYPES[route.dest] ?? 'unicast',
    gateway: router ? (tunnel === null ? route.gw : (route.attributes?.nextHop ?? route.gw)) : null,
    dev: router || device ? (tunnel ?? route.ifname) : null,
    nexthops:
      route.dest === RouteDest.MULTIPATH
        ? (route.nexthops ?? []).map((hop) => ({ gateway: hop.gateway, dev: hop.iface, weight: hop.weight }))
        : null,
    protocol: RTPROT.bird,
    scope: numeric(route, 'scope') ?? (device ? RT_SCOPE.link : RT_SCOPE.universe),
    metric: kernelMetric(route, metricOption),
    onlink: tunnel !== null,
    prefsrc: numeric(route, 'prefsrc'),
  }
}

/** Whether the kernel's route is the wanted one in the sense of the scan. */
export function sameInKernel(kernel: KernelRoute, route: Rte, interfaces: Interfaces): boolean {
  const tunnel = tunnelOf(route, interfaces)
  if (tunnel !== null) return kernel.dev === tunnel
  const want = toKernel(route, interfaces, 0)
  return (
    kernel.type === want.type && kernel.gateway === want.gateway && kernel.dev === want.dev && sameHops(kernel, want)
  )
}

/** Equal in every member. */
export function sameKernelRoute(a: KernelRoute, b: KernelRoute): boolean {
  return (
    a.prefix === b.prefix &&
    a.type === b.type &&
    a.gateway === b.gateway &&
    a.dev === b.dev &&
    a.protocol === b.protocol &&
    a.scope === b.scope &&
    a.metric === b.metric &&
    a.onlink === b.onlink &&
    a.prefsrc === b.prefsrc &&
    sameHops(a, b)
  )
}

function sameHops(a: KernelRoute, b: KernelRoute): boolean {
  if (a.nexthops === null || b.nexthops === null) return a.nexthops === b.nexthops
  return (
    a.nexthops.length === b.nexthops.length &&
    a.nexthops.every((hop, i) => {
      const other = b.nexthops?.[i]
      return hop.gateway === other?.gateway && hop.dev === other.dev && hop.weight === other.weight
    })
  )
}
