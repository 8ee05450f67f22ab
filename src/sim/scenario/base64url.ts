// base64url without padding (RFC 4648 section 5): the alphabet that chat programs leave alone inside a link.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
const VALUES = new Map(Array.from(ALPHABET, (character, index) => [character, index]))

export function encodeBase64url(bytes: Uint8Array): string {
  let out = ''
  for (let at = 0; at < bytes.length; at += 3) {
    const left = bytes.length - at
    const group = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
    for (let i = 0; i < Math.min(left, 3) + 1; i++) out += ALPHABET[(group >> (18 - 6 * i)) & 63]
  }
  return out
}

/** The bytes before the first character that does not belong; `complete` when there is none. */
export function decodeBase64url(text: string): { bytes: Uint8Array; complete: boolean } {
  const out: number[] = []
  let bits = 0
  let count = 0
  let complete = text.length % 4 !== 1
  for (const character of text) {
    const value = VALUES.get(character)
    if (value === undefined) {
      complete = false
      break
    }
    bits = ((bits << 6) | value) & 0xffff
    count += 6
    if (count >= 8) {
      count -= 8
      out.push((bits >> count) & 255)
    }
  }
  return { bytes: Uint8Array.from(out), complete }
}
