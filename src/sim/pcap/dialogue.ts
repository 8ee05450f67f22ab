// A TCP connection told again from what the recording keeps of it: its records (SYN, FIN, RST) and the messages it carried
// become segments with sequence numbers, and between them the acknowledgements that nothing else carried.
import { encodeMessage } from '../bgp/codec/encode.ts'
import type { Micros } from '../bird/ports.ts'
import type { HostId, MessageRecord, TcpRecord } from '../recording/types.ts'
import { type Packet, TcpFlag } from './packet.ts'

/** Between a segment's arrival in the kernel and in the process (node/ports.ts, LOCAL_PROCESSING). */
const PROCESSING: Micros = 300
/** As the simulated TCP does it (cluster/tcp/segments.ts): at once at first, later after a delay. */
const DELAYED_ACK: Micros = 40_000
const QUICK_ACK_UNTIL = 2
/** Ethernet's 1500 bytes less two headers of 20. */
export const MSS = 1460
const NOTHING = new Uint8Array(0)

/** One end: what it has sent and what it has got. */
interface End {
  host: HostId | null
  address: number
  port: number
  readonly isn: number
  /** Sequence number of the next new byte. */
  next: number
  /** Where the flight that was lost began; null: none was. */
  lostFrom: number | null
  messages: number
  finished: boolean
  /** Next byte expected from the other end. */
  expects: number
  /** Segments on their way to this end. */
  arriving: { at: Micros; end: number }[]
  ackDue: Micros | null
  ipId: number
}

function end(isn: number, ipId: number): End {
  return {
    host: null,
    address: 0,
    port: 0,
    isn,
    next: isn,
    lostFrom: null,
    messages: 0,
    finished: false,
    expects: 0,
    arriving: [],
    ackDue: null,
    ipId,
  }
}

/** Kernels draw initial sequence numbers; here they follow from the number of the connection. */
function initialSequence(connection: number, side: number): number {
  return Math.imul(connection * 2 + side + 1, 0x9e3779b1) >>> 0 || 1
}

export class Dialogue {
  readonly #emit: (packet: Packet) => void
  readonly #client: End
  readonly #server: End
  readonly #ttl: number
  #latency: Micros = 1_000
  #synAt: Micros = 0
  /** A SYN has gone to a machine that has not answered yet. */
  #synOpen = false

