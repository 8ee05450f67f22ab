// Route sources (nest/rt-attr.c, struct rte_src): one per protocol and private id, with a daemon-wide number that
// serves as ADD-PATH identifier. Numbers are the lowest free ones and come back when the source's routes are gone.
import type { ProtocolKind } from '../ports.ts'
import type { AnnounceHook } from './announce.ts'
import type { BgpSource } from './best-route.ts'

/** The protocol that originates. */
export interface SourceOwner {
  readonly name: string
  readonly kind: ProtocolKind
  /** Its hook to the table it belongs to, while it is connected. */
  readonly hook: AnnounceHook | null
  /** What the decision has to know of a BGP session; null: none. */
  readonly bgpSource: BgpSource | null
}

export interface RouteSource {
  readonly owner: SourceOwner
  readonly privateId: number
  readonly globalId: number
  /** Routes in tables that use it, plus one while it is a connected protocol's main source. */
  uses: number
}

export class RouteSources {
  /** Sources with private id 0: most protocols have just this one. */
  readonly #main = new Map<SourceOwner, RouteSource>()
  readonly #byOwner = new Map<SourceOwner, Map<number, RouteSource>>()
  readonly #taken: boolean[] = [true]
  /** No number below this one is free. */
  #lowest = 1

  find(owner: SourceOwner, privateId: number): RouteSource | null {
    if (privateId === 0) return this.#main.get(owner) ?? null
    return this.#byOwner.get(owner)?.get(privateId) ?? null
  }

  get(owner: SourceOwner, privateId: number): RouteSource {
    if (privateId === 0) return this.#mainOf(owner)
    let own = this.#byOwner.get(owner)
    if (own === undefined) {
      own = new Map()
      this.#byOwner.set(owner, own)
    }
    let source = own.get(privateId)
    if (source === undefined) {
      source = { owner, privateId, globalId: this.#allocate(), uses: 0 }
      own.set(privateId, source)
    }
    return source
  }

  #mainOf(owner: SourceOwner): RouteSource {
    let source = this.#main.get(owner)
    if (source === undefined) {
      source = { owner, privateId: 0, globalId: this.#allocate(), uses: 0 }
      this.#main.set(owner, source)
    }
    return source
  }

  /** Frees what nobody uses any more (rt_prune_sources). */
  prune(): void {
    for (const source of this.#main.values()) {
      if (source.uses > 0) continue
      this.#main.delete(source.owner)
      this.#free(source.globalId)
    }
    for (const [owner, own] of this.#byOwner) {
      for (const source of own.values()) {
        if (source.uses > 0) continue
        own.delete(source.privateId)
        this.#free(source.globalId)
      }
      if (own.size === 0) this.#byOwner.delete(owner)
    }
  }

  #allocate(): number {
    const free = this.#taken.indexOf(false, this.#lowest)
    const id = free < 0 ? this.#taken.length : free
    this.#taken[id] = true
    this.#lowest = id + 1
    return id
  }

  #free(id: number): void {
    this.#taken[id] = false
    if (id < this.#lowest) this.#lowest = id
  }
}
