// A routing table: taking routes in, choosing the best, telling the protocols (nest/rt-table.c).
import { formatPrefix, type Prefix } from '../../net/prefix.ts'
import type { AnnounceHook } from './announce.ts'
import { Announcer, type AnnouncerHost } from './announcer.ts'
import { chooseInGroup } from './best-in-group.ts'
import { elect, place } from './election.ts'
import { HostCache } from './host-cache.ts'
import { outdated, resolved } from './host-entry.ts'
import { importFilter } from './import-filter.ts'
import { importLimits } from './limits.ts'
import { Fib, type Net } from './net.ts'
import { type Rte, sameRoute } from './route.ts'
import type { RouteSource } from './source.ts'
import { TableTrace } from './trace.ts'

/** What a table needs of the daemon around it. */
export interface TableHost extends AnnouncerHost {
  /** BIRD's clock. */
  readonly seconds: number
  log(line: string): void
  /** A net's routes or marks changed. */
  netTouched(table: RoutingTable, net: Net): void
  bestChanged(table: RoutingTable, net: Net, step: string): void
  rejected(hook: AnnounceHook, route: Rte, reason: 'import-filter' | 'invalid-prefix' | 'import-limit'): void
  /** The table has deferred work (host cache, next hops, pruning): call runDeferred later. */
  scheduleDeferred(table: RoutingTable): void
  pruneSources(): void
}

/** Next-hop updates per turn of the loop. */
const NEXT_HOP_UPDATES = 32

export class RoutingTable {
  readonly name: string
  readonly sorted: boolean
  readonly fib = new Fib()
  /** The protocols that hear of changes. */
  readonly announcer: Announcer
  readonly hostCache: HostCache
  readonly #host: TableHost
  readonly #trace: TableTrace
  #hostCacheDue = false
  #nextHopsFrom: number | null = null
  #pruneDue = false

  constructor(name: string, sorted: boolean, host: TableHost) {
    this.name = name
    this.sorted = sorted
    this.#host = host
    this.#trace = new TableTrace(host)
    this.announcer = new Announcer(host, this.#trace)
    this.hostCache = new HostCache(this.fib, host)
  }

  /** rte_update2: a protocol announces (route) or withdraws (null) what `src` has for the net. */
  update(hook: AnnounceHook, prefix: Prefix, route: Rte | null, src: RouteSource | null): void {
    const stats = hook.stats
    hook.client.touched()
    if (route === null) {
      stats.impWithdrawsReceived++
      const net = this.fib.find(prefix)
      if (net === null || src === null) stats.impWithdrawsIgnored++
      else this.recalculate(hook, net, null, src)
      return
    }
    stats.impUpdatesReceived++
    const accepted = importFilter(this.#host, hook, route, this.#trace)
    if (accepted !== null) this.recalculate(hook, this.fib.get(prefix), accepted, route.src)
    else {
      const net = this.fib.find(prefix)
      if (net !== null) this.recalculate(hook, net, null, route.src)
    }
  }

  /** rte_recalculate: replaces what `src` had in the net and announces what follows from it. */
  recalculate(hook: AnnounceHook, net: Net, fresh: Rte | null, src: RouteSource): void {
    const stats = hook.stats
    const oldBest = net.routes[0] ?? null
    const at = net.routes.findIndex((route) => route.src === src)
    const old = at < 0 ? null : (net.routes[at] as Rte)
    if (old !== null && old.hook.client !== hook.client) {
      if (fresh !== null)
        this.#host.log(`Pipe collision detected when sending ${formatPrefix(net.prefix)} to table ${this.name}`)
      return
    }
    if (old !== null && fresh !== null && sameRoute(old, fresh)) {
      this.#unmark(net, old)
      if (!fresh.filtered) {
        stats.impUpdatesIgnored++
        this.#trace.incoming(hook, fresh, 'ignored')
      }
      return
    }
    if (old === null && fresh === null) {
      stats.impWithdrawsIgnored++
      return
    }
    const admitted = importLimits(hook, old, fresh)
    if (admitted === 'ignored') {
      this.#trace.incoming(hook, fresh as Rte, 'ignored [limit]')
      this.#host.rejected(hook, fresh as Rte, 'import-limit')
      if (old === null) return
      fresh = null
    } else {
      if (fresh !== null && !fresh.filtered) stats.impUpdatesAccepted++
      else if (old !== null && !old.filtered) stats.impWithdrawsAccepted++
      else stats.impWithdrawsIgnored++
    }
    if (old !== null) this.#unlink(net, at, old)
    if (fresh !== null) {
      if (fresh.filtered) stats.filtered++
      else stats.imported++
      fresh.src.uses++
      fresh.lastModified = this.#host.seconds
    }
    const step = place(net, { fresh, old, oldBest })
    this.#host.netTouched(this, net)
    this.#trace.change(hook, net, { fresh, old, oldBest })
    this.#announceChange(net, { fresh, old, oldBest, step })
  }

  #unmark(net: Net, old: Rte): void {
    if (!old.stale && !old.discard) return
    old.stale = false
    old.discard = false
    this.#host.netTouched(this, net)
  }

  #unlink(net: Net, at: number, old: Rte): void {
    net.routes.splice(at, 1)
    if (old.filtered) old.hook.stats.filtered--
    else old.hook.stats.imported--
    old.src.uses--
  }

