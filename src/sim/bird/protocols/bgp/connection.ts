// One of the two TCP connections a session may have (proto/bgp/bgp.c, struct bgp_conn).
import type { BgpMessage, NotificationMessage } from '../../../bgp/message.ts'
import type { Ip } from '../../../net/address.ts'
import { LoopEvent, Timer } from '../../loop.ts'
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
const transmit = (c: Connection): void => c.hooks.transmit(c)

export class Connection implements SocketUser {
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
  readonly retryTimer: Timer<Connection>
  readonly holdTimer: Timer<Connection>
  readonly keepaliveTimer: Timer<Connection>
  readonly transmitEvent: LoopEvent<Connection>

  constructor(outgoing: boolean, hooks: ConnectionHooks) {
    this.outgoing = outgoing
    this.hooks = hooks
    this.retryTimer = new Timer<Connection>(retry, this)
    this.holdTimer = new Timer<Connection>(holdExpired, this)
    this.keepaliveTimer = new Timer<Connection>(keepaliveDue, this)
    this.transmitEvent = new LoopEvent<Connection>(transmit, this)
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
