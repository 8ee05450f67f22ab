// The kernel protocol (sysdep/unix/krt.c): learns alien routes, installs the table's routes, and repairs at every scan
// what differs.
import { type KernelRoute, type NetlinkError, type RouteChange, RTPROT } from '../../../kernel/types.ts'
import { formatPrefix, type Prefix } from '../../../net/prefix.ts'
import { DebugFlag, type KernelConfig, type ProtocolConfig } from '../../config/tree.ts'
import type { Core } from '../../core.ts'
import type { Filter } from '../../filter/filter.ts'
import { RouteDest, RouteSource } from '../../filter/route.ts'
import type { InterfaceChange } from '../../interfaces.ts'
import { ScanTimer } from '../../loop.ts'
import { RateLimit } from '../../rate-limit.ts'
import type { AnnounceHook } from '../../table/announce.ts'
import type { RouteNotification } from '../../table/client.ts'
import { exportFilter, exportMerged } from '../../table/export-filter.ts'
import type { Net } from '../../table/net.ts'
import { Rte } from '../../table/route.ts'
import { Protocol, type RunState } from '../protocol.ts'
import { AlienRoutes, learnedRoute, originOf } from './learn.ts'
import { kernelMetric, sameInKernel, sameKernelRoute, toKernel } from './to-kernel.ts'

const ERROR_TEXT: Record<NetlinkError, string> = {
  EEXIST: 'File exists',
  ENETUNREACH: 'Network is unreachable',
  ESRCH: 'No such process',
  ENODEV: 'No such device',
  EINVAL: 'Invalid argument',
}

type Verdict = 'seen' | 'update' | 'delete' | 'ignore'
const VERDICT_WORD: Record<Verdict, string> = {
  seen: 'seen',
  update: 'will be updated',
  delete: 'will be removed',
  ignore: 'ignored',
}

export class KernelProtocol extends Protocol {
  readonly kind = 'Kernel'
  declare config: KernelConfig
  /** The initial feed is over, so it is known which routes ought to be installed (krt: ready). */
  #ready = false
  /** The first scan after that is over; from now on changes go to the kernel at once (krt: initialized). */
  #initialized = false
  /** A scan would find something to do. */
  #scanNeeded = true
  #reloading = false
  #syncErrors = 0
  /** Inside an own netlink call, whose echo is not news. */
  #writing = false
  readonly #scan: ScanTimer
  readonly #aliens = new AlienRoutes()
  readonly #errorLog = new RateLimit()

