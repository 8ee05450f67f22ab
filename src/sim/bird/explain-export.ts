// What a protocol would export, worked out from recorded values with the daemon's own rules: for birdc's
// `show route export|preexport|noexport X` and for explaining why a peer does not get a route.
import type { Attributes } from '../bgp/attributes.ts'
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'
import type { KernelConfig, ProtocolConfig } from './config/tree.ts'
import { type FilterEnvironment, type FilterRoute, RouteDest, RouteScope, RouteSource } from './filter/route.ts'
import { runExportFilter } from './filter/run.ts'
import type { ProtocolSnapshot, RouteDestination, RouteSnapshot, RouteSourceType } from './ports.ts'
import {
  createAttributes,
  type ExportSession,
  refusesLearned,
  updateAttributes,
} from './protocols/bgp/attributes-export.ts'

/** A protocol as it stood: its configuration and its recorded state. */
export interface RecordedProtocol {
  config: ProtocolConfig
  snapshot: ProtocolSnapshot
}

export interface ExportContext {
  /** The protocol that would get the routes. */
  target: RecordedProtocol
  /** Where routes come from, by name. */
  protocol(name: string): RecordedProtocol | null
  routerId: Ip
  /** The interface on whose network an address lies; null: on none. */
  connectedInterface(address: Ip): string | null
  intern(attributes: Attributes): Attributes
}

export interface ExportOutcome {
  verdict: 'accept' | 'rejected by protocol' | 'filtered out'
  /** The route with the attributes it had when the verdict fell. */
  route: RouteSnapshot
}

const DEST: Record<RouteDestination, number> = {
  router: RouteDest.ROUTER,
  device: RouteDest.DEVICE,
  blackhole: RouteDest.BLACKHOLE,
  unreachable: RouteDest.UNREACHABLE,
  prohibit: RouteDest.PROHIBIT,
  multipath: RouteDest.MULTIPATH,
}
const SOURCE: Record<RouteSourceType, number> = {
  dummy: RouteSource.DUMMY,
  static: RouteSource.STATIC,
  inherit: RouteSource.INHERIT,
  device: RouteSource.DEVICE,
  'static-device': RouteSource.STATIC_DEVICE,
  BGP: RouteSource.BGP,
  pipe: RouteSource.PIPE,
}

/** A recorded route as filters see it. The index of its interface is not recorded; 0 stands for it. */
export function filterRouteOf(net: Prefix, route: RouteSnapshot): FilterRoute {
  return {
    net,
    proto: route.protocol,
    source: SOURCE[route.source],
    from: route.from ?? 0,
    gw: route.gateway ?? 0,
    ifname: route.iface ?? '',
    ifindex: 0,
    dest: DEST[route.dest],
    scope: RouteScope.UNIVERSE,
    preference: route.preference,
    attributes: route.attributes,
    kernelAttributes: route.kernelAttributes,
  }
}

/** import_control and export filter of the target on one route. */
export function exportOutcome(context: ExportContext, net: Prefix, route: RouteSnapshot): ExportOutcome {
  const { target } = context
  const prepared = prepare(context, net, route)
  if (prepared === null) return { verdict: 'rejected by protocol', route }
  const filter = target.config.exportFilter
  const result = runExportFilter(filter, prepared, silent(context))
  const seen = result.route
  return {
    verdict: result.result === 'accept' ? 'accept' : 'filtered out',
    route: {
      ...route,
      attributes: seen.attributes,
      kernelAttributes: seen.kernelAttributes,
      preference: seen.preference,
    },
  }
}

function silent(context: ExportContext): FilterEnvironment {
  return {
    log: () => {},
    runtimeError: () => {},
    intern: context.intern,
    neighbor: (address) => {
      const ifname = context.connectedInterface(address)
      return ifname === null ? null : { ifname, ifindex: 0 }
    },
    interfaceIndex: () => 0,
  }
}

/** import_control; null: refused. */
function prepare(context: ExportContext, net: Prefix, route: RouteSnapshot): FilterRoute | null {
  const { config } = context.target
  const seen = filterRouteOf(net, route)
  if (route.protocol === config.name) return null
  if (config.kind === 'kernel') return kernelTakes(config, route) ? seen : null
  const to = sessionOf(context, context.target)
  if (to === null) return seen
  const source = context.protocol(route.protocol)
  const from = source === null ? null : sessionOf(context, source)
  if (from === null) return { ...seen, attributes: context.intern(createAttributes(to, seen)) }
  if (refusesLearned(to, from, route.attributes)) return null
  return { ...seen, attributes: context.intern(updateAttributes(to, from, seen)) }
}

function kernelTakes(config: KernelConfig, route: RouteSnapshot): boolean {
  if (!config.deviceRoutes && route.dest === 'device' && route.source !== 'static-device') return false
  return !((route.dest === 'router' || route.dest === 'device') && (route.iface ?? '') === '')
}

function sessionOf(context: ExportContext, p: RecordedProtocol): ExportSession | null {
  if (p.config.kind !== 'bgp' || p.snapshot.bgp === null) return null
  const { options } = p.config
  return {
    options,
    internal: options.localAs === options.neighborAs,
    sourceAddress: p.snapshot.bgp.sourceAddress ?? 0,
    remoteId: p.snapshot.bgp.neighborId ?? 0,
    clusterId: options.rrClient ? (options.rrClusterId ?? context.routerId) : 0,
    neighborIface: options.multihop === null ? context.connectedInterface(options.neighbor) : null,
  }
}
