// What `tcpdump -v` prints of BGP in one segment, as tcpdump 4.99 reads its bytes (print-bgp.c): without the session it
// guesses from the bytes whether prefixes have path identifiers and how wide AS numbers are.
import { readU16, readU32 } from '../../bgp/codec/bytes.ts'
import { HEADER_LENGTH } from '../../bgp/codec/encode.ts'
import { decodeUtf8 } from '../../bgp/utf8.ts'
import { formatIp } from '../../net/address.ts'
import { maskOf } from '../../net/prefix.ts'
import { attributeLine } from './tcpdump-bgp-attributes.ts'

const MESSAGES = ['', 'Open', 'Update', 'Notification', 'Keepalive', 'Route Refresh']
const CAPABILITIES: Readonly<Record<number, string>> = {
  1: 'Multiprotocol Extensions',
  2: 'Route Refresh',
  64: 'Graceful Restart',
  65: '32-Bit AS Number',
  69: 'Multiple Paths',
  70: 'Enhanced Route Refresh',
  71: 'Long-lived Graceful Restart',
}
const SEND_RECEIVE = ['', 'Receive', 'Send', 'Both']
const FORWARDING = 0x80
const RESTARTING = 0x8000

/** Lines behind the one of the segment, each with its tabs. */
export function bgpLines(payload: Uint8Array): string[] {
  const lines: string[] = []
  for (let at = 0; at + HEADER_LENGTH <= payload.length; ) {
    if (!payload.subarray(at, at + 16).every((byte) => byte === 0xff)) {
      at++
      continue
    }
    const length = readU16(payload, at + 16)
    const name = MESSAGES[payload[at + 18]!]
    // The rest of it is in the next segment.
    if (length > payload.length - at) return [...lines, `[BGP ${name} Message]`]
    lines.push(...messageLines(payload.subarray(at, at + length)))
    at += length
  }
  return lines
}

function messageLines(bytes: Uint8Array): string[] {
  const type = bytes[18]!
  const head = `\t${MESSAGES[type]} Message (${type}), length: ${bytes.length}`
  switch (type) {
    case 1:
      return [head, ...openLines(bytes)]
    case 2:
      return [head, ...updateLines(bytes)]
    case 3:
      return [head + errorWords(bytes)]
    case 5:
      return [head, `\t  ${family(bytes, 19)}`]
    default:
      return [head]
  }
}

const AFIS: Readonly<Record<number, string>> = { 1: 'IPv4', 2: 'IPv6' }
const SAFIS: Readonly<Record<number, string>> = { 1: 'Unicast', 2: 'Multicast' }

/** AFI, an octet between, SAFI. */
function family(bytes: Uint8Array, at: number, gap = 1): string {
  const [afi, safi] = [readU16(bytes, at), bytes[at + 2 + gap]!]
  return `AFI ${AFIS[afi] ?? 'Unknown AFI'} (${afi}), SAFI ${SAFIS[safi] ?? 'Unknown SAFI'} (${safi})`
}

function openLines(bytes: Uint8Array): string[] {
  const lines = [
    `\t  Version ${bytes[19]}, my AS ${readU16(bytes, 20)}, Holdtime ${readU16(bytes, 22)}s, ID ${formatIp(readU32(bytes, 24))}`,
    `\t  Optional parameters, length: ${bytes[28]}`,
  ]
  for (let at = 29; at < bytes.length; at += 2 + bytes[at + 1]!) {
    lines.push(`\t    Option Capabilities Advertisement (${bytes[at]}), length: ${bytes[at + 1]}`)
    const end = at + 2 + bytes[at + 1]!
    for (let cap = at + 2; cap < end; cap += 2 + bytes[cap + 1]!) {
      lines.push(...capabilityLines(bytes[cap]!, bytes.subarray(cap + 2, cap + 2 + bytes[cap + 1]!)))
    }
  }
  return lines
}

function capabilityLines(code: number, value: Uint8Array): string[] {
  const head = `\t      ${CAPABILITIES[code] ?? 'Unknown'} (${code}), length: ${value.length}`
  switch (code) {
    case 1:
      return [head, `\t\t${family(value, 0)}`]
    case 2:
    case 71:
      return [head]
    case 64: {
      const flags = readU16(value, 0)
      const first = `\t\tRestart Flags: [${flags & RESTARTING ? 'R' : 'none'}], Restart Time ${flags & 0xfff}s`
      const families = []
      for (let at = 2; at < value.length; at += 4) {
        const kept = value[at + 3]! & FORWARDING ? 'yes' : 'no'
        families.push(`\t\t  ${family(value, at, 0)}, Forwarding state preserved: ${kept}`)
      }
      return [head, first, ...families]
    }
    case 65:
      return [head, `\t\t 4 Byte AS ${readU32(value, 0)}`]
    case 69: {
      const families = []
      for (let at = 0; at < value.length; at += 4) {
        families.push(`\t\t${family(value, at, 0)}, Send/Receive: ${SEND_RECEIVE[value[at + 3]!]}`)
      }
      return [head, ...families]
    }
    default:
      return [head, `\t\tno decoder for Capability ${code}`]
  }
}

