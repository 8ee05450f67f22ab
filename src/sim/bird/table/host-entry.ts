// How a recursive next hop resolves at the moment (nest/rt-table.c, struct hostentry).
import type { Ip } from '../../net/address.ts'
import { RouteDest } from '../filter/route.ts'

export interface ResolvedNexthop {
  gateway: Ip
  iface: string
  ifindex: number
  weight: number
}

export interface Resolution {
  /** 0: the address itself is the gateway. */
  gw: Ip
  ifname: string
  ifindex: number
  dest: number
  igpMetric: number
  nexthops: readonly ResolvedNexthop[] | null
}

export interface HostEntry {
  readonly address: Ip
  resolution: Resolution
}

export const UNRESOLVED: Resolution = {
  gw: 0,
  ifname: '',
  ifindex: 0,
  dest: RouteDest.UNREACHABLE,
  igpMetric: 0,
  nexthops: null,
}
