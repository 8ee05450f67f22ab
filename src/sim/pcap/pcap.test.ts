import { describe, expect, test } from 'vitest'
import { encodeMessage } from '../bgp/codec/encode.ts'
import type { HostId } from '../recording/types.ts'
import { kindCluster, Run } from '../testing/run-scenario.ts'
import { captureFile } from './capture.ts'
import { frameOf } from './frame.ts'
import { type Packet, TcpFlag } from './packet.ts'
import { packetsOf } from './packets.ts'

const { SYN, ACK, FIN, RST, PSH } = TcpFlag

const LETTERS = [
  [SYN, 'S'],
  [FIN, 'F'],
  [RST, 'R'],
  [PSH, 'P'],
  [ACK, '.'],
] as const

/** `S`, `S.`, `P. 63` ... with the host that sends it. */
function short(packet: Packet): string {
  const flags = LETTERS.map(([flag, letter]) => ((packet.flags & flag) === 0 ? '' : letter)).join('')
  const { length } = packet.payload
  return `${packet.from}>${packet.to} ${flags}${length === 0 ? '' : ` ${length}`}`
}

const connection = (packets: readonly Packet[], a: HostId, b: HostId): Packet[] =>
  packets.filter(({ from, to }) => (from === a && to === b) || (from === b && to === a))

describe('the segments of a mesh', () => {
  const run = Run.of(kindCluster(2)).to(100)
  const packets = packetsOf(run.recording, run.now)

  test('a session from its SYN on', () => {
    expect(packets.slice(0, 8).map(short)).toEqual([
      '1>0 S',
      '0>1 S.',
      '1>0 .',
      '1>0 P. 63',
      '0>1 P. 63',
      '1>0 .',
      '1>0 P. 19',
      '0>1 P. 19',
    ])
    expect(packets[0]).toMatchObject({ sentAt: 2e6, arrivesAt: 2_001_000, destinationPort: 179, ttl: 64 })
  })

  test('carries every byte once, and acknowledges all of it', () => {
    for (const side of [0, 1]) {
      const own = packets.filter(({ from }) => from === side)
      const data = own.filter(({ payload }) => payload.length > 0)
      let next = data[0]!.seq
      for (const { seq, payload } of data) {
        expect(seq).toBe(next)
        next = (seq + payload.length) >>> 0
      }
      const sent = run.messages().filter((record) => record.from === side)
      const length = sent.reduce((sum, record) => sum + encodeMessage(record.message).length, 0)
      expect(data.reduce((sum, { payload }) => sum + payload.length, 0)).toBe(length)
      expect(packets.filter(({ from }) => from === 1 - side).at(-1)?.ack).toBe(next)
    }
  })

  test('acknowledgements never run ahead of what has arrived', () => {
    for (const packet of packets.filter(({ flags }) => (flags & ACK) !== 0)) {
      const from = packets.filter((other) => other.from === packet.to && (other.arrivesAt ?? Infinity) <= packet.sentAt)
      const end = Math.max(...from.map((o) => o.seq + o.payload.length + ((o.flags & (SYN | FIN)) === 0 ? 0 : 1)))
      expect(packet.ack).toBe(end)
    }
  })
})

describe('connections that fail', () => {
  test('a machine without the daemon refuses', () => {
    const run = Run.of(
      kindCluster(2),
      '{ timeline: [ { at: 1s, action: kill-bird, target: node/c-control-plane } ] }',
    ).to(3)
    const [syn, answer] = packetsOf(run.recording, run.now)
    expect([syn, answer].map((packet) => short(packet!))).toEqual(['1>0 S', '0>1 R.'])
    expect(answer).toMatchObject({ ack: syn!.seq + 1, seq: 0 })
  })

  test('what is lost is sent again with its own number', () => {
    const run = Run.of(
      kindCluster(2),
      '{ timeline: [ { at: 10s, action: cut-link, target: link/c-worker/kind }, { at: 10.1s, action: exec, target: node/c-worker, command: birdc reload out all }, { at: 13s, action: mend-link, target: link/c-worker/kind } ] }',
    ).to(30)
    const lost = packetsOf(run.recording, run.now).filter(({ arrivesAt }) => arrivesAt === null)
    expect(lost.length).toBeGreaterThan(2)
    expect(new Set(lost.filter(({ from }) => from === 1).map(({ seq }) => seq)).size).toBe(1)
    const again = packetsOf(run.recording, run.now).find((p) => p.seq === lost[0]?.seq && p.arrivesAt !== null)
    expect(again?.payload).toEqual(lost[0]?.payload)
  })

  test('a daemon that ends closes with FIN both ways', () => {
    const run = Run.of(kindCluster(2), '{ timeline: [ { at: 5s, action: kill-bird, target: node/c-worker } ] }').to(5.2)
    const late = connection(packetsOf(run.recording, run.now), 0, 1).filter(({ sentAt }) => sentAt >= 5e6)
    expect(late.slice(0, 4).map(short)).toEqual(['1>0 F.', '0>1 F.', '1>0 .', '0>1 .'].slice(0, late.length))
  })
})

