// Moving data over an open connection: Nagle's algorithm against delayed acknowledgements (bird-1.6.8.md 3.10),
// retransmission with a doubling timer (RFC 6298), FIN and RST. One MessageRecord for every transmission.
import type { BgpMessage } from '../../bgp/message.ts'
import type { Micros } from '../../bird/ports.ts'
import { LOCAL_PROCESSING, type SocketUser, type Task } from '../../node/ports.ts'
import type { TcpRecord } from '../../recording/types.ts'
import type { Path } from '../fabric.ts'
import type { Endpoint, LostSegment } from './endpoint.ts'

/** Linux delays an acknowledgement by this, hoping for data to carry it. */
const DELAYED_ACK = 40_000
/** An end acknowledges at once until it has itself sent this many messages: then it counts as interactive. */
const QUICK_ACK_UNTIL = 2
const FIRST_RTO = 200_000
const MAX_RTO = 120_000_000
/** tcp_retries2 = 15. */
const GIVE_UP_AFTER = 924_600_000
/** A segment for no connection is answered by the kernel itself, with its default TTL. */
const RESET_TTL = 64
/** Time shown for a transmission that nobody receives. */
const NOMINAL_FLIGHT = 1_000
/** NLRI that fill a segment by themselves: such a message is not small, and Nagle lets it pass. */
const NLRI_OF_FULL_SEGMENT = 150

/** Writes one message: on the wire now, or behind what is not acknowledged yet. */
export function send(endpoint: Endpoint, message: BgpMessage): void {
  if (endpoint.state !== 'open') return
  const { now } = endpoint.stack.net.timers
  if (endpoint.lost !== null || (now < endpoint.ackedAt && !fillsSegment(message))) {
    endpoint.held.push(message)
    if (endpoint.lost === null) releaseWhenAcked(endpoint)
    return
  }
  if (endpoint.held.length === 0) transmit(endpoint, [message])
  else {
    endpoint.held.push(message)
    flush(endpoint)
  }
}

/** FIN, with everything that was still held back in front of it. */
export function sendFin(endpoint: Endpoint): void {
  endpoint.state = 'closing'
  const { lost, held } = endpoint
  endpoint.held = []
  if (lost === null) transmit(endpoint, held, { attempt: 1, fin: true })
  else endpoint.lost = { ...lost, messages: [...lost.messages, ...held], fin: true }
}

function flush(endpoint: Endpoint): void {
  if (endpoint.held.length === 0 || endpoint.lost !== null || endpoint.state !== 'open') return
  const messages = endpoint.held
  endpoint.held = []
  transmit(endpoint, messages)
}

function fillsSegment(message: BgpMessage): boolean {
  return message.type === 'UPDATE' && message.announced.length + message.withdrawn.length >= NLRI_OF_FULL_SEGMENT
}

function releaseWhenAcked(endpoint: Endpoint): void {
  if (endpoint.held.length === 0 || endpoint.releaseAt <= endpoint.ackedAt) return
  const { timers } = endpoint.stack.net
  endpoint.releaseAt = Math.max(timers.now, endpoint.ackedAt)
  timers.schedule(endpoint.releaseAt, endpoint.stack.user.order, new Release(endpoint, endpoint.releaseAt))
}

