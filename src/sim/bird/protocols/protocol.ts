// The life of any protocol instance (nest/proto.c): protocol state, table connection, feeding, flushing.

import type { Prefix } from '../../net/prefix.ts'
import { DebugFlag, type ProtocolConfig } from '../config/tree.ts'
import type { Core, Participant } from '../core.ts'
import type { Filter } from '../filter/filter.ts'
import type { InterfaceChange } from '../interfaces.ts'
import type { Micros, ProtocolState } from '../ports.ts'
import type { RecoveringProtocol } from '../recovery.ts'
import type { AnnounceHook, Limit, LimitDirection } from '../table/announce.ts'
import type { RouteNotification, TableClient, TableHook } from '../table/client.ts'
import type { Rte } from '../table/route.ts'
import type { Stats } from '../table/stats.ts'
import type { RoutingTable } from '../table/table.ts'
import { Feed } from './feed.ts'
import { type RunState, ShownProtocol } from './shown-protocol.ts'

export type { RunState }

const SECOND: Micros = 1_000_000
const NO_HOOKS: readonly { hook: TableHook; table: RoutingTable }[] = []

export abstract class Protocol extends ShownProtocol implements TableClient, Participant, RecoveringProtocol {
  readonly #feed: Feed
  #announcedState: ProtocolState | null = null
  #hooks: readonly { hook: TableHook; table: RoutingTable }[] = NO_HOOKS

  constructor(core: Core, config: ProtocolConfig) {
    super(core, config)
    this.#feed = new Feed(this)
    if (core.recovery.state === 'init') {
      this.inRecovery = true
      core.recovery.members.add(this)
    }
  }

  /** Brings it up or on its way; the state it is in afterwards. */
  abstract start(): RunState
  shutdown(): RunState {
    return 'down'
  }
  /** Interfaces and addresses as they are, before routes are fed (if_feed_baby). */
  feedInterfaces(): void {}
  onInterface(_change: InterfaceChange): void {}
  /** The table has been announced. */
  feedEnd(): void {}
  feedBegin(_initial: boolean): void {}
  /** Down and flushed. */
  cleanup(): void {}
  refuses(_hook: AnnounceHook, _route: Rte): boolean {
    return false
  }
  prepareExport(_hook: AnnounceHook, route: Rte): Rte | null {
    return route
  }
  rtNotify(_hook: AnnounceHook, _net: Prefix, _change: RouteNotification): void {}
  /** Import part of `reload` or of a changed import filter; false: cannot. */
  reloadRoutes(): boolean {
    return false
  }
  /** Takes a new configuration in place; false: must restart. */
  abstract reconfigure(next: ProtocolConfig): boolean
  exportClass(_filter: Filter): number {
    return 0
  }

  interfaceChanged(change: InterfaceChange): void {
    if (this.runState === 'down' || this.runState === 'stop') return
    this.onInterface(change)
  }

  /** proto_notify_state. */
  notifyState(next: RunState): void {
    const before = this.runState
    if (before === next) return
    const shown = this.shownState
    this.runState = next
    this.since = this.core.seconds * SECOND
    if (next === 'start') {
      if (before === 'up') this.#exportDown()
    } else if (next === 'up') {
      if (this.coreState === 'hungry') this.#connect()
      if (!this.exportWaits) this.scheduleFeed(true)
    } else {
      this.downCode = null
      if (this.coreState === 'happy') this.#disconnect()
      if (next === 'down') {
        this.core.neighbors.forget(this)
        this.core.recovery.unlock(this)
      }
    }
    this.#stateShown(shown)
    if (next === 'down' && this.coreState === 'hungry') this.core.lifecycle.fellDown(this)
  }

  /** The state has changed. */
  stateNoticed(): void {
    this.changed()
  }

  #stateShown(from: ProtocolState): void {
    this.stateNoticed()
    const to = this.shownState
    if (from !== to) this.core.event({ code: 'protocol-state', protocol: this.name, from, to })
    if (!(this.config.debug & DebugFlag.STATES)) {
      this.#announcedState = null
      return
    }
    if (this.#announcedState === to) return
    this.#announcedState = to
    this.core.log(`${this.name}: State changed to ${to}`)
  }

