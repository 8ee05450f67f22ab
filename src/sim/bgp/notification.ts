// NOTIFICATION codes and their texts (RFC 4271 section 4.5, 4486, 6608, 7313, 8203), in the words of BIRD's
// bgp_msg_table and bgp_log_error (proto/bgp/packets.c).
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

/** A code that RFC 4271 names. */
export const ERROR = { header: 1, open: 2, update: 3, hold: 4, fsm: 5, cease: 6, refresh: 7 } as const

const TEXTS: Readonly<Record<number, readonly string[]>> = {
  1: ['Invalid message header', 'Connection not synchronized', 'Bad message length', 'Bad message type'],
  2: [
    'Invalid OPEN message',
    'Unsupported version number',
    'Bad peer AS',
    'Bad BGP identifier',
    'Unsupported optional parameter',
    'Authentication failure',
    'Unacceptable hold time',
    'Required capability missing',
    'No supported AFI/SAFI',
  ],
  3: [
    'Invalid UPDATE message',
    'Malformed attribute list',
    'Unrecognized well-known attribute',
    'Missing mandatory attribute',
    'Invalid attribute flags',
    'Invalid attribute length',
    'Invalid ORIGIN attribute',
    'AS routing loop',
    'Invalid NEXT_HOP attribute',
    'Optional attribute error',
    'Invalid network field',
    'Malformed AS_PATH',
  ],
  4: ['Hold timer expired'],
  5: [
    'Finite state machine error',
    'Unexpected message in OpenSent state',
    'Unexpected message in OpenConfirm state',
    'Unexpected message in Established state',
  ],
  6: [
    'Cease',
    'Maximum number of prefixes reached',
    'Administrative shutdown',
    'Peer de-configured',
    'Administrative reset',
    'Connection rejected',
    'Other configuration change',
    'Connection collision resolution',
    'Out of Resources',
  ],
  7: ['Invalid ROUTE-REFRESH message', 'Invalid ROUTE-REFRESH message length'],
}

/** BIRD's words for a code and subcode. */
export function notificationText(code: number, subcode: number): string {
  return TEXTS[code]?.[subcode] ?? `Unknown error ${code}.${subcode}`
}

/** The words with the data as BIRD's log shows it: an AS number, a shutdown message, or at most 16 bytes in hex. */
export function notificationWithData(code: number, subcode: number, data: Uint8Array): string {
  const text = notificationText(code, subcode)
  if (data.length === 0) return text
  if (code === ERROR.open && subcode === 2 && (data.length === 2 || data.length === 4)) {
    let as = 0
    for (const byte of data) as = as * 256 + byte
    return `${text}: ${as}`
  }
  if (hasShutdownMessage(code, subcode)) {
    const message = shutdownMessage(data)
    if (message !== null) return message === '' ? text : `${text}: "${message}"`
  }
  let hex = ''
  for (const byte of data.subarray(0, 16)) hex += byte.toString(16).padStart(2, '0')
  return `${text}: ${hex}`
}

/** Administrative shutdown and reset may carry a sentence (RFC 8203). */
export function hasShutdownMessage(code: number, subcode: number): boolean {
  return code === ERROR.cease && (subcode === 2 || subcode === 4)
}

/** The sentence, control characters blanked; null when the data is not one. */
export function shutdownMessage(data: Uint8Array): string | null {
  const length = data[0]
  if (length === undefined || length + 1 > data.length || length > 128) return null
  return decodeUtf8(data.subarray(1, length + 1).map((byte) => (byte < 32 ? 32 : byte)))
}

/** Data of a shutdown or reset with a sentence; what goes beyond 128 bytes is cut. Without one there is no data. */
export function shutdownData(message: string | null): Uint8Array {
  if (message === null || message === '') return new Uint8Array(0)
  const text = encodeUtf8(message).subarray(0, 128)
  const data = new Uint8Array(text.length + 1)
  data[0] = text.length
  data.set(text, 1)
  return data
}
