// The session state machine (proto/bgp/bgp.c).
import { notificationWithData, shutdownData } from '../../../bgp/notification.ts'
import { type BgpConfig, DebugFlag, type ProtocolConfig } from '../../config/tree.ts'
import type { Core } from '../../core.ts'
import { LoopEvent } from '../../loop.ts'
import type { Neighbor } from '../../neighbors.ts'
import type { RunState } from '../protocol.ts'
import { Connection, SEND } from './connection.ts'
import { BgpConnections } from './connections.ts'
import { NO_ERROR } from './errors.ts'
import type { BgpService } from './service.ts'
import { ceaseSubcode } from './shutdown.ts'

const NO_DATA = new Uint8Array(0)

const decide = (p: BgpProtocol): void => p.decide()

export class BgpProtocol extends BgpConnections {
  readonly outgoing: Connection
  readonly incoming: Connection
  readonly decision: LoopEvent<BgpProtocol>
  #listening = false

  constructor(core: Core, config: ProtocolConfig, service: BgpService) {
    super(core, config, service)
    this.outgoing = new Connection(true, this)
    this.incoming = new Connection(false, this)
    this.decision = new LoopEvent(decide, this as BgpProtocol)
  }

  start(): RunState {
    const o = this.options
    this.stage = 'prepare'
    this.neighbor = null
    this.gracefulReady = false
    this.gracefulActive = false
    this.routerId = this.config.routerId ?? this.core.routerId
    this.clusterId = o.rrClient ? (o.rrClusterId ?? this.routerId) : 0
    this.remoteId = 0
    this.sourceAddress = o.sourceAddress ?? 0
    this.lastHeardAt = null
    if (this.inRecovery && o.gracefulRestart !== 'off') this.core.recovery.lock(this)
    this.service.lock(this)
    return 'start'
  }

  /** Nobody else talks to this peer. */
  locked(): void {
    if (this.runState !== 'start') return
    const o = this.options
    if (o.multihop !== null) {
      this.#initiate()
      return
    }
    const neighbor = this.core.neighbors.watch(this, this.config.neighbor, o.iface, (n) => this.#neighborChanged(n))
    this.neighbor = neighbor
    if (neighbor.iface === null || neighbor.local)
      this.trace(DebugFlag.EVENTS, `Waiting for ${this.peerText()} to become my neighbor`)
    else if (o.checkLink && !neighbor.iface.linkUp)
      this.trace(DebugFlag.EVENTS, `Waiting for link on ${neighbor.iface.name}`)
    else this.#startNeighbor()
  }

  #startNeighbor(): void {
    if (this.sourceAddress === 0) this.sourceAddress = this.#facing()
    this.#initiate()
  }

