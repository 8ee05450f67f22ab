// What a filter sees of a route and what it may change. The daemon's own route object can satisfy FilterRoute as it is:
// evaluation only reads, and the first write makes a plain copy (filter/filter.c of BIRD 1.6.8, f_rte_cow).
import type { Attributes } from '../../bgp/attributes.ts'
import type { Ip } from '../../net/address.ts'
import type { Prefix } from '../../net/prefix.ts'

/** RTS_* (nest/route.h): the number is what filters compare and print. */
export const RouteSource = {
  DUMMY: 0,
  STATIC: 1,
  INHERIT: 2,
  DEVICE: 3,
  STATIC_DEVICE: 4,
  REDIRECT: 5,
  RIP: 6,
  OSPF: 7,
  OSPF_IA: 8,
  OSPF_EXT1: 9,
  OSPF_EXT2: 10,
  BGP: 11,
  PIPE: 12,
  BABEL: 13,
} as const

/** RTD_*: where the packets go. */
export const RouteDest = { ROUTER: 0, DEVICE: 1, BLACKHOLE: 2, UNREACHABLE: 3, PROHIBIT: 4, MULTIPATH: 5 } as const

/** SCOPE_* (lib/ip.h). */
export const RouteScope = { HOST: 0, LINK: 1, SITE: 2, ORGANIZATION: 3, UNIVERSE: 4, UNDEFINED: 5 } as const

/** krt_* attributes of a route: names without `krt_`, e.g. source, metric, tunnel, prefsrc, mtu. Numbers, addresses or text. */
export type KernelAttributes = Readonly<Record<string, number | string>>

export interface FilterRoute {
  readonly net: Prefix
  /** Name of the protocol the route came from. */
  readonly proto: string
  /** RouteSource. */
  readonly source: number
  /** The advertising BGP peer, else 0. */
  readonly from: Ip
  /** 0 when there is none. */
  readonly gw: Ip
  /** Empty when the route has no interface. */
  readonly ifname: string
  /** 0 when the route has no interface. */
  readonly ifindex: number
  /** RouteDest. */
  readonly dest: number
  /** RouteScope. */
  readonly scope: number
  readonly preference: number
  /** BGP attributes (interned), null when the route has none. */
  readonly attributes: Attributes | null
  readonly kernelAttributes: KernelAttributes | null
}

/** What the daemon lends to a run. One object per daemon will do. */
export interface FilterEnvironment {
  /** One line of print, without the daemon's name. */
  log(line: string): void
  /** A run-time error or an undecided filter; the daemon limits how many of these it logs. */
  runtimeError(line: string): void
  /** Makes equal attribute sets one object (AttributePool). */
  intern(attributes: Attributes): Attributes
  /** The directly connected neighbor with this address on an up interface; a filter may set `gw` only to such. */
  neighbor(address: Ip): { ifname: string; ifindex: number } | null
  /** The index of an existing interface; a filter may set `ifname` only to such. */
  interfaceIndex(name: string): number | null
}

export interface FilterOutcome {
  /** 'error' (run-time error) and 'undecided' (fell off the end) have been logged; both reject the route. */
  readonly result: 'accept' | 'reject' | 'error' | 'undecided'
  /** The very route that was passed in unless the filter wrote to it. */
  readonly route: FilterRoute
  /** The filter set gw, ifname or dest: the route leads where it says now, no longer through a recursive next hop. */
  readonly redirected: boolean
  /** The filter wrote the preference or a static attribute: what it hands on is a copy of the route. */
  readonly rewritten: boolean
}
