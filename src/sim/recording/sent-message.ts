// A message on the wire as the recording keeps it: what all messages of one direction of a connection share stands in
// their flow.
import type { BgpMessage } from '../bgp/message.ts'
import type { Micros } from '../bird/ports.ts'
import type { Ip } from '../net/address.ts'
import type { MemberNames } from './canonical.ts'
import type { Delivery, Flow, HostId, MessageRecord, Transmission } from './types.ts'

export class SentMessage implements MessageRecord {
  readonly id: number
  readonly sentAt: Micros
  readonly arrivesAt: Micros
  readonly delivery: Delivery
  readonly attempt: number
  readonly message: BgpMessage
  readonly flow: Flow

  constructor(id: number, how: Transmission, message: BgpMessage) {
    this.id = id
    this.sentAt = how.sentAt
    this.arrivesAt = how.arrivesAt
    this.delivery = how.delivery
    this.attempt = how.attempt
    this.message = message
    this.flow = how.flow
  }

  get from(): HostId {
    return this.flow.from
  }
  get to(): HostId | null {
    return this.flow.to
  }
  get connection(): number {
    return this.flow.connection
  }
  get sourceAddress(): Ip {
    return this.flow.sourceAddress
  }
  get sourcePort(): number {
    return this.flow.sourcePort
  }
  get destinationAddress(): Ip {
    return this.flow.destinationAddress
  }
  get destinationPort(): number {
    return this.flow.destinationPort
  }

  get members(): MemberNames {
    return MEMBERS
  }

  writeMembers(to: { write(value: unknown): void }): void {
    const { flow } = this
    to.write(this.arrivesAt)
    to.write(this.attempt)
    to.write(flow.connection)
    to.write(this.delivery)
    to.write(flow.destinationAddress)
    to.write(flow.destinationPort)
    to.write(flow.from)
    to.write(this.id)
    to.write(this.message)
    to.write(this.sentAt)
    to.write(flow.sourceAddress)
    to.write(flow.sourcePort)
    to.write(flow.to)
  }
}

// biome-ignore format: two lines
const MEMBERS: MemberNames = [
  'arrivesAt', 'attempt', 'connection', 'delivery', 'destinationAddress', 'destinationPort', 'from',
  'id', 'message', 'sentAt', 'sourceAddress', 'sourcePort', 'to',
]
