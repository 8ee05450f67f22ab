// A segment as an Ethernet frame: IPv4 (RFC 791) and TCP (RFC 9293) headers with their checksums.
import type { Ip } from '../net/address.ts'
import type { HostId } from '../recording/types.ts'
import { MSS } from './dialogue.ts'
import { type Packet, TcpFlag } from './packet.ts'

const ETHERNET = 14
const IPV4 = 20
const TCP = 20
/** Maximum segment size, the one option, in SYNs. */
const MSS_OPTION = 4
const ETHERTYPE_IPV4 = 0x0800
/** What BIRD asks for: IP_PREC_INTERNET_CONTROL. */
const TOS = 0xc0
const DONT_FRAGMENT = 0x4000
const PROTOCOL_TCP = 6
const WINDOW = 64_240

export function frameOf(packet: Packet): Uint8Array {
  const options = (packet.flags & TcpFlag.SYN) === 0 ? 0 : MSS_OPTION
  const tcpLength = TCP + options + packet.payload.length
  const frame = new Uint8Array(ETHERNET + IPV4 + tcpLength)
  const view = new DataView(frame.buffer)
  writeMac(view, 0, packet.to)
  writeMac(view, 6, packet.from)
  view.setUint16(12, ETHERTYPE_IPV4)
  writeIpv4(view, packet, tcpLength)
  writeTcp(view, packet, options)
  frame.set(packet.payload, ETHERNET + IPV4 + TCP + options)
  view.setUint16(ETHERNET + IPV4 + 16, tcpChecksum(view, packet, tcpLength))
  return frame
}

/** Locally administered, by the host; machines have no MAC addresses in the model. */
function writeMac(view: DataView, offset: number, host: HostId | null): void {
  view.setUint16(offset, 0x0200)
  view.setUint32(offset + 2, host === null || host < 0 ? 0xffff : host + 1)
}

function writeIpv4(view: DataView, packet: Packet, tcpLength: number): void {
  const at = ETHERNET
  view.setUint8(at, 0x45)
  view.setUint8(at + 1, TOS)
  view.setUint16(at + 2, IPV4 + tcpLength)
  view.setUint16(at + 4, packet.id)
  view.setUint16(at + 6, DONT_FRAGMENT)
  view.setUint8(at + 8, packet.ttl)
  view.setUint8(at + 9, PROTOCOL_TCP)
  view.setUint32(at + 12, packet.source)
  view.setUint32(at + 16, packet.destination)
  view.setUint16(at + 10, folded(sum(view, at, IPV4)))
}

function writeTcp(view: DataView, packet: Packet, options: number): void {
  const at = ETHERNET + IPV4
  view.setUint16(at, packet.sourcePort)
  view.setUint16(at + 2, packet.destinationPort)
  view.setUint32(at + 4, packet.seq)
  view.setUint32(at + 8, packet.ack)
  view.setUint8(at + 12, ((TCP + options) / 4) << 4)
  view.setUint8(at + 13, packet.flags)
  view.setUint16(at + 14, (packet.flags & TcpFlag.RST) === 0 ? WINDOW : 0)
  if (options === 0) return
  view.setUint16(at + TCP, 0x0204)
  view.setUint16(at + TCP + 2, MSS)
}

function tcpChecksum(view: DataView, packet: Packet, length: number): number {
  const pseudo = half(packet.source) + half(packet.destination) + PROTOCOL_TCP + length
  return folded(pseudo + sum(view, ETHERNET + IPV4, length))
}

const half = (address: Ip): number => (address >>> 16) + (address & 0xffff)

function sum(view: DataView, offset: number, length: number): number {
  let total = 0
  for (let i = 0; i + 1 < length; i += 2) total += view.getUint16(offset + i)
  return length % 2 === 1 ? total + (view.getUint8(offset + length - 1) << 8) : total
}

function folded(total: number): number {
  let value = total
  while (value > 0xffff) value = (value & 0xffff) + Math.floor(value / 0x10000)
  return ~value & 0xffff
}
