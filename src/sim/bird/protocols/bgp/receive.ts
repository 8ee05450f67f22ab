// Receiving: every message by type and state (proto/bgp/packets.c bgp_rx_packet and below).
import type {
  BgpMessage,
  NotificationMessage,
  OpenMessage,
  RouteRefreshMessage,
  UpdateMessage,
} from '../../../bgp/message.ts'
import { isEndOfRib } from '../../../bgp/message.ts'
import { hasShutdownMessage, notificationWithData, shutdownMessage } from '../../../bgp/notification.ts'
import { DebugFlag } from '../../config/tree.ts'
import type { Connection } from './connection.ts'
import { SEND } from './connection.ts'
import { checkOpen } from './open.ts'
import { BgpTransmit } from './transmit.ts'

const NO_DATA = new Uint8Array(0)
/** NOTIFICATION 5.x for a message that does not fit the state. */
const FSM_SUBCODE = { Idle: 0, Connect: 0, Active: 0, OpenSent: 1, OpenConfirm: 2, Established: 3, Close: 0 } as const

export abstract class BgpReceive extends BgpTransmit {
  abstract stop(subcode: number, data: Uint8Array): void
  abstract enterEstablished(c: Connection): void
  abstract gracefulDone(): void
  abstract backOff(): void
  abstract enterClose(c: Connection, reason: string): void

  received(c: Connection, message: BgpMessage): void {
    if (c.state === 'Close' || c.state === 'Idle') return
    this.lastHeardAt = this.core.loop.now
    this.touched()
    switch (message.type) {
      case 'OPEN':
        this.#open(c, message)
        break
      case 'UPDATE':
        this.#update(c, message)
        break
      case 'KEEPALIVE':
        this.#keepalive(c)
        break
      case 'NOTIFICATION':
        this.#notification(c, message)
        break
      case 'ROUTE-REFRESH':
        this.#refresh(c, message)
        break
    }
  }

