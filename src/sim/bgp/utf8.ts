// UTF-8 (RFC 3629) without TextEncoder: the simulation has only the language's own library. Lone surrogates become
// U+FFFD, as TextEncoder does it.

/** How many bytes the string takes. */
export function utf8Length(text: string): number {
  let length = text.length
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) continue
    if (unit < 0x800) length += 1
    else {
      length += 2
      // A pair is two units and four bytes; each unit alone would count three.
      if (isPair(text, i)) {
        i++
      }
    }
  }
  return length
}

/** Writes the bytes at `offset` and returns the offset behind them; the caller made room. */
export function writeUtf8(text: string, into: Uint8Array, offset: number): number {
  let at = offset
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0x80) into[at++] = unit
    else if (unit < 0x800) {
      into[at++] = 0xc0 | (unit >> 6)
      into[at++] = 0x80 | (unit & 63)
    } else if (isPair(text, i)) {
      const point = text.codePointAt(i)!
      i++
      into[at++] = 0xf0 | (point >> 18)
      into[at++] = 0x80 | ((point >> 12) & 63)
      into[at++] = 0x80 | ((point >> 6) & 63)
      into[at++] = 0x80 | (point & 63)
    } else {
      const point = unit >= 0xd800 && unit <= 0xdfff ? 0xfffd : unit
      into[at++] = 0xe0 | (point >> 12)
      into[at++] = 0x80 | ((point >> 6) & 63)
      into[at++] = 0x80 | (point & 63)
    }
  }
  return at
}

function isPair(text: string, i: number): boolean {
  const high = text.charCodeAt(i)
  if (high < 0xd800 || high > 0xdbff) return false
  const low = text.charCodeAt(i + 1)
  return low >= 0xdc00 && low <= 0xdfff
}

export function encodeUtf8(text: string): Uint8Array {
  const bytes = new Uint8Array(utf8Length(text))
  writeUtf8(text, bytes, 0)
  return bytes
}

/** The text of well-formed UTF-8; each byte that does not belong to a character becomes U+FFFD. */
export function decodeUtf8(bytes: Uint8Array): string {
  let text = ''
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!
    const more =
      lead < 0x80 ? 0 : lead >= 0xc2 && lead < 0xe0 ? 1 : lead >= 0xe0 && lead < 0xf0 ? 2 : lead < 0xf5 ? 3 : -1
    let point = more === 0 ? lead : more > 0 && lead >= 0xc2 ? lead & (0x3f >> more) : -1
    for (let k = 1; k <= more && point >= 0; k++) {
      const byte = bytes[i + k]
      point = byte !== undefined && (byte & 0xc0) === 0x80 ? (point << 6) | (byte & 63) : -1
    }
    const overlong = (more === 2 && point < 0x800) || (more === 3 && point < 0x10000)
    if (point < 0 || overlong || point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
      text += '\ufffd'
      i++
    } else {
      text += String.fromCodePoint(point)
      i += more + 1
    }
  }
  return text
}
