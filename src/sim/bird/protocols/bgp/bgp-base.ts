// A BGP session's facts and how they are shown (proto/bgp/bgp.c: struct bgp_proto, bgp_get_status, bgp_show_proto_info).
import type { Ip } from '../../../net/address.ts'
import { type BgpConfig, type BgpOptions, DebugFlag, type ProtocolConfig } from '../../config/tree.ts'
import type { Core } from '../../core.ts'
import type { Filter } from '../../filter/filter.ts'
import { type AnyEvent, type AnyTimer, Timer } from '../../loop.ts'
import type { Neighbor } from '../../neighbors.ts'
import type { BgpSnapshot, BgpState, Micros, SocketId, TimerSnapshot } from '../../ports.ts'
import type { BgpSource } from '../../table/best-route.ts'
import { Protocol } from '../protocol.ts'
import type { ExportSession } from './attributes-export.ts'
import type { ImportSession } from './attributes-import.ts'
import { capabilityWords } from './capabilities.ts'
import { type Connection, type ConnectionState, STATE_RANK } from './connection.ts'
import { errorText, type LastError, NO_ERROR } from './errors.ts'
import type { BgpService } from './service.ts'

const SECOND: Micros = 1_000_000

/** How far the start has come: waiting for lock or neighbour, error wait, allowed to connect. */
export type StartStage = 'prepare' | 'delay' | 'connect'

const startupDelayOver = (p: BgpBase): void => p.startupDelayOver()
const gracefulTimeout = (p: BgpBase): void => p.gracefulTimeout()

export abstract class BgpBase extends Protocol implements ExportSession, ImportSession {
  readonly kind = 'BGP'
  declare config: BgpConfig
  readonly service: BgpService
  readonly internal: boolean
  abstract readonly outgoing: Connection
  abstract readonly incoming: Connection
  /** bgp_decision: connect, or go down. */
  abstract readonly decision: AnyEvent
  /** The connection in state Established. */
  established: Connection | null = null
  stage: StartStage = 'prepare'
  neighbor: Neighbor | null = null
  sourceAddress: Ip = 0
  remoteId: Ip = 0
  routerId: Ip = 0
  clusterId: Ip = 0
  as4 = true
  addPathRx = false
  addPathTx = false
  extendedMessages = false
  /** Losing the session starts graceful-restart helping. */
  gracefulReady = false
  /** The peer is restarting; its routes are kept. */
  gracefulActive = false
  lastError: LastError = NO_ERROR
  /** Seconds to wait at the next start because of errors. */
  startupDelay = 0
  /** BIRD second of the last error that counts; -1: none. */
  lastErrorAt = -1
  lastHeardAt: Micros | null = null
  readonly startupTimer = new Timer(startupDelayOver, this as BgpBase)
  readonly gracefulTimer = new Timer(gracefulTimeout, this as BgpBase)
  #shown: BgpState = 'Down'
  #source: BgpSource | null = null

  constructor(core: Core, config: ProtocolConfig, service: BgpService) {
    super(core, config)
    this.service = service
    const { localAs, neighborAs } = (config as BgpConfig).options
    this.internal = localAs === neighborAs
  }

  abstract startupDelayOver(): void
  abstract gracefulTimeout(): void

  get options(): BgpOptions {
    return this.config.options
  }
  /** Refuses every route of its like, unheard; with `debug filters` each refusal is a line, so it is asked then. */
  override get plainAs(): number {
    const plain = this.internal && !this.options.rrClient && (this.config.debug & DebugFlag.FILTERS) === 0
    return plain ? this.options.localAs : 0
  }
  get neighborIface(): string | null {
    return this.neighbor?.iface?.name ?? null
  }
  override get showsStale(): boolean {
    return this.gracefulActive
  }

