// The main routing table (net/ipv4/fib_trie.c): routes keyed by (prefix, metric), longest match, and the order in
// which the kernel dumps them. A prefix length that no route has costs a look-up nothing.
import type { Ip } from '../net/address.ts'
import { type Prefix, prefixAddress, prefixLength, prefixOf } from '../net/prefix.ts'
import type { KernelRoute } from './types.ts'

/**
 * Order of a dump: address ascending; at one address the longest prefix first (a leaf of the trie keeps its aliases
 * by suffix length), then the lowest metric.
 */
export function dumpOrder(
  a: { readonly prefix: Prefix; readonly metric: number },
  b: { readonly prefix: Prefix; readonly metric: number },
): number {
  return (
    prefixAddress(a.prefix) - prefixAddress(b.prefix) ||
    prefixLength(b.prefix) - prefixLength(a.prefix) ||
    a.metric - b.metric
  )
}

export class Fib {
  /** By prefix; lowest metric first. */
  readonly #routes = new Map<Prefix, KernelRoute[]>()
  readonly #countByLength = new Int32Array(33)
  /** Lengths in use, longest first. */
  #lengths: number[] = []
  #dump: readonly KernelRoute[] | null = null
  #version = 0

  /** Grows with every change: while it stays, look-ups give what they gave. */
  get version(): number {
    return this.#version
  }

  /** Every route in dump order; the same array until something changes. */
  all(): readonly KernelRoute[] {
    this.#dump ??= [...this.#routes.values()].flat().sort(dumpOrder)
    return this.#dump
  }

  /** Routes of exactly this prefix, lowest metric first. */
  at(prefix: Prefix): readonly KernelRoute[] {
    return this.#routes.get(prefix) ?? []
  }

  get(prefix: Prefix, metric: number): KernelRoute | null {
    return this.#routes.get(prefix)?.find((route) => route.metric === metric) ?? null
  }

  /** Adds or replaces what stands at (prefix, metric). */
  set(route: KernelRoute): void {
    this.#dump = null
    this.#version++
    const list = this.#routes.get(route.prefix)
    if (list === undefined) {
      this.#routes.set(route.prefix, [route])
      this.#count(prefixLength(route.prefix), 1)
      return
    }
    const at = list.findIndex((other) => other.metric >= route.metric)
    if (at < 0) list.push(route)
    else list.splice(at, list[at]!.metric === route.metric ? 1 : 0, route)
  }

  delete(prefix: Prefix, metric: number): void {
    const list = this.#routes.get(prefix)
    const at = list?.findIndex((route) => route.metric === metric) ?? -1
    if (list === undefined || at < 0) return
    this.#dump = null
    this.#version++
    list.splice(at, 1)
    if (list.length > 0) return
    this.#routes.delete(prefix)
    this.#count(prefixLength(prefix), -1)
  }

  /** Longest match, lowest metric; null: no route. */
  lookup(address: Ip): KernelRoute | null {
    const lengths = this.#lengths
    for (let i = 0; i < lengths.length; i++) {
      const list = this.#routes.get(prefixOf(address, lengths[i]!))
      if (list !== undefined) return list[0]!
    }
    return null
  }

  #count(length: number, by: number): void {
    const before = this.#countByLength[length]!
    this.#countByLength[length] = before + by
    if (before !== 0 && before + by !== 0) return
    this.#lengths = []
    for (let bits = 32; bits >= 0; bits--) if (this.#countByLength[bits]! > 0) this.#lengths.push(bits)
  }
}
