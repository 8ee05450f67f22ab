// A net of a table: the prefix with its routes, best first (nest/route.h, struct network), and the table's FIB.

import type { KernelRoute } from '../../kernel/types.ts'
import type { Ip } from '../../net/address.ts'
import type { Prefix } from '../../net/prefix.ts'
import { maskOf, prefixAddress, prefixLength } from '../../net/prefix.ts'
import { fibHash, fibUid } from './fib-order.ts'
import type { Rte } from './route.ts'

const FEW = 8

export class Net {
  readonly prefix: Prefix
  /** Place in the table's order. */
  readonly uid: number
  routes: Rte[] = []
  /** The kernel protocol has accepted the net's route (KRF_INSTALLED). */
  installed = false
  /** What the kernel protocol sent to the kernel last. */
  sent: KernelRoute | null = null
  /** The kernel refused the route (KRF_SYNC_ERROR). */
  syncError = false
  /** Waits to be shown to readers (Publisher). */
  touched = false
  constructor(prefix: Prefix, uid: number) {
    this.prefix = prefix
    this.uid = uid
  }
  /** Puts a route in this place. */
  insert(at: number, route: Rte): void {
    const { routes } = this
    // A list that has been added to keeps room for sixteen more, and most have one to three; one that is put together has not.
    if (routes.length < FEW) this.routes = routes.slice(0, at).concat(route, routes.slice(at))
    else routes.splice(at, 0, route)
  }
  /** The best route unless an import filter keeps it hidden. */
  get best(): Rte | null {
    const first = this.routes[0]
    return first === undefined || first.filtered ? null : first
  }
}

export class Fib {
  readonly #nets = new Map<Prefix, Net>()
  readonly #byHash = new Map<number, Net[]>()
  readonly #lengths = new Array<number>(33).fill(0)
  #ordered: Net[] = []
  /** The list has been handed out, so a change needs a copy. */
  #shared = false

  find(prefix: Prefix): Net | null {
    return this.#nets.get(prefix) ?? null
  }

  get(prefix: Prefix): Net {
    const known = this.#nets.get(prefix)
    if (known !== undefined) return known
    const hash = fibHash(prefix)
    const same = this.#byHash.get(hash) ?? []
    let n = 0
    while (same.some((net) => net.uid === fibUid(hash, n))) n++
    const net = new Net(prefix, fibUid(hash, n))
    same.push(net)
    this.#byHash.set(hash, same)
    this.#nets.set(prefix, net)
    const length = prefixLength(prefix)
    this.#lengths[length] = (this.#lengths[length] ?? 0) + 1
    const at = this.#place(net.uid)
    this.#own().splice(at, 0, net)
    return net
  }

  delete(net: Net): void {
    this.#nets.delete(net.prefix)
    const hash = Math.floor(net.uid / 65536)
    const rest = (this.#byHash.get(hash) ?? []).filter((other) => other !== net)
    if (rest.length === 0) this.#byHash.delete(hash)
    else this.#byHash.set(hash, rest)
    const length = prefixLength(net.prefix)
    this.#lengths[length] = (this.#lengths[length] ?? 1) - 1
    const at = this.#place(net.uid)
    this.#own().splice(at, 1)
  }

  /** All nets in BIRD's order. The array is not changed afterwards. */
  ordered(): readonly Net[] {
    this.#shared = true
    return this.#ordered
  }

  /** The ordered list, ours to change. */
  #own(): Net[] {
    if (this.#shared) {
      this.#ordered = [...this.#ordered]
      this.#shared = false
    }
    return this.#ordered
  }

  /** Where a uid stands in the ordered list, or would. */
  #place(uid: number): number {
    let low = 0
    let high = this.#ordered.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#ordered[middle] as Net).uid < uid) low = middle + 1
      else high = middle
    }
    return low
  }

  /** Longest match with a valid best route (net_route). */
  route(address: Ip): Net | null {
    for (let length = 32; length >= 0; length--) {
      if (this.#lengths[length] === 0) continue
      const net = this.#nets.get(((address & maskOf(length)) >>> 0) * 64 + length)
      if (net !== undefined && net.best !== null) return net
    }
    return null
  }

  /** The net that covers a prefix most closely (`show route for`). */
  cover(prefix: Prefix): Net | null {
    for (let length = prefixLength(prefix); length >= 0; length--) {
      const net = this.#nets.get(((prefixAddress(prefix) & maskOf(length)) >>> 0) * 64 + length)
      if (net !== undefined && net.best !== null) return net
    }
    return null
  }
}
