// The TCP of one machine: its sockets, its listening port, its MD5 keys. It lives in the kernel, so it survives the
// daemon and forgets everything with the power.
import type { BgpMessage } from '../../bgp/message.ts'
import type { ConnectOptions, Micros, SocketError, SocketId } from '../../bird/ports.ts'
import { sourceAddress } from '../../kernel/format-route.ts'
import type { Ip } from '../../net/address.ts'
import type { SocketUser, TcpHost } from '../../node/ports.ts'
import { Endpoint, type Stack, type TcpContext } from './endpoint.ts'
import { sendSyn } from './handshake.ts'
import { send, sendFin } from './segments.ts'

/**
 * How long the ARP cache keeps a neighbour that fell silent: reachable for 15 to 45 s, then a delay of 5 s before it is
 * asked again; the requests that follow are counted by the handshake. Simplified: always 30 s.
 */
const NEIGHBOUR_MEMORY: Micros = 35_000_000
const FIRST_EPHEMERAL = 32_768
const EPHEMERAL_PORTS = 28_232

export class TcpStack implements TcpHost, Stack {
  readonly net: TcpContext
  readonly user: SocketUser
  readonly #sockets = new Map<SocketId, Endpoint>()
  #listening: { address: Ip | null; port: number } | null = null
  readonly #passwords = new Map<Ip, string>()
  /** Ports go up one by one, over reboots too: an old connection never meets its own number again. */
  #ports = 0
  /** When a segment of this address last came. */
  readonly #heard = new Map<Ip, Micros>()
  generation = 0

  constructor(net: TcpContext, user: SocketUser) {
    this.net = net
    this.user = user
  }

  listen(address: Ip | null, port: number): SocketError | null {
    if (address !== null && !this.user.kernel.isLocal(address)) return 'Cannot assign requested address'
    if (this.#listening !== null) return 'Address already in use'
    this.#listening = { address, port }
    return null
  }

  unlisten(): void {
    this.#listening = null
  }

  listensOn(address: Ip, port: number): boolean {
    const listening = this.#listening
    return (
      listening !== null && listening.port === port && (listening.address === null || listening.address === address)
    )
  }

  setPeerPassword(remote: Ip, password: string | null): void {
    if (password === null) this.#passwords.delete(remote)
    else this.#passwords.set(remote, password)
  }

  passwordFor(remote: Ip): string | null {
    return this.#passwords.get(remote) ?? null
  }

  resets(remote: Ip, password: string | null): boolean {
    return password === null || (this.#listening !== null && this.passwordFor(remote) === password)
  }

  remembersNeighbour(remote: Ip): boolean {
    const { kernel } = this.user
    const heard = this.#heard.get(remote)
    if (heard === undefined) return false
    const dev = kernel.lookup(remote)?.dev ?? ''
    // With the carrier the kernel drops what it knew of the neighbours there.
    if (kernel.interface(dev)?.carrier === true && this.net.timers.now < heard + NEIGHBOUR_MEMORY) return true
    this.#heard.delete(remote)
    return false
  }

  #remember(endpoint: Endpoint): void {
    const heard = endpoint.peer?.lastArrival ?? 0
    if (heard > 0) this.#heard.set(endpoint.addresses.remoteAddress, Math.min(heard, this.net.timers.now))
  }

  connect(options: ConnectOptions): SocketId | SocketError {
    const { kernel } = this.user
    const route = kernel.lookup(options.remoteAddress)
    if (options.localAddress !== null && !kernel.isLocal(options.localAddress)) return 'Cannot assign requested address'
    if (!kernel.isLocal(options.remoteAddress)) {
      if (route === null) return 'Network is unreachable'
      if (route.type !== 'unicast') return route.type === 'unreachable' ? 'No route to host' : 'Network is unreachable'
    }
    const dev = route?.nexthops?.[0]?.dev ?? route?.dev ?? 'lo'
    const localAddress = options.localAddress ?? route?.prefsrc ?? sourceAddress(kernel.interfaces(), dev)
    if (localAddress === null) return 'Network is unreachable'
    const endpoint = new Endpoint({
      socket: this.net.nextConnection() * 2,
      stack: this,
      addresses: {
        localAddress,
        localPort: FIRST_EPHEMERAL + (this.#ports++ % EPHEMERAL_PORTS),
        remoteAddress: options.remoteAddress,
        remotePort: options.remotePort,
      },
      state: 'syn-sent',
      ttl: options.ttl,
      minTtl: options.minTtl,
      password: options.password,
    })
    this.#sockets.set(endpoint.socket, endpoint)
    sendSyn(endpoint)
    return endpoint.socket
  }

  setTtl(socket: SocketId, ttl: number, minTtl: number): void {
    const endpoint = this.#sockets.get(socket)
    if (endpoint === undefined) return
    endpoint.ttl = ttl
    endpoint.minTtl = minTtl
  }

  send(socket: SocketId, message: BgpMessage): void {
    const endpoint = this.#sockets.get(socket)
    if (endpoint !== undefined) send(endpoint, message)
  }

  close(socket: SocketId): void {
    const endpoint = this.#sockets.get(socket)
    if (endpoint === undefined) return
    this.#sockets.delete(socket)
    this.#remember(endpoint)
    if (endpoint.state === 'open') sendFin(endpoint)
    else endpoint.state = 'closed'
  }

  /** An accepted connection becomes a socket of this machine. */
  adopt(endpoint: Endpoint): void {
    this.#sockets.set(endpoint.socket, endpoint)
  }

  has(endpoint: Endpoint): boolean {
    return this.#sockets.get(endpoint.socket) === endpoint
  }

  /** The connection is dead; the process hears of it if it still has the socket. */
  fail(endpoint: Endpoint, error: SocketError): void {
    this.#remember(endpoint)
    endpoint.state = 'closed'
    endpoint.lost = null
    endpoint.held = []
    if (!this.#sockets.delete(endpoint.socket)) return
    this.user.socketClosed(endpoint.socket, error)
  }

  processEnded(): void {
    this.#listening = null
    this.#passwords.clear()
    for (const socket of [...this.#sockets.keys()]) this.close(socket)
  }

  powerLost(): void {
    this.generation++
    this.#listening = null
    this.#passwords.clear()
    this.#heard.clear()
    for (const endpoint of this.#sockets.values()) endpoint.state = 'closed'
    this.#sockets.clear()
  }
}