  /** Connects to the table (proto_want_core_up). */
  #connect(): void {
    this.mainSource = this.core.sources.get(this, 0)
    this.mainSource.uses++
    this.hook = this.connectTable(this.table, this.stats)
    this.trace(DebugFlag.STATES, `Connected to table ${this.config.table}`)
    this.coreState = 'happy'
  }

  connectTable(table: RoutingTable, stats: Stats): TableHook {
    const c = this.config
    const limit = (l: typeof c.importLimit): Limit | null => (l === null ? null : { ...l, state: 'initial' })
    return {
      client: this,
      table,
      stats,
      inFilter: c.importFilter,
      outFilter: c.exportFilter,
      receiveLimit: limit(c.receiveLimit),
      importLimit: limit(c.importLimit),
      exportLimit: limit(c.exportLimit),
      keepFiltered: c.importKeepFiltered,
      lastOutFilterChange: -1,
      exportClass: this.exportClass(c.exportFilter),
    }
  }

  /** Every hook this protocol has to tables, with its table. */
  hooks(): readonly { hook: TableHook; table: RoutingTable }[] {
    if (this.hook === null) return NO_HOOKS
    if (this.#hooks[0]?.hook !== this.hook) this.#hooks = [{ hook: this.hook, table: this.table }]
    return this.#hooks
  }

  scheduleFeed(initial: boolean): void {
    this.exportState = 'feeding'
    this.refeeding = !initial
    this.#feed.schedule(initial)
    this.feedBegin(initial)
  }

  /** The walk over the table is over. */
  feedDone(): void {
    const from = this.shownState
    this.exportState = 'ready'
    this.#stateShown(from)
    this.feedEnd()
  }

  /** Announces the whole table again (proto_request_feeding). */
  requestFeed(): void {
    if (this.exportState === 'down') return
    if (this.exportState === 'feeding' && !this.refeeding) return
    const from = this.shownState
    this.#feed.abort()
    for (const { hook } of this.hooks()) hook.stats.exported = 0
    this.touched()
    this.scheduleFeed(false)
    this.#stateShown(from)
  }

  #exportDown(): void {
    if (this.exportState === 'down') return
    this.#feed.abort()
    this.exportState = 'down'
    this.touched()
    for (const { hook, table } of this.hooks()) {
      hook.stats.exported = 0
      table.announcer.unlink(hook)
    }
  }

  #disconnect(): void {
    this.coreState = 'flushing'
    this.#exportDown()
    if (this.mainSource !== null) this.mainSource.uses--
    this.mainSource = null
    this.core.lifecycle.scheduleFlush(this)
  }

  /** The tables hold nothing of it any more (end of the flush loop). */
  flushed(): void {
    const from = this.shownState
    this.flushing = false
    this.coreState = 'hungry'
    if (from !== this.shownState) this.#stateShown(from)
    if (this.runState === 'down') this.core.lifecycle.fellDown(this)
  }

  /** Last step of going down: counters start anew (proto_fell_down). */
  reset(): void {
    this.resetStats()
    this.hook = null
    this.cleanup()
    this.changed()
  }

  /** Graceful restart of the daemon is over: exports may begin. */
  recoveryOver(): void {
    if (this.runState !== 'up' || !this.exportWaits) return
    const from = this.shownState
    this.scheduleFeed(true)
    this.#stateShown(from)
  }

  limitHit(_hook: AnnounceHook, direction: LimitDirection, limit: Limit): void {
    if (limit.state === 'blocked') return
    const word = direction
    const count = limit.limit
    if (limit.state === 'initial' || limit.action !== 'warn') {
      this.core.log(`Protocol ${this.name} hits route ${word} limit (${count}), action: ${limit.action}`)
    }
    if (limit.action === 'warn') limit.state = 'active'
    else {
      limit.state = 'blocked'
      if (limit.action !== 'block')
        this.core.lifecycle.scheduleDown(this, limit.action === 'restart', `${direction}-limit`)
    }
  }
}