  constructor(core: Core, config: KernelConfig) {
    super(core, config)
    this.announcements = config.mergePaths > 0 ? 'merged' : 'optimal'
    this.mergeLimit = config.mergePaths
    this.#scan = new ScanTimer(
      config.scanTime,
      () => this.#scanNeeded,
      () => this.#doScan(),
    )
  }

  start(): RunState {
    this.#ready = false
    this.#initialized = false
    this.#scanNeeded = true
    if (this.inRecovery && this.config.gracefulRestart) this.exportWaits = true
    this.core.loop.startScan(this.#scan, 1)
    return 'up'
  }

  override shutdown(): RunState {
    this.core.loop.stopScan(this.#scan)
    if (this.#initialized && !this.config.persist) {
      for (const net of this.table.fib.ordered())
        if (net.installed && net.best !== null) this.#replace(net, null, net.best)
    }
    for (const net of this.table.fib.ordered()) net.installed = false
    this.#aliens.clear()
    this.#ready = false
    this.#initialized = false
    return 'down'
  }

  override feedEnd(): void {
    this.#ready = true
    this.#kick()
  }

  override reloadRoutes(): boolean {
    if (!this.config.learn) return false
    this.#reloading = true
    this.#kick()
    return true
  }

  #kick(): void {
    this.#scanNeeded = true
    this.core.loop.startScan(this.#scan, 0)
  }

  /** Linux removes routes with their interface without a word, so a scan has to look at once (krt_if_notify). */
  override onInterface(change: InterfaceChange): void {
    this.#scanNeeded = true
    if (change.kind === 'down' && this.config.learn) this.#kick()
  }

  override exportClass(filter: Filter): number {
    return this.core.exportClass(['kernel', this.core.filterNumber(filter)])
  }

  override refuses(_hook: AnnounceHook, route: Rte): boolean {
    if (route.src.owner === this) return true
    if (!this.config.deviceRoutes && route.dest === RouteDest.DEVICE && route.source !== RouteSource.STATIC_DEVICE)
      return true
    return (route.dest === RouteDest.ROUTER || route.dest === RouteDest.DEVICE) && route.ifname === ''
  }

  /** krt_rt_notify. */
  override rtNotify(_hook: AnnounceHook, prefix: Prefix, change: RouteNotification): void {
    const net = this.table.fib.find(prefix)
    if (net === null || this.core.shuttingDown) return
    const old = net.installed ? change.old : null
    net.installed = change.fresh !== null
    if (this.#initialized) this.#replace(net, change.fresh, old)
  }

  #replace(net: Net, fresh: Rte | null, old: Rte | null): void {
    this.#writing = true
    const { interfaces, ports } = this.core
    if (old !== null) {
      const metric = kernelMetric(old, this.config.metric)
      const missed = ports.netlink.deleteRoute({ prefix: net.prefix, metric, protocol: RTPROT.bird })
      // It may be there under the metric of an earlier configuration, which a scan finds out.
      if (missed !== null) this.#scanNeeded = true
    }
    const wanted = fresh === null ? null : toKernel(fresh, interfaces, this.config.metric)
    // A replaced route is mostly what it was, and one object tells its history as well as two.
    if (wanted !== null && (net.sent === null || !sameKernelRoute(net.sent, wanted))) net.sent = wanted
    const error = wanted === null ? null : ports.netlink.addRoute(net.sent as KernelRoute)
    this.#writing = false
    if (fresh === null && !net.syncError) return
    this.#setSyncError(net, error !== null)
    if (error === null) return
    this.core.logLimited(this.#errorLog, `Netlink: ${ERROR_TEXT[error]}`)
    this.core.event({ code: 'kernel-error', prefix: net.prefix, error: ERROR_TEXT[error] })
  }

  #setSyncError(net: Net, error: boolean): void {
    if (net.syncError === error) return
    net.syncError = error
    this.#syncErrors += error ? 1 : -1
    this.core.netTouched(this.table, net)
  }

  /** A netlink message about a route. Own routes wait for the scan. */
  routeChanged(change: RouteChange): void {
    if (this.#writing || this.runState !== 'up') return
    const origin = originOf(change.route)
    if (origin === 'own' || origin === 'redirect' || this.#syncErrors > 0) this.#scanNeeded = true
    if (origin !== 'alien' || !this.config.learn) return
    const word = this.#aliens.change(change.kind, change.route)
    this.trace(DebugFlag.EVENTS, `${formatPrefix(change.route.prefix)}: [alien async] ${word}`)
    this.#announceAliens(false)
  }

  #announceAliens(all: boolean): void {
    const hook = this.hook
    const src = this.mainSource
    if (hook === null || src === null) return
    for (const [prefix, route] of this.#aliens.takeChanges(all)) {
      const fields = route === null ? null : learnedRoute(route, this.core.interfaces)
      if (fields !== null && 'problem' in fields) {
        this.core.log(fields.problem)
        continue
      }
      const rte =
        fields === null
          ? null
          : Rte.of({
              net: prefix,
              hook,
              src,
              source: RouteSource.INHERIT,
              preference: this.config.preference,
              ...fields,
            })
      this.table.update(hook, prefix, rte, src)
    }
  }

  #doScan(): void {
    this.#scanNeeded = false
    this.core.interfacesMoved()
    this.trace(DebugFlag.EVENTS, 'Scanning routing table')
    const aliens = new Set<KernelRoute>()
    const own = new Map<Prefix, KernelRoute>()
    const verdicts = new Map<Prefix, Verdict>()
    for (const route of this.core.ports.netlink.routes()) {
      const origin = originOf(route)
      if (origin === 'alien' && this.config.learn) {
        aliens.add(route)
        const word = this.#aliens.change('add', route)
        this.trace(DebugFlag.EVENTS, `${formatPrefix(route.prefix)}: [alien] ${word === 'same' ? 'seen' : word}`)
      } else if (origin === 'own' || origin === 'redirect') {
        if (own.has(route.prefix)) this.trace(DebugFlag.EVENTS, `${formatPrefix(route.prefix)}: already seen`)
        else {
          own.set(route.prefix, route)
          verdicts.set(route.prefix, origin === 'own' ? this.#judge(route) : 'delete')
        }
      }
    }
    this.trace(DebugFlag.EVENTS, `Pruning table ${this.config.table}`)
    this.#prune(own, verdicts)
    if (this.config.learn) {
      this.trace(DebugFlag.EVENTS, 'Pruning inherited routes')
      this.#aliens.keepOnly(aliens)
      const all = this.#reloading
      this.#reloading = false
      this.#announceAliens(all)
    }
    if (this.#ready) this.#initialized = true
  }

  /** krt_got_route: what to do about a route of ours that the kernel has. */
  #judge(route: KernelRoute): Verdict {
    const net = this.table.fib.get(route.prefix)
    let verdict: Verdict = 'ignore'
    if (this.#ready) {
      const wanted = net.installed ? this.#wanted(net) : null
      if (wanted === null) verdict = 'delete'
      else verdict = net.syncError || !sameInKernel(route, wanted, this.core.interfaces) ? 'update' : 'seen'
    }
    this.trace(DebugFlag.EVENTS, `${formatPrefix(route.prefix)}: ${VERDICT_WORD[verdict]}`)
    return verdict
  }

  /** The route that ought to be in the kernel (krt_export_net). */
  #wanted(net: Net): Rte | null {
    const hook = this.hook
    if (hook === null || net.best === null) return null
    return this.announcements === 'merged'
      ? exportMerged(this.core, hook, net, null)
      : exportFilter(this.core, hook, net.best, null)
  }

  #prune(own: ReadonlyMap<Prefix, KernelRoute>, verdicts: ReadonlyMap<Prefix, Verdict>): void {
    for (const net of this.table.fib.ordered()) {
      const verdict = verdicts.get(net.prefix)
      const kernel = own.get(net.prefix) ?? null
      if (verdict === undefined) {
        const wanted = net.installed && this.#ready ? this.#wanted(net) : null
        if (wanted === null) continue
        this.trace(DebugFlag.EVENTS, `${formatPrefix(net.prefix)}: reinstalling`)
        this.#replace(net, wanted, null)
      } else if (verdict === 'update' || verdict === 'delete') {
        const wanted = verdict === 'update' ? this.#wanted(net) : null
        this.trace(DebugFlag.EVENTS, `${formatPrefix(net.prefix)}: ${wanted === null ? 'deleting' : 'updating'}`)
        this.#writing = true
        if (kernel !== null) this.core.ports.netlink.deleteRoute(kernel)
        this.#writing = false
        if (wanted === null) continue
        this.#replace(net, wanted, null)
        // Another route of ours was in the way: the next scan sees that one.
        if (net.syncError) this.#scanNeeded = true
      }
    }
  }

  reconfigure(next: ProtocolConfig): boolean {
    if (next.kind !== 'kernel') return false
    const now = this.config
    return (
      next.scanTime === now.scanTime &&
      next.learn === now.learn &&
      next.deviceRoutes === now.deviceRoutes &&
      next.mergePaths === now.mergePaths &&
      next.kernelTable === now.kernelTable &&
      next.metric === now.metric
    )
  }
}
