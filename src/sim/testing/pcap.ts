// Real captures (classic pcap, little-endian, Ethernet) as BGP messages: segments of port 179 and what TCP delivered of them.

import { readU16, readU32 } from '../bgp/codec/bytes.ts'
import { announcedLength } from '../bgp/codec/decode.ts'

export interface Segment {
  /** Seconds since the epoch. */
  at: number
  /** `source:port>destination:port`, addresses as numbers. */
  flow: string
  reverse: string
  source: number
  destination: number
  syn: boolean
  seq: number
  payload: Uint8Array
}

/** TCP segments of port 179 in a capture file. */
export function segmentsOf(file: Uint8Array): Segment[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const found: Segment[] = []
  for (let at = 24; at + 16 <= file.length; ) {
    const length = view.getUint32(at + 8, true)
    const seconds = view.getUint32(at, true) + view.getUint32(at + 4, true) / 1e6
    const segment = segmentOf(file.subarray(at + 16, at + 16 + length), seconds)
    if (segment !== null) found.push(segment)
    at += 16 + length
  }
  return found
}

function segmentOf(frame: Uint8Array, at: number): Segment | null {
  if (readU16(frame, 12) !== 0x0800 || frame[23] !== 6) return null
  const ip = frame.subarray(14, 14 + readU16(frame, 16))
  const tcp = ip.subarray((ip[0]! & 15) * 4)
  const [sourcePort, destinationPort] = [readU16(tcp, 0), readU16(tcp, 2)]
  if (sourcePort !== 179 && destinationPort !== 179) return null
  const [source, destination] = [readU32(ip, 12), readU32(ip, 16)]
  return {
    at,
    flow: `${source}:${sourcePort}>${destination}:${destinationPort}`,
    reverse: `${destination}:${destinationPort}>${source}:${sourcePort}`,
    source,
    destination,
    syn: (tcp[13]! & 2) !== 0,
    seq: readU32(tcp, 4),
    payload: tcp.subarray((tcp[12]! >> 4) * 4),
  }
}

/** One direction of a connection: what TCP delivered, cut into messages. */
export class MessageStream {
  #next: number | null = null
  #early = new Map<number, Uint8Array>()
  #pending = new Uint8Array(0)

  take(segment: Segment): Uint8Array[] {
    if (segment.syn) {
      this.#next = (segment.seq + 1) >>> 0
      this.#early.clear()
      this.#pending = new Uint8Array(0)
      return []
    }
    if (this.#next === null || segment.payload.length === 0) return []
    this.#early.set(segment.seq, segment.payload)
    for (let payload = this.#early.get(this.#next); payload !== undefined; payload = this.#early.get(this.#next)) {
      this.#early.delete(this.#next)
      this.#pending = Uint8Array.from([...this.#pending, ...payload])
      this.#next = (this.#next + payload.length) >>> 0
    }
    return this.#cut()
  }

  #cut(): Uint8Array[] {
    const messages: Uint8Array[] = []
    for (;;) {
      const length = announcedLength(this.#pending)
      if (length === null || length > this.#pending.length) return messages
      messages.push(this.#pending.slice(0, length))
      this.#pending = this.#pending.slice(length)
    }
  }
}
