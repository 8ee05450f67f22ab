// The pipe protocol (proto/pipe/pipe.c): copies routes between two tables. `export` means primary to peer table.

import type { Prefix } from '../../net/prefix.ts'
import type { PipeConfig, ProtocolConfig } from '../config/tree.ts'
import type { Core } from '../core.ts'
import { RouteSource } from '../filter/route.ts'
import type { RouteStats } from '../ports.ts'
import type { AnnounceHook } from '../table/announce.ts'
import type { RouteNotification, TableHook } from '../table/client.ts'
import type { Rte } from '../table/route.ts'
import type { Rta } from '../table/rta.ts'
import { Stats } from '../table/stats.ts'
import type { RoutingTable } from '../table/table.ts'
import { Protocol, type RunState } from './protocol.ts'

export class PipeProtocol extends Protocol {
  readonly kind = 'Pipe'
  declare config: PipeConfig
  #peerHook: TableHook | null = null
  #peerTable: RoutingTable | null = null

  constructor(core: Core, config: PipeConfig) {
    super(core, config)
    this.announcements = config.mode === 'opaque' ? 'optimal' : 'any'
  }

  start(): RunState {
    // Both hooks are there before it is up: the first feed links them to their tables.
    this.#peerTable = this.core.table(this.config.peerTable)
    this.#peerHook = {
      ...this.connectTable(this.#peerTable, new Stats()),
      inFilter: 'all',
      outFilter: this.config.importFilter,
      exportClass: 0,
    }
    this.notifyState('up')
    return 'up'
  }

  override cleanup(): void {
    this.#peerHook = null
    this.#peerTable = null
  }

  override hooks(): readonly { hook: TableHook; table: RoutingTable }[] {
    const own = super.hooks()
    return this.#peerHook === null || this.#peerTable === null
      ? own
      : // The hook made last is the first in BIRD's list.
        [{ hook: this.#peerHook, table: this.#peerTable }, ...own]
  }

  /** Filters work on the way out of a table only, so nothing is filtered on the way in. */
  override connectTable(table: RoutingTable, stats: Stats): TableHook {
    return { ...super.connectTable(table, stats), inFilter: 'all', exportClass: 0 }
  }

  override info(): string {
    return `${this.config.mode === 'opaque' ? '-' : '='}> ${this.config.peerTable}`
  }

  /** Seen from the primary table: what it exports, the peer table imports (pipe_show_stats). */
  protected override shownStats(own: RouteStats): RouteStats {
    const peer = this.#peerHook?.stats
    if (peer === undefined) return own
    const { importUpdates: taken, importWithdraws: dropped } = own
    const { importUpdates: peerTaken, importWithdraws: peerDropped, exportUpdates: offered } = peer
    return {
      imported: own.imported,
      filtered: 0,
      exported: peer.imported,
      preferred: own.preferred,
      importUpdates: {
        received: offered.received,
        rejected: offered.rejected + taken.rejected,
        filtered: offered.filtered,
        ignored: taken.ignored,
        accepted: taken.accepted,
      },
      importWithdraws: {
        received: peer.exportWithdraws.received,
        rejected: 0,
        ignored: dropped.ignored,
        accepted: dropped.accepted,
      },
      exportUpdates: {
        received: own.exportUpdates.received,
        rejected: own.exportUpdates.rejected + peerTaken.rejected,
        filtered: own.exportUpdates.filtered,
        ignored: peerTaken.ignored,
        accepted: peerTaken.accepted,
      },
      exportWithdraws: {
        received: own.exportWithdraws.received,
        ignored: peerDropped.ignored,
        accepted: peerDropped.accepted,
      },
    }
  }

  /** Nothing goes back to where it came from. */
  override refuses(_hook: AnnounceHook, route: Rte): boolean {
    return route.hook.client === this
  }

  override rtNotify(hook: AnnounceHook, net: Prefix, change: RouteNotification): void {
    const to = hook === this.hook ? this.#peerTable : this.table
    const toHook = hook === this.hook ? this.#peerHook : this.hook
    if (to === null || toHook === null) return
    const opaque = this.config.mode === 'opaque'
    const src = opaque ? this.mainSource : ((change.fresh ?? change.old)?.src ?? null)
    if (src === null) return
    const copy = change.fresh?.with({ hook: toHook, src, rta: this.#carried(change.fresh.rta, opaque) }) ?? null
    to.update(toHook, net, copy, src)
  }

  #carried(rta: Rta, opaque: boolean): Rta {
    if (opaque) return rta.with({ hostEntry: null, source: RouteSource.PIPE, preference: this.config.preference })
    return rta.hostEntry === null ? rta : rta.with({ hostEntry: null })
  }

  /** Everything passes through it anew, both ways (pipe_reload_routes). */
  override reloadRoutes(): boolean {
    this.requestFeed()
    return true
  }

  reconfigure(next: ProtocolConfig): boolean {
    return next.kind === 'pipe' && next.peerTable === this.config.peerTable && next.mode === this.config.mode
  }
}
