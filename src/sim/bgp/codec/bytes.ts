// Reading and writing big-endian fields (RFC 4271 section 4: network byte order).

export class ByteWriter {
  #bytes = new Uint8Array(128)
  #at = 0

  get length(): number {
    return this.#at
  }

  u8(value: number): void {
    this.#room(1)
    this.#bytes[this.#at++] = value
  }

  u16(value: number): void {
    this.#room(2)
    this.#bytes[this.#at++] = value >>> 8
    this.#bytes[this.#at++] = value
  }

  u24(value: number): void {
    this.u8(value >>> 16)
    this.u16(value)
  }

  u32(value: number): void {
    this.u16(value >>> 16)
    this.u16(value)
  }

  raw(bytes: Uint8Array): void {
    this.#room(bytes.length)
    this.#bytes.set(bytes, this.#at)
    this.#at += bytes.length
  }

  fill(value: number, count: number): void {
    for (let i = 0; i < count; i++) this.u8(value)
  }

  /** Fills in a length that was left open. */
  setU8(offset: number, value: number): void {
    this.#bytes[offset] = value
  }

  setU16(offset: number, value: number): void {
    this.#bytes[offset] = value >>> 8
    this.#bytes[offset + 1] = value
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#at)
  }

  #room(count: number): void {
    if (this.#at + count <= this.#bytes.length) return
    const bigger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#at + count))
    bigger.set(this.#bytes)
    this.#bytes = bigger
  }
}

export function readU16(bytes: Uint8Array, offset: number): number {
  return (bytes[offset]! << 8) | bytes[offset + 1]!
}

export function readU24(bytes: Uint8Array, offset: number): number {
  return (bytes[offset]! << 16) | readU16(bytes, offset + 1)
}

export function readU32(bytes: Uint8Array, offset: number): number {
  return ((readU16(bytes, offset) << 16) | readU16(bytes, offset + 2)) >>> 0
}

/** All 32-bit numbers that a run of whole words holds. */
export function readWords(bytes: Uint8Array): number[] {
  const words: number[] = []
  for (let i = 0; i + 4 <= bytes.length; i += 4) words.push(readU32(bytes, i))
  return words
}
