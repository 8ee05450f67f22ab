// A message to its bytes, as BIRD 1.6.8 puts it on the wire (bgp_create_open and friends in proto/bgp/packets.c,
// bgp_encode_attrs in proto/bgp/attrs.c).
import { prefixAddress, prefixLength } from '../../net/prefix.ts'
import { writeCapability } from '../capabilities.ts'
import type { BgpMessage, BgpMessageType, Nlri, OpenMessage, UpdateMessage } from '../message.ts'
import { ByteWriter } from './bytes.ts'
import { writeAttributes } from './encode-attributes.ts'

export const HEADER_LENGTH = 19
/** Longest message without the extended-messages capability. */
export const MAX_LENGTH = 4096

export const TYPE_NUMBER: Readonly<Record<BgpMessageType, number>> = {
  OPEN: 1,
  UPDATE: 2,
  NOTIFICATION: 3,
  KEEPALIVE: 4,
  'ROUTE-REFRESH': 5,
}

/** The whole message with its header. */
export function encodeMessage(message: BgpMessage): Uint8Array {
  const out = new ByteWriter()
  out.fill(0xff, 16)
  out.u16(0)
  out.u8(TYPE_NUMBER[message.type])
  writeBody(out, message)
  out.setU16(16, out.length)
  return out.finish()
}

function writeBody(out: ByteWriter, message: BgpMessage): void {
  switch (message.type) {
    case 'OPEN':
      writeOpen(out, message)
      break
    case 'UPDATE':
      writeUpdate(out, message)
      break
    case 'NOTIFICATION':
      out.u8(message.code)
      out.u8(message.subcode)
      out.raw(message.data)
      break
    case 'ROUTE-REFRESH':
      out.u16(message.afi)
      out.u8(message.subtype)
      out.u8(message.safi)
      break
    case 'KEEPALIVE':
      break
  }
}

function writeOpen(out: ByteWriter, message: OpenMessage): void {
  out.u8(message.version)
  out.u16(message.as)
  out.u16(message.holdTimeSeconds)
  out.u32(message.id)
  if (message.capabilities === null || message.capabilities.length === 0) {
    out.u8(0)
    return
  }
  const start = out.length
  out.u8(0)
  out.u8(2)
  out.u8(0)
  for (const capability of message.capabilities) writeCapability(out, capability)
  out.setU8(start, out.length - start - 1)
  out.setU8(start + 2, out.length - start - 3)
}

function writeUpdate(out: ByteWriter, message: UpdateMessage): void {
  const withdrawnAt = out.length
  out.u16(0)
  for (const nlri of message.withdrawn) writeNlri(out, nlri, message.addPath)
  out.setU16(withdrawnAt, out.length - withdrawnAt - 2)
  const attributesAt = out.length
  out.u16(0)
  if (message.attributes !== null) writeAttributes(out, message.attributes, message.as4)
  out.setU16(attributesAt, out.length - attributesAt - 2)
  for (const nlri of message.announced) writeNlri(out, nlri, message.addPath)
}

function writeNlri(out: ByteWriter, nlri: Nlri, addPath: boolean): void {
  if (addPath) out.u32(nlri.pathId)
  const length = prefixLength(nlri.prefix)
  const address = prefixAddress(nlri.prefix)
  out.u8(length)
  for (let shift = 24; shift > 24 - Math.ceil(length / 8) * 8; shift -= 8) out.u8((address >>> shift) & 255)
}

/** Bytes that one prefix takes. */
export function nlriLength(nlri: Nlri, addPath: boolean): number {
  return (addPath ? 5 : 1) + Math.ceil(prefixLength(nlri.prefix) / 8)
}
