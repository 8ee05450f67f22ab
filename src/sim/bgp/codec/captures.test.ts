// Every BGP message that real BIRD daemons put on the wire in the reference captures is decoded and encoded again:
// the bytes must be the same.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { MessageStream, type Segment, segmentsOf } from '../../testing/pcap.ts'
import { findCapability } from '../capabilities.ts'
import type { OpenMessage } from '../message.ts'
import { decodeMessage } from './decode.ts'
import { encodeMessage } from './encode.ts'

const captures = new URL('../../../../../shared/reference/bird-captures/', import.meta.url)
const present = existsSync(captures)
if (!present) console.warn('SKIPPED: shared/reference/bird-captures is not beside the project')

/** A direction of a connection, and the OPEN it began with. */
class Stream {
  readonly #messages = new MessageStream()
  open: OpenMessage | null = null

  take(segment: Segment): Uint8Array[] {
    if (segment.syn) this.open = null
    return this.#messages.take(segment)
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
