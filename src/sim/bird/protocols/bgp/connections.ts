// The two TCP connections of a session: dialing, accepting, losing and closing them (proto/bgp/bgp.c bgp_connect,
// bgp_incoming_connection, bgp_sock_err, bgp_conn_enter_idle_state and what belongs to them).
import { formatIp } from '../../../net/address.ts'
import { DebugFlag } from '../../config/tree.ts'
import type { SocketEndpoints, SocketError, SocketId } from '../../ports.ts'
import { NO_CAPABILITIES } from './capabilities.ts'
import { type Connection, type ConnectionHooks, SEND } from './connection.ts'
import { BgpReceive } from './receive.ts'

const NO_DATA = new Uint8Array(0)

export abstract class BgpConnections extends BgpReceive implements ConnectionHooks {
  /** Connect delay or connect retry has run out. */
  retry(c: Connection): void {
    if (this.runState !== 'start') {
      this.enterIdle(c, 'connect timer')
      return
    }
    this.#close(c)
    this.#connect()
  }

  #connect(): void {
    const c = this.outgoing
    const o = this.options
    if (this.traces(DebugFlag.EVENTS)) {
      const from = formatIp(this.sourceAddress)
      this.trace(DebugFlag.EVENTS, `Connecting to ${this.peerText()} from local address ${from}`)
    }
    this.setState(c, 'Connect', 'connecting')
    const result = this.core.ports.tcp.connect({
      localAddress: this.sourceAddress === 0 ? null : this.sourceAddress,
      remoteAddress: this.config.neighbor,
      remotePort: o.neighborPort,
      ...this.#ttl(),
      password: o.password,
    })
    if (typeof result === 'string') {
      const bind = result === 'Cannot assign requested address' || result === 'Address already in use'
      if (bind) this.core.log(`${this.name}: Socket error: bind: ${result}`)
      this.#socketError(c, bind ? null : result)
      return
    }
    c.socket = result
    this.service.sockets.set(result, c)
    this.startTimer(c.retryTimer, o.connectRetryTime)
    this.changed()
  }

  connected(c: Connection, endpoints: SocketEndpoints): void {
    c.localAddress = endpoints.localAddress
    this.trace(DebugFlag.EVENTS, 'Connected')
    this.#sendOpen(c)
  }

  closed(c: Connection, error: SocketError | null): void {
    c.socket = null
    this.#socketError(c, error)
  }

  #sendOpen(c: Connection): void {
    c.stopRetry(this.core.loop)
    c.withoutCapabilities = this.options.capabilities === false || this.retryWithoutCapabilities
    c.peer = NO_CAPABILITIES
    c.peerId = 0
    this.schedule(c, SEND.open)
    this.setState(c, 'OpenSent', 'connected')
    this.startTimer(c.holdTimer, this.options.startupHoldTime)
  }

  /** A connection from the peer; false: refused. */
  incomingConnection(socket: SocketId, endpoints: SocketEndpoints): boolean {
    const running = this.runState === 'start' || this.runState === 'up'
    let accept = running && this.stage === 'connect' && this.incoming.socket === null
    const established = this.established
    if (established !== null && this.gracefulReady) {
      this.storeError(null, { class: 'misc', text: 'Graceful restart' })
      this.#helpRestart(established)
      this.enterIdle(established, 'the peer restarts')
      accept = true
      if (this.incoming.state !== 'Idle') this.#close(this.incoming)
    }
    if (this.traces(DebugFlag.EVENTS)) {
      const from = `Incoming connection from ${formatIp(endpoints.remoteAddress)} (port ${endpoints.remotePort})`
      this.trace(DebugFlag.EVENTS, `${from} ${accept ? 'accepted' : 'rejected'}`)
    }
    if (!accept) {
      this.core.event({ code: 'connection-rejected', protocol: this.name, from: endpoints.remoteAddress })
      return false
    }
    const c = this.incoming
    c.socket = socket
    c.localAddress = endpoints.localAddress
    const { ttl, minTtl } = this.#ttl()
    this.core.ports.tcp.setTtl(socket, ttl, minTtl)
    this.service.sockets.set(socket, c)
    this.#sendOpen(c)
    return true
  }

  #ttl(): { ttl: number; minTtl: number } {
    const { ttlSecurity, multihop } = this.options
    const hops = multihop ?? 1
    return ttlSecurity ? { ttl: 255, minTtl: 256 - hops } : { ttl: hops, minTtl: 0 }
  }

  #socketError(c: Connection, error: SocketError | null): void {
    this.storeError(c, { class: 'socket', error })
    this.trace(DebugFlag.EVENTS, error === null ? 'Connection closed' : `Connection lost (${error})`)
    if (c.state === 'Established' && this.gracefulReady) this.#helpRestart(c)
    this.enterIdle(c, error ?? 'Connection closed')
  }

  #close(c: Connection): void {
    const { loop, ports } = this.core
    c.stopTimers(loop)
    loop.cancel(c)
    c.toSend = 0
    c.notification = null
    if (c.socket === null) return
    this.service.sockets.delete(c.socket)
    ports.tcp.close(c.socket)
    c.socket = null
  }

  enterIdle(c: Connection, reason: string): void {
    const before = c.state
    this.#close(c)
    this.setState(c, 'Idle', reason)
    this.core.loop.schedule(this.decision)
    if (before === 'Established') this.#leaveEstablished(reason)
  }

  enterClose(c: Connection, reason: string): void {
    const before = c.state
    this.setState(c, 'Close', reason)
    c.stopKeepalive(this.core.loop)
    this.startTimer(c.holdTimer, 10)
    if (before === 'Established') this.#leaveEstablished(reason)
  }

  #leaveEstablished(reason: string): void {
    this.trace(DebugFlag.EVENTS, 'BGP session closed')
    this.core.event({ code: 'session-lost', protocol: this.name, reason })
    this.established = null
    this.clearRoutes()
    if (this.runState === 'up') this.stop(0, NO_DATA)
  }

  holdExpired(c: Connection): void {
    if (c.state === 'Close') {
      this.trace(DebugFlag.EVENTS, 'Connection stalled')
      this.enterIdle(c, 'connection stalled')
    } else this.fail(c, 4, 0)
  }

  keepaliveDue(c: Connection): void {
    this.schedule(c, SEND.keepalive)
    // It does not wait for the next turn of the loop as other events from timers do.
    this.core.loop.cancel(c)
    this.transmit(c)
  }

  /** bgp_handle_graceful_restart: keep the peer's routes while it restarts. */
  #helpRestart(c: Connection): void {
    const hook = this.hook
    this.trace(DebugFlag.EVENTS, `Neighbor graceful restart detected${this.gracefulActive ? ' - already pending' : ''}`)
    this.core.event({ code: 'graceful-restart-detected', protocol: this.name })
    this.notifyState('start')
    if (hook === null) return
    if (this.gracefulActive) this.table.refreshEnd(hook)
    this.gracefulActive = true
    this.core.loop.start(this.gracefulTimer, c.peer.restartTime)
    this.table.refreshBegin(hook)
  }

  override transmit(c: Connection): void {
    super.transmit(c)
  }
}
