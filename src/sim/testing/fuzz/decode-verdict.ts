import { decodeMessage } from '../../bgp/codec/decode.ts'

/** What the decoder answers, in the words of the oracle. */
export function decodeVerdict(bytes: Uint8Array): string {
  const result = decodeMessage(bytes, { as4: true, addPath: false, external: true })
  if (result.ok) return 'ok'
  const data = Array.from(result.data, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return `${result.code}.${result.subcode} ${data}`.trim()
}
