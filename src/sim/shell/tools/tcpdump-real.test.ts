// The files that `tcpdump -w` writes here are read by the real tcpdump, which prints them as ours does, with -v and without.
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Attributes } from '../../bgp/attributes.ts'
import { encodeMessage } from '../../bgp/codec/encode.ts'
import type { BgpMessage } from '../../bgp/message.ts'
import { shutdownData } from '../../bgp/notification.ts'
import { transcriptLine } from '../../bgp/transcript.ts'
import { World } from '../../cluster/world.ts'
import { ip } from '../../net/address.ts'
import { prefix } from '../../net/prefix.ts'
import { frameOf } from '../../pcap/frame.ts'
import { pcapFile } from '../../pcap/pcap-file.ts'
import { Recording } from '../../recording/recording.ts'
import { parseScenario } from '../../scenario/parse.ts'
import { execute } from '../execute.ts'
import { bgpLines } from './tcpdump-bgp.ts'

const there = /version 4\.99/.test(spawnSync('tcpdump', ['--version'], { encoding: 'utf8' }).stdout ?? '')
if (!there) console.warn('SKIPPED, aloud: there is no tcpdump 4.99, so its lines are not compared with ours')

const SCENARIOS: readonly (readonly [string, number])[] = [
  ['node-failure', 420],
  ['route-reflector', 120],
  ['article-lab-fixed', 90],
]

describe.skipIf(!there)('the real tcpdump prints the same', () => {
  test.each(SCENARIOS)('%s', (name, seconds) => {
    const text = readFileSync(new URL(`../../../../scenarios/${name}.yaml`, import.meta.url), 'utf8')
    const parsed = parseScenario(text)
    if (!parsed.ok) throw new Error(parsed.problems.map(({ message }) => message).join('\n'))
    const recording = new Recording()
    new World(parsed.scenario, recording.writer).runTo(seconds * 1e6)
    recording.extendTo(seconds * 1e6)
    const context = { recording, at: seconds * 1e6, scenario: { startEpochMs: parsed.scenario.startEpochMs } }
    let printed = 0
    for (const host of recording.hosts) {
      const written = execute(context, host, 'tcpdump -w a.pcap')
      if (written.type !== 'output' || written.file === undefined) continue
      for (const flag of ['-n', '-nv']) {
        const { stdout } = spawnSync('tcpdump', [flag, '-r', '-'], {
          input: written.file.bytes,
          encoding: 'utf8',
          env: { ...process.env, TZ: 'UTC' },
          maxBuffer: 1 << 28,
        })
        const ours = execute(context, host, `tcpdump ${flag} -c 1000000`)
        const lines = ours.type === 'output' ? ours.text.split('\n').slice(flag === '-n' ? 2 : 1, -2) : []
        expect(lines.join('\n')).toBe(stdout.trimEnd())
        printed += lines.length
      }
    }
    expect(printed).toBeGreaterThan(100)
  })
})

describe.skipIf(!there)('and messages that no scenario sends', () => {
  const update = (attributes: Attributes, as4 = true): BgpMessage => ({
    type: 'UPDATE',
    as4,
    addPath: false,
    withdrawn: [{ prefix: prefix('10.9.0.0/16'), pathId: 0 }],
    attributes,
    announced: [{ prefix: prefix('0.0.0.0/0'), pathId: 0 }],
  })
  const path = (type: 1 | 2 | 3 | 4, ...asns: number[]) => ({ type, asns })
  const base: Attributes = { origin: 2, asPath: [path(2, 65002, 70000)], nextHop: ip('10.1.1.1') }
  const NO_DATA = new Uint8Array(0)
  const messages: readonly BgpMessage[] = [
    update({ ...base, med: 5, localPref: 200, atomicAggregate: true, aggregator: { as: 70000, ip: ip('1.2.3.4') } }),
    update({ ...base, aggregator: { as: 70000, ip: ip('1.2.3.4') } }, false),
    update({ ...base, origin: 1, asPath: [path(2, 5, 6), path(1, 7, 8), path(3, 9), path(4, 10, 11)] }),
    update({ ...base, asPath: [path(2, 1, 2, 3)] }, false),
    update({ ...base, communities: [0xfde80001, 0xffffff01, 0xffffff02, 0xffffff03, 0xffff0000] }),
    update({ ...base, originatorId: ip('9.9.9.9'), clusterList: [ip('1.1.1.1'), ip('2.2.2.2')] }),
    update({
      ...base,
      largeCommunities: [
        [65000, 1, 2],
        [4_200_000_000, 0, 7],
      ],
      partial: [32],
    }),
    update({ ...base, communities: [1, 2] }),
    update({
      ...base,
      extCommunities: [
        [0x0002fde8, 1],
        [0x0003fde8, 70000],
        [0x01020102, 0x03040005],
        [0x02020001, 0x11700007],
        [0x43000000, 1],
      ],
    }),
    update({ ...base, unknown: [{ flags: 0xe0, type: 99, data: new Uint8Array(21).fill(7) }] }),
    ...[1, 2, 3, 4, 5, 6].flatMap((code) =>
      [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11].map(
        (subcode): BgpMessage => ({ type: 'NOTIFICATION', code, subcode, data: NO_DATA }),
      ),
    ),
    { type: 'NOTIFICATION', code: 6, subcode: 2, data: shutdownData('for the night') },
    { type: 'NOTIFICATION', code: 2, subcode: 2, data: Uint8Array.of(0, 0, 255, 1) },
    { type: 'ROUTE-REFRESH', afi: 1, safi: 1, subtype: 2 },
    {
      type: 'OPEN',
      version: 4,
      as: 23456,
      holdTimeSeconds: 90,
      id: ip('1.2.3.4'),
      capabilities: [{ code: 1, afi: 1, safi: 1 }, { code: 6 }, { code: 65, as: 70000 }],
    },
    { type: 'OPEN', version: 4, as: 5, holdTimeSeconds: 0, id: ip('1.2.3.4'), capabilities: null },
  ]

  test.each(messages.map((message) => ({ line: transcriptLine(message), message })))('$line', ({ message }) => {
    const packet = {
      ...{ sentAt: 0, arrivesAt: 0, from: 0, to: 1, source: ip('10.0.0.1'), sourcePort: 5000, flags: 24 },
      ...{ destination: ip('10.0.0.2'), destinationPort: 179, seq: 1, ack: 1, ttl: 64, id: 1 },
      payload: encodeMessage(message),
    }
    const input = pcapFile([{ time: 0, bytes: frameOf(packet) }])
    const { stdout } = spawnSync('tcpdump', ['-nv', '-r', '-'], { input, encoding: 'utf8' })
    expect(bgpLines(packet.payload)).toEqual(stdout.trimEnd().split('\n').slice(2))
  })
})