class Release implements Task {
  readonly #endpoint: Endpoint
  readonly #at: Micros
  constructor(endpoint: Endpoint, at: Micros) {
    this.#endpoint = endpoint
    this.#at = at
  }
  run(now: Micros): void {
    const endpoint = this.#endpoint
    // Another acknowledgement came earlier, and what was held is gone or waits for a later one.
    if (endpoint.releaseAt !== this.#at) return
    endpoint.releaseAt = Number.POSITIVE_INFINITY
    if (now >= endpoint.ackedAt) flush(endpoint)
    else releaseWhenAcked(endpoint)
  }
}

/**
 * When the peer's kernel acknowledges a segment that it gets at `heard`: at once at first, later after a delay. Nothing
 * that waits is told here; data that the peer sends meanwhile carries the acknowledgement earlier.
 */
function expectAck(endpoint: Endpoint, peer: Endpoint, heard: Micros): void {
  const { net } = endpoint.stack
  const back = net.fabric.path(peer.stack.user, peer.addresses.remoteAddress).latency
  const due = peer.sent < QUICK_ACK_UNTIL ? heard : heard + DELAYED_ACK
  // A delayed acknowledgement that is owed already takes this segment along.
  const owed = endpoint.ackedAt > net.timers.now ? endpoint.ackedAt - back : due
  endpoint.ackedAt = Math.max(heard, Math.min(due, owed)) + back
}

/** Data to the peer, in its kernel at `heard`, acknowledges all that has reached this end's kernel by now. */
function carryAck(endpoint: Endpoint, peer: Endpoint, heard: Micros): void {
  const all = peer.lost === null && peer.lastArrival - LOCAL_PROCESSING <= endpoint.stack.net.timers.now
  if (!all || heard >= peer.ackedAt) return
  peer.ackedAt = heard
  releaseWhenAcked(peer)
}

function transmit(
  endpoint: Endpoint,
  messages: readonly BgpMessage[],
  how: { attempt: number; fin: boolean; since?: Micros } = { attempt: 1, fin: false },
): void {
  const { net, user } = endpoint.stack
  const peer = endpoint.peer
  const now = net.timers.now
  const path = net.fabric.path(user, endpoint.addresses.remoteAddress)
  const arrives = peer !== null && carriesNow(endpoint, path)
  const arrivesAt = arrives
    ? Math.max(now + path.latency + LOCAL_PROCESSING, endpoint.lastArrival)
    : now + Math.max(path.latency, NOMINAL_FLIGHT)
  net.writer.messages(messages, {
    flow: endpoint.flow,
    sentAt: now,
    arrivesAt,
    delivery: arrives ? 'delivered' : 'lost',
    attempt: how.attempt,
  })
  if (how.fin) recordTcp(endpoint, 'fin')
  if (how.attempt === 1) endpoint.sent += messages.length
  if (arrives) {
    const acknowledged = acknowledges(peer, endpoint)
    endpoint.lost = acknowledged ? null : { ...how, messages, since: how.since ?? now, arrived: true }
    endpoint.lastArrival = arrivesAt
    if (!acknowledged) net.timers.schedule(now + FIRST_RTO, user.order, new RetransmitTask(endpoint))
    else if (messages.length > 0) expectAck(endpoint, peer, arrivesAt - LOCAL_PROCESSING)
    carryAck(endpoint, peer, arrivesAt - LOCAL_PROCESSING)
    const segment = new Segment(peer, messages, how.fin)
    if (acknowledged) releaseWhenAcked(endpoint)
    net.timers.schedule(arrivesAt, peer.stack.user.order, segment)
    return
  }
  endpoint.lost = { ...how, messages, since: how.since ?? now, arrived: false }
  const rto = Math.min(FIRST_RTO * 2 ** (how.attempt - 1), MAX_RTO)
  net.timers.schedule(now + rto, user.order, new RetransmitTask(endpoint))
  const stranger = strangerAt(endpoint, path)
  if (stranger !== null) net.timers.schedule(now + path.latency, stranger.order, new StrangerTask(endpoint, stranger))
}

/** Another machine that has come to bear the peer's address: it gets the segment, and knows no such connection. */
function strangerAt(endpoint: Endpoint, path: Path): SocketUser | null {
  if (path.outcome !== 'ok' || endpoint.peer === null || path.to === endpoint.peer.stack.user) return null
  if (path.routers >= endpoint.ttl) return null
  return path.carries === 1 || endpoint.stack.net.chance(path.carries) ? path.to : null
}

class StrangerTask implements Task {
  readonly #endpoint: Endpoint
  readonly #stranger: SocketUser
  constructor(endpoint: Endpoint, stranger: SocketUser) {
    this.#endpoint = endpoint
    this.#stranger = stranger
  }
  run(now: Micros): void {
    const endpoint = this.#endpoint
    const { net, user } = endpoint.stack
    const { localAddress, localPort, remoteAddress, remotePort } = endpoint.addresses
    if (!this.#stranger.powered || endpoint.state === 'closed') return
    if (!net.stackOf(this.#stranger).resets(localAddress, endpoint.password)) return
    const back = net.fabric.path(this.#stranger, localAddress)
    net.writer.tcp(now, 'rst', {
      connection: endpoint.flow.connection,
      from: this.#stranger.id,
      to: user.id,
      sourceAddress: remoteAddress,
      sourcePort: remotePort,
      destinationAddress: localAddress,
      destinationPort: localPort,
    })
    if (back.outcome !== 'ok' || back.to !== user || RESET_TTL - back.routers < endpoint.minTtl) return
    net.timers.schedule(now + back.latency, user.order, new ResetTask(endpoint))
  }
}

function carriesNow(endpoint: Endpoint, path: Path): boolean {
  const { net } = endpoint.stack
  const { peer } = endpoint
  if (path.outcome !== 'ok' || peer === null || path.to !== peer.stack.user) return false
  if (isDropped(peer)) return false
  if (path.routers >= endpoint.ttl || endpoint.ttl - path.routers < peer.minTtl) return false
  return path.carries === 1 || net.chance(path.carries)
}

/** Whether what acknowledges data of `to` passes its TTL security. */
function acknowledges(from: Endpoint, to: Endpoint): boolean {
  if (to.minTtl === 0) return true
  return from.ttl - to.stack.net.fabric.path(from.stack.user, to.addresses.localAddress).routers >= to.minTtl
}

class RetransmitTask implements Task {
  readonly #endpoint: Endpoint
  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }
  run(now: Micros): void {
    const endpoint = this.#endpoint
    const lost = endpoint.lost
    if (lost === null || endpoint.state === 'closed' || !endpoint.exists) return
    if (lost.arrived) probe(endpoint, lost)
    else if (now - lost.since >= GIVE_UP_AFTER) endpoint.stack.fail(endpoint, 'Connection timed out')
    else transmit(endpoint, lost.messages, { attempt: lost.attempt + 1, fin: lost.fin, since: lost.since })
  }
}

/**
 * A tail loss probe (RFC 8985) takes along what was held, once. What follows waits for an acknowledgement in vain, and a
 * hold timer ends it. Simplified: the copies of what arrived already are not sent.
 */
function probe(endpoint: Endpoint, { attempt, since }: LostSegment): void {
  if (attempt > 1 || endpoint.held.length === 0) return
  const messages = endpoint.held
  endpoint.held = []
  transmit(endpoint, messages, { attempt: attempt + 1, fin: false, since })
}

/** A segment on its way; it reaches the process a little after it reaches the kernel. */
class Segment implements Task {
  readonly #to: Endpoint
  readonly #messages: readonly BgpMessage[]
  readonly #fin: boolean

  constructor(to: Endpoint, messages: readonly BgpMessage[], fin: boolean) {
    this.#to = to
    this.#messages = messages
    this.#fin = fin
  }

  run(): void {
    const to = this.#to
    if (!to.stack.user.powered) return
    if (to.state === 'closed' || to.state === 'closing') {
      if (this.#messages.length > 0) reset(to)
      return
    }
    if (this.#messages.length > 0) to.stack.user.socketReceived(to.socket, this.#messages)
    if (this.#fin && to.stack.has(to)) {
      // The process closes the socket in answer; data of ours that is still held would go out with that FIN.
      to.stack.user.socketClosed(to.socket, null)
      if (to.stack.has(to)) to.stack.close(to.socket)
    }
  }
}

/** Its kernel knows the connection no more and has no key to answer with; one that only the process closed has it. */
function isDropped({ state, stack, addresses, password }: Endpoint): boolean {
  return state === 'closed' && !stack.resets(addresses.remoteAddress, password)
}

/** A segment for a connection that is not there: RST goes back. */
function reset(closed: Endpoint): void {
  const { net, user } = closed.stack
  if (isDropped(closed)) return
  const target = closed.peer
  const path = net.fabric.path(user, closed.addresses.remoteAddress)
  recordTcp(closed, 'rst')
  if (target === null || path.outcome !== 'ok' || path.to !== target.stack.user) return
  if (RESET_TTL - path.routers < target.minTtl) return
  net.timers.schedule(net.timers.now + path.latency, target.stack.user.order, new ResetTask(target))
}

class ResetTask implements Task {
  readonly #endpoint: Endpoint
  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }
  run(): void {
    const endpoint = this.#endpoint
    if (endpoint.state === 'closed') return
    endpoint.stack.fail(endpoint, 'Connection reset by peer')
  }
}

export function sendReset(endpoint: Endpoint): void {
  reset(endpoint)
}

export function recordTcp(endpoint: Endpoint, what: TcpRecord['what']): void {
  const { net } = endpoint.stack
  net.writer.tcp(net.timers.now, what, endpoint.flow)
}
