// Sending, one message per slot in order of priority (proto/bgp/packets.c bgp_fire_tx, bgp_kick_tx).
import type { BgpMessage } from '../../../bgp/message.ts'
import { formatIp } from '../../../net/address.ts'
import { DebugFlag } from '../../config/tree.ts'
import { BgpRoutes } from './bgp-routes.ts'
import { type Connection, SEND } from './connection.ts'
import { createOpen } from './open.ts'

/** Messages per turn. */
const MAX_PACKETS = 1024
const FAMILY = { afi: 1, safi: 1 } as const
const KEEPALIVE: BgpMessage = { type: 'KEEPALIVE' }

/** End-of-RIB in the four formats that a session may have negotiated. */
const END_OF_RIB = [false, true].map((as4) =>
  [false, true].map(
    (addPath): BgpMessage => ({ type: 'UPDATE', withdrawn: [], attributes: null, announced: [], as4, addPath }),
  ),
)

export abstract class BgpTransmit extends BgpRoutes {
  /** The NOTIFICATION is out, or nothing is to be said: hang up. */
  abstract enterIdle(c: Connection, reason: string): void

  override schedule(c: Connection, what: number): void {
    c.toSend |= what
    if (c.socket !== null && c.ticket === 0) this.core.loop.schedule(c)
  }

  protected transmit(c: Connection): void {
    for (let sent = 1; sent < MAX_PACKETS; sent++) if (!this.#next(c)) return
    if (c.ticket === 0) this.core.loop.schedule(c)
  }

  #send(c: Connection, message: BgpMessage): boolean {
    if (c.socket !== null) this.core.ports.tcp.send(c.socket, message)
    return c.socket !== null
  }

  /** False: nothing (more) to send. */
  #next(c: Connection): boolean {
    if (c.socket === null) {
      c.toSend = 0
      return false
    }
    const waiting = c.toSend
    if (waiting & SEND.close) {
      this.enterIdle(c, 'closed')
      return false
    }
    if (waiting & SEND.notification) return this.#notification(c)
    if (waiting & SEND.keepalive) {
      c.toSend &= ~SEND.keepalive
      this.trace(DebugFlag.PACKETS, 'Sending KEEPALIVE')
      this.startTimer(c.keepaliveTimer, c.keepaliveTime)
      this.touched()
      return this.#send(c, KEEPALIVE)
    }
    if (waiting & SEND.open) return this.#open(c)
    if (waiting & SEND.refresh) {
      c.toSend &= ~SEND.refresh
      this.trace(DebugFlag.PACKETS, 'Sending ROUTE-REFRESH')
      return this.#send(c, { type: 'ROUTE-REFRESH', ...FAMILY, subtype: 0 })
    }
    if (waiting & SEND.beginRefresh) {
      c.toSend &= ~SEND.beginRefresh
      this.trace(DebugFlag.PACKETS, 'Sending BEGIN-OF-RR')
      return this.#send(c, { type: 'ROUTE-REFRESH', ...FAMILY, subtype: 1 })
    }
    return (waiting & SEND.update) !== 0 && this.#update(c)
  }

  #notification(c: Connection): boolean {
    c.toSend = SEND.close
    const message = c.notification
    if (message === null) return true
    this.trace(DebugFlag.PACKETS, `Sending NOTIFICATION(code=${message.code}.${message.subcode})`)
    return this.#send(c, message)
  }

  #open(c: Connection): boolean {
    c.toSend &= ~SEND.open
    const open = createOpen({
      options: this.options,
      routerId: this.routerId,
      recovering: this.inRecovery,
      withoutCapabilities: c.withoutCapabilities,
    })
    if (this.traces(DebugFlag.PACKETS)) {
      const id = open.id.toString(16).padStart(8, '0')
      const text = `ver=${open.version},as=${this.options.localAs},hold=${open.holdTimeSeconds},id=${id}`
      this.trace(DebugFlag.PACKETS, `Sending OPEN(${text})`)
    }
    return this.#send(c, open)
  }

  #update(c: Connection): boolean {
    const limit = this.extendedMessages ? 65535 : 4096
    const message = this.queue.next({ as4: this.as4, addPath: this.addPathTx, limit })
    if (message !== null) {
      this.traceUpdate('Sending UPDATE')
      return this.#send(c, message)
    }
    c.toSend = 0
    const mark = this.feedMark
    if (mark !== 'loaded' && mark !== 'refreshed') return false
    this.feedMark = 'none'
    if (mark === 'loaded') {
      this.trace(DebugFlag.PACKETS, 'Sending END-OF-RIB')
      return this.#send(c, END_OF_RIB[Number(this.as4)]![Number(this.addPathTx)]!)
    }
    this.trace(DebugFlag.PACKETS, 'Sending END-OF-RR')
    return this.#send(c, { type: 'ROUTE-REFRESH', ...FAMILY, subtype: 2 })
  }

  protected peerText(): string {
    return formatIp(this.config.neighbor)
  }
}
