// What a protocol would export, worked out from recorded values with the daemon's own rules: for birdc's
// `show route export|preexport|noexport X` and for explaining why a peer does not get a route.
import type { Attributes } from '../bgp/attributes.ts'
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'
import type { KernelConfig, PipeConfig, ProtocolConfig } from './config/tree.ts'
import type { Filter } from './filter/filter.ts'
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
  /** The table they stand in; a pipe takes from two. */
  table: string
  /** Where routes come from, by name. */
  protocol(name: string): RecordedProtocol | null
  routerId: Ip
  /** The interface on whose network an address lies; null: on none. */
  connectedInterface(address: Ip): string | null
  interfaceIndex(name: string): number | null
  intern(attributes: Attributes): Attributes
}

/** `route`: with the attributes it had when the verdict fell. `rewritten`: it is a copy and no longer the table's own. */
export type ExportOutcome =
  | { verdict: 'rejected by protocol' }
  | { verdict: 'accept' | 'filtered out'; route: RouteSnapshot; rewritten: boolean }

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
  const prepared = prepare(context, net, route)
  if (prepared === null) return { verdict: 'rejected by protocol' }
  const result = runExportFilter(filterOf(context), prepared, silent(context))
  return {
    verdict: result.result === 'accept' ? 'accept' : 'filtered out',
    route: withSeen(route, result.route),
    rewritten: result.rewritten,
  }
}

/** The route as it is between import_control and the export filter; null: refused. */
export function preparedForExport(context: ExportContext, net: Prefix, route: RouteSnapshot): RouteSnapshot | null {
  const prepared = prepare(context, net, route)
  return prepared === null ? null : withSeen(route, prepared)
}

/** What a filter between two tables is: towards its own table a pipe asks the import filter. */
function filterOf({ target: { config }, table }: ExportContext): Filter {
  return config.kind === 'pipe' && table === config.peerTable ? config.importFilter : config.exportFilter
}

const DEST_WORDS = Object.fromEntries(
  (Object.keys(DEST) as RouteDestination[]).map((word) => [DEST[word], word]),
) as Record<number, RouteDestination>

/** A recorded route with what a filter left of it. */
export function withSeen(route: RouteSnapshot, seen: FilterRoute): RouteSnapshot {
  const dest = DEST_WORDS[seen.dest] ?? route.dest
  const moved = dest !== route.dest || seen.gw !== (route.gateway ?? 0) || seen.ifname !== (route.iface ?? '')
  const way = moved
    ? {
        dest,
        gateway: dest === 'router' ? seen.gw : null,
        iface: dest === 'router' || dest === 'device' ? seen.ifname : null,
        nexthops: null,
        igpMetric: null,
      }
    : { dest, gateway: route.gateway, iface: route.iface, nexthops: route.nexthops, igpMetric: route.igpMetric }
  const { protocol, source, lastModified, pathId, remotePathId, stale, syncError, suppressed, filtered } = route
  return {
    ...way,
    ...{ protocol, source, lastModified, pathId, remotePathId, stale, syncError, suppressed, filtered },
    attributes: seen.attributes,
    kernelAttributes: seen.kernelAttributes,
    preference: seen.preference,
    from: seen.from === 0 ? null : seen.from,
  }
}

/** A filter run by a reader: what it prints went to the log when the daemon ran it. */
export function silent(
  context: Pick<ExportContext, 'intern' | 'connectedInterface' | 'interfaceIndex'>,
): FilterEnvironment {
  return {
    log: () => {},
    runtimeError: () => {},
    intern: context.intern,
    neighbor: (address) => {
      const ifname = context.connectedInterface(address)
      return ifname === null ? null : { ifname, ifindex: context.interfaceIndex(ifname) ?? 0 }
    },
    interfaceIndex: (name) => context.interfaceIndex(name),
  }
}

/** import_control; null: refused. */
function prepare(context: ExportContext, net: Prefix, route: RouteSnapshot): FilterRoute | null {
  const { config } = context.target
  const seen = filterRouteOf(net, route)
  if (route.protocol === config.name) return null
  if (config.kind === 'kernel') return kernelTakes(config, route) ? seen : null
  if (config.kind === 'pipe') return cameThrough(context, config, route) ? null : seen
  const to = sessionOf(context, context.target)
  if (to === null) return seen
  const source = context.protocol(route.protocol)
  const from = source === null ? null : sessionOf(context, source)
  if (from === null) return { ...seen, attributes: context.intern(createAttributes(to, seen)) }
  if (refusesLearned(to, from, route.attributes)) return null
  return { ...seen, attributes: context.intern(updateAttributes(to, from, seen)) }
}

/** A transparent pipe leaves a route its protocol's name: one that stands elsewhere than its protocol's table came by pipe. */
function cameThrough(context: ExportContext, config: PipeConfig, route: RouteSnapshot): boolean {
  if (config.mode === 'opaque') return false
  const home = context.protocol(route.protocol)?.config
  return home !== undefined && home.kind !== 'pipe' && home.table !== context.table
}

function kernelTakes(config: KernelConfig, route: RouteSnapshot): boolean {
  return config.deviceRoutes || route.dest !== 'device' || route.source === 'static-device'
}

function sessionOf(context: ExportContext, p: RecordedProtocol): ExportSession | null {
  if (p.config.kind !== 'bgp' || p.snapshot.bgp === null) return null
  const { options, neighbor, neighborAs } = p.config
  return {
    options,
    internal: options.localAs === neighborAs,
    sourceAddress: p.snapshot.bgp.sourceAddress ?? 0,
    remoteId: p.snapshot.bgp.neighborId ?? 0,
    clusterId: options.rrClient ? (options.rrClusterId ?? context.routerId) : 0,
    neighborIface: options.multihop === null ? context.connectedInterface(neighbor) : null,
  }
}
