// One end of a TCP connection: what it has sent, what was acknowledged, what waits (Nagle) or was lost (retransmission).
import type { BgpMessage } from '../../bgp/message.ts'
import type { Micros, SocketError, SocketId } from '../../bird/ports.ts'
import type { Ip } from '../../net/address.ts'
import type { SocketUser, Timers } from '../../node/ports.ts'
import type { Flow, RecordingWriter } from '../../recording/types.ts'
import type { Fabric } from '../fabric.ts'

/** What all TCP stacks of a run share. */
export interface TcpContext {
  readonly fabric: Fabric
  readonly timers: Timers
  readonly writer: RecordingWriter
  stackOf(machine: SocketUser): Stack
  nextConnection(): number
  /** Draws whether something with this probability happens. */
  chance(probability: number): boolean
}

/** The stack an endpoint belongs to. */
export interface Stack {
  readonly net: TcpContext
  readonly user: SocketUser
  /** Grows with every loss of power: what was open before is gone without a word. */
  readonly generation: number
  listensOn(address: Ip, port: number): boolean
  passwordFor(remote: Ip): string | null
  /**
   * Whether this kernel answers a segment for which it has no socket with RST. One that is signed (TCP-MD5) it answers
   * only when a listening socket has the peer's key (net/ipv4/tcp_ipv4.c, tcp_v4_send_reset).
   */
  resets(remote: Ip, password: string | null): boolean
  /** Whether the ARP cache still has the neighbour from an earlier connection, though nobody is there any more. */
  remembersNeighbour(remote: Ip): boolean
  adopt(endpoint: Endpoint): void
  has(endpoint: Endpoint): boolean
  close(socket: SocketId): void
  /** The connection is dead; the process hears of it if it still has the socket. */
  fail(endpoint: Endpoint, error: SocketError): void
}

export type EndpointState = 'syn-sent' | 'syn-received' | 'open' | 'closing' | 'closed'

/** A segment that is not acknowledged and is sent again. */
export interface LostSegment {
  messages: readonly BgpMessage[]
  fin: boolean
  attempt: number
  since: Micros
  /** It did arrive: the acknowledgements are what does not (TTL security at this end). */
  arrived: boolean
}

export interface EndpointAddresses {
  readonly localAddress: Ip
  readonly localPort: number
  readonly remoteAddress: Ip
  readonly remotePort: number
}

export class Endpoint {
  readonly socket: SocketId
  readonly stack: Stack
  readonly addresses: EndpointAddresses
  /** TTL of what it sends, and the lowest it takes. */
  ttl: number
  minTtl: number
  readonly password: string | null
  readonly #generation: number
  #flow: Flow | null = null
  state: EndpointState
  peer: Endpoint | null = null

  /** Messages sent so far. */
  sent = 0
  /** When the acknowledgement of everything sent reaches this end's kernel. */
  ackedAt: Micros = 0
  /** Written but held back by Nagle, because something small is not acknowledged yet. */
  held: BgpMessage[] = []
  /** When the task that lets the held messages go is due; Infinity: none is. */
  releaseAt: Micros = Number.POSITIVE_INFINITY
  lost: LostSegment | null = null
  /** When the last segment sent arrives at the peer's process: the stream keeps its order. */
  lastArrival: Micros = 0
  /** SYNs and ARP requests sent so far. */
  synAttempts = 0
  arpAttempts = 0

  constructor(spec: {
    socket: SocketId
    stack: Stack
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
    this.#generation = spec.stack.generation
  }

  /** What this end sends, as the recording names it. */
  get flow(): Flow {
    const to = this.peer?.stack.user.id ?? null
    if (this.#flow === null || this.#flow.to !== to) {
      const { localAddress, localPort, remoteAddress, remotePort } = this.addresses
      this.#flow = {
        connection: Math.floor(this.socket / 2),
        from: this.stack.user.id,
        to,
        sourceAddress: localAddress,
        sourcePort: localPort,
        destinationAddress: remoteAddress,
        destinationPort: remotePort,
      }
    }
    return this.#flow
  }

  /** False once its machine lost power. */
  get exists(): boolean {
    return this.#generation === this.stack.generation
  }
}
