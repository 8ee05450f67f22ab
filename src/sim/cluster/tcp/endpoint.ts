// One end of a TCP connection: what it has sent, what was acknowledged, what waits (Nagle) or was lost (retransmission).
import type { BgpMessage } from '../../bgp/message.ts'
import type { Micros, SocketId } from '../../bird/ports.ts'
import type { Ip } from '../../net/address.ts'
import type { TcpStack } from './stack.ts'

export type EndpointState = 'syn-sent' | 'syn-received' | 'open' | 'closing' | 'closed'

/** A segment that did not arrive and is sent again. */
export interface LostSegment {
  messages: readonly BgpMessage[]
  fin: boolean
  attempt: number
  since: Micros
}

export interface EndpointAddresses {
  readonly localAddress: Ip
  readonly localPort: number
  readonly remoteAddress: Ip
  readonly remotePort: number
}

export class Endpoint {
  readonly socket: SocketId
  readonly stack: TcpStack
  readonly addresses: EndpointAddresses
  readonly ttl: number
  readonly minTtl: number
  readonly password: string | null
  state: EndpointState
  peer: Endpoint | null = null

  /** Messages sent, and of these acknowledged. */
  sent = 0
  acked = 0
  /** Messages received; when the kernel will acknowledge them if nothing goes out before; Infinity: nothing is owed. */
  received = 0
  ackDueAt: Micros = Number.POSITIVE_INFINITY
  /** Written but held back by Nagle, because something small is not acknowledged yet. */
  held: BgpMessage[] = []
  /** An AckTask is pending for this endpoint. */
  awaitingAck = false
  lost: LostSegment | null = null
  /** When the last segment sent arrives at the peer: the stream keeps its order. */
  lastArrival: Micros = 0
  /** SYNs and ARP requests sent so far. */
  synAttempts = 0
  arpAttempts = 0

  constructor(spec: {
    socket: SocketId
    stack: TcpStack
    addresses: EndpointAddresses
    state: EndpointState
    ttl: number
    minTtl: number
    password: string | null
  }) {
    this.socket = spec.socket
    this.stack = spec.stack
    this.addresses = spec.addresses
    this.state = spec.state
    this.ttl = spec.ttl
    this.minTtl = spec.minTtl
    this.password = spec.password
  }

  get connection(): number {
    return Math.floor(this.socket / 2)
  }

  get unacked(): boolean {
    return this.sent > this.acked
  }
}