function updateLines(bytes: Uint8Array): string[] {
  const withdrawn = readU16(bytes, 19)
  const attributesAt = 23 + withdrawn
  const nlriAt = attributesAt + readU16(bytes, attributesAt - 2)
  const lines = routeLines('Withdrawn', bytes.subarray(21, 21 + withdrawn))
  for (let at = attributesAt; at < nlriAt; ) {
    const wide = (bytes[at]! & 0x10) !== 0
    const start = at + (wide ? 4 : 3)
    const length = wide ? readU16(bytes, at + 2) : bytes[at + 2]!
    lines.push(
      ...attributeLine({ flags: bytes[at]!, type: bytes[at + 1]!, value: bytes.subarray(start, start + length) }),
    )
    at = start + length
  }
  // Whatever was withdrawn: without attributes and routes tcpdump calls it the marker.
  if (attributesAt === bytes.length) return [...lines, '\t  End-of-Rib Marker (empty NLRI)']
  return [...lines, ...routeLines('Updated', bytes.subarray(nlriAt))]
}

function routeLines(word: string, list: Uint8Array): string[] {
  if (list.length === 0) return []
  const lines = [`\t  ${word} routes:`]
  const withIds = hasPathIds(list)
  for (let at = 0; at < list.length; ) {
    const id = withIds ? `   Path Id: ${readU32(list, at)}` : ''
    if (withIds) at += 4
    const length = list[at++]!
    const octets = Math.ceil(length / 8)
    let address = 0
    for (let i = 0; i < 4; i++) address = address * 256 + (i < octets ? list[at + i]! : 0)
    at += octets
    lines.push(`\t    ${formatIp((address & maskOf(length)) >>> 0)}/${length}${id}`)
  }
  return lines
}

/** check_add_path: they can be read with identifiers, and not without. */
function hasPathIds(list: Uint8Array): boolean {
  if (list.length <= 4) return false
  let at = 0
  while (at + 4 < list.length) {
    const length = list[at + 4]!
    if (length > 32) return false
    at += 5 + Math.ceil(length / 8)
  }
  if (at > list.length) return false
  for (at = 0; at < list.length; at += 1 + Math.ceil(list[at]! / 8)) {
    if (list[at]! < 1 || list[at]! > 32) return true
  }
  return at > list.length
}

const ERRORS: Readonly<Record<number, string>> = {
  1: 'Message Header Error',
  2: 'OPEN Message Error',
  3: 'UPDATE Message Error',
  4: 'Hold Timer Expired',
  5: 'Finite State Machine Error',
  6: 'Cease',
}
const SUBCODES: Readonly<Record<number, readonly string[]>> = {
  1: ['', 'Connection Not Synchronized', 'Bad Message Length', 'Bad Message Type'],
  2: [
    '',
    'Unsupported Version Number',
    'Bad Peer AS',
    'Bad BGP Identifier',
    'Unsupported Optional Parameter',
    'Authentication Failure',
    'Unacceptable Hold Time',
    'Capability Message Error',
  ],
  3: [
    '',
    'Malformed Attribute List',
    'Unrecognized Well-known Attribute',
    'Missing Well-known Attribute',
    'Attribute Flags Error',
    'Attribute Length Error',
    'Invalid ORIGIN Attribute',
    'AS Routing Loop',
    'Invalid NEXT_HOP Attribute',
    'Optional Attribute Error',
    'Invalid Network Field',
    'Malformed AS_PATH',
  ],
  5: ['Unspecified Error', 'In OpenSent State', 'In OpenConfirm State', 'In Established State'],
  6: [
    '',
    'Maximum Number of Prefixes Reached',
    'Administrative Shutdown',
    'Peer Unconfigured',
    'Administrative Reset',
    'Connection Rejected',
    'Other Configuration Change',
    'Connection Collision Resolution',
  ],
}

function errorWords(bytes: Uint8Array): string {
  const [code, subcode] = [bytes[19]!, bytes[20]!]
  const error = `, ${ERRORS[code] ?? 'Unknown Error'} (${code})`
  const names = SUBCODES[code]
  if (names === undefined) return error
  const text = `${error}${code === 5 ? '' : ','} subcode ${names[subcode] || 'Unknown'} (${subcode})`
  // A sentence for the operator (RFC 8203).
  const shutdown = code === 6 && (subcode === 2 || subcode === 4) && bytes.length > 21
  if (!shutdown) return text
  const said = decodeUtf8(bytes.subarray(22, 22 + bytes[21]!))
  return `${text}, Shutdown Communication (length: ${bytes[21]}): "${said}"`
}
