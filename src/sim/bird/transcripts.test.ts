// Who says what in which order, byte for byte, against the captures of real daemons: a mesh's cold start, a node that was
// killed and comes back, a block claimed and released, and reflectors, where both sides dial. Each direction of a session is
// a transcript of its own; how the two interleave is a matter of microseconds.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeMessage } from '../bgp/codec/encode.ts'
import type { BgpMessage } from '../bgp/message.ts'
import { formatIp } from '../net/address.ts'
import { meshBed } from '../testing/bird-bed.ts'
import type { BirdHost, BirdNet } from '../testing/bird-net.ts'
import { MessageStream, segmentsOf } from '../testing/pcap.ts'
import { kindCluster, Run } from '../testing/run-scenario.ts'

const captures = new URL('../../../../shared/reference/bird-captures/', import.meta.url)
const present = existsSync(captures)
if (!present) console.warn('SKIPPED: shared/reference/bird-captures is not beside the project')

interface Line {
  /** Seconds after the first segment of the capture, or of simulated time. */
  at: number
  /** `n1>n2` */
  way: string
  connection: string
  text: string
}

const NAMES: Readonly<Record<string, string>> = { '10.192.0.2': 'n1', '10.192.0.3': 'n2', '10.192.0.4': 'n3' }
const nameOf = (address: number): string => NAMES[formatIp(address)] ?? formatIp(address)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

/** Type and body; the 16 bytes of ones and the length say nothing more. */
function spelled(bytes: Uint8Array): string {
  const words: Readonly<Record<number, string>> = {
    1: 'OPEN',
    2: 'UPDATE',
    3: 'NOTIFICATION',
    4: 'KEEPALIVE',
    5: 'REFRESH',
  }
  const word = words[bytes[18] ?? 0] ?? '?'
  const body = hex(bytes.subarray(19))
  if (word === 'UPDATE' && body === '00000000') return 'END-OF-RIB'
  return `${word} ${body}`.trim()
}

function captured(name: string): Line[] {
  const segments = segmentsOf(readFileSync(new URL(name, captures)))
  const start = segments[0]?.at ?? 0
  const streams = new Map<string, MessageStream>()
  return segments.flatMap((segment) => {
    const stream = streams.get(segment.flow) ?? new MessageStream()
    streams.set(segment.flow, stream)
    const connection = [segment.flow, segment.reverse].sort()[0] ?? ''
    const way = `${nameOf(segment.source)}>${nameOf(segment.destination)}`
    return stream.take(segment).map((bytes) => ({ at: segment.at - start, way, connection, text: spelled(bytes) }))
  })
}

function sent(hosts: readonly BirdHost[]): Line[] {
  return hosts.flatMap((host) =>
    host.sent.map(({ at, to, message }) => ({
      at: at / 1e6,
      way: `${host.name}>${nameOf(to)}`,
      connection: '',
      text: spelled(encodeMessage(message)),
    })),
  )
}

/** Each direction's lines between two times, without the KEEPALIVEs of a quiet session. */
function transcript(lines: readonly Line[], from: number, to: number): Record<string, string[]> {
  const ways: Record<string, string[]> = {}
  for (const { at, way, text } of lines) {
    if (at < from || at >= to) continue
    ways[way] = [...(ways[way] ?? []), text]
  }
  return ways
}

/** As in the captures: sessions that come up one after the other number their paths one after the other. */
const BETWEEN_STARTS = 0.008

function started(net: BirdNet, hosts: readonly BirdHost[], seconds: number): void {
  for (const host of hosts) {
    host.start()
    net.runSeconds(BETWEEN_STARTS)
  }
  net.runSeconds(seconds)
}

