// Recursive next hops (nest/rt-table.c, hostcache): which route of the table carries an address at the moment.
import { formatIp, type Ip } from '../../net/address.ts'
import { formatPrefix, type Prefix, prefixAddress, prefixLength } from '../../net/prefix.ts'
import { RouteDest } from '../filter/route.ts'
import { type HostEntry, type Resolution, UNRESOLVED } from './host-entry.ts'
import type { Fib } from './net.ts'
import { IGP_METRIC_UNKNOWN } from './route-moment.ts'

interface CachedHost extends HostEntry {
  /** Length of the prefix that carries the address: shorter ones do not matter. */
  shortest: number
}

export class HostCache {
  readonly #entries = new Map<Ip, CachedHost>()
  /** Entries by address: the ones inside a prefix stand together. */
  readonly #byAddress: CachedHost[] = []
  readonly #fib: Fib
  readonly #host: { log(line: string): void; isLocalAddress?(address: Ip, ifname: string): boolean }

  constructor(fib: Fib, host: { log(line: string): void; isLocalAddress?(address: Ip, ifname: string): boolean }) {
    this.#fib = fib
    this.#host = host
  }

  get(address: Ip): HostEntry {
    let entry = this.#entries.get(address)
    if (entry === undefined) {
      entry = { address, resolution: UNRESOLVED, shortest: 0 }
      this.#entries.set(address, entry)
      this.#byAddress.splice(this.#firstFrom(address), 0, entry)
      this.#resolve(entry)
    }
    return entry
  }

  /** Whether the best route of a prefix matters to some entry. */
  covers(prefix: Prefix): boolean {
    const first = prefixAddress(prefix)
    const length = prefixLength(prefix)
    const end = first + 2 ** (32 - length)
    for (let i = this.#firstFrom(first); i < this.#byAddress.length; i++) {
      const entry = this.#byAddress[i] as CachedHost
      if (entry.address >= end) return false
      if (entry.shortest <= length) return true
    }
    return false
  }

  /** Index of the first entry at this address or behind it. */
  #firstFrom(address: Ip): number {
    let low = 0
    let high = this.#byAddress.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#byAddress[middle] as CachedHost).address < address) low = middle + 1
      else high = middle
    }
    return low
  }

  /** rt_update_hostcache; true when some entry resolves differently now. */
  refresh(): boolean {
    let changed = false
    for (const entry of this.#entries.values()) if (this.#resolve(entry)) changed = true
    return changed
  }

  #resolve(entry: CachedHost): boolean {
    const net = this.#fib.route(entry.address)
    entry.shortest = net === null ? 0 : prefixLength(net.prefix)
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
