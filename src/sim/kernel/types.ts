// The kernel as other parts see it: interfaces and one routing table (main), as netlink would tell them.
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'

export interface InterfaceAddress {
  address: Ip
  prefixLength: number
}

/** An interface, as `ip link` and `ip addr` show it. Values are replaced, never changed in place. */
export interface KernelInterface {
  /** ifindex, 1 is lo; never reused on a host. */
  index: number
  name: string
  /** Administratively up (IFF_UP). */
  up: boolean
  /** Carrier (IFF_LOWER_UP). */
  carrier: boolean
  mtu: number
  addresses: readonly InterfaceAddress[]
  kind: 'loopback' | 'ethernet' | 'veth' | 'ipip' | 'vxlan'
}

export type RouteType = 'unicast' | 'blackhole' | 'unreachable' | 'prohibit'

/** rtnetlink protocol numbers used here. */
export const RTPROT = { kernel: 2, boot: 3, static: 4, bird: 12, felix: 80 } as const
/** rtnetlink scopes used here. */
export const RT_SCOPE = { universe: 0, link: 253 } as const

export interface NextHop {
  gateway: Ip | null
  dev: string
  weight: number
}

/** One kernel route. (prefix, metric) identifies it: TOS is always 0 and the table always main. */
export interface KernelRoute {
  prefix: Prefix
  type: RouteType
  /** Gateway and device of a single-path unicast route; null for the others and for multipath. */
  gateway: Ip | null
  dev: string | null
  /** Several next hops (ECMP); then gateway and dev are null. */
  nexthops: readonly NextHop[] | null
  protocol: number
  scope: number
  metric: number
  onlink: boolean
  prefsrc: Ip | null
}

/** Errno names as the kernel would return them through netlink. */
export type NetlinkError = 'EEXIST' | 'ENETUNREACH' | 'ESRCH' | 'ENODEV' | 'EINVAL'

export interface RouteChange {
  kind: 'add' | 'delete'
  route: KernelRoute
}