describe('frames and files', () => {
  const run = Run.of(kindCluster(2)).to(3)
  const capture = (...interfaces: string[]) => {
    const file = captureFile(run.recording, { until: run.now, interfaces, startEpochMs: Date.UTC(2025, 7, 12) })
    if ('unknown' in file) throw new Error(`unknown ${file.unknown}`)
    return blocksOf(file)
  }

  test('a header is what it says', () => {
    const frame = frameOf(packetsOf(run.recording, run.now)[0]!)
    expect(frame).toHaveLength(58)
    expect([...frame.subarray(12, 16)]).toEqual([8, 0, 0x45, 0xc0])
    // Over a header with its checksum the sum is all ones.
    const words = Array.from({ length: 10 }, (_, i) => (frame[14 + 2 * i]! << 8) | frame[15 + 2 * i]!)
    const total = words.reduce((sum, word) => sum + word, 0)
    expect((total & 0xffff) + (total >>> 16)).toBe(0xffff)
  })

  test('every segment once, or twice where both ends are looked at', () => {
    const all = packetsOf(run.recording, run.now).length
    expect(capture().filter(({ type }) => type === 6)).toHaveLength(all)
    expect(capture('c-worker').filter(({ type }) => type === 6)).toHaveLength(all)
    expect(capture('c-worker', 'c-control-plane/eth0').filter(({ type }) => type === 6)).toHaveLength(2 * all)
    expect(
      capture('c-worker')
        .map(({ type }) => type)
        .slice(0, 3),
    ).toEqual([0x0a0d0d0a, 1, 6])
  })

  test('times are those of the scenario, in microseconds', () => {
    const view = capture().find(({ type }) => type === 6)!.view
    expect(view.getUint32(12, true) * 2 ** 32 + view.getUint32(16, true)).toBe(Date.UTC(2025, 7, 12) * 1000 + 2e6)
  })

  test('a machine that is off now has left its packets on the wire', () => {
    const timeline = '{ timeline: [ { at: 20s, action: power-off, target: node/c-worker } ] }'
    const { recording, now } = Run.of(kindCluster(2), timeline).to(30)
    const packets = (until: number, ...interfaces: string[]) => {
      const file = captureFile(recording, { until, interfaces, startEpochMs: 0 })
      return 'unknown' in file ? file : blocksOf(file).filter(({ type }) => type === 6).length
    }
    expect(packets(now)).toBe(packetsOf(recording, now).length)
    expect(packets(now, 'c-worker/eth0')).toBe(packets(19e6, 'c-worker/eth0'))
    expect(packets(now, 'c-worker/eth0')).toBeGreaterThan(10)
  })

  test('a name that is none is told', () => {
    const request = { until: run.now, interfaces: ['c-worker/eth7'], startEpochMs: 0 }
    expect(captureFile(run.recording, request)).toEqual({ unknown: 'c-worker/eth7' })
  })
})

function blocksOf(file: Uint8Array): { type: number; view: DataView }[] {
  const blocks: { type: number; view: DataView }[] = []
  for (let at = 0; at < file.length; ) {
    const view = new DataView(file.buffer, at)
    const length = view.getUint32(4, true)
    expect(view.getUint32(length - 4, true)).toBe(length)
    blocks.push({ type: view.getUint32(0, true), view })
    at += length
  }
  return blocks
}
