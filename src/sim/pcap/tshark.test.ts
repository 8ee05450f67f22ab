// Wireshark's own dissector reads the captures of every scenario: nothing malformed, no expert error, right checksums, and
// in every direction of every connection the fields that the simulated daemons sent.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { encodeMessage, TYPE_NUMBER } from '../bgp/codec/encode.ts'
import type { BgpMessage } from '../bgp/message.ts'
import { World } from '../cluster/world.ts'
import { formatIp } from '../net/address.ts'
import { prefixAddress, prefixLength } from '../net/prefix.ts'
import { Recording } from '../recording/recording.ts'
import { parseScenario } from '../scenario/parse.ts'
import { defaultUntil } from '../verify.ts'
import { captureFile } from './capture.ts'

const there = spawnSync('tshark', ['--version']).status === 0
if (!there) console.warn('SKIPPED, aloud: tshark is not installed, so no capture is read by another than ourselves')

const attribute = (name: string) => `bgp.update.path_attribute.${name}`
/** tshark's field, and the values of it that a message has. */
const FIELDS: readonly (readonly [string, (message: BgpMessage) => readonly (number | string)[]])[] = [
  ['bgp.type', (m) => [TYPE_NUMBER[m.type]]],
  ['bgp.length', (m) => [encodeMessage(m).length]],
  ['bgp.open.version', (m) => (m.type === 'OPEN' ? [m.version] : [])],
  ['bgp.open.myas', (m) => (m.type === 'OPEN' ? [m.as] : [])],
  ['bgp.open.holdtime', (m) => (m.type === 'OPEN' ? [m.holdTimeSeconds] : [])],
  ['bgp.open.identifier', (m) => (m.type === 'OPEN' ? [formatIp(m.id)] : [])],
  ['bgp.notify.major_error', (m) => (m.type === 'NOTIFICATION' ? [m.code] : [])],
  ['bgp.route_refresh.subtype', (m) => (m.type === 'ROUTE-REFRESH' ? [m.subtype] : [])],
  [
    'bgp.withdrawn_prefix',
    (m) => (m.type === 'UPDATE' ? m.withdrawn.map((n) => formatIp(prefixAddress(n.prefix))) : []),
  ],
  ['bgp.nlri_prefix', (m) => (m.type === 'UPDATE' ? m.announced.map((n) => formatIp(prefixAddress(n.prefix))) : [])],
  [
    'bgp.prefix_length',
    (m) => (m.type === 'UPDATE' ? [...m.withdrawn, ...m.announced].map((n) => prefixLength(n.prefix)) : []),
  ],
  [
    'bgp.nlri_path_id',
    (m) => (m.type === 'UPDATE' && m.addPath ? [...m.withdrawn, ...m.announced].map((n) => n.pathId) : []),
  ],
  [attribute('origin'), (m) => only(m, (a) => a.origin)],
  [attribute('next_hop'), (m) => only(m, (a) => (a.nextHop === undefined ? undefined : formatIp(a.nextHop)))],
  [attribute('multi_exit_disc'), (m) => only(m, (a) => a.med)],
  [attribute('local_pref'), (m) => only(m, (a) => a.localPref)],
  [
    attribute('as_path_segment.as4'),
    (m) => (m.type === 'UPDATE' && m.as4 ? (m.attributes?.asPath ?? []).flatMap((segment) => segment.asns) : []),
  ],
  [
    attribute('community_as'),
    (m) => (m.type === 'UPDATE' ? (m.attributes?.communities ?? []).map((value) => value >>> 16) : []),
  ],
]

function only<T extends number | string>(
  message: BgpMessage,
  pick: (attributes: NonNullable<Extract<BgpMessage, { type: 'UPDATE' }>['attributes']>) => T | undefined,
): readonly T[] {
  const value = message.type === 'UPDATE' && message.attributes !== null ? pick(message.attributes) : undefined
  return value === undefined ? [] : [value]
}

function tshark(file: string, ...args: string[]): string {
  const { stdout, status, stderr } = spawnSync('tshark', ['-r', file, ...args], {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(stderr)
  return stdout
}

/** Values of every field by direction (`A:port > B:port`). */
function decoded(file: string): Map<string, string[][]> {
  const ends = ['ip.src', 'tcp.srcport', 'ip.dst', 'tcp.dstport']
  const names = [...ends, ...FIELDS.map(([name]) => name)]
  const found = new Map<string, string[][]>()
  const text = tshark(file, '-Y', 'bgp', '-T', 'fields', ...names.flatMap((name) => ['-e', name]))
  for (const line of text.split('\n').filter((each) => each !== '')) {
    const [source, sourcePort, destination, destinationPort, ...values] = line.split('\t')
    const key = `${source}:${sourcePort} > ${destination}:${destinationPort}`
    const lists = found.get(key) ?? FIELDS.map(() => [])
    values.forEach((value, i) => void lists[i]?.push(...value.split(',').filter((each) => each !== '')))
    found.set(key, lists)
  }
  return found
}

function sent(recording: Recording, until: number): Map<string, string[][]> {
  const found = new Map<string, string[][]>()
  for (let id = 0; id < recording.messageCount; id++) {
    const record = recording.message(id)
    if (record === null || record.sentAt > until || record.attempt > 1) continue
    const { sourceAddress, sourcePort, destinationAddress, destinationPort, message } = record
    const key = `${formatIp(sourceAddress)}:${sourcePort} > ${formatIp(destinationAddress)}:${destinationPort}`
    const lists = found.get(key) ?? FIELDS.map(() => [])
    FIELDS.forEach(([, values], i) => void lists[i]?.push(...values(message).map(String)))
    found.set(key, lists)
  }
  return found
}

const named = (lists: string[][] | undefined) => lists?.map((list, i) => [FIELDS[i]?.[0], list.join(' ')])

const SECOND = 1_000_000
/** The mesh of a hundred has half a million segments; its first seconds will do. */
const SHORT: Readonly<Record<string, number>> = { 'mesh-100.yaml': 3 }
const scenarios = readdirSync('scenarios').filter((name) => name.endsWith('.yaml'))

describe.skipIf(!there)('tshark reads the capture of', () => {
  test.each(scenarios)('%s', (name) => {
    const parsed = parseScenario(readFileSync(`scenarios/${name}`, 'utf8'))
    if (!parsed.ok) throw new Error(name)
    const recording = new Recording()
    const world = new World(parsed.scenario, recording.writer)
    const until = (SHORT[name] ?? 0) * SECOND || defaultUntil(parsed.scenario)
    world.runTo(until)
    recording.extendTo(until)
    const { startEpochMs } = parsed.scenario
    const folder = mkdtempSync(join(tmpdir(), 'pcap-'))
    try {
      const file = join(folder, 'x.pcapng')
      const bytes = captureFile(recording, { until, interfaces: [], startEpochMs })
      if ('unknown' in bytes) throw new Error(bytes.unknown)
      writeFileSync(file, bytes)
      const bad =
        '_ws.malformed or _ws.expert.severity >= 8388608 or tcp.checksum.status == 0 or ip.checksum.status == 0'
      const checks = ['-o', 'tcp.check_checksum:TRUE', '-o', 'ip.check_checksum:TRUE']
      expect(tshark(file, ...checks, '-Y', bad)).toBe('')
      const ours = sent(recording, until)
      const theirs = decoded(file)
      expect([...theirs.keys()].sort()).toEqual([...ours.keys()].sort())
      expect(theirs.size).toBeGreaterThan(5)
      for (const [key, lists] of ours) expect([key, named(theirs.get(key))]).toEqual([key, named(lists)])
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
