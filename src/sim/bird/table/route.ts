// One route of a table (nest/route.h, struct rte with its rta). It satisfies the filter's view of a route, so that
// evaluation needs no copy. Everything but the table's own marks is fixed after construction.
import type { Attributes } from '../../bgp/attributes.ts'
import type { Ip } from '../../net/address.ts'
import type { Prefix } from '../../net/prefix.ts'
import { type FilterRoute, type KernelAttributes, RouteDest, RouteScope } from '../filter/route.ts'
import type { Micros, RouteDestination, RouteSnapshot, RouteSourceType } from '../ports.ts'
import type { AnnounceHook } from './announce.ts'
import type { HostEntry } from './host-entry.ts'
import type { RouteSource } from './source.ts'

export interface Nexthop {
  gateway: Ip
  iface: string
  ifindex: number
  weight: number
}

/** Metric of a next hop reached through a gateway (IGP_METRIC_UNKNOWN). */
export const IGP_METRIC_UNKNOWN = 0x80000000

export interface RouteFields {
  net: Prefix
  hook: AnnounceHook
  src: RouteSource
  source: number
  dest: number
  gw?: Ip
  ifname?: string
  ifindex?: number
  from?: Ip
  preference: number
  attributes?: Attributes | null
  kernelAttributes?: KernelAttributes | null
  nexthops?: readonly Nexthop[] | null
  igpMetric?: number
  hostEntry?: HostEntry | null
}

export class Rte implements FilterRoute {
  readonly net: Prefix
  readonly proto: string
  /** The announce hook through which the route came in. */
  readonly hook: AnnounceHook
  readonly src: RouteSource
  readonly source: number
  readonly dest: number
  readonly gw: Ip
  readonly ifname: string
  readonly ifindex: number
  readonly from: Ip
  readonly scope: number
  readonly preference: number
  readonly attributes: Attributes | null
  readonly kernelAttributes: KernelAttributes | null
  readonly nexthops: readonly Nexthop[] | null
  readonly igpMetric: number
  readonly hostEntry: HostEntry | null
  /** BIRD second of the last change. */
  lastModified = 0
  stale = false
  discard = false
  /** Refused by the import filter but kept (import keep filtered). */
  filtered = false
  /** deterministic med: another route of the same neighbour AS is better. */
  suppressed = false
  /** Result of the last export of this route, per export class (exportFilter). */
  memo: ExportMemo | null = null
  #snapshot: RouteSnapshot | null = null
  #snapshotMarks = -1

  constructor(f: RouteFields, scope: number = RouteScope.UNIVERSE) {
    this.net = f.net
    this.hook = f.hook
    this.proto = f.src.owner.name
    this.src = f.src
    this.source = f.source
    this.dest = f.dest
    this.gw = f.gw ?? 0
    this.ifname = f.ifname ?? ''
    this.ifindex = f.ifindex ?? 0
    this.from = f.from ?? 0
    this.scope = scope
    this.preference = f.preference
    this.attributes = f.attributes ?? null
    this.kernelAttributes = f.kernelAttributes ?? null
    this.nexthops = f.nexthops ?? null
    this.igpMetric = f.igpMetric ?? 0
    this.hostEntry = f.hostEntry ?? null
  }

  /** The same route with some fields replaced. */
  with(change: Partial<RouteFields>, scope: number = this.scope): Rte {
    const copy = new Rte(
      {
        net: this.net,
        hook: this.hook,
        src: this.src,
        source: this.source,
        dest: this.dest,
        gw: this.gw,
        ifname: this.ifname,
        ifindex: this.ifindex,
        from: this.from,
        preference: this.preference,
        attributes: this.attributes,
        kernelAttributes: this.kernelAttributes,
        nexthops: this.nexthops,
        igpMetric: this.igpMetric,
        hostEntry: this.hostEntry,
        ...change,
      },
      scope,
    )
    copy.lastModified = this.lastModified
    copy.stale = this.stale
    return copy
  }

