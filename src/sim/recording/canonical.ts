// Canonical bytes of a plain value, for hashing (docs/recording.md has the format). Every value is self-delimiting, so
// two different sequences of values never give the same bytes; member order and object identity do not matter. Member
// names are spelled out once and numbered then, since most of a recording would be names otherwise.
import { utf8Length, writeUtf8 } from '../bgp/utf8.ts'

const TAG = { null: 0, false: 1, true: 2, natural: 3, negative: 4, float: 5, string: 6, bytes: 7, list: 8, object: 9 }

/** Names of members, ascending by UTF-16 code units; a list is one object for all objects that have these members. */
export type MemberNames = readonly string[]

/** An object that keeps its members in another way than as members, and writes them without making a copy of itself. */
interface SelfWriting {
  readonly members: MemberNames
  /** One write for each name, in that order. */
  writeMembers(to: { write(value: unknown): void }): void
}

/** Member lists found by comparing; objects used as maps would make that list long, so the rest is found by name. */
const SHAPES_COMPARED = 24

/** The members of objects that look alike; `id` counts distinct ones in order of first appearance. */
interface Shape {
  written: readonly string[]
  sorted: readonly string[]
  id: number
}

export class CanonicalWriter {
  #buffer: Uint8Array
  #view: DataView
  #at = 0
  readonly #compared = new Map<number, Shape[]>()
  readonly #byNames = new Map<string, Shape>()
  readonly #byList = new Map<MemberNames, Shape>()
  /**
   * How many shapes the bytes so far have spelled out. Going back to an earlier point of the same sequence means
   * setting this back: a shape keeps its number, and is spelled out where it was.
   */
  defined = 0

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

  /** Opens an object: the value of each name is written next, in this order. */
  object(names: MemberNames): void {
    let shape = this.#byList.get(names)
    if (shape === undefined) {
      shape = this.#shapeByNames(names)
      if (!sameNames(shape.sorted, names)) throw new Error(`not in ascending order: ${names.join(' ')}`)
      this.#byList.set(names, shape)
    }
    this.#room(16)
    this.#open(shape)
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
    this.#room(text.length * 3 + 16)
    this.#buffer[this.#at++] = TAG.string
    if (text.length < 0x80 && this.#ascii(text)) return
    this.#varint(utf8Length(text))
    this.#at = writeUtf8(text, this.#buffer, this.#at)
  }

  /** Nearly all strings are short and of one byte a character; false: this one is not, and nothing has been written. */
  #ascii(text: string): boolean {
    const buffer = this.#buffer
    let at = this.#at
    buffer[at++] = text.length
    for (let i = 0; i < text.length; i++) {
      const unit = text.charCodeAt(i)
      if (unit >= 0x80) return false
      buffer[at++] = unit
    }
    this.#at = at
    return true
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
    if (writesItself(value)) {
      this.object(value.members)
      value.writeMembers(this)
      return
    }
    const shape = this.#shapeOf(value)
    this.#open(shape)
    for (const name of shape.sorted) this.write(value[name])
  }

  #open(shape: Shape): void {
    this.#buffer[this.#at++] = TAG.object
    this.#varint(shape.id)
    if (shape.id >= this.defined) this.#define(shape)
  }

  #define(shape: Shape): void {
    if (shape.id !== this.defined) throw new Error(`shape ${shape.id} where ${this.defined} is next`)
    this.defined++
    this.#varint(shape.sorted.length)
    for (const name of shape.sorted) this.#string(name)
    this.#room(16)
  }

  #shapeOf(value: Record<string, unknown>): Shape {
    const names = Object.keys(value)
    for (const name of names) {
      if (value[name] === undefined) return this.#shapeByNames(names.filter((item) => value[item] !== undefined))
    }
    let shapes = this.#compared.get(names.length)
    if (shapes === undefined) {
      shapes = []
      this.#compared.set(names.length, shapes)
    }
    for (const shape of shapes) if (sameNames(shape.written, names)) return shape
    const shape = this.#shapeByNames(names)
    if (shapes.length < SHAPES_COMPARED) shapes.push({ ...shape, written: names })
    return shape
  }

  /** By UTF-16 code units, whatever order the members were written in. */
  #shapeByNames(names: readonly string[]): Shape {
    const sorted = [...names].sort()
    const key = sorted.join('\u0000')
    let shape = this.#byNames.get(key)
    if (shape === undefined) {
      shape = { written: names, sorted, id: this.#byNames.size }
      this.#byNames.set(key, shape)
    }
    return shape
  }

  #room(bytes: number): void {
    if (this.#at + bytes <= this.#buffer.length) return
    const bigger = new Uint8Array(Math.max(this.#buffer.length * 2, this.#at + bytes))
    bigger.set(this.#buffer)
    this.#buffer = bigger
    this.#view = new DataView(bigger.buffer)
  }
}

function writesItself(value: object): value is SelfWriting {
  return typeof (value as Partial<SelfWriting>).writeMembers === 'function'
}

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}
