// What the routes of one UPDATE have in common (nest/route.h, struct rta, here with the preference and without the source).
// One object stands for all of them, as the clients of reflectors would otherwise hold it a million times.
import type { Attributes } from '../../bgp/attributes.ts'
import type { Ip } from '../../net/address.ts'
import { type FilterRoute, type KernelAttributes, RouteDest, RouteScope } from '../filter/route.ts'
import type { HostEntry } from './host-entry.ts'
import { RouteMoment } from './route-moment.ts'
import type { RouteSource } from './source.ts'

export interface Nexthop {
  gateway: Ip
  iface: string
  ifindex: number
  weight: number
}

export interface RtaFields {
  /** RouteSource of the filter language (RTS_*). */
  source: number
  /** RouteDest. */
  dest: number
  gw?: Ip
  ifname?: string
  ifindex?: number
  from?: Ip
  scope?: number
  preference: number
  attributes?: Attributes | null
  kernelAttributes?: KernelAttributes | null
  nexthops?: readonly Nexthop[] | null
  igpMetric?: number
  hostEntry?: HostEntry | null
}

export class Rta {
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
  /** The last one made for readers: routes that came together look alike. */
  #moment: RouteMoment | null = null
  /** What the last filter that wrote made of it: the next route of the same UPDATE mostly fares alike. */
  #filtered: Rta | null = null

  constructor(f: RtaFields) {
    this.source = f.source
    this.dest = f.dest
    this.gw = f.gw ?? 0
    this.ifname = f.ifname ?? ''
    this.ifindex = f.ifindex ?? 0
    this.from = f.from ?? 0
    this.scope = f.scope ?? RouteScope.UNIVERSE
    this.preference = f.preference
    this.attributes = f.attributes ?? null
    this.kernelAttributes = f.kernelAttributes ?? null
    this.nexthops = f.nexthops ?? null
    this.igpMetric = f.igpMetric ?? 0
    this.hostEntry = f.hostEntry ?? null
  }

  /** The same with some fields replaced. */
  with(change: Partial<RtaFields>): Rta {
    const { source, dest, gw, ifname, ifindex, from, scope, preference } = this
    const { attributes, kernelAttributes, nexthops, igpMetric, hostEntry } = this
    const own = { source, dest, gw, ifname, ifindex, from, scope, preference }
    return new Rta({ ...own, attributes, kernelAttributes, nexthops, igpMetric, hostEntry, ...change })
  }

  /** Resolvable in the sense of the decision (rte_resolvable). */
  get reachable(): boolean {
    return this.dest === RouteDest.ROUTER || this.dest === RouteDest.DEVICE || this.dest === RouteDest.MULTIPATH
  }

  /** What a filter left of it; a route that was sent elsewhere no longer follows a recursive next hop. */
  afterFilter(result: FilterRoute): Rta {
    const known = this.#filtered
    if (known !== null && sameForFilters(known, result)) return known
    const { from, preference, attributes, kernelAttributes, scope, dest, gw, ifname, ifindex } = result
    const moved = gw !== this.gw || dest !== this.dest || ifname !== this.ifname
    const next = moved ? { dest, gw, ifname, ifindex, nexthops: null, hostEntry: null } : {}
    this.#filtered = this.with({ from, preference, attributes, kernelAttributes, scope, ...next })
    return this.#filtered
  }

  /** A route with this set as readers see it; the same object for routes that look alike. `seconds`: BIRD's, of the last change. */
  moment(src: RouteSource, seconds: number, marks: number): RouteMoment {
    const known = this.#moment
    if (known?.seconds === seconds && known.marks === marks && known.pathId === src.globalId) return known
    this.#moment = new RouteMoment(this, src, { seconds, marks })
    return this.#moment
  }
}

function sameForFilters(a: Rta, b: FilterRoute): boolean {
  return (
    a.attributes === b.attributes &&
    a.preference === b.preference &&
    a.dest === b.dest &&
    a.gw === b.gw &&
    a.ifname === b.ifname &&
    a.ifindex === b.ifindex &&
    a.from === b.from &&
    a.scope === b.scope &&
    sameKernelAttributes(a.kernelAttributes, b.kernelAttributes)
  )
}

/** Equal in everything that neighbours and filters could see (rta_same, with the preference). */
export function sameRta(a: Rta, b: Rta): boolean {
  if (a === b) return true
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
