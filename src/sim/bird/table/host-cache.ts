// Recursive next hops (nest/rt-table.c, hostcache): which route of the table carries an address at the moment.
import { formatIp, type Ip } from '../../net/address.ts'
import { formatPrefix, maskOf, type Prefix, prefixLength } from '../../net/prefix.ts'
import { RouteDest } from '../filter/route.ts'
import { type HostEntry, type Resolution, UNRESOLVED } from './host-entry.ts'
import type { Fib } from './net.ts'
import { IGP_METRIC_UNKNOWN } from './route.ts'

export class HostCache {
  readonly #entries = new Map<Ip, HostEntry>()
  /** Prefixes whose best route matters to some entry. */
  readonly #covers = new Set<Prefix>()
  readonly #fib: Fib
  readonly #host: { log(line: string): void; isLocalAddress?(address: Ip, ifname: string): boolean }

  constructor(fib: Fib, host: { log(line: string): void; isLocalAddress?(address: Ip, ifname: string): boolean }) {
    this.#fib = fib
    this.#host = host
  }

  get(address: Ip): HostEntry {
    let entry = this.#entries.get(address)
    if (entry === undefined) {
      entry = { address, resolution: UNRESOLVED }
      this.#entries.set(address, entry)
      this.#resolve(entry)
    }
    return entry
  }

  covers(prefix: Prefix): boolean {
    return this.#covers.has(prefix)
  }

  /** rt_update_hostcache; true when some entry resolves differently now. */
  refresh(): boolean {
    this.#covers.clear()
    let changed = false
    for (const entry of this.#entries.values()) if (this.#resolve(entry)) changed = true
    return changed
  }

  #resolve(entry: HostEntry): boolean {
    const net = this.#fib.route(entry.address)
    const shortest = net === null ? 0 : prefixLength(net.prefix)
    for (let length = shortest; length <= 32; length++) {
      this.#covers.add(((entry.address & maskOf(length)) >>> 0) * 64 + length)
    }
    const next = net === null ? UNRESOLVED : this.#through(entry.address, net)
    if (sameResolution(entry.resolution, next)) return false
    entry.resolution = next
    return true
  }

  #through(address: Ip, net: NonNullable<ReturnType<Fib['route']>>): Resolution {
    const best = net.routes[0]
    if (best === undefined) return UNRESOLVED
    if (best.hostEntry !== null) {
      this.#host.log(
        `Next hop address ${formatIp(address)} resolvable through recursive route for ${formatPrefix(net.prefix)}`,
      )
      return UNRESOLVED
    }
    if (best.dest === RouteDest.DEVICE) {
      if (this.#host.isLocalAddress?.(address, best.ifname)) {
        this.#host.log(`Next hop address ${formatIp(address)} is a local address of iface ${best.ifname}`)
        return UNRESOLVED
      }
      return { gw: 0, ifname: best.ifname, ifindex: best.ifindex, dest: RouteDest.ROUTER, igpMetric: 0, nexthops: null }
    }
    const viaRouter = best.dest === RouteDest.ROUTER || best.dest === RouteDest.MULTIPATH
    return {
      gw: best.gw,
      ifname: best.ifname,
      ifindex: best.ifindex,
      dest: best.dest,
      igpMetric: viaRouter ? IGP_METRIC_UNKNOWN : 0,
      nexthops: best.nexthops,
    }
  }
}

function sameResolution(a: Resolution, b: Resolution): boolean {
  return (
    a.dest === b.dest &&
    a.gw === b.gw &&
    a.ifindex === b.ifindex &&
    a.igpMetric === b.igpMetric &&
    a.nexthops === b.nexthops
  )
}
