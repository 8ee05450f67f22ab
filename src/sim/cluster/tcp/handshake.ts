// Opening a connection: SYN with retries, ARP that may fail, the listening side's answer, and the accept
// (bird-1.6.8.md 3.3 for what a daemon sees of each failure).
import type { Micros, SocketError } from '../../bird/ports.ts'
import { LOCAL_PROCESSING, type Task } from '../../node/ports.ts'
import type { Path } from '../fabric.ts'
import { Endpoint, type Stack } from './endpoint.ts'
import { recordTcp, sendReset } from './segments.ts'

/** ARP asks once a second, three times, before the kernel gives up on a neighbour. */
const ARP_INTERVAL = 1_000_000
const ARP_REQUESTS = 3
const FIRST_SYN_TIMEOUT = 1_000_000
/** tcp_syn_retries = 6. */
const SYN_RETRIES = 6
/** TTL of what the listening side sends. */
const LISTENER_TTL = 255

/** Sends a SYN for an endpoint in `syn-sent`, or finds out why none can be sent. */
export function sendSyn(endpoint: Endpoint): void {
  const { net, user } = endpoint.stack
  const path = net.fabric.path(user, endpoint.addresses.remoteAddress)
  const now = net.timers.now
  switch (path.outcome) {
    case 'no-route':
      failLater(endpoint, 'Network is unreachable')
      return
    case 'unreachable':
      failLater(endpoint, 'No route to host')
      return
    case 'no-neighbour':
      if (endpoint.arpAttempts === 0 && endpoint.stack.remembersNeighbour(endpoint.addresses.remoteAddress)) {
        endpoint.synAttempts++
        recordTcp(endpoint, 'lost-syn')
        retry(endpoint)
        return
      }
      endpoint.arpAttempts++
      if (endpoint.arpAttempts > ARP_REQUESTS) {
        recordTcp(endpoint, 'unreachable')
        endpoint.stack.fail(endpoint, 'No route to host')
      } else net.timers.schedule(now + ARP_INTERVAL, user.order, new SynTask(endpoint))
      return
    default:
      endpoint.synAttempts++
      transmitSyn(endpoint, path)
  }
}

function transmitSyn(endpoint: Endpoint, path: Path): void {
  const { net } = endpoint.stack
  const target = path.to
  const arrives =
    path.outcome === 'ok' &&
    target !== null &&
    path.routers < endpoint.ttl &&
    (path.carries === 1 || net.chance(path.carries))
  recordTcp(endpoint, arrives ? 'syn' : 'lost-syn')
  if (!arrives || target === null) {
    retry(endpoint)
    return
  }
  const stack = net.stackOf(target)
  net.timers.schedule(net.timers.now + path.latency, target.order, new SynArrival(endpoint, stack))
}

/** The next SYN when this one stays without answer: after 1, 2, 4 ... seconds. */
function retry(endpoint: Endpoint): void {
  const { net, user } = endpoint.stack
  const wait = FIRST_SYN_TIMEOUT * 2 ** (endpoint.synAttempts - 1)
  net.timers.schedule(net.timers.now + wait, user.order, new SynTask(endpoint))
}

class SynTask implements Task {
  readonly #endpoint: Endpoint
  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }
  run(): void {
    const endpoint = this.#endpoint
    if (endpoint.state !== 'syn-sent') return
    if (endpoint.synAttempts <= SYN_RETRIES) {
      sendSyn(endpoint)
      return
    }
    recordTcp(endpoint, 'timed-out')
    endpoint.stack.fail(endpoint, 'Connection timed out')
  }
}

class SynArrival implements Task {
  readonly #client: Endpoint
  readonly #server: Stack
  constructor(client: Endpoint, server: Stack) {
    this.#client = client
    this.#server = server
  }

