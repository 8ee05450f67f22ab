// `tcpdump [-n] [-i IFACE|any] [-c COUNT] [EXPRESSION]` on one host: what passed its interfaces up to the moment, printed
// as tcpdump 4.99 prints it without -v. Only BGP's connections are on the wire of the model.
import type { Ip } from '../../net/address.ts'
import { formatIp, parseIp } from '../../net/address.ts'
import { type Packet, TcpFlag } from '../../pcap/packet.ts'
import { packetsOf } from '../../pcap/packets.ts'
import { etherNames, type Sighting, sightings } from '../../pcap/taps.ts'
import { wallClock } from '../clock.ts'
import type { ShellHost } from '../host.ts'
import { type CommandResult, note, output, type ShellContext } from '../types.ts'

const SHOWN = 20
const BGP_PORT = 179

type Test = (packet: Packet) => boolean

export function tcpdump(context: ShellContext, host: ShellHost, words: readonly string[]): CommandResult {
  const { recording, at } = context
  const { letters, values, words: rest } = options(words)
  if (/[vwr]/.test(letters)) {
    return output([note('tcpdump is simulated without -v, -w and -r; the inspector shows every byte of a message.')])
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
  const isn = new SequenceBase(packets)
  const seen = sightings(recording, packets, taps, 'both').filter((each) => each.at <= at && test(each.packet))
  const count = Number(values.get('c') ?? SHOWN)
  const last = count > 0 ? seen.slice(-count) : []
  const numeric = letters.includes('n')
  const clock = wallClock(context.scenario.startEpochMs)
  const line = (each: Sighting): string => {
    const micros = String(each.at % 1_000_000).padStart(6, '0')
    const way = each.packet.from === host.id ? 'Out' : 'In '
    const place = name === 'any' ? `${(taps[each.tap]?.interface ?? '').padEnd(5)} ${way} ` : ''
    return `${clock.time(each.at)}.${micros} ${place}IP ${formatPacket(each.packet, isn, numeric)}`
  }
  const link = name === 'any' ? 'LINUX_SLL2 (Linux cooked v2)' : 'EN10MB (Ethernet)'
  return output([
    'tcpdump: verbose output suppressed, use -v[v]... for full protocol decode',
    `listening on ${name}, link-type ${link}, snapshot length 262144 bytes`,
    ...last.map(line),
    note(`the last ${last.length} of ${seen.length} packets that passed up to this moment; -c COUNT for more.`),
  ])
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

const key = (packet: Packet): string =>
  `${packet.source}:${packet.sourcePort}>${packet.destination}:${packet.destinationPort}`

function formatPacket(packet: Packet, isn: SequenceBase, numeric: boolean): string {
  const { flags, payload } = packet
  const end = (address: Ip, port: number) => `${formatIp(address)}.${!numeric && port === BGP_PORT ? 'bgp' : port}`
  const syn = (flags & TcpFlag.SYN) !== 0
  const parts = [`Flags [${flagLetters(flags)}]`]
  const seq = syn ? packet.seq : (packet.seq - isn.of(packet, false)) >>> 0
  const bare = flags === TcpFlag.ACK && payload.length === 0
  if (!bare)
    parts.push(
      `seq ${(flags & TcpFlag.RST) !== 0 && packet.seq === 0 ? 0 : seq}${payload.length > 0 ? `:${seq + payload.length}` : ''}`,
    )
  if ((flags & TcpFlag.ACK) !== 0) parts.push(`ack ${syn ? packet.ack : (packet.ack - isn.of(packet, true)) >>> 0}`)
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
