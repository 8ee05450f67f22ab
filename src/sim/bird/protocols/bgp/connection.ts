// One of the two TCP connections a session may have (proto/bgp/bgp.c, struct bgp_conn).
import type { BgpMessage, NotificationMessage } from '../../../bgp/message.ts'
import type { Ip } from '../../../net/address.ts'
import { type AnyEvent, type EventLoop, Timer } from '../../loop.ts'
import type { SocketEndpoints, SocketError, SocketId } from '../../ports.ts'
import { NO_CAPABILITIES, type PeerCapabilities } from './capabilities.ts'
import type { SocketUser } from './service.ts'

export type ConnectionState = 'Idle' | 'Connect' | 'Active' | 'OpenSent' | 'OpenConfirm' | 'Established' | 'Close'
/** Numbers as BIRD orders them; the shown state is the larger of the two connections. */
export const STATE_RANK: Record<ConnectionState, number> = {
  Idle: 0,
  Connect: 1,
  Active: 2,
  OpenSent: 3,
  OpenConfirm: 4,
  Established: 5,
  Close: 6,
}

/** Messages waiting to be sent, as bits. */
export const SEND = {
  close: 1,
  notification: 2,
  keepalive: 4,
  open: 8,
  refresh: 16,
  beginRefresh: 32,
  update: 64,
} as const

export interface ConnectionHooks {
  retry(c: Connection): void
  holdExpired(c: Connection): void
  keepaliveDue(c: Connection): void
  transmit(c: Connection): void
  connected(c: Connection, endpoints: SocketEndpoints): void
  received(c: Connection, message: BgpMessage): void
  closed(c: Connection, error: SocketError | null): void
}

const retry = (c: Connection): void => c.hooks.retry(c)
const holdExpired = (c: Connection): void => c.hooks.holdExpired(c)
const keepaliveDue = (c: Connection): void => c.hooks.keepaliveDue(c)

/** The connection is itself the event that sends what waits: a mesh has twenty thousand of them. */
export class Connection implements SocketUser, AnyEvent {
  ticket = 0
  readonly outgoing: boolean
  readonly hooks: ConnectionHooks
  state: ConnectionState = 'Idle'
  socket: SocketId | null = null
  localAddress: Ip = 0
  /** SEND bits. */
  toSend = 0
  notification: NotificationMessage | null = null
  /** Capabilities are left out on this attempt. */
  withoutCapabilities = false
  peer: PeerCapabilities = NO_CAPABILITIES
  peerId: Ip = 0
  holdTime = 0
  keepaliveTime = 0
  /** Timers are made when they are first started: of the two connections of a session one is hardly used. */
  #retry: Timer<Connection> | null = null
  #hold: Timer<Connection> | null = null
  #keepalive: Timer<Connection> | null = null

  constructor(outgoing: boolean, hooks: ConnectionHooks) {
    this.outgoing = outgoing
    this.hooks = hooks
  }

  get retryTimer(): Timer<Connection> {
    this.#retry ??= new Timer<Connection>(retry, this)
    return this.#retry
  }
  get holdTimer(): Timer<Connection> {
    this.#hold ??= new Timer<Connection>(holdExpired, this)
    return this.#hold
  }
  get keepaliveTimer(): Timer<Connection> {
    this.#keepalive ??= new Timer<Connection>(keepaliveDue, this)
    return this.#keepalive
  }

  /** BIRD seconds at which they fire; -1: stopped. */
  get retryAt(): number {
    return this.#retry?.expires ?? -1
  }
  get holdAt(): number {
    return this.#hold?.expires ?? -1
  }
  get keepaliveAt(): number {
    return this.#keepalive?.expires ?? -1
  }

  stopRetry(loop: EventLoop): void {
    if (this.#retry !== null) loop.stop(this.#retry)
  }
  stopKeepalive(loop: EventLoop): void {
    if (this.#keepalive !== null) loop.stop(this.#keepalive)
  }
  stopTimers(loop: EventLoop): void {
    this.stopRetry(loop)
    if (this.#hold !== null) loop.stop(this.#hold)
    this.stopKeepalive(loop)
  }

  /** The loop's turn: send what waits. */
  run(): void {
    this.hooks.transmit(this)
  }

  connected(_socket: SocketId, endpoints: SocketEndpoints): void {
    this.hooks.connected(this, endpoints)
  }
  received(_socket: SocketId, message: BgpMessage): void {
    this.hooks.received(this, message)
  }
  closed(_socket: SocketId, error: SocketError | null): void {
    this.hooks.closed(this, error)
  }
}
