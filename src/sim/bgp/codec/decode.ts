// Bytes to a message, or the NOTIFICATION that BIRD 1.6.8 would answer (bgp_rx and the bgp_rx_* functions in
// proto/bgp/packets.c), its checks in its order. Checks that need the session (state, peer AS) belong to the daemon.
import { maskOf } from '../../net/prefix.ts'
import { readCapabilities } from '../capabilities.ts'
import type { BgpMessage, Capability, Nlri, UpdateMessage } from '../message.ts'
import { readU16, readU32 } from './bytes.ts'
import { readAttributes } from './decode-attributes.ts'
import { type DecodeFailure, failure } from './decode-result.ts'
import { HEADER_LENGTH, MAX_LENGTH } from './encode.ts'

export interface DecodeOptions {
  /** What the session negotiated. */
  as4: boolean
  addPath: boolean
  /** From another AS: LOCAL_PREF and the attributes of reflection are passed over, also when they stand twice. */
  external?: boolean
  /** 4096 unless extended messages were negotiated. */
  maxLength?: number
}

export type DecodeResult =
  | {
      ok: true
      message: BgpMessage
      /** Attributes with a length that cannot be: BIRD logs them and takes the announced prefixes as withdrawn. */
      treatAsWithdraw: readonly string[]
    }
  | DecodeFailure

function done(message: BgpMessage): DecodeResult {
  return { ok: true, message, treatAsWithdraw: [] }
}

/** How long the message at the start of the bytes claims to be; null while the header is not complete. */
export function announcedLength(bytes: Uint8Array): number | null {
  return bytes.length < HEADER_LENGTH ? null : readU16(bytes, 16)
}

/** Decodes one whole message with its header. */
export function decodeMessage(bytes: Uint8Array, options: DecodeOptions): DecodeResult {
  for (let i = 0; i < 16; i++) if (bytes[i] !== 0xff) return failure(1, 1)
  const length = announcedLength(bytes)
  const lengthField = bytes.subarray(16, 18)
  if (length === null || length !== bytes.length || length > (options.maxLength ?? MAX_LENGTH)) {
    return failure(1, 2, lengthField)
  }
  switch (bytes[18]) {
    case 1:
      return decodeOpen(bytes)
    case 2:
      return length < 23 ? failure(1, 2, lengthField) : decodeUpdate(bytes, options)
    case 3:
      if (length < 21) return failure(1, 2, lengthField)
      return done({ type: 'NOTIFICATION', code: bytes[19]!, subcode: bytes[20]!, data: bytes.slice(21) })
    case 4:
      return done({ type: 'KEEPALIVE' })
    case 5:
      return decodeRouteRefresh(bytes)
    default:
      return failure(1, 3, bytes.subarray(18, 19))
  }
}

function decodeOpen(bytes: Uint8Array): DecodeResult {
  if (bytes.length < 29 || bytes.length !== 29 + bytes[28]!) return failure(1, 2, bytes.subarray(16, 18))
  if (bytes[19] !== 4) return failure(2, 1, bytes.subarray(19, 20))
  let capabilities: Capability[] | null = null
  for (let at = 29; at < bytes.length; ) {
    const length = bytes[at + 1]
    if (length === undefined || at + 2 + length > bytes.length) return failure(2, 0)
    // BIRD sends back as many bytes as the parameter's value has, counted from its type.
    if (bytes[at] !== 2) return failure(2, 4, bytes.subarray(at, at + length))
    const read = readCapabilities(bytes.subarray(at + 2, at + 2 + length))
    if (read === null) return failure(2, 0)
    capabilities = [...(capabilities ?? []), ...read]
    at += 2 + length
  }
  const holdTimeSeconds = readU16(bytes, 22)
  if (holdTimeSeconds === 1 || holdTimeSeconds === 2) return failure(2, 6, bytes.subarray(22, 24))
  const id = readU32(bytes, 24)
  if (id === 0) return failure(2, 3, bytes.subarray(24, 28))
  return done({ type: 'OPEN', version: 4, as: readU16(bytes, 20), holdTimeSeconds, id, capabilities })
}

function decodeRouteRefresh(bytes: Uint8Array): DecodeResult {
  if (bytes.length < 23) return failure(1, 2, bytes.subarray(16, 18))
  if (bytes.length > 23) return failure(7, 1, bytes.subarray(0, 2048))
  return done({ type: 'ROUTE-REFRESH', afi: readU16(bytes, 19), subtype: bytes[21]!, safi: bytes[22]! })
}

function decodeUpdate(bytes: Uint8Array, options: DecodeOptions): DecodeResult {
  const withdrawnLength = readU16(bytes, 19)
  if (withdrawnLength + 23 > bytes.length) return failure(3, 1)
  const attributesAt = 23 + withdrawnLength
  const attributesBytes = readU16(bytes, attributesAt - 2)
  const announcedAt = attributesAt + attributesBytes
  if (announcedAt > bytes.length) return failure(3, 1)
  if (attributesBytes === 0 && announcedAt < bytes.length) return failure(3, 1)
  const withdrawn = readNlri(bytes.subarray(21, 21 + withdrawnLength), options.addPath)
  if ('code' in withdrawn) return withdrawn
  const base = { type: 'UPDATE', as4: options.as4, addPath: options.addPath, withdrawn } as const
  if (attributesBytes === 0) return done({ ...base, attributes: null, announced: [] })
  const read = readAttributes(bytes.subarray(attributesAt, announcedAt), {
    as4: options.as4,
    external: options.external ?? false,
    announcing: announcedAt < bytes.length,
  })
  if ('code' in read) return read
  const announced = readNlri(bytes.subarray(announcedAt), options.addPath)
  if ('code' in announced) return announced
  const message: UpdateMessage = { ...base, attributes: read.attributes, announced }
  return { ok: true, message, treatAsWithdraw: read.malformed }
}

function readNlri(bytes: Uint8Array, addPath: boolean): Nlri[] | DecodeFailure {
  const found: Nlri[] = []
  let at = 0
  while (at < bytes.length) {
    let pathId = 0
    if (addPath) {
      if (bytes.length - at < 5) return failure(3, 1)
      pathId = readU32(bytes, at)
      at += 4
    }
    const length = bytes[at++]!
    if (length > 32) return failure(3, 10)
    const count = Math.ceil(length / 8)
    if (bytes.length - at < count) return failure(3, 1)
    let address = 0
    for (let i = 0; i < 4; i++) address = address * 256 + (i < count ? bytes[at + i]! : 0)
    at += count
    found.push({ prefix: ((address & maskOf(length)) >>> 0) * 64 + length, pathId })
  }
  return found
}
