// One route of a table (nest/route.h, struct rte). It satisfies the filter's view of a route, so that evaluation needs no
// copy, and is a contender for best route as it is. Everything but the table's own marks is fixed after construction.
import type { Attributes } from '../../bgp/attributes.ts'
import type { Ip } from '../../net/address.ts'
import type { Prefix } from '../../net/prefix.ts'
import type { FilterRoute, KernelAttributes } from '../filter/route.ts'
import type { ProtocolKind, RouteSnapshot } from '../ports.ts'
import type { AnnounceHook } from './announce.ts'
import type { BgpSource, Contender } from './best-route.ts'
import type { HostEntry } from './host-entry.ts'
import { MARK } from './route-moment.ts'
import { type Nexthop, Rta, type RtaFields, sameRta } from './rta.ts'
import type { RouteSource } from './source.ts'

export interface RouteFields extends RtaFields {
  net: Prefix
  /** The announce hook through which the route came in. */
  hook: AnnounceHook
  src: RouteSource
}

/** A mark that readers do not see: the route goes at the next pruning. */
const DISCARD = 16

/** Why a route was not exported. */
export type ExportRefusal = 'rejected by protocol' | 'filtered out'

export class Rte implements FilterRoute, Contender {
  readonly net: Prefix
  readonly hook: AnnounceHook
  readonly src: RouteSource
  readonly rta: Rta
  /** BIRD second of the last change. */
  lastModified = 0
  /** MARK bits, and DISCARD. */
  #marks = 0
  /** What the last export made of this route, and the class it was for (exportFilter). */
  exportedFor = 0
  exported: Rta | ExportRefusal | null = null

  constructor(net: Prefix, hook: AnnounceHook, src: RouteSource, rta: Rta) {
    this.net = net
    this.hook = hook
    this.src = src
    this.rta = rta
  }

  /** A route that shares its set with no other. */
  static of(fields: RouteFields): Rte {
    return new Rte(fields.net, fields.hook, fields.src, new Rta(fields))
  }

  /** Name of the protocol it came from. */
  get proto(): string {
    return this.src.owner.name
  }
  get kind(): ProtocolKind {
    return this.src.owner.kind
  }
  get bgp(): BgpSource | null {
    return this.src.owner.bgpSource
  }
  get source(): number {
    return this.rta.source
  }
  get dest(): number {
    return this.rta.dest
  }
  get gw(): Ip {
    return this.rta.gw
  }
  get ifname(): string {
    return this.rta.ifname
  }
  get ifindex(): number {
    return this.rta.ifindex
  }
  get from(): Ip {
    return this.rta.from
  }
  get scope(): number {
    return this.rta.scope
  }
  get preference(): number {
    return this.rta.preference
  }
  get attributes(): Attributes | null {
    return this.rta.attributes
  }
  get kernelAttributes(): KernelAttributes | null {
    return this.rta.kernelAttributes
  }
  get nexthops(): readonly Nexthop[] | null {
    return this.rta.nexthops
  }
  get igpMetric(): number {
    return this.rta.igpMetric
  }
  get hostEntry(): HostEntry | null {
    return this.rta.hostEntry
  }
  get resolvable(): boolean {
    return this.rta.reachable
  }

  get stale(): boolean {
    return (this.#marks & MARK.stale) !== 0
  }
  set stale(on: boolean) {
    this.#mark(MARK.stale, on)
  }
  /** Goes at the next pruning. */
  get discard(): boolean {
    return (this.#marks & DISCARD) !== 0
  }
  set discard(on: boolean) {
    this.#mark(DISCARD, on)
  }
  /** Refused by the import filter but kept (import keep filtered). */
  get filtered(): boolean {
    return (this.#marks & MARK.filtered) !== 0
  }
  set filtered(on: boolean) {
    this.#mark(MARK.filtered, on)
  }
  /** deterministic med: another route of the same neighbour AS is better. */
  get suppressed(): boolean {
    return (this.#marks & MARK.suppressed) !== 0
  }
  set suppressed(on: boolean) {
    this.#mark(MARK.suppressed, on)
  }

  #mark(bit: number, on: boolean): void {
    this.#marks = on ? this.#marks | bit : this.#marks & ~bit
  }

  /** The same route, elsewhere or with another set. */
  with(change: { rta?: Rta; hook?: AnnounceHook; src?: RouteSource }): Rte {
    const copy = new Rte(this.net, change.hook ?? this.hook, change.src ?? this.src, change.rta ?? this.rta)
    copy.lastModified = this.lastModified
    copy.stale = this.stale
    return copy
  }

  /** What a filter left of this route; the very object when it wrote nothing. */
  afterFilter(result: FilterRoute): Rte {
    return result === this ? this : this.with({ rta: this.rta.afterFilter(result) })
  }

  /** Immutable value for readers. */
  snapshot(syncError: boolean): RouteSnapshot {
    let marks = this.#marks & (MARK.suppressed | MARK.filtered)
    if (this.stale && this.hook.client.showsStale) marks |= MARK.stale
    if (syncError) marks |= MARK.syncError
    return this.rta.moment(this.src, this.lastModified, marks)
  }
}

/** Equal in everything that neighbours and filters could see (rte_same). */
export function sameRoute(a: Rte, b: Rte): boolean {
  return a.filtered === b.filtered && sameRta(a.rta, b.rta)
}
