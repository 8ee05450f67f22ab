// Capabilities in an OPEN (RFC 5492) as BIRD 1.6.8 writes and reads them: bgp_create_open and bgp_parse_capabilities
// in proto/bgp/packets.c. Unknown ones are kept as they came.
import { type ByteWriter, readU16, readU24, readU32 } from './codec/bytes.ts'
import type { Capability, GracefulFamily } from './message.ts'

export const CAPABILITY = {
  multiprotocol: 1,
  routeRefresh: 2,
  extendedMessages: 6,
  gracefulRestart: 64,
  as4: 65,
  addPath: 69,
  enhancedRefresh: 70,
  longLivedGracefulRestart: 71,
} as const

export const AFI_IPV4 = 1
export const SAFI_UNICAST = 1

const NAMES: Readonly<Record<number, string>> = {
  1: 'Multiprotocol Extensions',
  2: 'Route Refresh',
  6: 'Extended Messages',
  64: 'Graceful Restart',
  65: 'Four-octet AS Number',
  69: 'ADD-PATH',
  70: 'Enhanced Route Refresh',
  71: 'Long-Lived Graceful Restart',
}

/** The RFC's name of a capability. */
export function capabilityName(code: number): string {
  return NAMES[code] ?? `Capability ${code}`
}

/** The capability with its members typed; null when it is not in the list. */
export function findCapability<C extends Exclude<Capability, { data: Uint8Array }>['code']>(
  capabilities: readonly Capability[] | null,
  code: C,
): Extract<Exclude<Capability, { data: Uint8Array }>, { code: C }> | null {
  type Found = Extract<Exclude<Capability, { data: Uint8Array }>, { code: C }>
  return (capabilities?.find((item) => item.code === code && !('data' in item)) as Found | undefined) ?? null
}

export function writeCapability(out: ByteWriter, capability: Capability): void {
  out.u8(capability.code)
  const lengthAt = out.length
  out.u8(0)
  writeValue(out, capability)
  out.setU8(lengthAt, out.length - lengthAt - 1)
}

function writeValue(out: ByteWriter, capability: Capability): void {
  if ('data' in capability) {
    out.raw(capability.data)
    return
  }
  switch (capability.code) {
    case 1:
      out.u16(capability.afi)
      out.u8(0)
      out.u8(capability.safi)
      break
    case 64:
      out.u16((capability.restarting ? 0x8000 : 0) | capability.timeSeconds)
      for (const family of capability.families) writeFamily(out, family)
      break
    case 65:
      out.u32(capability.as)
      break
    case 69:
      for (const { afi, safi, mode } of capability.families) {
        out.u16(afi)
        out.u8(safi)
        out.u8(mode)
      }
      break
    case 71:
      for (const family of capability.families) {
        writeFamily(out, family)
        out.u24(family.staleSeconds)
      }
      break
  }
}

function writeFamily(out: ByteWriter, family: GracefulFamily): void {
  out.u16(family.afi)
  out.u8(family.safi)
  out.u8(family.forwarding ? 0x80 : 0)
}

function readFamily(bytes: Uint8Array, offset: number): GracefulFamily {
  return { afi: readU16(bytes, offset), safi: bytes[offset + 2]!, forwarding: bytes[offset + 3]! >= 0x80 }
}

/** The capabilities of one parameter; null when BIRD would refuse them as malformed (2.0). */
export function readCapabilities(bytes: Uint8Array): Capability[] | null {
  const capabilities: Capability[] = []
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at + 1]
    if (length === undefined || at + 2 + length > bytes.length) return null
    const capability = readCapability(bytes[at]!, bytes.subarray(at + 2, at + 2 + length))
    if (capability === null) return null
    capabilities.push(capability)
    at += 2 + length
  }
  return capabilities
}

function readCapability(code: number, value: Uint8Array): Capability | null {
  const length = value.length
  switch (code) {
    case 1:
      if (length !== 4) break
      return { code, afi: readU16(value, 0), safi: value[3]! }
    case 2:
    case 6:
    case 70:
      return length === 0 ? ({ code } as Capability) : null
    case 64:
      if (length % 4 !== 2) return null
      return {
        code,
        restarting: value[0]! >= 0x80,
        timeSeconds: readU16(value, 0) & 0xfff,
        families: each(length, { from: 2, size: 4 }, (at) => readFamily(value, at)),
      }
    case 65:
      return length === 4 ? { code, as: readU32(value, 0) } : null
    case 69:
      if (length % 4 !== 0) return null
      return {
        code,
        families: each(length, { from: 0, size: 4 }, (at) => ({
          afi: readU16(value, at),
          safi: value[at + 2]!,
          mode: value[at + 3]! as 1 | 2 | 3,
        })),
      }
    case 71:
      if (length % 7 !== 0) return null
      return {
        code,
        families: each(length, { from: 0, size: 7 }, (at) => ({
          ...readFamily(value, at),
          staleSeconds: readU24(value, at + 4),
        })),
      }
  }
  return { code, data: value.slice() }
}

function each<T>(length: number, step: { from: number; size: number }, read: (at: number) => T): T[] {
  const items: T[] = []
  for (let at = step.from; at < length; at += step.size) items.push(read(at))
  return items
}