  /** What a filter left of this route; the very object when it wrote nothing. */
  afterFilter(result: FilterRoute): Rte {
    if (result === this) return this
    const moved = result.gw !== this.gw || result.dest !== this.dest || result.ifname !== this.ifname
    return this.with(
      {
        from: result.from,
        preference: result.preference,
        attributes: result.attributes,
        kernelAttributes: result.kernelAttributes,
        ...(moved
          ? {
              dest: result.dest,
              gw: result.gw,
              ifname: result.ifname,
              ifindex: result.ifindex,
              nexthops: null,
              hostEntry: null,
            }
          : {}),
      },
      result.scope,
    )
  }

  /** Resolvable in the sense of the decision (rte_resolvable). */
  get reachable(): boolean {
    return this.dest === RouteDest.ROUTER || this.dest === RouteDest.DEVICE || this.dest === RouteDest.MULTIPATH
  }

  /** Immutable value for readers; the same object while nothing changed. */
  snapshot(second: Micros, syncError: boolean): RouteSnapshot {
    const stale = this.stale && this.hook.client.showsStale
    const marks = (stale ? 1 : 0) + (syncError ? 2 : 0) + (this.suppressed ? 4 : 0)
    if (this.#snapshot === null || this.#snapshotMarks !== marks) {
      this.#snapshotMarks = marks
      this.#snapshot = snapshotOf(this, { second, stale, syncError })
    }
    return this.#snapshot
  }
}

/** Outcome of one run of import_control and filter on a route. */
export interface ExportMemo {
  exportClass: number
  verdict: 'accept' | 'rejected by protocol' | 'filtered out'
  route: Rte
}

/** Equal in everything that neighbours and filters could see (rte_same). */
export function sameRoute(a: Rte, b: Rte): boolean {
  return (
    a.attributes === b.attributes &&
    a.preference === b.preference &&
    a.dest === b.dest &&
    a.gw === b.gw &&
    a.ifindex === b.ifindex &&
    a.from === b.from &&
    a.source === b.source &&
    a.scope === b.scope &&
    a.igpMetric === b.igpMetric &&
    a.hostEntry === b.hostEntry &&
    a.filtered === b.filtered &&
    sameNexthops(a.nexthops, b.nexthops) &&
    sameKernelAttributes(a.kernelAttributes, b.kernelAttributes)
  )
}

export function sameNexthops(a: readonly Nexthop[] | null, b: readonly Nexthop[] | null): boolean {
  if (a === b) return true
  if (a === null || b === null || a.length !== b.length) return false
  return a.every((x, i) => {
    const y = b[i] as Nexthop
    return x.gateway === y.gateway && x.ifindex === y.ifindex && x.weight === y.weight
  })
}

function sameKernelAttributes(a: KernelAttributes | null, b: KernelAttributes | null): boolean {
  if (a === b) return true
  if (a === null || b === null) return false
  const names = Object.keys(a)
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name])
}

const DESTINATIONS: readonly RouteDestination[] = [
  'router',
  'device',
  'blackhole',
  'unreachable',
  'prohibit',
  'multipath',
]
const SOURCES: Readonly<Record<number, RouteSourceType>> = {
  0: 'dummy',
  1: 'static',
  2: 'inherit',
  3: 'device',
  4: 'static-device',
  11: 'BGP',
  12: 'pipe',
}

function snapshotOf(rte: Rte, marks: { second: Micros; stale: boolean; syncError: boolean }): RouteSnapshot {
  const dest = DESTINATIONS[rte.dest] ?? 'unreachable'
  return {
    protocol: rte.proto,
    source: SOURCES[rte.source] ?? 'dummy',
    dest,
    gateway: dest === 'router' ? rte.gw : null,
    iface: dest === 'router' || dest === 'device' ? rte.ifname : null,
    nexthops: rte.nexthops,
    from: rte.from === 0 ? null : rte.from,
    preference: rte.preference,
    igpMetric:
      rte.hostEntry === null
        ? null
        : !rte.reachable
          ? 'unreachable'
          : rte.igpMetric >= IGP_METRIC_UNKNOWN
            ? 'unknown'
            : rte.igpMetric,
    lastModified: rte.lastModified * marks.second,
    attributes: rte.attributes,
    kernelAttributes: rte.kernelAttributes,
    pathId: rte.src.globalId,
    remotePathId: rte.source === 11 ? rte.src.privateId : 0,
    stale: marks.stale,
    ...(rte.suppressed ? { suppressed: true } : {}),
    syncError: marks.syncError,
    ...(rte.filtered ? { filtered: true as const } : {}),
  }
}
