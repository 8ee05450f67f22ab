// What all protocols of a daemon share: loop, tables, route sources, interfaces, filters, log and publisher.
import type { Attributes } from '../bgp/attributes.ts'
import type { KernelInterface } from '../kernel/types.ts'
import type { Ip } from '../net/address.ts'
import type { BirdConfig, ProtocolConfig } from './config/tree.ts'
import { type CompiledBody, type Filter, sameFilter } from './filter/filter.ts'
import type { FilterEnvironment } from './filter/route.ts'
import { runExportFilter, runFilter, runRouteOptions } from './filter/run.ts'
import { type InterfaceChange, Interfaces } from './interfaces.ts'
import { type AnyEvent, EventLoop, LoopEvent } from './loop.ts'
import { Neighbors } from './neighbors.ts'
import { markPartial } from './partial.ts'
import type { BirdEvent, BirdPorts } from './ports.ts'
import { type Published, Publisher } from './publisher.ts'
import { RateLimit } from './rate-limit.ts'
import { Recovery } from './recovery.ts'
import type { AnnounceHook } from './table/announce.ts'
import type { Net } from './table/net.ts'
import type { Rte } from './table/route.ts'
import { RouteSources } from './table/source.ts'
import { RoutingTable, type TableHost } from './table/table.ts'

/** The random source of the daemon's timers: uniform integer in [0, n). */
export interface RandomSource {
  below(n: number): number
}

/** Gives equal attribute sets one identity. */
export interface AttributeInterner {
  intern(attributes: Attributes): Attributes
}

/** A protocol as the core and its fellow protocols see it. */
export interface Participant extends Published {
  readonly config: ProtocolConfig
  interfaceChanged(change: InterfaceChange): void
}

/** What a protocol asks of the one who starts and stops protocols. */
export interface Lifecycle {
  /** Down and empty: restart, replace or forget it (proto_fell_down). */
  fellDown(p: Participant): void
  scheduleFlush(p: Participant): void
  /** A limit was hit: stop it with this code, from the loop. */
  scheduleDown(p: Participant, restart: boolean, code: DownCode): void
}

/** Why a protocol goes down (PDC_*). */
export type DownCode =
  | 'config-remove'
  | 'config-disable'
  | 'config-restart'
  | 'cmd-disable'
  | 'cmd-restart'
  | 'cmd-shutdown'
  | 'receive-limit'
  | 'import-limit'
  | 'export-limit'
  | null

const RECENT_CLASSES = 4

export class Core implements TableHost, FilterEnvironment {
  readonly ports: BirdPorts
  readonly random: RandomSource
  readonly loop = new EventLoop()
  readonly publisher: Publisher
  readonly sources = new RouteSources()
  readonly interfaces = new Interfaces()
  readonly neighbors = new Neighbors(this.interfaces)
  readonly recovery: Recovery
  readonly tables = new Map<string, RoutingTable>()
  /** In the order of `show protocols`. */
  participants: Participant[] = []
  lifecycle: Lifecycle = { fellDown: () => {}, scheduleFlush: () => {}, scheduleDown: () => {} }
  config: BirdConfig
  routerId: Ip = 0
  shuttingDown = false
  /** Nobody looks at interfaces: no device protocol runs. */
  #blind = true
  /** The last filter run wrote to the log. */
  spoke = false
  readonly #attributes: AttributeInterner
  readonly #classes = new Map<string, number>()
  /** Most sessions are of few classes, and comparing is cheaper than spelling them out. */
  readonly #recentClasses: { words: readonly unknown[]; number: number }[] = []
  readonly #deferred = new Map<RoutingTable, AnyEvent>()
  readonly #filterLog = new RateLimit()
  readonly #filterNumbers = new Map<Filter, number>()

  constructor(options: { ports: BirdPorts; random: RandomSource; attributes: AttributeInterner; config: BirdConfig }) {
    this.ports = options.ports
    this.random = options.random
    this.config = options.config
    this.publisher = new Publisher(options.ports.observer)
    this.recovery = new Recovery(this)
    this.publisher.beforeCounters = () => this.settleCounters()
    this.#attributes = options.attributes
  }

  get seconds(): number {
    return this.loop.seconds
  }

  log(line: string): void {
    this.spoke = true
    this.ports.observer.log(line)
  }

  /** A log line that is held back when there are too many. */
  logLimited(limit: RateLimit, line: string): void {
    const verdict = limit.take(this.loop.seconds)
    if (verdict !== 'drop') this.log(verdict === 'print' ? line : '...')
  }

  event(event: BirdEvent): void {
    this.ports.observer.event(event)
  }

  intern(attributes: Attributes): Attributes {
    return this.#attributes.intern(attributes)
  }

  neighbor(address: Ip): { ifname: string; ifindex: number } | null {
    const found = this.interfaces.connected(address, null)
    return found === null || found.local ? null : { ifname: found.iface.name, ifindex: found.iface.index }
  }