describe.skipIf(!present)('transcripts of real daemons', () => {
  it('a mesh that starts cold: OPEN, KEEPALIVE, own routes, END-OF-RIB, the same bytes on all six ways', () => {
    const { net, n1, n2, n3 } = meshBed()
    started(net, [n1, n2, n3], 10)
    const real = transcript(captured('mesh3-states/all.pcap'), 0, 5)
    expect(transcript(sent([n1, n2, n3]), 0, 10)).toEqual(real)
    expect(Object.keys(real)).toHaveLength(6)
    expect(real['n3>n1']?.map((line) => line.split(' ')[0])).toEqual(['OPEN', 'KEEPALIVE', 'UPDATE', 'END-OF-RIB'])
  })

  it('a node that was killed: nothing from it, and a full table when it is back', () => {
    const { net, n1, n2, n3 } = meshBed()
    started(net, [n1, n2, n3], 12)
    n3.kill()
    net.runSeconds(8)
    const back = net.now / 1e6
    n3.start(true)
    net.runSeconds(8)
    const lines = captured('mesh3-gr/all.pcap')
    const reopened = lines.find((line) => line.at > 5 && line.text.startsWith('OPEN'))?.at ?? 0
    const real = transcript(lines, reopened - 0.1, reopened + 8)
    expect(transcript(sent([n1, n2, n3]), back, back + 8)).toEqual(real)
    expect(Object.keys(real).sort()).toEqual(['n1>n3', 'n2>n3', 'n3>n1', 'n3>n2'])
  })

  it('a block that is claimed, and one that is released: refeed with its withdraws, on both sessions', () => {
    const { net, n1, n2, n3 } = meshBed({ debug: 'all' })
    started(net, [n1, n2, n3], 12)
    const aggr = n1.files.get('bird_aggr.cfg') ?? ''
    const claim = net.now / 1e6
    n1.hup({ 'bird_aggr.cfg': twoBlocks(aggr) })
    net.runSeconds(4)
    const release = net.now / 1e6
    n1.hup({ 'bird_aggr.cfg': aggr })
    net.runSeconds(4)
    const lines = captured('reconfig/all.pcap')
    expect(transcript(sent([n1, n2, n3]), claim, release)).toEqual(transcript(lines, 5, 10))
    expect(transcript(sent([n1, n2, n3]), release, release + 4)).toEqual(transcript(lines, 10, 14))
  })

  it('SIGHUP with the kernel filter changed says nothing to anybody', () => {
    const { net, n1, n2, n3 } = meshBed({ debug: 'all' })
    started(net, [n1, n2, n3], 12)
    const at = net.now / 1e6
    const ipam = n1.files.get('bird_ipam.cfg') ?? ''
    n1.hup({ 'bird_ipam.cfg': ipam.replace('krt_tunnel = "tunl0"', 'krt_tunnel = ""') })
    net.runSeconds(4)
    expect(transcript(sent([n1, n2, n3]), at, at + 4)).toEqual({})
    expect(transcript(captured('reconfig/all.pcap'), 15, 24)).toEqual({})
  })
})

function twoBlocks(aggr: string): string {
  return aggr
    .replace('blackhole;\n', 'blackhole;\n  route 192.168.10.0/26 blackhole;\n')
    .replace(
      /\}\n$/,
      '  if ( net = 192.168.10.0/26 ) then { accept; }\n  if ( net ~ 192.168.10.0/26 ) then { reject; }\n}\n',
    )
}

/** What one end says on a connection, in words: NOTIFICATIONs with their code, tables as one word. */
function manner(texts: readonly string[]): string {
  const words = texts.map((text) => {
    const [word = '', body = ''] = text.split(' ')
    return word === 'NOTIFICATION' ? `${word} ${body.slice(0, 4)}` : word
  })
  return words.filter((word, index) => word !== 'UPDATE' || words[index - 1] !== 'UPDATE').join(', ')
}

const STAR = `---
apiVersion: projectcalico.org/v3
kind: Node
metadata: { name: c-control-plane, labels: { route-reflector: "true" } }
spec: { bgp: { routeReflectorClusterID: 244.0.0.1 } }
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: { name: star }
spec: { nodeSelector: all(), peerSelector: route-reflector == 'true' }
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: { name: default }
spec: { nodeToNodeMeshEnabled: false, asNumber: 64512 }
`

describe.skipIf(!present)('sessions where both sides dial', () => {
  /** Every end of every connection until all is quiet. */
  function mannersOf(lines: readonly Line[]): string[] {
    const ends = new Map<string, string[]>()
    for (const { connection, way, text } of lines) {
      const key = `${connection} ${way}`
      ends.set(key, [...(ends.get(key) ?? []), text])
    }
    return [...ends.values()].map(manner)
  }

  it('follow no order that real ones do not: a session, one given up, one that the other side has given up', () => {
    const real = mannersOf(captured('rr1-3clients/all.pcap').filter(({ at }) => at < 20))
    const run = Run.of(`${kindCluster(4)}${STAR}`).to(20)
    const simulated = run.messages().map(
      ({ connection, sourceAddress, destinationAddress, message }): Line => ({
        at: 0,
        way: `${sourceAddress}>${destinationAddress}`,
        connection: String(connection),
        text: spelled(encodeMessage(message as BgpMessage)),
      }),
    )
    const ours = mannersOf(simulated)
    const allowed = [...new Set([...real, 'OPEN', 'OPEN, KEEPALIVE'])]
    expect(ours.filter((one) => !allowed.includes(one))).toEqual([])
    // Three sessions are left, with both ends' tables.
    expect(ours.filter((one) => one.includes('END-OF-RIB')).length).toBeGreaterThanOrEqual(6)
    expect(real.filter((one) => one.includes('END-OF-RIB')).length).toBeGreaterThanOrEqual(6)
  })
})
