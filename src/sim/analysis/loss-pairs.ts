// The ordered pairs of pods whose traffic is judged, with an index from each host to the pairs that pass it.
import type { Walk } from '../kernel/packet-walk.ts'
import type { Ip } from '../net/address.ts'
import type { PodRecord } from '../recording/types.ts'
import { podName } from './world-state.ts'

export interface Pair {
  readonly from: PodRecord
  readonly to: PodRecord
  /** The last walk; null while the sender's machine is off or before the first. */
  walk: Walk | null
  /** Hosts whose state the verdict depends on. */
  hosts: ReadonlySet<number>
  /** Addresses looked up on the way: the pod's, and those of tunnels. */
  destinations: readonly Ip[]
}

/** More senders and receivers than this are thinned out evenly: 110 of them already make 11,990 pairs. */
const MOST_PODS = 110

const NONE: ReadonlySet<Pair> = new Set()

export class Pairs {
  readonly lost = new Set<Pair>()
  readonly #all = new Map<string, Pair>()
  readonly #through = new Map<number, Set<Pair>>()
  readonly #sending = new Set<Pair>()
  /** Pairs there would be without the limit. */
  wanted = 0

  get count(): number {
    return this.#all.size
  }

  /** Pairs whose sender is able to send. */
  get sending(): number {
    return this.#sending.size
  }

  through(host: number): ReadonlySet<Pair> {
    return this.#through.get(host) ?? NONE
  }

  /** Takes the pods over; gives the pairs that are new. Pairs that went leave `dirty` too. */
  update(pods: readonly PodRecord[], dirty: Set<Pair>): Pair[] {
    const step = Math.max(1, pods.length / MOST_PODS)
    const chosen = pods.filter((_, index) => Math.floor(index / step) !== Math.floor((index - 1) / step))
    this.wanted = pods.length * (pods.length - 1)
    const keep = new Set<string>()
    const added: Pair[] = []
    for (const from of chosen) {
      for (const to of chosen) {
        if (from === to || from.node === to.node) continue
        const key = `${podName(from)} ${from.address} ${from.node} ${podName(to)} ${to.address} ${to.node}`
        keep.add(key)
        if (this.#all.has(key)) continue
        const pair: Pair = { from, to, walk: null, hosts: new Set(), destinations: [] }
        this.#all.set(key, pair)
        added.push(pair)
      }
    }
    for (const [key, pair] of this.#all) {
      if (keep.has(key)) continue
      this.#all.delete(key)
      this.#detach(pair)
      this.lost.delete(pair)
      this.#sending.delete(pair)
      dirty.delete(pair)
    }
    return added
  }

  /** Stores a verdict. */
  settle(pair: Pair, verdict: { walk: Walk | null; hosts: ReadonlySet<number> }): void {
    this.#detach(pair)
    pair.walk = verdict.walk
    pair.hosts = verdict.hosts
    pair.destinations = destinationsOf(pair, verdict.walk)
    for (const host of pair.hosts) {
      const through = this.#through.get(host)
      if (through === undefined) this.#through.set(host, new Set([pair]))
      else through.add(pair)
    }
    if (verdict.walk === null) this.#sending.delete(pair)
    else this.#sending.add(pair)
    if (verdict.walk !== null && verdict.walk.verdict !== 'delivered') this.lost.add(pair)
    else this.lost.delete(pair)
  }

  #detach(pair: Pair): void {
    for (const host of pair.hosts) this.#through.get(host)?.delete(pair)
  }
}

function destinationsOf(pair: Pair, walk: Walk | null): Ip[] {
  const found = new Set<Ip>([pair.to.address ?? 0])
  for (const hop of walk?.hops ?? []) if (hop.encapsulation !== null) found.add(hop.encapsulation.destination)
  return [...found]
}
