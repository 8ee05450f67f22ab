// Any protocol instance as the daemon holds it and as readers see it (nest/protocol.h, struct proto; proto_show). What it does
// in its life is protocol.ts.
import { DebugFlag, type ProtocolConfig } from '../config/tree.ts'
import type { Core, DownCode } from '../core.ts'
import type { Filter } from '../filter/filter.ts'
import type { BgpSnapshot, Micros, ProtocolKind, ProtocolSnapshot, ProtocolState, RouteStats } from '../ports.ts'
import type { RouteAnnouncements } from '../table/announce.ts'
import type { BgpSource } from '../table/best-route.ts'
import type { TableHook } from '../table/client.ts'
import type { RouteSource } from '../table/source.ts'
import { Stats } from '../table/stats.ts'
import type { RoutingTable } from '../table/table.ts'
import { type ProtocolFacts, ProtocolMoment } from './moment.ts'

export type RunState = 'down' | 'start' | 'up' | 'stop'

const SECOND: Micros = 1_000_000
const NO_COUNTERS = new Stats()

export abstract class ShownProtocol {
  abstract readonly kind: ProtocolKind
  readonly core: Core
  config: ProtocolConfig
  order = 0
  dirty: 0 | 1 | 2 = 0
  runState: RunState = 'down'
  coreState: 'hungry' | 'happy' | 'flushing' = 'hungry'
  exportState: 'down' | 'feeding' | 'ready' = 'down'
  disabled: boolean
  /** Goes down to be replaced by `replacement` (null: removed). */
  reconfiguring = false
  replacement: ProtocolConfig | null = null
  downCode: DownCode = null
  /** It comes down for good, and not to start again. */
  downForGood = false
  message: string | null = null
  /** One prune of the tables has been asked for. */
  flushing = false
  refeeding = false
  announcements: RouteAnnouncements = 'none'
  mergeLimit = 0
  inRecovery = false
  recoveryLock = false
  exportWaits = false
  hook: TableHook | null = null
  mainSource: RouteSource | null = null
  since: Micros = 0
  protected stats = new Stats()
  /** Copy of the counters for readers. */
  #statsCopy = NO_COUNTERS
  /** The counters may be others than in the copy. */
  #statsMoved = false
  #facts: ProtocolFacts | null = null
  #factsOf: ProtocolConfig | null = null

  constructor(core: Core, config: ProtocolConfig) {
    this.core = core
    this.config = config
    this.disabled = config.disabled
    this.since = core.seconds * SECOND
    this.trace(DebugFlag.STATES, `Initializing${this.disabled ? ' [disabled]' : ''}`)
  }

  /** Every hook it has to tables, with its table. */
  abstract hooks(): readonly { hook: TableHook; table: RoutingTable }[]
  info(): string {
    return ''
  }
  bgpSnapshot(): BgpSnapshot | null {
    return null
  }

  get name(): string {
    return this.config.name
  }
  get debug(): number {
    return this.config.debug
  }
  get feeding(): boolean {
    return this.exportState === 'feeding'
  }
  get plainAs(): number {
    return 0
  }
  get bgpSource(): BgpSource | null {
    return null
  }
  get showsStale(): boolean {
    return false
  }
  get table(): RoutingTable {
    return this.core.table(this.config.table)
  }

  /** Whether traces of this kind are wanted: ask before wording one that costs something. */
  traces(flag: number): boolean {
    return (this.config.debug & flag) !== 0
  }

  trace(flag: number, text: string): void {
    if (this.config.debug & flag) this.core.log(`${this.name}: ${text}`)
  }

  touched(): void {
    this.#statsMoved = true
    if (this.dirty === 0) this.core.publisher.counted(this)
  }
  changed(): void {
    if (this.dirty !== 2) this.core.publisher.changed(this)
  }

  get shownState(): ProtocolState {
    if (this.runState === 'down') return this.coreState === 'flushing' ? 'flush' : 'down'
    if (this.runState !== 'up') return this.runState
    return this.exportState === 'down' ? 'wait' : this.exportState === 'feeding' ? 'feed' : 'up'
  }

  /** Counters start anew. */
  protected resetStats(): void {
    this.stats = new Stats()
    this.#statsCopy = NO_COUNTERS
  }

  snapshot(): ProtocolSnapshot {
    for (const { hook, table } of this.hooks()) if (table.announcer.settle(hook)) this.#statsMoved = true
    // Most touches are of timers and of what was heard last.
    if (this.#statsMoved && !this.#statsCopy.equals(this.stats)) this.#statsCopy = this.stats.copy()
    this.#statsMoved = false
    const moment = new ProtocolMoment(this.#shownFacts())
    moment.state = this.shownState
    moment.since = this.since
    moment.info = this.info()
    moment.message = this.message
    moment.disabled = this.disabled
    moment.stats = this.runState === 'down' ? null : this.shownStats(this.#statsCopy)
    moment.bgp = this.bgpSnapshot()
    return moment
  }

  /** The counters as birdc shows them. */
  protected shownStats(own: RouteStats): RouteStats {
    return own
  }

  #shownFacts(): ProtocolFacts {
    const c = this.config
    if (this.#facts === null || this.#factsOf !== c) {
      this.#factsOf = c
      this.#facts = {
        kind: this.kind,
        table: c.table,
        description: c.description,
        preference: c.preference,
        importFilter: filterName(c.importFilter),
        exportFilter: filterName(c.exportFilter),
      }
    }
    return this.#facts
  }
}

function filterName(filter: Filter): string {
  return filter === 'all' ? 'ACCEPT' : filter === 'none' ? 'REJECT' : (filter.name ?? '(unnamed)')
}