  #unexpected(c: Connection): void {
    this.fail(c, 5, FSM_SUBCODE[c.state], NO_DATA)
  }

  #open(c: Connection, open: OpenMessage): void {
    if (c.state !== 'OpenSent') {
      this.#unexpected(c)
      return
    }
    if (this.traces(DebugFlag.PACKETS)) {
      const id = open.id.toString(16).padStart(8, '0')
      this.trace(DebugFlag.PACKETS, `Got OPEN(as=${open.as},hold=${open.holdTimeSeconds},id=${id})`)
    }
    const { options, routerId } = this
    const { neighborAs } = this.config
    const verdict = checkOpen(open, { options, neighborAs, routerId, withoutCapabilities: c.withoutCapabilities })
    if (!verdict.ok) {
      this.fail(c, verdict.code, verdict.subcode, verdict.data)
      return
    }
    if (verdict.inconsistentAs) this.core.log(`${this.name}: Peer advertised inconsistent AS numbers`)
    c.peer = verdict.peer
    if (!this.#winsCollision(c, open)) {
      this.trace(DebugFlag.EVENTS, 'Connection collision, giving up this connection')
      this.fail(c, 6, 7, NO_DATA)
      return
    }
    this.#negotiate(c, open)
    this.schedule(c, SEND.keepalive)
    this.startTimer(c.holdTimer, c.holdTime)
    this.setState(c, 'OpenConfirm', 'OPEN accepted')
  }

  /** What the other connection means for this one (RFC 4271 section 6.8). */
  #winsCollision(c: Connection, open: OpenMessage): boolean {
    const other = c === this.outgoing ? this.incoming : this.outgoing
    if (other.state === 'Connect' || other.state === 'Active') this.enterIdle(other, 'the other connection is open')
    if (other.state === 'Established') return false
    if (other.state !== 'OpenConfirm') return true
    const sameIds = this.routerId === open.id
    const peerDominates = this.routerId < open.id || (sameIds && this.options.localAs < this.config.neighborAs)
    if (peerDominates !== (c === this.incoming)) return false
    this.trace(DebugFlag.EVENTS, 'Connection collision, giving up the other connection')
    this.fail(other, 6, 7, NO_DATA)
    return true
  }

  #negotiate(c: Connection, open: OpenMessage): void {
    const o = this.options
    c.peerId = open.id
    c.holdTime = Math.min(open.holdTimeSeconds, o.holdTime)
    c.keepaliveTime = o.keepaliveTime ?? Math.floor(c.holdTime / 3)
    this.remoteId = open.id
    this.as4 = o.enableAs4 && c.peer.as4 !== null
    this.addPathRx = o.addPathRx && c.peer.addPathTx
    this.addPathTx = o.addPathTx && c.peer.addPathRx
    this.gracefulReady = o.gracefulRestart !== 'off' && c.peer.gracefulAble
    this.restartTime = c.peer.restartTime
    this.extendedMessages = o.enableExtendedMessages && c.peer.extendedMessages
    // Simplified: `secondary` hears of the best route alone, and of no other where the filter refuses that one.
    this.announcements = this.addPathTx ? 'any' : o.secondary ? 'accepted' : 'optimal'
  }

  #keepalive(c: Connection): void {
    this.trace(DebugFlag.PACKETS, 'Got KEEPALIVE')
    this.startTimer(c.holdTimer, c.holdTime)
    if (c.state === 'OpenConfirm') this.enterEstablished(c)
    else if (c.state !== 'Established') this.#unexpected(c)
  }

  #update(c: Connection, message: UpdateMessage): void {
    this.traceUpdate('Got UPDATE')
    // Some peers skip the KEEPALIVE that ought to come first.
    if (c.state === 'OpenConfirm') this.enterEstablished(c)
    if (c.state !== 'Established') {
      this.#unexpected(c)
      return
    }
    this.startTimer(c.holdTimer, c.holdTime)
    if (isEndOfRib(message)) this.#endOfRib()
    else this.receiveRoutes(c, message)
  }

  #endOfRib(): void {
    this.trace(DebugFlag.PACKETS, 'Got END-OF-RIB')
    if (this.loadState === 'loading') this.loadState = 'none'
    if (this.inRecovery) this.core.recovery.unlock(this)
    if (this.gracefulActive) this.gracefulDone()
  }

  #refresh(c: Connection, message: RouteRefreshMessage): void {
    if (c.state !== 'Established') {
      this.#unexpected(c)
      return
    }
    if (!this.options.enableRouteRefresh) {
      this.fail(c, 1, 3, new Uint8Array([5]))
      return
    }
    const hook = this.hook
    if (hook === null) return
    // Until RFC 7313 the octet was reserved: without its capability every message is a request.
    const subtype = c.peer.enhancedRefresh ? message.subtype : 0
    if (subtype === 0) {
      this.trace(DebugFlag.PACKETS, 'Got ROUTE-REFRESH')
      this.requestFeed()
    } else if (subtype === 1) {
      this.trace(DebugFlag.PACKETS, 'Got BEGIN-OF-RR')
      if (this.loadState === 'loading') this.core.log(`${this.name}: BEGIN-OF-RR received before END-OF-RIB, ignoring`)
      else {
        this.loadState = 'refreshing'
        this.table.refreshBegin(hook)
      }
    } else if (subtype === 2) {
      this.trace(DebugFlag.PACKETS, 'Got END-OF-RR')
      if (this.loadState !== 'refreshing')
        this.core.log(`${this.name}: END-OF-RR received without prior BEGIN-OF-RR, ignoring`)
      else {
        this.loadState = 'none'
        this.table.refreshEnd(hook)
      }
    } else this.core.log(`${this.name}: Got ROUTE-REFRESH message with unknown subtype ${subtype}, ignoring`)
  }

  #notification(c: Connection, n: NotificationMessage): void {
    this.core.log(`${this.name}: Received: ${notificationWithData(n.code, n.subcode, n.data)}`)
    if (hasShutdownMessage(n.code, n.subcode)) this.message = shutdownMessage(n.data) || null
    this.storeError(c, { class: 'received', code: n.code, subcode: n.subcode })
    let counts = n.code !== 6
    if (
      n.code === 2 &&
      (n.subcode === 4 || n.subcode === 7) &&
      this.options.capabilities === null &&
      !c.withoutCapabilities
    ) {
      this.core.log(`${this.name}: Capability related error received, retry with capabilities disabled`)
      this.retryWithoutCapabilities = true
      counts = false
    }
    const ceased = n.code === 6 && (this.options.disableAfterCease & (1 << n.subcode)) !== 0
    this.enterClose(c, 'NOTIFICATION received')
    this.schedule(c, SEND.close)
    if (ceased) {
      this.core.log(`${this.name}: Disabled after Cease notification`)
      this.startupDelay = 0
      this.disabled = true
    }
    if (counts) this.backOff()
    if (counts || ceased) this.stop(0, NO_DATA)
  }

  /** The peer choked on our capabilities. */
  protected retryWithoutCapabilities = false
}