  get bgpSource(): BgpSource {
    if (this.#source === null || this.#source.remoteId !== this.remoteId) {
      const o = this.options
      this.#source = {
        localAs: o.localAs,
        internal: this.internal,
        remoteId: this.remoteId,
        remoteAddress: o.neighbor,
        defaultLocalPref: o.defaultLocalPref,
        defaultMed: o.defaultMed,
        pathMetric: o.pathMetric,
        medMetric: o.medMetric,
        igpMetric: o.igpMetric,
        preferOlder: o.preferOlder,
      }
    }
    return this.#source
  }

  /** Sessions that prepare and filter routes alike share one result per route. */
  override exportClass(filter: Filter): number {
    const o = this.options
    const words = [
      'bgp',
      this.core.filterNumber(filter),
      o.localAs,
      this.internal,
      this.sourceAddress,
      o.nextHopSelf,
      o.nextHopKeep,
      o.rsClient,
      o.rrClient,
      this.clusterId,
      o.defaultLocalPref,
      this.neighborIface,
      o.multihop === null,
    ]
    return this.core.exportClass(words.join(' '))
  }

  /** bgp_start_timer: up to a quarter earlier, in whole seconds. */
  startTimer(timer: AnyTimer, seconds: number): void {
    if (seconds === 0) {
      this.core.loop.stop(timer)
      return
    }
    const jitter = Math.floor(seconds / 4)
    this.core.loop.start(timer, seconds - jitter + this.core.random.below(jitter + 1))
  }

  setState(c: Connection, state: ConnectionState, reason: string): void {
    if (c.state === state) return
    c.state = state
    this.stateChanged(reason)
  }

  override stateNoticed(): void {
    this.stateChanged('protocol state')
  }

  /** Tells readers when the word in `BGP state:` has changed. */
  stateChanged(reason: string): void {
    this.changed()
    const to = this.shownBgpState
    if (to === this.#shown) return
    this.core.event({ code: 'bgp-state', protocol: this.name, from: this.#shown, to, reason })
    this.#shown = to
  }

  storeError(c: Connection | null, error: LastError): void {
    if (this.runState === 'up' && c !== null && c !== this.established) return
    if (this.runState === 'stop') return
    this.lastError = error
    this.changed()
  }

  get shownBgpState(): BgpState {
    if (this.runState === 'down') return 'Down'
    const { outgoing, incoming } = this
    const state = STATE_RANK[outgoing.state] >= STATE_RANK[incoming.state] ? outgoing.state : incoming.state
    return state === 'Idle' && this.stage === 'connect' && this.options.passive ? 'Passive' : state
  }

  override info(): string {
    const error = errorText(this.lastError)
    return this.runState === 'down' ? error : this.shownBgpState.padEnd(14) + error
  }

  override bgpSnapshot(): BgpSnapshot {
    const o = this.options
    const c = this.established
    const up = c !== null
    const connection = c ?? (this.incoming.socket !== null ? this.incoming : this.outgoing)
    return {
      state: this.shownBgpState,
      lastError: errorText(this.lastError),
      neighborAddress: o.neighbor,
      neighborAs: o.neighborAs,
      localAs: o.localAs,
      passive: o.passive,
      rrClient: o.rrClient,
      rrClusterId: o.rrClient ? (o.rrClusterId ?? this.core.routerId) : null,
      sourceAddress: this.sourceAddress === 0 ? null : this.sourceAddress,
      neighborId: connection.peerId === 0 ? null : connection.peerId,
      neighborCaps: connection.peerId === 0 ? null : capabilityWords(connection.peer),
      session: up ? this.#sessionWords() : null,
      holdTimer: this.timer(connection.holdTimer, connection.holdTime),
      keepaliveTimer: this.timer(connection.keepaliveTimer, connection.keepaliveTime),
      connectDelay: this.outgoing.state === 'Active' ? this.timer(this.outgoing.retryTimer, o.connectDelayTime) : null,
      connectRetry: this.outgoing.state === 'Connect' ? this.timer(this.outgoing.retryTimer, o.connectRetryTime) : null,
      errorWait: this.stage === 'delay' ? this.timer(this.startupTimer, this.startupDelay) : null,
      gracefulRestart: this.gracefulActive
        ? { active: true, timer: this.timer(this.gracefulTimer, this.restartTime) }
        : null,
      recovery: this.inRecovery ? { pending: this.recoveryLock, waiting: this.exportWaits } : null,
      lastHeardAt: this.lastHeardAt,
      sockets: socketsOf(this.outgoing.socket, this.incoming.socket),
    }
  }

  /** What the peer asked for in its last OPEN. */
  restartTime = 0

  timer(timer: AnyTimer, nominalSeconds: number): TimerSnapshot | null {
    return timer.expires < 0 ? null : { deadline: timer.expires * SECOND, nominalSeconds }
  }

  #sessionWords(): readonly string[] {
    const o = this.options
    const words = [this.internal ? 'internal' : 'external']
    if (o.multihop !== null) words.push('multihop')
    if (o.rrClient) words.push('route-reflector')
    if (o.rsClient) words.push('route-server')
    if (this.as4) words.push('AS4')
    if (this.addPathRx) words.push('add-path-rx')
    if (this.addPathTx) words.push('add-path-tx')
    if (this.extendedMessages) words.push('ext-messages')
    return shared(words)
  }
}

const NO_SOCKETS: readonly SocketId[] = []

function socketsOf(a: SocketId | null, b: SocketId | null): readonly SocketId[] {
  if (a === null) return b === null ? NO_SOCKETS : [b]
  return b === null ? [a] : [a, b]
}

/** Lists of session words, one object per distinct list. */
const wordLists = new Map<string, readonly string[]>()

function shared(words: readonly string[]): readonly string[] {
  const key = words.join(' ')
  const known = wordLists.get(key)
  if (known !== undefined) return known
  wordLists.set(key, words)
  return words
}
