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

/** Fields of a recursive route whose next hop resolves like this (rta_apply_hostentry). */
export function resolved(nextHop: number, r: Resolution) {
  return {
    dest: r.dest,
    gw: r.gw === 0 && r.dest === 0 ? nextHop : r.gw,
    ifname: r.ifname,
    ifindex: r.ifindex,
    igpMetric: r.igpMetric,
    nexthops: r.nexthops,
  }
}

/** Whether a route leads elsewhere than its next hop resolves to by now. */
export function outdated(route: ReturnType<typeof resolved>, { address, resolution }: HostEntry): boolean {
  const want = resolved(address, resolution)
  return (
    route.dest !== want.dest ||
    route.gw !== want.gw ||
    route.ifindex !== want.ifindex ||
    route.igpMetric !== want.igpMetric ||
    route.nexthops !== want.nexthops
  )
}
