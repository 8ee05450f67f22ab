// Telling protocols what changed in a table (nest/rt-table.c: rte_announce, rt_notify_basic, rt_notify_merged, do_rt_notify).
import type { RouteAnnouncements } from './announce.ts'
import type { TableHook } from './client.ts'
import { exportFilter, exportMerged, type FilterRunner } from './export-filter.ts'
import { blockedByExportLimit } from './limits.ts'
import { mergeable } from './mergeable.ts'
import type { Net } from './net.ts'
import { PlainSessions } from './plain-sessions.ts'
import type { Rte } from './route.ts'
import type { TableTrace } from './trace.ts'

export interface AnnouncerHost extends FilterRunner {
  /** Counters have changed without a protocol being told. */
  countLater(): void
}

export class Announcer {
  /** Hooks that are fed, in the order in which they came up. */
  readonly #hooks: TableHook[] = []
  readonly #plain = new PlainSessions()
  readonly #host: AnnouncerHost
  readonly #trace: TableTrace

  constructor(host: AnnouncerHost, trace: TableTrace) {
    this.#host = host
    this.#trace = trace
  }

  link(hook: TableHook): void {
    this.#hooks.push(hook)
    this.#plain.add(hook)
  }

  unlink(hook: TableHook): void {
    const at = this.#hooks.indexOf(hook)
    if (at < 0) return
    this.#hooks.splice(at, 1)
    this.#plain.remove(hook)
  }

  /** Filters or debug flags of a hook have changed. */
  regroup(hook: TableHook): void {
    if (this.#hooks.includes(hook)) this.#plain.regroup(hook)
  }

  /** Brings the counters of one hook up to date; true when they changed. */
  settle(hook: TableHook): boolean {
    return this.#plain.settle(hook)
  }

  settleAll(): void {
    this.#plain.settleAll()
  }

  announce(kind: RouteAnnouncements, net: Net, fresh: Rte | null, old: Rte | null): void {
    if (fresh === null && old === null) return
    for (const hook of this.#askedHooks(kind, fresh, old)) {
      if (hook.client.announcements === kind) this.notify(hook, net, fresh, old, false)
    }
  }

  /** The hooks that have to look at the change; for the others it is only counted. */
  #askedHooks(kind: RouteAnnouncements, fresh: Rte | null, old: Rte | null): readonly TableHook[] {
    const as = ((fresh ?? old) as Rte).hook.client.plainAs
    if (as === 0 || (fresh !== null && old !== null && old.hook.client.plainAs !== as)) return this.#hooks
    const change = { announced: fresh !== null, oldSecond: old === null ? null : old.lastModified }
    const asked = this.#plain.count(this.#hooks, kind, as, change)
    if (asked === null) return this.#hooks
    this.#host.countLater()
    return asked
  }

  /** rt_notify_basic. */
  notify(hook: TableHook, net: Net, fresh0: Rte | null, old0: Rte | null, refeed: boolean): void {
    const stats = hook.stats
    hook.client.touched()
    if (fresh0 !== null) stats.expUpdatesReceived++
    else stats.expWithdrawsReceived++
    const fresh = fresh0 === null ? null : exportFilter(this.#host, hook, fresh0, this.#trace)
    const old = old0 === null || refeed ? old0 : exportFilter(this.#host, hook, old0, null)
    if (fresh !== null || old !== null) {
      this.#deliver(hook, net, fresh, old, refeed)
      return
    }
    if (old0 === null) return
    if (hook.client.kind === 'Pipe') {
      if (fresh0 === null && hook.client !== old0.hook.client)
        hook.client.rtNotify(hook, net.prefix, { fresh: null, old: old0 })
    } else if (old0.lastModified <= hook.lastOutFilterChange) {
      // Nobody can tell any more whether the old filter had let it pass, so it is withdrawn to be safe.
      stats.expWithdrawsAccepted++
      hook.client.rtNotify(hook, net.prefix, { fresh: null, old: old0 })
    }
  }

  announceMerged(net: Net, c: { fresh: Rte | null; old: Rte | null; best: Rte | null; oldBest: Rte | null }): void {
    if (c.best === null && c.oldBest === null) return
    for (const hook of this.#hooks) {
      if (hook.client.announcements !== 'merged') continue
      if (c.best === c.oldBest && !this.#mergeAffected(hook, c)) continue
      this.notifyMerged(hook, net, c.oldBest, false)
    }
  }

  #mergeAffected(
    hook: TableHook,
    c: { fresh: Rte | null; old: Rte | null; best: Rte | null; oldBest: Rte | null },
  ): boolean {
    const joins = (best: Rte | null, route: Rte | null): boolean =>
      route !== null &&
      (route === best || mergeable(best, route)) &&
      exportFilter(this.#host, hook, route, null) !== null
    return joins(c.best, c.fresh) || joins(c.oldBest, c.old)
  }

  /** rt_notify_merged. */
  notifyMerged(hook: TableHook, net: Net, oldBest: Rte | null, refeed: boolean): void {
    hook.client.touched()
    const best = net.best
    if (best !== null) hook.stats.expUpdatesReceived++
    else hook.stats.expWithdrawsReceived++
    const fresh = best === null ? null : exportMerged(this.#host, hook, net, this.#trace)
    const old = oldBest === null || refeed ? oldBest : exportFilter(this.#host, hook, oldBest, null)
    if (fresh !== null || old !== null) this.#deliver(hook, net, fresh, old, refeed)
  }

  /** do_rt_notify. */
  #deliver(hook: TableHook, net: Net, fresh0: Rte | null, old: Rte | null, refeed: boolean): void {
    const stats = hook.stats
    let fresh = fresh0
    if (fresh !== null && hook.exportLimit !== null && blockedByExportLimit(hook, old === null || refeed)) {
      stats.exported++
      stats.expUpdatesRejected++
      this.#trace.outgoing(hook, fresh, 'rejected [limit]')
      fresh = null
      if (old === null) return
    }
    if (fresh !== null) {
      stats.expUpdatesAccepted++
      stats.exported++
    } else stats.expWithdrawsAccepted++
    if (old !== null && !refeed) stats.exported--
    this.#trace.exported(hook, fresh, old)
    hook.client.rtNotify(hook, net.prefix, { fresh, old })
  }

  /** One net of a feed or refeed; returns how many routes were offered. */
  feedNet(hook: TableHook, net: Net): number {
    const refeed = hook.client.refeeding
    const best = net.best
    const kind = hook.client.announcements
    if (best === null && kind !== 'any') return 0
    if (kind === 'any') {
      let offered = 0
      for (const route of [...net.routes]) {
        if (!hook.client.feeding) break
        if (route.filtered) continue
        this.notify(hook, net, route, refeed ? route : null, refeed)
        offered++
      }
      return offered
    }
    if (kind === 'merged') this.notifyMerged(hook, net, refeed ? best : null, refeed)
    else if (kind !== 'none') this.notify(hook, net, best, refeed ? best : null, refeed)
    return kind === 'none' ? 0 : 1
  }
}
