// One TCP segment as it crosses the wire: when it left, when it arrived, and what stands in its headers.
import type { Micros } from '../bird/ports.ts'
import type { Ip } from '../net/address.ts'
import type { HostId } from '../recording/types.ts'

/** Bits of the TCP header (RFC 9293 3.1). */
export const TcpFlag = { FIN: 1, SYN: 2, RST: 4, PSH: 8, ACK: 16 } as const

export interface Packet {
  readonly sentAt: Micros
  /** When it reaches the other kernel; null: it never does. */
  readonly arrivesAt: Micros | null
  readonly from: HostId
  readonly to: HostId | null
  readonly source: Ip
  readonly sourcePort: number
  readonly destination: Ip
  readonly destinationPort: number
  readonly flags: number
  readonly seq: number
  /** Without the flag it is not looked at. */
  readonly ack: number
  readonly ttl: number
  /** Identification field of the IP header. */
  readonly id: number
  readonly payload: Uint8Array
}