  constructor(record: TcpRecord, ttl: number, emit: (packet: Packet) => void) {
    this.#emit = emit
    this.#ttl = ttl
    this.#client = end(initialSequence(record.connection, 0), (record.connection * 613) & 0xffff)
    this.#server = end(initialSequence(record.connection, 1), (record.connection * 617 + 7) & 0xffff)
    Object.assign(this.#client, { host: record.from, address: record.sourceAddress, port: record.sourcePort })
    Object.assign(this.#server, { host: record.to, address: record.destinationAddress, port: record.destinationPort })
  }

  tcp(at: Micros, record: TcpRecord): void {
    this.#settle(at)
    const [client, server] = [this.#client, this.#server]
    switch (record.what) {
      case 'syn':
      case 'lost-syn':
        this.#synUnanswered()
        this.#synAt = at
        server.host ??= record.to
        client.next = client.isn + 1
        // How long it takes is known when the answer is.
        this.#synOpen = record.what === 'syn'
        if (!this.#synOpen) this.#segment(client, { at, flags: TcpFlag.SYN, seq: client.isn, arrives: null })
        return
      case 'syn-ack':
        server.host = record.from
        this.#synCame(at)
        server.next = server.isn + 1
        server.expects = client.next
        this.#segment(server, { at, flags: TcpFlag.SYN | TcpFlag.ACK, seq: server.isn, arrives: at + this.#latency })
        return
      case 'established':
        client.expects = server.next
        this.#segment(client, { at: at - PROCESSING, flags: TcpFlag.ACK, seq: client.next })
        return
      case 'refused': {
        const back = at - PROCESSING
        this.#synCame(Math.round((this.#synAt + back) / 2))
        server.host ??= record.to
        server.expects = client.next
        this.#segment(server, { at: back - this.#latency, flags: TcpFlag.RST | TcpFlag.ACK, seq: 0 })
        return
      }
      case 'fin':
        this.#fin(at, record)
        return
      case 'rst': {
        const from = this.#endOf(record.sourceAddress, record.sourcePort)
        this.#segment(from, { at, flags: TcpFlag.RST, seq: from.next })
        this.#client.ackDue = null
        this.#server.ackDue = null
        return
      }
      default:
    }
  }

  /** The messages of one segment. */
  data(records: readonly MessageRecord[]): void {
    const [first] = records
    if (first === undefined) return
    const at = first.sentAt
    this.#settle(at)
    const from = this.#endOf(first.sourceAddress, first.sourcePort)
    const again = first.attempt > 1 && from.lostFrom !== null
    const delivered = first.delivery === 'delivered'
    const arrives = delivered ? first.arrivesAt - PROCESSING : null
    const start = again ? (from.lostFrom as number) : from.next
    const bytes = joined(records.map((record) => encodeMessage(record.message)))
    for (let offset = 0; offset < bytes.length; offset += MSS) {
      const payload = bytes.subarray(offset, offset + MSS)
      const push = offset + MSS >= bytes.length ? TcpFlag.PSH : 0
      this.#segment(from, { at, flags: TcpFlag.ACK | push, seq: start + offset, payload, arrives })
    }
    from.next = Math.max(from.next, start + bytes.length)
    from.lostFrom = delivered ? null : start
    if (first.attempt === 1) from.messages += records.length
    if (arrives !== null) this.#arrives(from, arrives, start + bytes.length)
  }

  /** All that would still happen. */
  finish(until: Micros): void {
    this.#synUnanswered()
    this.#settle(until)
  }

  #synUnanswered(): void {
    if (this.#synOpen) this.#synCame(this.#synAt + this.#latency)
  }

  #synCame(at: Micros): void {
    if (!this.#synOpen) return
    this.#synOpen = false
    this.#latency = Math.max(1, at - this.#synAt)
    this.#segment(this.#client, { at: this.#synAt, flags: TcpFlag.SYN, seq: this.#client.isn, arrives: at })
  }

  #fin(at: Micros, record: TcpRecord): void {
    const from = this.#endOf(record.sourceAddress, record.sourcePort)
    const again = from.finished
    const seq = again ? from.next - 1 : from.next
    if (!again) from.next++
    from.finished = true
    this.#segment(from, { at, flags: TcpFlag.FIN | TcpFlag.ACK, seq })
    this.#arrives(from, at + this.#latency, seq + 1)
  }

  #endOf(address: number, port: number): End {
    return this.#client.address === address && this.#client.port === port ? this.#client : this.#server
  }

  #other(one: End): End {
    return one === this.#client ? this.#server : this.#client
  }

  /** The other end will get everything up to `upTo`, and owe an acknowledgement. */
  #arrives(from: End, at: Micros, upTo: number): void {
    const to = this.#other(from)
    to.arriving.push({ at, end: upTo })
    const due = to.messages < QUICK_ACK_UNTIL || to.finished ? at : at + DELAYED_ACK
    to.ackDue = to.ackDue === null ? due : Math.min(to.ackDue, Math.max(due, at))
  }

  /** Acknowledgements that have become due by `now`, in order of time. */
  #settle(now: Micros): void {
    for (;;) {
      const [first, second] = [this.#client, this.#server].sort(
        (a, b) => (a.ackDue ?? Infinity) - (b.ackDue ?? Infinity),
      )
      const due = first?.ackDue ?? null
      if (first === undefined || second === undefined || due === null || due >= now) return
      this.#segment(first, { at: due, flags: TcpFlag.ACK, seq: first.next })
    }
  }

  #segment(
    from: End,
    segment: { at: Micros; flags: number; seq: number; payload?: Uint8Array; arrives?: Micros | null },
  ): void {
    const { at, flags, seq, payload = NOTHING } = segment
    const to = this.#other(from)
    for (const arrived of from.arriving) if (arrived.at <= at) from.expects = Math.max(from.expects, arrived.end)
    from.arriving = from.arriving.filter((each) => each.at > at)
    // Whatever carries an acknowledgement pays what is owed.
    if (from.ackDue !== null && from.arriving.length === 0) from.ackDue = null
    else if (from.ackDue !== null && from.ackDue <= at) from.ackDue = Math.min(...from.arriving.map((each) => each.at))
    from.ipId = (from.ipId + 1) & 0xffff
    this.#emit({
      sentAt: at,
      arrivesAt: segment.arrives === undefined ? at + this.#latency : segment.arrives,
      from: from.host ?? -1,
      to: to.host,
      source: from.address,
      sourcePort: from.port,
      destination: to.address,
      destinationPort: to.port,
      flags,
      seq: seq >>> 0,
      ack: (flags & TcpFlag.ACK) === 0 ? 0 : from.expects >>> 0,
      ttl: this.#ttl,
      id: from.ipId,
      payload,
    })
  }
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}
