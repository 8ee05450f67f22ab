// UTF-8 both ways without the platform's coder, which drops a byte order mark and is missing in the core's library.
// Lone surrogates pass as three bytes, so that any JavaScript text comes back as it was.

export function encodeUtf8(text: string): Uint8Array {
  const out: number[] = []
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0
    if (code < 0x80) out.push(code)
    else if (code < 0x800) out.push(0xc0 | (code >> 6), 0x80 | (code & 63))
    else if (code < 0x10000) out.push(0xe0 | (code >> 12), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
    else out.push(0xf0 | (code >> 18), 0x80 | ((code >> 12) & 63), 0x80 | ((code >> 6) & 63), 0x80 | (code & 63))
  }
  return Uint8Array.from(out)
}

function lengthOf(lead: number): number {
  if (lead < 0x80) return 1
  if (lead >= 0xc2 && lead < 0xe0) return 2
  if (lead >= 0xe0 && lead < 0xf0) return 3
  return lead >= 0xf0 && lead < 0xf5 ? 4 : 0
}

/** The text of the longest well-formed beginning; `complete` when that is all of it. */
export function decodeUtf8(bytes: Uint8Array): { text: string; complete: boolean } {
  const parts: string[] = []
  let units: number[] = []
  let at = 0
  while (at < bytes.length) {
    const length = lengthOf(bytes[at] ?? 0)
    const code = length === 0 || at + length > bytes.length ? null : codePoint(bytes, { at, length })
    if (code === null) break
    units.push(code)
    at += length
    if (units.length === 4096) {
      parts.push(String.fromCodePoint(...units))
      units = []
    }
  }
  return { text: parts.join('') + String.fromCodePoint(...units), complete: at >= bytes.length }
}

function codePoint(bytes: Uint8Array, { at, length }: { at: number; length: number }): number | null {
  const lead = bytes[at] ?? 0
  let code = length === 1 ? lead : lead & (0xff >> (length + 1))
  for (let i = 1; i < length; i++) {
    const next = bytes[at + i] ?? 0
    if ((next & 0xc0) !== 0x80) return null
    code = (code << 6) | (next & 63)
  }
  return code <= 0x10ffff ? code : null
}
