// Every BGP message that real BIRD daemons put on the wire in the reference captures is decoded and encoded again:
// the bytes must be the same.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { findCapability } from '../capabilities.ts'
import type { OpenMessage } from '../message.ts'
import { readU16, readU32 } from './bytes.ts'
import { announcedLength, decodeMessage } from './decode.ts'
import { encodeMessage } from './encode.ts'

const captures = new URL('../../../../../shared/reference/bird-captures/', import.meta.url)
const present = existsSync(captures)
if (!present) console.warn('SKIPPED: shared/reference/bird-captures is not beside the project')

interface Segment {
  /** `source:port>destination:port` as hex. */
  flow: string
  reverse: string
  syn: boolean
  seq: number
  payload: Uint8Array
}

/** TCP segments of port 179 in a classic pcap file (little-endian, Ethernet). */
function segmentsOf(file: Uint8Array): Segment[] {
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const found: Segment[] = []
  for (let at = 24; at + 16 <= file.length; ) {
    const length = view.getUint32(at + 8, true)
    const segment = segmentOf(file.subarray(at + 16, at + 16 + length))
    if (segment !== null) found.push(segment)
    at += 16 + length
  }
  return found
}

function segmentOf(frame: Uint8Array): Segment | null {
  if (readU16(frame, 12) !== 0x0800 || frame[23] !== 6) return null
  const ip = frame.subarray(14, 14 + readU16(frame, 16))
  const tcp = ip.subarray((ip[0]! & 15) * 4)
  const [sourcePort, destinationPort] = [readU16(tcp, 0), readU16(tcp, 2)]
  if (sourcePort !== 179 && destinationPort !== 179) return null
  const source = `${readU32(ip, 12)}:${sourcePort}`
  const destination = `${readU32(ip, 16)}:${destinationPort}`
  return {
    flow: `${source}>${destination}`,
    reverse: `${destination}>${source}`,
    syn: (tcp[13]! & 2) !== 0,
    seq: readU32(tcp, 4),
    payload: tcp.subarray((tcp[12]! >> 4) * 4),
  }
}

/** One direction of a connection: what TCP delivered, cut into messages. */
class Stream {
  next: number | null = null
  open: OpenMessage | null = null
  #early = new Map<number, Uint8Array>()
  #pending = new Uint8Array(0)

  take(segment: Segment): Uint8Array[] {
    if (segment.syn) {
      this.next = (segment.seq + 1) >>> 0
      this.open = null
      this.#early.clear()
      this.#pending = new Uint8Array(0)
      return []
    }
    if (this.next === null || segment.payload.length === 0) return []
    this.#early.set(segment.seq, segment.payload)
    for (let payload = this.#early.get(this.next); payload !== undefined; payload = this.#early.get(this.next)) {
      this.#early.delete(this.next)
      this.#pending = Uint8Array.from([...this.#pending, ...payload])
      this.next = (this.next + payload.length) >>> 0
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

const modeOf = (open: OpenMessage | null): number =>
  findCapability(open?.capabilities ?? null, 69)?.families.find((family) => family.afi === 1)?.mode ?? 0

function optionsFor(sender: Stream, receiver: Stream): { as4: boolean; addPath: boolean } {
  const wide = [sender, receiver].every((side) => findCapability(side.open?.capabilities ?? null, 65) !== null)
  return { as4: wide, addPath: (modeOf(sender.open) & 2) !== 0 && (modeOf(receiver.open) & 1) !== 0 }
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

function checkFile(file: URL): { messages: number; byType: Record<string, number> } {
  const streams = new Map<string, Stream>()
  const streamOf = (flow: string): Stream => {
    const stream = streams.get(flow) ?? new Stream()
    streams.set(flow, stream)
    return stream
  }
  const byType: Record<string, number> = {}
  let messages = 0
  for (const segment of segmentsOf(readFileSync(file))) {
    const stream = streamOf(segment.flow)
    for (const bytes of stream.take(segment)) {
      const decoded = decodeMessage(bytes, optionsFor(stream, streamOf(segment.reverse)))
      if (!decoded.ok) throw new Error(`${decoded.code}.${decoded.subcode} for ${hex(bytes)}`)
      if (decoded.message.type === 'OPEN') stream.open = decoded.message
      expect(hex(encodeMessage(decoded.message))).toBe(hex(bytes))
      messages++
      byType[decoded.message.type] = (byType[decoded.message.type] ?? 0) + 1
    }
  }
  return { messages, byType }
}

describe.skipIf(!present)('reference captures', () => {
  const folders = present ? readdirSync(captures) : []
  const files = folders.flatMap((folder) => {
    const url = new URL(`${folder}/`, captures)
    if (!existsSync(new URL('.', url)) || folder.endsWith('.txt') || folder.endsWith('.md')) return []
    return readdirSync(url)
      .filter((name) => name.endsWith('.pcap'))
      .map((name) => `${folder}/${name}`)
  })
  test.each(files)('%s', (name) => {
    const { messages, byType } = checkFile(new URL(name, captures))
    expect(messages).toBeGreaterThan(10)
    expect(byType.OPEN).toBeGreaterThan(1)
    expect(byType.UPDATE).toBeGreaterThan(1)
  })
})
