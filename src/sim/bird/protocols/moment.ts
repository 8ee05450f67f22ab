// A protocol as readers see it at one time. A mesh of a hundred nodes leaves 55,000 of these, so what the configuration
// fixes is held once per instance (ProtocolFacts, BgpFacts) and the rest is flat; the parts are made when they are asked for.
import type { Ip } from '../../net/address.ts'
import type {
  BgpSnapshot,
  BgpState,
  Micros,
  ProtocolKind,
  ProtocolSnapshot,
  ProtocolState,
  RouteStats,
  SocketId,
  TimerSnapshot,
} from '../ports.ts'

const SECOND: Micros = 1_000_000

/** Where a snapshot's members go for the recording's hash: one write each, in ascending order of their names. */
interface MemberSink {
  write(value: unknown): void
}

// biome-ignore format: by alphabet, in lines
const PROTOCOL_MEMBERS = [
  'bgp', 'description', 'disabled', 'exportFilter', 'importFilter', 'info', 'kind', 'message', 'preference',
  'since', 'state', 'stats', 'table',
] as const
// biome-ignore format: by alphabet, in lines
const BGP_MEMBERS = [
  'connectDelay', 'connectRetry', 'errorWait', 'gracefulRestart', 'holdTimer', 'keepaliveTimer', 'lastError',
  'lastHeardAt', 'localAs', 'neighborAddress', 'neighborAs', 'neighborCaps', 'neighborId', 'passive', 'recovery',
  'rrClient', 'rrClusterId', 'session', 'sockets', 'sourceAddress', 'state',
] as const

export interface ProtocolFacts {
  readonly kind: ProtocolKind
  readonly table: string
  readonly description: string | null
  readonly preference: number
  readonly importFilter: string
  readonly exportFilter: string
}

export class ProtocolMoment implements ProtocolSnapshot {
  readonly facts: ProtocolFacts
  state: ProtocolState = 'down'
  since: Micros = 0
  info = ''
  message: string | null = null
  disabled = false
  stats: RouteStats | null = null
  bgp: BgpSnapshot | null = null

  constructor(facts: ProtocolFacts) {
    this.facts = facts
  }

  get kind(): ProtocolKind {
    return this.facts.kind
  }
  get table(): string {
    return this.facts.table
  }
  get description(): string | null {
    return this.facts.description
  }
  get preference(): number {
    return this.facts.preference
  }
  get importFilter(): string {
    return this.facts.importFilter
  }
  get exportFilter(): string {
    return this.facts.exportFilter
  }

  get members(): readonly string[] {
    return PROTOCOL_MEMBERS
  }

  writeMembers(to: MemberSink): void {
    const { facts } = this
    to.write(this.bgp)
    to.write(facts.description)
    to.write(this.disabled)
    to.write(facts.exportFilter)
    to.write(facts.importFilter)
    to.write(this.info)
    to.write(facts.kind)
    to.write(this.message)
    to.write(facts.preference)
    to.write(this.since)
    to.write(this.state)
    to.write(this.stats)
    to.write(facts.table)
  }
}

export interface BgpFacts {
  readonly neighborAddress: Ip
  readonly neighborAs: number
  readonly localAs: number
  readonly passive: boolean
  readonly rrClient: boolean
  readonly rrClusterId: Ip | null
  readonly sourceAddress: Ip | null
}

/** `pending` and `waiting` of a protocol in recovery. */
const RECOVERY = [
  { pending: false, waiting: false },
  { pending: true, waiting: false },
  { pending: false, waiting: true },
  { pending: true, waiting: true },
] as const

export function recoveryMarks(pending: boolean, waiting: boolean): { pending: boolean; waiting: boolean } {
  return RECOVERY[((pending ? 1 : 0) + (waiting ? 2 : 0)) as 0 | 1 | 2 | 3]
}

export class BgpMoment implements BgpSnapshot {
  readonly facts: BgpFacts
  state: BgpState = 'Down'
  lastError = ''
  neighborId: Ip | null = null
  neighborCaps: readonly string[] | null = null
  session: readonly string[] | null = null
  /** BIRD seconds; -1: stopped. */
  holdAt = -1
  holdSeconds = 0
  keepaliveAt = -1
  keepaliveSeconds = 0
  connectDelay: TimerSnapshot | null = null
  connectRetry: TimerSnapshot | null = null
  errorWait: TimerSnapshot | null = null
  gracefulRestart: BgpSnapshot['gracefulRestart'] = null
  recovery: BgpSnapshot['recovery'] = null
  lastHeardAt: Micros | null = null
  outgoing: SocketId | null = null
  incoming: SocketId | null = null

  constructor(facts: BgpFacts) {
    this.facts = facts
  }

  get neighborAddress(): Ip {
    return this.facts.neighborAddress
  }
  get neighborAs(): number {
    return this.facts.neighborAs
  }
  get localAs(): number {
    return this.facts.localAs
  }
  get passive(): boolean {
    return this.facts.passive
  }
  get rrClient(): boolean {
    return this.facts.rrClient
  }
  get rrClusterId(): Ip | null {
    return this.facts.rrClusterId
  }
  get sourceAddress(): Ip | null {
    return this.facts.sourceAddress
  }
  get holdTimer(): TimerSnapshot | null {
    return timerSnapshot(this.holdAt, this.holdSeconds)
  }
  get keepaliveTimer(): TimerSnapshot | null {
    return timerSnapshot(this.keepaliveAt, this.keepaliveSeconds)
  }
  get sockets(): readonly SocketId[] {
    return [this.outgoing, this.incoming].filter((socket) => socket !== null)
  }

  get members(): readonly string[] {
    return BGP_MEMBERS
  }

  writeMembers(to: MemberSink): void {
    const { facts } = this
    to.write(this.connectDelay)
    to.write(this.connectRetry)
    to.write(this.errorWait)
    to.write(this.gracefulRestart)
    to.write(this.holdTimer)
    to.write(this.keepaliveTimer)
    to.write(this.lastError)
    to.write(this.lastHeardAt)
    to.write(facts.localAs)
    to.write(facts.neighborAddress)
    to.write(facts.neighborAs)
    to.write(this.neighborCaps)
    to.write(this.neighborId)
    to.write(facts.passive)
    to.write(this.recovery)
    to.write(facts.rrClient)
    to.write(facts.rrClusterId)
    to.write(this.session)
    to.write(this.sockets)
    to.write(facts.sourceAddress)
    to.write(this.state)
  }
}

/** A timer by the BIRD second at which it fires; null: it is stopped. */
export function timerSnapshot(expires: number, nominalSeconds: number): TimerSnapshot | null {
  return expires < 0 ? null : { deadline: expires * SECOND, nominalSeconds }
}