  /** Our address on the neighbor's network. */
  #facing(): number {
    const addresses = this.neighbor?.iface?.addresses ?? []
    const size = (length: number): number => 2 ** (32 - length)
    const fits = (a: { address: number; prefixLength: number }): boolean =>
      Math.floor(a.address / size(a.prefixLength)) === Math.floor(this.config.neighbor / size(a.prefixLength))
    return (addresses.find(fits) ?? addresses[0])?.address ?? 0
  }

  /** bgp_neigh_notify. */
  #neighborChanged(n: Neighbor): void {
    if (n !== this.neighbor || this.runState === 'down' || this.runState === 'stop') return
    const preparing = this.runState === 'start' && this.stage === 'prepare'
    if (n.iface === null || n.local) {
      if (preparing) return
      this.trace(DebugFlag.EVENTS, 'Neighbor lost')
      this.storeError(null, { class: 'misc', text: 'Neighbor lost' })
      this.stop(0, NO_DATA)
    } else if (this.options.checkLink && !n.iface.linkUp) {
      if (preparing) return
      this.trace(DebugFlag.EVENTS, 'Link down')
      this.storeError(null, { class: 'misc', text: 'Link down' })
      if (this.runState === 'up') this.backOff()
      this.stop(0, NO_DATA)
    } else if (preparing) {
      this.trace(DebugFlag.EVENTS, 'Neighbor ready')
      this.#startNeighbor()
    }
  }

  #initiate(): void {
    const error = this.service.listen()
    if (error !== null) {
      this.core.log(`BGP: Socket error: bind: ${error}`)
      this.core.log('BGP: Cannot open listening socket')
      this.disabled = true
      this.storeError(null, { class: 'misc', text: 'No listening socket' })
      this.service.unlock(this)
      this.notifyState('down')
      return
    }
    this.#listening = true
    if (this.options.password !== null) this.core.ports.tcp.setPeerPassword(this.config.neighbor, this.options.password)
    if (this.startupDelay === 0) {
      this.startupDelayOver()
      return
    }
    this.stage = 'delay'
    this.trace(DebugFlag.EVENTS, `Startup delayed by ${this.startupDelay} seconds due to errors`)
    this.startTimer(this.startupTimer, this.startupDelay)
    this.stateChanged('error wait')
  }

  startupDelayOver(): void {
    this.trace(DebugFlag.EVENTS, 'Started')
    this.stage = 'connect'
    this.stateChanged('started')
    if (!this.options.passive) this.#active()
  }

  #active(): void {
    const delay = Math.max(1, this.options.connectDelayTime)
    this.trace(DebugFlag.EVENTS, `Connect delayed by ${delay} seconds`)
    this.setState(this.outgoing, 'Active', 'connect delay')
    this.startTimer(this.outgoing.retryTimer, delay)
  }

  decide(): void {
    const { outgoing, incoming } = this
    if (
      this.runState === 'start' &&
      outgoing.state === 'Idle' &&
      incoming.state !== 'OpenConfirm' &&
      !this.options.passive
    ) {
      if (this.stage === 'connect') this.#active()
    }
    if (this.runState === 'stop' && outgoing.state === 'Idle' && incoming.state === 'Idle') this.#down()
  }

  #down(): void {
    this.#release()
    this.trace(DebugFlag.EVENTS, 'Down')
    this.notifyState('down')
  }

  #release(): void {
    if (this.#listening) {
      if (this.options.password !== null) this.core.ports.tcp.setPeerPassword(this.config.neighbor, null)
      this.service.unlisten()
    }
    this.#listening = false
    this.stopStartupTimer()
    this.stopGracefulTimer()
    this.core.loop.cancel(this.decision)
    this.gracefulActive = false
    this.service.unlock(this)
  }

  enterEstablished(c: Connection): void {
    const able = this.options.gracefulRestart === 'able'
    this.trace(DebugFlag.EVENTS, 'BGP session established')
    if (this.sourceAddress === 0) this.sourceAddress = c.localAddress
    this.established = c
    this.lastError = NO_ERROR
    this.clearRoutes()
    const peerReady = c.peer.gracefulAware && !c.peer.restarting
    if (this.inRecovery && !peerReady) this.core.recovery.unlock(this)
    if (this.inRecovery && able && peerReady) this.exportWaits = true
    if (this.gracefulActive) {
      this.stopGracefulTimer()
      if (!c.peer.gracefulAble || !c.peer.forwarding) this.gracefulDone()
    }
    if (c.peer.gracefulAware) this.loadState = 'loading'
    this.setState(c, 'Established', 'session established')
    this.core.event({ code: 'session-established', protocol: this.name })
    if (this.hook !== null) this.hook.exportClass = this.exportClass(this.config.exportFilter)
    this.notifyState('up')
  }

  /** bgp_error: tells the peer and closes; anything but a cease stops the protocol and makes it wait. */
  fail(c: Connection, code: number, subcode: number, data: Uint8Array = NO_DATA): void {
    if (c.state === 'Close') return
    if (code !== 6) this.core.log(`${this.name}: Error: ${notificationWithData(code, subcode, data)}`)
    this.storeError(c, { class: 'sent', code, subcode })
    this.enterClose(c, `NOTIFICATION ${code}.${subcode} sent`)
    c.notification = { type: 'NOTIFICATION', code, subcode, data }
    this.schedule(c, SEND.notification)
    if (code === 6) return
    this.backOff()
    this.stop(0, NO_DATA)
  }

  /** bgp_update_startup_delay. */
  backOff(): void {
    const o = this.options
    const now = this.core.seconds
    if (this.lastErrorAt >= 0 && now - this.lastErrorAt >= o.errorForgetTime) this.startupDelay = 0
    this.lastErrorAt = now
    if (o.disableAfterError) {
      this.startupDelay = 0
      this.disabled = true
    } else
      this.startupDelay =
        this.startupDelay === 0 ? o.errorWaitTimeMin : Math.min(2 * this.startupDelay, o.errorWaitTimeMax)
  }

  stop(subcode: number, data: Uint8Array): void {
    this.notifyState('stop')
    this.#gracefulClose(this.outgoing, subcode, data)
    this.#gracefulClose(this.incoming, subcode, data)
    this.core.loop.schedule(this.decision)
  }

  #gracefulClose(c: Connection, subcode: number, data: Uint8Array): void {
    if (c.state === 'Connect' || c.state === 'Active') this.enterIdle(c, 'stopped')
    else if (c.state !== 'Idle' && c.state !== 'Close') this.fail(c, 6, subcode, data)
  }

  override shutdown(): RunState {
    this.trace(DebugFlag.EVENTS, 'Shutdown requested')
    const { subcode, limit } = ceaseSubcode(this.downCode, this.downForGood)
    if (limit) {
      if (this.downCode !== 'export-limit') this.core.log(`${this.name}: Route limit exceeded, shutting down`)
      this.storeError(null, { class: 'auto-down', text: 'Route limit exceeded' })
      if (this.downForGood) this.startupDelay = 0
      else this.backOff()
    } else {
      this.storeError(null, { class: 'manual-down' })
      this.startupDelay = 0
    }
    this.stop(subcode, subcode === 2 || subcode === 4 ? shutdownData(this.message) : NO_DATA)
    return this.runState
  }

  gracefulDone(): void {
    this.trace(DebugFlag.EVENTS, 'Neighbor graceful restart done')
    this.core.event({ code: 'graceful-restart-done', protocol: this.name })
    this.stopGracefulTimer()
    if (this.hook !== null) this.table.refreshEnd(this.hook)
    this.gracefulActive = false
    this.changed()
  }

  gracefulTimeout(): void {
    this.trace(DebugFlag.EVENTS, 'Neighbor graceful restart timeout')
    this.core.event({ code: 'graceful-restart-timeout', protocol: this.name })
    this.stop(0, NO_DATA)
  }

  /** Any difference in its own options restarts the session. */
  reconfigure(next: ProtocolConfig): boolean {
    return (
      next.kind === 'bgp' && sameOptions(this.config, next) && (next.routerId ?? this.core.routerId) === this.routerId
    )
  }
}

function sameOptions(a: BgpConfig, b: BgpConfig): boolean {
  if (a.neighbor !== b.neighbor || a.neighborAs !== b.neighborAs) return false
  const keys = Object.keys(a.options) as (keyof BgpConfig['options'])[]
  return keys.every((key) => a.options[key] === b.options[key])
}
