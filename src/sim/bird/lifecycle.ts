// Starting, stopping and replacing protocols (nest/proto.c: proto_rethink_goal, proto_fell_down, the flush loop).

import type { Ip } from '../net/address.ts'
import { DebugFlag, type ProtocolConfig } from './config/tree.ts'
import type { Core, DownCode, Lifecycle as LifecycleHooks, Participant } from './core.ts'
import { LoopEvent, Timer } from './loop.ts'
import { BgpProtocol } from './protocols/bgp/bgp-protocol.ts'
import { BgpService } from './protocols/bgp/service.ts'
import { DeviceProtocol } from './protocols/device.ts'
import { DirectProtocol } from './protocols/direct.ts'
import { KernelProtocol } from './protocols/kernel/kernel-protocol.ts'
import { PipeProtocol } from './protocols/pipe.ts'
import type { Protocol } from './protocols/protocol.ts'
import { StaticProtocol } from './protocols/static.ts'

export class Lifecycle implements LifecycleHooks {
  readonly core: Core
  readonly bgp: BgpService
  /** Instances, in the order of `show protocols`. */
  protocols: Protocol[] = []
  /** Protocols that have to be gone before a reconfiguration is complete. */
  obstacles = 0
  obstaclesGone: () => void = () => {}
  /** First BGP protocol for each neighbor; null: the list of protocols has changed. */
  #byNeighbor: Map<Ip, BgpProtocol> | null = null
  readonly #flushEvent = new LoopEvent(() => this.#flush(), null)
  readonly #flushList: Protocol[] = []
  #flushRunning = false
  readonly #downTimer = new Timer(() => this.#scheduledDowns(), null)
  readonly #downs = new Map<Protocol, { restart: boolean; code: DownCode }>()

  constructor(core: Core) {
    this.core = core
    this.bgp = new BgpService(core)
    core.lifecycle = this
    core.participants = this.protocols
  }

  /** A new instance (proto_init); it is not started yet. */
  create(config: ProtocolConfig, at: number = this.protocols.length): Protocol {
    const p = this.#instance(config)
    p.order = at
    this.#byNeighbor = null
    if (at === this.protocols.length) this.protocols.push(p)
    else {
      this.protocols.splice(at, 0, p)
      this.#listed()
    }
    p.changed()
    return p
  }

  /** The first BGP protocol that talks to this address. */
  bgpWith(neighbor: Ip): BgpProtocol | null {
    if (this.#byNeighbor === null) {
      this.#byNeighbor = new Map()
      for (const p of this.protocols) {
        if (!(p instanceof BgpProtocol) || this.#byNeighbor.has(p.config.neighbor)) continue
        this.#byNeighbor.set(p.config.neighbor, p)
      }
    }
    return this.#byNeighbor.get(neighbor) ?? null
  }

  #instance(config: ProtocolConfig): Protocol {
    const { core } = this
    switch (config.kind) {
      case 'bgp':
        return new BgpProtocol(core, config, this.bgp)
      case 'device':
        return new DeviceProtocol(core, config)
      case 'direct':
        return new DirectProtocol(core, config)
      case 'kernel':
        return new KernelProtocol(core, config)
      case 'static':
        return new StaticProtocol(core, config)
      case 'pipe':
        return new PipeProtocol(core, config)
    }
  }

  /** Puts the list in the configuration's order; those on their way out come last. */
  arrange(): void {
    const place = new Map(this.core.config.protocols.map((config, i) => [config.name, i]))
    const rank = (p: Protocol): number => place.get(p.name) ?? Number.MAX_SAFE_INTEGER
    this.protocols = this.protocols
      .map((p, i) => ({ p, i }))
      .sort((a, b) => rank(a.p) - rank(b.p) || a.i - b.i)
      .map(({ p }) => p)
    this.#listed()
  }

  #listed(): void {
    this.#byNeighbor = null
    this.core.participants = this.protocols
    for (const [i, p] of this.protocols.entries()) {
      if (p.order === i) continue
      p.order = i
      p.changed()
    }
  }

  /** proto_rethink_goal. */
  rethink(p: Protocol): void {
    if (p.reconfiguring && p.coreState === 'hungry' && p.runState === 'down') {
      this.#replace(p)
      return
    }
    const wanted = !p.disabled && !p.reconfiguring
    if (wanted && p.runState === 'down' && p.coreState === 'hungry') {
      p.trace(DebugFlag.STATES, 'Starting')
      p.notifyState(p.start())
    } else if (!wanted && (p.runState === 'start' || p.runState === 'up')) {
      p.trace(DebugFlag.STATES, 'Shutting down')
      p.notifyState(p.shutdown())
    }
  }

  #replace(p: Protocol): void {
    const at = this.protocols.indexOf(p)
    this.protocols.splice(at, 1)
    const next = p.replacement
    const survives = next !== null || this.protocols.some((other) => other.name === p.name)
    if (!survives) this.core.publisher.gone(p)
    else this.core.publisher.forget(p)
    this.#listed()
    if (next !== null) this.rethink(this.create(next, at))
    this.obstacles--
    if (this.obstacles === 0) this.obstaclesGone()
  }

  /** Takes the instance down for a new configuration (null: for good). */
  retire(p: Protocol, code: DownCode, next: ProtocolConfig | null): void {
    p.downCode = code
    p.replacement = next
    p.reconfiguring = true
    this.obstacles++
    this.rethink(p)
  }

  /** Down and up again, with the same configuration. */
  bounce(p: Protocol, code: DownCode): void {
    p.disabled = true
    p.downCode = code
    this.rethink(p)
    p.disabled = false
    this.rethink(p)
  }

  fellDown(participant: Participant): void {
    const p = participant as Protocol
    p.reset()
    this.rethink(p)
  }

  scheduleFlush(participant: Participant): void {
    this.#flushList.push(participant as Protocol)
    this.#startFlush()
  }

  #startFlush(): void {
    if (this.#flushRunning) return
    this.#flushRunning = true
    for (const p of this.#flushList) p.flushing = true
    this.core.loop.schedule(this.#flushEvent)
  }

  /** proto_flush_loop. */
  #flush(): void {
    for (const table of this.core.tables.values()) table.prune()
    this.core.sources.prune()
    const done = this.#flushList.filter((p) => p.flushing)
    for (const p of done) {
      this.#flushList.splice(this.#flushList.indexOf(p), 1)
      p.flushed()
    }
    this.#flushRunning = false
    if (this.#flushList.length > 0) this.#startFlush()
  }

  /** proto_schedule_down. */
  scheduleDown(participant: Participant, restart: boolean, code: DownCode): void {
    const p = participant as Protocol
    const known = this.#downs.get(p)
    if (known !== undefined && !known.restart) return
    this.#downs.set(p, { restart, code })
    this.core.loop.start(this.#downTimer, restart ? 2 : 0)
  }

  #scheduledDowns(): void {
    const downs = [...this.#downs]
    this.#downs.clear()
    for (const [p, { restart, code }] of downs) {
      if (p.runState !== 'up') continue
      p.downForGood = !restart
      if (restart) this.bounce(p, code)
      else {
        p.disabled = true
        p.downCode = code
        this.rethink(p)
      }
    }
  }
}
