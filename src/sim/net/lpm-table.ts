// Longest-prefix match over packed prefixes: one hash map per prefix length and a list of the lengths in use, longest
// first. Routing tables here hold few distinct lengths, so a look-up is a handful of map reads.
import type { Ip } from './address.ts'
import { type Prefix, prefixLength, prefixOf } from './prefix.ts'

export interface LpmMatch<V> {
  prefix: Prefix
  value: V
}

/** One length that a look-up tried: the prefix the address has there, and whether the table holds it. */
export interface LpmStep<V> {
  prefix: Prefix
  found: boolean
  value: V | undefined
}

export class LpmTable<V> {
  readonly #byLength: (Map<Prefix, V> | undefined)[] = []
  /** Lengths with at least one prefix, descending. */
  #lengths: number[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  /** Adds the prefix or replaces its value. Host bits must be zero, as `prefixOf` leaves them. */
  insert(prefix: Prefix, value: V): void {
    const length = prefixLength(prefix)
    let map = this.#byLength[length]
    if (map === undefined) {
      map = new Map()
      this.#byLength[length] = map
    }
    if (map.size === 0) this.#lengths = [...this.#lengths, length].sort((a, b) => b - a)
    if (!map.has(prefix)) this.#size++
    map.set(prefix, value)
  }

  /** False when the prefix was not there. */
  delete(prefix: Prefix): boolean {
    const length = prefixLength(prefix)
    const map = this.#byLength[length]
    if (map?.delete(prefix) !== true) return false
    this.#size--
    if (map.size === 0) this.#lengths = this.#lengths.filter((used) => used !== length)
    return true
  }

  /** The value of exactly this prefix. */
  get(prefix: Prefix): V | undefined {
    return this.#byLength[prefixLength(prefix)]?.get(prefix)
  }

  has(prefix: Prefix): boolean {
    return this.#byLength[prefixLength(prefix)]?.has(prefix) === true
  }

  /** The longest prefix that has the address; null when none does. */
  lookup(address: Ip): LpmMatch<V> | null {
    for (const length of this.#lengths) {
      const map = this.#byLength[length]!
      const prefix = prefixOf(address, length)
      const value = map.get(prefix)
      if (value !== undefined || map.has(prefix)) return { prefix, value: value as V }
    }
    return null
  }

  /** Every prefix that has the address, longest first: what a packet falls back to when the best one goes. */
  candidates(address: Ip): LpmMatch<V>[] {
    const found: LpmMatch<V>[] = []
    for (const { prefix, found: hit, value } of this.walk(address)) if (hit) found.push({ prefix, value: value as V })
    return found
  }

  /** The whole search, longest length first, also behind the first hit. */
  walk(address: Ip): LpmStep<V>[] {
    return this.#lengths.map((length) => {
      const prefix = prefixOf(address, length)
      return { prefix, found: this.has(prefix), value: this.get(prefix) }
    })
  }

  /** All prefixes with their values, shortest length first, else as inserted. */
  *entries(): IterableIterator<[Prefix, V]> {
    for (let i = this.#lengths.length - 1; i >= 0; i--) yield* this.#byLength[this.#lengths[i]!]!
  }
}
