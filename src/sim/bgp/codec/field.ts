// The nodes of a message's field tree, and the cursor that builds them while it walks over the bytes: since every
// leaf is cut off the front of what is left, leaves cover the message without gap or overlap.
import { readU16, readU24, readU32 } from './bytes.ts'

export interface Field {
  /** Path of the field in the message, unique in it: `attributes.2.length`. */
  id: string
  /** RFC name. */
  name: string
  /** What is shown beside the name: numbers, addresses and RFC words. */
  value: string
  offset: number
  length: number
  /** Key of the sentence that explains the field; null when the name says it all. */
  code: string | null
  /** What the sentence needs. */
  data: Readonly<Record<string, string | number>>
  children: readonly Field[]
}

export interface FieldText {
  id: string
  name: string
  value?: string
  code?: string
  data?: Readonly<Record<string, string | number>>
}

export class FieldCursor {
  readonly bytes: Uint8Array
  at: number

  constructor(bytes: Uint8Array, at = 0) {
    this.bytes = bytes
    this.at = at
  }

  /** A leaf of `length` bytes. */
  leaf(text: FieldText, length: number): Field {
    const field = fieldOf(text, { offset: this.at, length, children: [] })
    this.at += length
    return field
  }

  /** A leaf that is a number of 1, 2, 3 or 4 bytes; `show` makes its text. */
  number(text: FieldText, size: 1 | 2 | 3 | 4, show: (value: number) => string = String): Field {
    const value = this.peek(size)
    return this.leaf({ ...text, value: show(value), data: { value, ...text.data } }, size)
  }

  peek(size: 1 | 2 | 3 | 4): number {
    if (size === 1) return this.bytes[this.at]!
    if (size === 2) return readU16(this.bytes, this.at)
    return size === 3 ? readU24(this.bytes, this.at) : readU32(this.bytes, this.at)
  }

  /** A field made of what `build` cuts off. */
  group(text: FieldText, build: () => readonly Field[]): Field {
    const offset = this.at
    const children = build()
    return fieldOf(text, { offset, length: this.at - offset, children })
  }
}

function fieldOf(text: FieldText, place: { offset: number; length: number; children: readonly Field[] }): Field {
  return {
    id: text.id,
    name: text.name,
    value: text.value ?? '',
    offset: place.offset,
    length: place.length,
    code: text.code ?? null,
    data: text.data ?? {},
    children: place.children,
  }
}

export function hexOf(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
