// Secret data is base64; the simulation has no platform function for it.

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

/** Decodes base64 to text, one character for each byte (passwords are ASCII); null when malformed. */
export function decodeBase64(text: string): string | null {
  const clean = text.replace(/\s/g, '').replace(/=+$/, '')
  let out = ''
  let bits = 0
  let value = 0
  for (const char of clean) {
    const six = ALPHABET.indexOf(char)
    if (six < 0) return null
    value = ((value << 6) | six) & 0xffffff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    out += String.fromCharCode((value >> bits) & 0xff)
  }
  return out
}
