// A route as readers see it at one time. Hundreds of thousands of these outlive a run, so that it refers to the set it shares
// with others (Rta) instead of spelling it out.
import type { Attributes } from '../../bgp/attributes.ts'
import type { Ip } from '../../net/address.ts'
import { type KernelAttributes, RouteSource } from '../filter/route.ts'
import type { Micros, RouteDestination, RouteSnapshot, RouteSourceType } from '../ports.ts'
import type { HostEntry } from './host-entry.ts'
import type { RouteSource as Source } from './source.ts'

const SECOND: Micros = 1_000_000

/** Metric of a next hop reached through a gateway (IGP_METRIC_UNKNOWN). */
export const IGP_METRIC_UNKNOWN = 0x80000000

/** Bits of RouteMoment.marks. */
export const MARK = { stale: 1, syncError: 2, suppressed: 4, filtered: 8 } as const

// biome-ignore format: by alphabet, in lines
const MEMBERS = [
  'attributes', 'dest', 'filtered', 'from', 'gateway', 'iface', 'igpMetric', 'kernelAttributes', 'lastModified',
  'nexthops', 'pathId', 'preference', 'protocol', 'remotePathId', 'source', 'stale', 'suppressed', 'syncError',
] as const
/** `filtered` and `suppressed` are only there when they hold. */
const OF_MARKS = [0, MARK.suppressed, MARK.filtered, MARK.filtered | MARK.suppressed].map((marks) =>
  MEMBERS.filter((name) => (name !== 'filtered' && name !== 'suppressed') || (marks & MARK[name]) !== 0),
)

const DESTINATIONS: readonly RouteDestination[] = [
  'router',
  'device',
  'blackhole',
  'unreachable',
  'prohibit',
  'multipath',
]
const SOURCES: Readonly<Record<number, RouteSourceType>> = {
  [RouteSource.DUMMY]: 'dummy',
  [RouteSource.STATIC]: 'static',
  [RouteSource.INHERIT]: 'inherit',
  [RouteSource.DEVICE]: 'device',
  [RouteSource.STATIC_DEVICE]: 'static-device',
  [RouteSource.BGP]: 'BGP',
  [RouteSource.PIPE]: 'pipe',
}

/** What it refers to of a set (Rta). */
export interface SharedLook {
  readonly source: number
  readonly dest: number
  readonly gw: Ip
  readonly ifname: string
  readonly nexthops: RouteSnapshot['nexthops']
  readonly from: Ip
  readonly preference: number
  readonly igpMetric: number
  readonly hostEntry: HostEntry | null
  readonly reachable: boolean
  readonly attributes: Attributes | null
  readonly kernelAttributes: KernelAttributes | null
}

export class RouteMoment implements RouteSnapshot {
  readonly protocol: string
  readonly pathId: number
  readonly remotePathId: number
  /** BIRD second of the last change. */
  readonly seconds: number
  /** MARK bits. */
  readonly marks: number
  readonly #rta: SharedLook

  /** Keeps what it needs of the source, not the source: the daemon behind it may be gone long before its history. */
  constructor(rta: SharedLook, src: Source, look: { seconds: number; marks: number }) {
    this.protocol = src.owner.name
    this.pathId = src.globalId
    this.remotePathId = rta.source === RouteSource.BGP ? src.privateId : 0
    this.seconds = look.seconds
    this.marks = look.marks
    this.#rta = rta
  }

  get source(): RouteSourceType {
    return SOURCES[this.#rta.source] ?? 'dummy'
  }
  get dest(): RouteDestination {
    return DESTINATIONS[this.#rta.dest] ?? 'unreachable'
  }
  get gateway(): Ip | null {
    return this.dest === 'router' ? this.#rta.gw : null
  }
  get iface(): string | null {
    return this.dest === 'router' || this.dest === 'device' ? this.#rta.ifname : null
  }
  get nexthops(): RouteSnapshot['nexthops'] {
    return this.#rta.nexthops
  }
  get from(): Ip | null {
    return this.#rta.from === 0 ? null : this.#rta.from
  }
  get preference(): number {
    return this.#rta.preference
  }
  get igpMetric(): RouteSnapshot['igpMetric'] {
    const { hostEntry, reachable, igpMetric } = this.#rta
    if (hostEntry === null) return null
    if (!reachable) return 'unreachable'
    return igpMetric >= IGP_METRIC_UNKNOWN ? 'unknown' : igpMetric
  }
  get lastModified(): Micros {
    return this.seconds * SECOND
  }
  get attributes(): Attributes | null {
    return this.#rta.attributes
  }
  get kernelAttributes(): RouteSnapshot['kernelAttributes'] {
    return this.#rta.kernelAttributes
  }
  get stale(): boolean {
    return (this.marks & MARK.stale) !== 0
  }
  get syncError(): boolean {
    return (this.marks & MARK.syncError) !== 0
  }
  get suppressed(): true | undefined {
    return (this.marks & MARK.suppressed) !== 0 || undefined
  }
  get filtered(): true | undefined {
    return (this.marks & MARK.filtered) !== 0 || undefined
  }

  /** Of the recording's hash (recording/canonical.ts). */
  get members(): readonly string[] {
    return OF_MARKS[this.marks >> 2] as readonly string[]
  }

  writeMembers(to: { write(value: unknown): void }): void {
    for (const name of this.members) to.write(this[name as (typeof MEMBERS)[number]])
  }
}
