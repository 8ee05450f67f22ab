// Canonical bytes of a plain value, for hashing (docs/recording.md has the format). Every value is self-delimiting, so
// two different sequences of values never give the same bytes; member order and object identity do not matter.
import { utf8Length, writeUtf8 } from '../bgp/utf8.ts'

const TAG = { null: 0, false: 1, true: 2, natural: 3, negative: 4, float: 5, string: 6, bytes: 7, list: 8, object: 9 }

/** Distinct member lists remembered per member count; objects used as maps would grow this without bound. */
const SHAPES_KEPT = 24

interface Shape {
  written: readonly string[]
  sorted: readonly string[]
}

export class CanonicalWriter {
  #buffer: Uint8Array
  #view: DataView
  #at = 0
  readonly #shapes = new Map<number, Shape[]>()

  constructor(capacity = 1 << 16) {
    this.#buffer = new Uint8Array(capacity)
    this.#view = new DataView(this.#buffer.buffer)
  }

  /** How many bytes wait to be taken. */
  get length(): number {
    return this.#at
  }

  /** What was written since the last take; valid until the next write. */
  take(): Uint8Array {
    const bytes = this.#buffer.subarray(0, this.#at)
    this.#at = 0
    return bytes
  }

  write(value: unknown): void {
    this.#room(16)
    if (typeof value === 'string') this.#string(value)
    else if (typeof value === 'number') this.#number(value)
    else if (value === null || value === undefined) this.#buffer[this.#at++] = TAG.null
    else if (typeof value === 'boolean') this.#buffer[this.#at++] = value ? TAG.true : TAG.false
    else if (Array.isArray(value)) this.#list(value)
    else if (value instanceof Uint8Array) this.#bytes(value)
    else if (typeof value === 'object') this.#object(value as Record<string, unknown>)
    else throw new Error(`cannot be recorded: ${typeof value}`)
  }

  #string(text: string): void {
    const length = utf8Length(text)
    this.#room(length + 16)
    this.#buffer[this.#at++] = TAG.string
    this.#varint(length)
    this.#at = writeUtf8(text, this.#buffer, this.#at)
  }

  #number(value: number): void {
    if (Number.isSafeInteger(value)) {
      this.#buffer[this.#at++] = value < 0 ? TAG.negative : TAG.natural
      this.#varint(Math.abs(value))
      return
    }
    this.#buffer[this.#at++] = TAG.float
    this.#view.setFloat64(this.#at, value)
    this.#at += 8
  }

  /** Seven bits a byte, low first; the top bit says that more follow. */
  #varint(value: number): void {
    let rest = value
    while (rest >= 0x1000_0000) {
      this.#buffer[this.#at++] = (rest % 128) | 0x80
      rest = Math.floor(rest / 128)
    }
    while (rest >= 0x80) {
      this.#buffer[this.#at++] = (rest & 0x7f) | 0x80
      rest >>= 7
    }
    this.#buffer[this.#at++] = rest
  }

  #bytes(value: Uint8Array): void {
    this.#room(value.length + 16)
    this.#buffer[this.#at++] = TAG.bytes
    this.#varint(value.length)
    this.#buffer.set(value, this.#at)
    this.#at += value.length
  }

  #list(items: readonly unknown[]): void {
    this.#buffer[this.#at++] = TAG.list
    this.#varint(items.length)
    for (const item of items) this.write(item)
  }

  #object(value: Record<string, unknown>): void {
    const keys = this.#sortedKeys(value)
    let present = 0
    for (const key of keys) if (value[key] !== undefined) present++
    this.#buffer[this.#at++] = TAG.object
    this.#varint(present)
    for (const key of keys) {
      const member = value[key]
      if (member === undefined) continue
      this.#string(key)
      this.write(member)
    }
  }

  /** Member names by UTF-16 code units. Objects made by the same code have the same list, so sorting is rare. */
  #sortedKeys(value: object): readonly string[] {
    const written = Object.keys(value)
    let shapes = this.#shapes.get(written.length)
    if (shapes === undefined) {
      shapes = []
      this.#shapes.set(written.length, shapes)
    }
    for (const shape of shapes) if (sameNames(shape.written, written)) return shape.sorted
    const sorted = [...written].sort()
    if (shapes.length < SHAPES_KEPT) shapes.push({ written, sorted })
    return sorted
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const bigger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#at + bytes))
    bigger.set(this.#buffer)
    this.#buffer = bigger
    this.#view = new DataView(bigger.buffer)
  }
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
