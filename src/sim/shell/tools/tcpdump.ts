// `tcpdump [-nv] [-i IFACE|any] [-c COUNT] [-w FILE] [EXPRESSION]` on one host: what passed its interfaces up to the moment,
// printed as tcpdump 4.99 prints it, or as the file that it writes. Only BGP's connections are on the wire of the model.
import type { Ip } from '../../net/address.ts'
import { formatIp, parseIp } from '../../net/address.ts'
import { frameOf } from '../../pcap/frame.ts'
import { type Packet, TcpFlag } from '../../pcap/packet.ts'
import { packetsOf } from '../../pcap/packets.ts'
import { pcapFile } from '../../pcap/pcap-file.ts'
import { etherNames, type Sighting, sightings } from '../../pcap/taps.ts'
import { wallClock } from '../clock.ts'
import type { ShellHost } from '../host.ts'
import { type CommandResult, note, output, type ShellContext, textOf } from '../types.ts'
import { bgpLines } from './tcpdump-bgp.ts'

const SHOWN = 20
const BGP_PORT = 179
/** Octets of a frame before its IP header, and before the checksum of its TCP header. */
const ETHERNET = 14
const CHECKSUM = ETHERNET + 20 + 16

type Test = (packet: Packet) => boolean

export function tcpdump(context: ShellContext, host: ShellHost, words: readonly string[]): CommandResult {
  const { recording, at } = context
  const { letters, values, words: rest } = options(words)
  const read = values.get('r')
  if (read !== undefined) {
    return output([
      `tcpdump: ${read}: No such file or directory`,
      note('what -w writes is saved by the browser; no host has it.'),
    ])
  }
  const name = values.get('i') ?? 'eth0'
  const own = etherNames(recording, host.id, at).filter((each) => name === 'any' || each === name)
  const taps = own.map((each) => ({ host: host.id, interface: each }))
  if (taps.length === 0) {
    return output([`tcpdump: ${name}: No such device exists`, '(No such device exists)'])
  }
  const test = expression(rest)
  if (test === null) return output(["tcpdump: can't parse filter expression: syntax error"])
  const packets = packetsOf(recording, at)
  const seen = sightings(recording, packets, taps, 'both').filter((each) => each.at <= at && test(each.packet))
  const file = values.get('w')
  const count = Number(values.get('c') ?? (file === undefined ? SHOWN : seen.length))
  const last = count > 0 ? seen.slice(-count) : []
  const link = name === 'any' ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)'
  const listening = `listening on ${name}, link-type ${link}, snapshot length 262144 bytes`
  if (file !== undefined) {
    if (name === 'any' || file === '-') return output([note('-w writes a file, of one interface.')])
    const start = context.scenario.startEpochMs * 1000
    const bytes = pcapFile(last.map(({ at: time, packet }) => ({ time: start + time, bytes: frameOf(packet) })))
    const counts = [`${last.length} packets captured`, `${last.length} packets received by filter`]
    const text = textOf([`tcpdump: ${listening}`, ...counts, '0 packets dropped by kernel'])
    return { type: 'output', text, file: { name: file.split('/').at(-1) ?? file, bytes } }
  }
  const isn = new SequenceBase(packets)
  const [numeric, verbose] = [letters.includes('n'), letters.includes('v')]
  const clock = wallClock(context.scenario.startEpochMs)
  const lines = (each: Sighting): string[] => {
    const micros = String(each.at % 1_000_000).padStart(6, '0')
    const way = each.packet.from === host.id ? 'Out' : 'In '
    const place = name === 'any' ? `${(taps[each.tap]?.interface ?? '').padEnd(5)} ${way} ` : ''
    const head = `${clock.time(each.at)}.${micros} ${place}IP`
    const text = formatPacket(each.packet, isn, { numeric, verbose })
    if (!verbose) return [`${head} ${text}`]
    return [`${head} ${ipWords(each.packet)}`, `    ${text}`, ...bgpLines(each.packet.payload)]
  }
  const quiet = ['tcpdump: verbose output suppressed, use -v[v]... for full protocol decode', listening]
  return output([
    ...(verbose ? [`tcpdump: ${listening}`] : quiet),
    ...last.flatMap(lines),
    note(`the last ${last.length} of ${seen.length} packets that passed up to this moment; -c COUNT for more.`),
  ])
}

/** The header of IP, of which frameOf makes bytes. */
function ipWords(packet: Packet): string {
  const length = frameOf(packet).length - ETHERNET
  return `(tos 0xc0, ttl ${packet.ttl}, id ${packet.id}, offset 0, flags [DF], proto TCP (6), length ${length})`
}

/** The checksum of TCP as it stands in the frame. */
function checksum(packet: Packet): string {
  const frame = frameOf(packet)
  const value = (frame[CHECKSUM]! << 8) | frame[CHECKSUM + 1]!
  return `cksum 0x${value.toString(16).padStart(4, '0')} (correct)`
}

const VALUED = 'icwrsBCGF'