  run(now: Micros): void {
    const client = this.#client
    const server = this.#server
    if (client.state !== 'syn-sent') return
    const { localAddress, localPort, remoteAddress, remotePort } = client.addresses
    if (!server.user.powered) {
      retry(client)
      return
    }
    const back = server.net.fabric.path(server.user, localAddress)
    const returns = back.outcome === 'ok' && back.to === client.stack.user
    if (!server.listensOn(remoteAddress, remotePort)) {
      // No socket listens on the port that the SYN comes from, so that a signed one finds no key.
      if (returns && client.password === null)
        server.net.timers.schedule(now + back.latency + LOCAL_PROCESSING, client.stack.user.order, new Refused(client))
      else retry(client)
      return
    }
    const samePassword = server.passwordFor(localAddress) === client.password
    if (!samePassword || !returns || LISTENER_TTL - back.routers < client.minTtl) {
      retry(client)
      return
    }
    const endpoint = new Endpoint({
      socket: client.socket + 1,
      stack: server,
      addresses: {
        localAddress: remoteAddress,
        localPort: remotePort,
        remoteAddress: localAddress,
        remotePort: localPort,
      },
      state: 'syn-received',
      ttl: LISTENER_TTL,
      minTtl: 0,
      password: client.password,
    })
    endpoint.peer = client
    client.peer = endpoint
    recordTcp(endpoint, 'syn-ack')
    server.net.timers.schedule(
      now + back.latency + LOCAL_PROCESSING,
      client.stack.user.order,
      new SynAckArrival(client),
    )
  }
}

class Refused implements Task {
  readonly #client: Endpoint
  constructor(client: Endpoint) {
    this.#client = client
  }
  run(): void {
    if (this.#client.state !== 'syn-sent') return
    recordTcp(this.#client, 'refused')
    this.#client.stack.fail(this.#client, 'Connection refused')
  }
}

class SynAckArrival implements Task {
  readonly #client: Endpoint
  constructor(client: Endpoint) {
    this.#client = client
  }
  run(now: Micros): void {
    const client = this.#client
    const server = client.peer
    if (server === null) return
    // The process gave up on this attempt meanwhile: nobody accepts the answer.
    if (client.state !== 'syn-sent') return
    const { net, user } = client.stack
    client.state = 'open'
    recordTcp(client, 'established')
    const there = net.fabric.path(user, client.addresses.remoteAddress)
    const latency =
      there.outcome === 'ok' ? there.latency : net.fabric.path(server.stack.user, client.addresses.localAddress).latency
    net.timers.schedule(now + latency, server.stack.user.order, new Accept(server))
    user.socketConnected(client.socket, client.addresses)
  }
}

class Accept implements Task {
  readonly #endpoint: Endpoint
  constructor(endpoint: Endpoint) {
    this.#endpoint = endpoint
  }
  run(): void {
    const endpoint = this.#endpoint
    const { stack } = endpoint
    if (endpoint.state !== 'syn-received' || !stack.user.powered) return
    if (!stack.listensOn(endpoint.addresses.localAddress, endpoint.addresses.localPort)) {
      endpoint.state = 'closed'
      sendReset(endpoint)
      return
    }
    endpoint.state = 'open'
    stack.adopt(endpoint)
    const wanted = stack.user.socketIncoming(endpoint.socket, endpoint.addresses)
    if (!wanted && stack.has(endpoint)) stack.close(endpoint.socket)
  }
}

function failLater(endpoint: Endpoint, error: SocketError): void {
  const { net, user } = endpoint.stack
  net.timers.schedule(net.timers.now, user.order, new FailTask(endpoint, error))
}

class FailTask implements Task {
  readonly #endpoint: Endpoint
  readonly #error: SocketError
  constructor(endpoint: Endpoint, error: SocketError) {
    this.#endpoint = endpoint
    this.#error = error
  }
  run(): void {
    if (this.#endpoint.state === 'syn-sent') this.#endpoint.stack.fail(this.#endpoint, this.#error)
  }
}