  interfaceIndex(name: string): number | null {
    return this.interfaces.byName(name)?.index ?? null
  }

  isLocalAddress(address: Ip, ifname: string): boolean {
    return this.interfaces.isLocal(address, ifname)
  }

  /** An import filter; null: refused. */
  run(filter: Filter, route: Rte): Rte | null {
    if (filter === 'all') return route
    const outcome = runFilter(filter, route, this)
    return outcome.result === 'accept' ? this.#outcome(route, route.afterFilter(outcome.route)) : null
  }

  /** An export filter, on the route as the protocol has prepared it; null: refused. */
  runExport(filter: Filter, route: Rte): Rte | null {
    this.spoke = false
    const outcome = runExportFilter(filter, route, this)
    return outcome.result === 'accept' ? this.#outcome(route, route.afterFilter(outcome.route)) : null
  }

  #outcome(before: Rte, result: Rte): Rte {
    return result.attributes === before.attributes ? result : markPartial(this, before, result)
  }

  /** The commands in braces behind a static route. */
  runOptions(body: CompiledBody, route: Rte): Rte {
    return route.afterFilter(runRouteOptions(body, route, this))
  }

  /** A number for everything that decides how routes are exported; equal words, equal number. */
  exportClass(words: readonly unknown[]): number {
    for (const recent of this.#recentClasses) {
      if (recent.words.every((word, i) => word === words[i])) return recent.number
    }
    const text = words.join(' ')
    let number = this.#classes.get(text)
    if (number === undefined) {
      number = this.#classes.size + 1
      this.#classes.set(text, number)
    }
    if (this.#recentClasses.length === RECENT_CLASSES) this.#recentClasses.shift()
    this.#recentClasses.push({ words, number })
    return number
  }

  table(name: string): RoutingTable {
    let table = this.tables.get(name)
    if (table === undefined) {
      const sorted = this.config.tables.find((t) => t.name === name)?.sorted ?? false
      table = new RoutingTable(name, sorted, this)
      this.tables.set(name, table)
    }
    return table
  }

  netTouched(table: RoutingTable, net: Net): void {
    this.publisher.net(table, net)
  }

  bestChanged(table: RoutingTable, net: Net, step: string): void {
    this.event({ code: 'best-changed', table: table.name, prefix: net.prefix, protocol: net.best?.proto ?? null, step })
  }

  rejected(hook: AnnounceHook, route: Rte, reason: 'import-filter' | 'invalid-prefix' | 'import-limit'): void {
    this.event({
      code: 'route-rejected',
      protocol: hook.client.name,
      prefix: route.net,
      pathId: route.src.privateId,
      attributes: route.attributes,
      reason,
    })
  }

  scheduleDeferred(table: RoutingTable): void {
    let event = this.#deferred.get(table)
    if (event === undefined) {
      event = new LoopEvent(() => table.runDeferred(), null)
      this.#deferred.set(table, event)
    }
    if (event.ticket === 0) this.loop.schedule(event)
  }

  countLater(): void {
    this.publisher.countLater()
  }

  /** Every counter that was kept for many together goes to its protocol. */
  settleCounters(): void {
    for (const table of this.tables.values()) table.announcer.settleAll()
  }

  pruneSources(): void {
    this.sources.prune()
  }

  /** Tells every protocol what the interfaces did, in BIRD's order. */
  interfacesMoved(): void {
    // It is the device protocol that looks at them (sysdep/unix/krt.c, kif_scan).
    if (!this.#blind) this.#takeInterfaces(this.ports.netlink.interfaces())
  }

  /** The device protocol starts, or is gone, and the interfaces with it (nest/iface.c, if_flush_ifaces). */
  watchInterfaces(on: boolean): void {
    if (this.shuttingDown) return
    this.#blind = !on
    if (on) this.interfacesMoved()
    else this.#takeInterfaces([])
  }

  #takeInterfaces(seen: readonly KernelInterface[]): void {
    const changes = this.interfaces.update(seen)
    if (changes.length === 0) return
    for (const change of changes) {
      for (const p of [...this.participants]) p.interfaceChanged(change)
    }
    this.neighbors.refresh()
  }

  /** A run-time error of a filter. */
  runtimeError(line: string): void {
    this.spoke = true
    this.logLimited(this.#filterLog, line)
  }

  /** The same number for filters that mean the same. */
  filterNumber(filter: Filter): number {
    const known = this.#filterNumbers.get(filter)
    if (known !== undefined) return known
    let number = this.#filterNumbers.size + 1
    for (const [other, n] of this.#filterNumbers) {
      if (!sameFilter(other, filter)) continue
      number = n
      break
    }
    this.#filterNumbers.set(filter, number)
    return number
  }
}