/** As getopt reads them: letters may be joined, and one that takes a value takes the rest of its word or the next one. */
function options(given: readonly string[]): { letters: string; values: Map<string, string>; words: string[] } {
  const values = new Map<string, string>()
  let letters = ''
  let at = 0
  for (; given[at]?.startsWith('-') === true; at++) {
    const word = (given[at] as string).slice(1)
    for (let i = 0; i < word.length; i++) {
      const letter = word[i] as string
      letters += letter
      if (!VALUED.includes(letter)) continue
      values.set(letter, word.slice(i + 1) || (given[++at] ?? ''))
      break
    }
  }
  return { letters, values, words: given.slice(at) }
}

/** tcpdump counts from the first number it has seen of each side. */
class SequenceBase {
  readonly #first = new Map<string, number>()

  constructor(packets: readonly Packet[]) {
    for (const packet of packets) {
      if ((packet.flags & TcpFlag.SYN) !== 0) this.#first.set(key(packet), packet.seq)
    }
  }

  of(packet: Packet, reverse: boolean): number {
    return this.#first.get(key(reverse ? turned(packet) : packet)) ?? 0
  }
}

function turned(packet: Packet): Packet {
  const { source, sourcePort, destination, destinationPort } = packet
  return {
    ...packet,
    source: destination,
    sourcePort: destinationPort,
    destination: source,
    destinationPort: sourcePort,
  }
}

interface Wanted {
  readonly numeric: boolean
  readonly verbose: boolean
}

const key = (packet: Packet): string =>
  `${packet.source}:${packet.sourcePort}>${packet.destination}:${packet.destinationPort}`

function formatPacket(packet: Packet, isn: SequenceBase, { numeric, verbose }: Wanted): string {
  const { flags, payload } = packet
  const end = (address: Ip, port: number) => `${formatIp(address)}.${!numeric && port === BGP_PORT ? 'bgp' : port}`
  const syn = (flags & TcpFlag.SYN) !== 0
  const parts = [`Flags [${flagLetters(flags)}]`, ...(verbose ? [checksum(packet)] : [])]
  // Only what acknowledges is counted from the first number of its side.
  const relative = !syn && (flags & TcpFlag.ACK) !== 0
  const seq = relative ? (packet.seq - isn.of(packet, false)) >>> 0 : packet.seq
  const bare = flags === TcpFlag.ACK && payload.length === 0
  if (!bare) parts.push(`seq ${seq}${payload.length > 0 ? `:${seq + payload.length}` : ''}`)
  if ((flags & TcpFlag.ACK) !== 0)
    parts.push(`ack ${relative ? (packet.ack - isn.of(packet, true)) >>> 0 : packet.ack}`)
  parts.push(`win ${(flags & TcpFlag.RST) === 0 ? 64240 : 0}`)
  if (syn) parts.push('options [mss 1460]')
  parts.push(`length ${payload.length}${payload.length > 0 ? ': BGP' : ''}`)
  return `${end(packet.source, packet.sourcePort)} > ${end(packet.destination, packet.destinationPort)}: ${parts.join(', ')}`
}

function flagLetters(flags: number): string {
  const letters: [number, string][] = [
    [TcpFlag.FIN, 'F'],
    [TcpFlag.SYN, 'S'],
    [TcpFlag.RST, 'R'],
    [TcpFlag.PSH, 'P'],
    [TcpFlag.ACK, '.'],
  ]
  return letters.map(([flag, letter]) => ((flags & flag) === 0 ? '' : letter)).join('')
}

/** Primitives joined by `and`; null: tcpdump would not understand it, or it is more than is understood here. */
function expression(words: readonly string[]): Test | null {
  const rest = words.flatMap((word) => word.split(/\s+/)).filter((word) => word !== '')
  const tests: Test[] = []
  while (rest.length > 0) {
    const test = primitive(rest)
    if (test === null) return null
    tests.push(test)
    if (rest.length === 0) break
    const joint = rest.shift()
    if ((joint !== 'and' && joint !== '&&') || rest.length === 0) return null
  }
  return (packet) => tests.every((test) => test(packet))
}

function primitive(rest: string[]): Test | null {
  if (rest[0] === 'ip' || rest[0] === 'tcp') {
    rest.shift()
    if (!/^(port|host|src|dst)$/.test(rest.at(0) ?? '')) return () => true
  }
  if (rest[0] === 'udp' || rest[0] === 'icmp' || rest[0] === 'arp') {
    rest.shift()
    return () => false
  }
  const side = rest[0] === 'src' || rest[0] === 'dst' ? rest.shift() : null
  const kind = rest[0] === 'port' || rest[0] === 'host' ? rest.shift() : side === null ? null : 'host'
  const value = rest.shift()
  if (kind === null || value === undefined) return null
  if (kind === 'port') {
    const port = value === 'bgp' ? BGP_PORT : /^\d+$/.test(value) ? Number(value) : null
    if (port === null) return null
    return (p) => (side !== 'dst' && p.sourcePort === port) || (side !== 'src' && p.destinationPort === port)
  }
  const address = parseIp(value)
  if (address === null) return null
  return (p) => (side !== 'dst' && p.source === address) || (side !== 'src' && p.destination === address)
}
