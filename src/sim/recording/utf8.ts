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