  #announceChange(net: Net, change: { fresh: Rte | null; old: Rte | null; oldBest: Rte | null; step: string }): void {
    const fresh = valid(change.fresh)
    const old = valid(change.old)
    this.announcer.announce('any', net, fresh, old)
    if ((net.routes[0] ?? null) !== change.oldBest) {
      this.#bestChanged(net, net.best, valid(change.oldBest))
      this.#host.bestChanged(this, net, change.step)
    }
    if (this.sorted) this.announcer.announce('accepted', net, net.best, valid(change.oldBest))
    this.announcer.announceMerged(net, { fresh, old, best: net.best, oldBest: valid(change.oldBest) })
  }

  #bestChanged(net: Net, best: Rte | null, oldBest: Rte | null): void {
    if (best === null && oldBest === null) return
    if (best !== null) this.#preferred(best, 1)
    if (oldBest !== null) this.#preferred(oldBest, -1)
    if (this.hostCache.covers(net.prefix)) this.#scheduleHostCache()
    this.announcer.announce('optimal', net, best, oldBest)
  }

  /** Counted for the protocol the route is from, also in a table it came to through a pipe. */
  #preferred(route: Rte, by: number): void {
    const hook = route.src.owner.hook ?? route.hook
    hook.stats.preferred += by
    hook.client.touched()
  }

  /** A route refresh or restart begins: what this hook brought is stale until it comes again. */
  refreshBegin(hook: AnnounceHook): void {
    this.#eachRouteOf(hook, (route) => {
      route.stale = true
    })
  }

  /** The refresh is over: what is still stale goes, at the table's next turn. */
  refreshEnd(hook: AnnounceHook): void {
    let any = false
    this.#eachRouteOf(hook, (route) => {
      if (!route.stale) return
      route.stale = false
      route.discard = true
      any = true
    })
    if (!any) return
    this.#pruneDue = true
    this.#host.scheduleDeferred(this)
  }

  #eachRouteOf(hook: AnnounceHook, act: (route: Rte) => void): void {
    if (hook.stats.imported + hook.stats.filtered === 0) return
    for (const net of this.fib.ordered()) {
      for (const route of net.routes) {
        if (route.hook !== hook) continue
        act(route)
        this.#host.netTouched(this, net)
      }
    }
  }

  /** rt_prune_table: discarded routes, routes of flushing protocols and empty nets go. */
  prune(): void {
    for (const net of this.fib.ordered()) {
      for (;;) {
        const doomed = net.routes.find((route) => route.discard || route.hook.client.flushing)
        if (doomed === undefined) break
        doomed.hook.client.touched()
        this.recalculate(doomed.hook, net, null, doomed.src)
      }
      if (net.routes.length === 0) this.fib.delete(net)
    }
  }

  /** rt_event: host cache first, then next hops, then pruning. */
  runDeferred(): void {
    if (this.#hostCacheDue) {
      this.#hostCacheDue = false
      if (this.hostCache.refresh()) this.#nextHopsFrom ??= 0
    }
    if (this.#nextHopsFrom !== null) this.#updateNextHops(this.#nextHopsFrom)
    if (this.#pruneDue) {
      this.#pruneDue = false
      this.prune()
      this.#host.pruneSources()
    }
  }

  #scheduleHostCache(): void {
    if (this.#hostCacheDue) return
    this.#hostCacheDue = true
    this.#host.scheduleDeferred(this)
  }

  #updateNextHops(from: number): void {
    let budget = NEXT_HOP_UPDATES
    this.#nextHopsFrom = null
    for (const net of this.fib.ordered()) {
      if (net.uid < from || net.routes.length === 0) continue
      if (budget <= 0) {
        this.#nextHopsFrom = net.uid
        this.#host.scheduleDeferred(this)
        return
      }
      budget -= this.#updateNet(net)
    }
  }

  /** rt_next_hop_update_net. */
  #updateNet(net: Net): number {
    const oldBest = net.routes[0] as Rte
    let count = 0
    for (let i = 0; i < net.routes.length; i++) {
      const old = net.routes[i] as Rte
      if (old.hostEntry === null || !outdated(old, old.hostEntry)) continue
      const fresh = old.with({ rta: old.rta.with(resolved(old.hostEntry.address, old.hostEntry.resolution)) })
      fresh.filtered = old.filtered
      fresh.suppressed = old.suppressed
      net.routes[i] = fresh
      this.announcer.announce('any', net, valid(fresh), valid(old))
      this.#trace.incoming(fresh.hook, fresh, 'updated')
      chooseInGroup(net.routes, { fresh, old, oldBest: null })
      count++
    }
    if (count === 0) return 0
    const step = elect(net)
    this.#host.netTouched(this, net)
    const best = net.routes[0] as Rte
    if (best !== oldBest) {
      this.#bestChanged(net, net.best, valid(oldBest))
      this.#trace.incoming(best.hook, best, 'updated [best]')
      if (best.src !== oldBest.src) this.#host.bestChanged(this, net, step)
    }
    this.announcer.announceMerged(net, {
      fresh: valid(best),
      old: valid(oldBest),
      best: net.best,
      oldBest: valid(oldBest),
    })
    return count
  }
}

const valid = (route: Rte | null): Rte | null => (route === null || route.filtered ? null : route)
