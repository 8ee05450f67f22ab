// A BGP session's facts and how they are shown (proto/bgp/bgp.c: struct bgp_proto, bgp_get_status, bgp_show_proto_info).
import type { Ip } from '../../../net/address.ts'
import { type BgpConfig, type BgpOptions, DebugFlag, type ProtocolConfig } from '../../config/tree.ts'
import type { Core } from '../../core.ts'
import type { Filter } from '../../filter/filter.ts'
import { type AnyEvent, type AnyTimer, Timer } from '../../loop.ts'
import type { Neighbor } from '../../neighbors.ts'
import type { BgpSnapshot, BgpState, Micros } from '../../ports.ts'
import type { BgpSource } from '../../table/best-route.ts'
import { type BgpFacts, BgpMoment, recoveryMarks, timerSnapshot } from '../moment.ts'
import { Protocol } from '../protocol.ts'
import type { ExportSession } from './attributes-export.ts'
import type { ImportSession } from './attributes-import.ts'
import { capabilityWords } from './capabilities.ts'
import { type Connection, type ConnectionState, STATE_RANK } from './connection.ts'
import { errorText, type LastError, NO_ERROR } from './errors.ts'
import type { BgpService } from './service.ts'

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
  /** Made when they are first started, as few sessions need them. */
  #startupTimer: Timer<BgpBase> | null = null
  #gracefulTimer: Timer<BgpBase> | null = null
  #shown: BgpState = 'Down'
  #source: BgpSource | null = null
  #facts: { of: BgpOptions; source: Ip; routerId: Ip; facts: BgpFacts } | null = null

  constructor(core: Core, config: ProtocolConfig, service: BgpService) {
    super(core, config)
    this.service = service
    const { options, neighborAs } = config as BgpConfig
    this.internal = options.localAs === neighborAs
  }

  get startupTimer(): Timer<BgpBase> {
    this.#startupTimer ??= new Timer<BgpBase>(startupDelayOver, this)
    return this.#startupTimer
  }
  get gracefulTimer(): Timer<BgpBase> {
    this.#gracefulTimer ??= new Timer<BgpBase>(gracefulTimeout, this)
    return this.#gracefulTimer
  }
  protected stopGracefulTimer(): void {
    if (this.#gracefulTimer !== null) this.core.loop.stop(this.#gracefulTimer)
  }
  protected stopStartupTimer(): void {
    if (this.#startupTimer !== null) this.core.loop.stop(this.#startupTimer)
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

  override get bgpSource(): BgpSource {
    if (this.#source === null || this.#source.remoteId !== this.remoteId) {
      const o = this.options
      this.#source = {
        localAs: o.localAs,
        internal: this.internal,
        remoteId: this.remoteId,
        remoteAddress: this.config.neighbor,
        defaultLocalPref: o.defaultLocalPref,
        defaultMed: o.defaultMed,
        pathMetric: o.pathMetric,
        medMetric: o.medMetric,
        igpMetric: o.igpMetric,
        preferOlder: o.preferOlder,
        deterministicMed: o.deterministicMed,
      }
    }
    return this.#source
  }

  /** Sessions that prepare and filter routes alike share one result per route. */
  override exportClass(filter: Filter): number {
    const o = this.options
    return this.core.exportClass([
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
    ])
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
    return this.runState === 'down' ? error : STATE_COLUMN[this.shownBgpState] + error
  }

  override bgpSnapshot(): BgpSnapshot {
    const o = this.options
    const { outgoing, incoming } = this
    const connection = this.established ?? (incoming.socket !== null ? incoming : outgoing)
    const moment = new BgpMoment(this.#shownFacts())
    moment.state = this.shownBgpState
    moment.lastError = errorText(this.lastError)
    if (connection.peerId !== 0) {
      moment.neighborId = connection.peerId
      moment.neighborCaps = capabilityWords(connection.peer)
    }
    if (this.established !== null) moment.session = this.#sessionWords()
    moment.holdAt = connection.holdAt
    moment.holdSeconds = connection.holdTime
    moment.keepaliveAt = connection.keepaliveAt
    moment.keepaliveSeconds = connection.keepaliveTime
    const retryAt = outgoing.retryAt
    if (outgoing.state === 'Active') moment.connectDelay = timerSnapshot(retryAt, o.connectDelayTime)
    if (outgoing.state === 'Connect') moment.connectRetry = timerSnapshot(retryAt, o.connectRetryTime)
    if (this.stage === 'delay') moment.errorWait = timerSnapshot(this.startupTimer.expires, this.startupDelay)
    if (this.gracefulActive) {
      moment.gracefulRestart = { active: true, timer: timerSnapshot(this.gracefulTimer.expires, this.restartTime) }
    }
    if (this.inRecovery) moment.recovery = recoveryMarks(this.recoveryLock, this.exportWaits)
    moment.lastHeardAt = this.lastHeardAt
    moment.outgoing = outgoing.socket
    moment.incoming = incoming.socket
    return moment
  }

  #shownFacts(): BgpFacts {
    const o = this.options
    const { routerId } = this.core
    const known = this.#facts
    if (known !== null && known.of === o && known.source === this.sourceAddress && known.routerId === routerId) {
      return known.facts
    }
    const facts = {
      neighborAddress: this.config.neighbor,
      neighborAs: this.config.neighborAs,
      localAs: o.localAs,
      passive: o.passive,
      rrClient: o.rrClient,
      rrClusterId: o.rrClient ? (o.rrClusterId ?? routerId) : null,
      sourceAddress: this.sourceAddress === 0 ? null : this.sourceAddress,
    }
    this.#facts = { of: o, source: this.sourceAddress, routerId, facts }
    return facts
  }

  /** What the peer asked for in its last OPEN. */
  restartTime = 0

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

/** The state as column info shows it, in front of the error. */
const STATE_COLUMN: Readonly<Record<BgpState, string>> = {
  Idle: 'Idle          ',
  Connect: 'Connect       ',
  Active: 'Active        ',
  OpenSent: 'OpenSent      ',
  OpenConfirm: 'OpenConfirm   ',
  Established: 'Established   ',
  Close: 'Close         ',
  Passive: 'Passive       ',
  Down: 'Down          ',
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
