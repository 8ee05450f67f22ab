// Path attributes to bytes (bgp_encode_attrs in proto/bgp/attrs.c): ascending by type, sets sorted without
// repetition and left out when empty, the extended-length flag only when one byte cannot hold the length.
import type { AsPathSegment, Attributes } from '../attributes.ts'
import { AS_TRANS, ATTRIBUTE, ATTRIBUTE_TABLE, FLAG } from './attribute-table.ts'
import { ByteWriter } from './bytes.ts'

type Known = keyof typeof ATTRIBUTE

class AttributeWriter {
  readonly #out: ByteWriter
  readonly #attributes: Attributes
  readonly #as4: boolean

  constructor(out: ByteWriter, attributes: Attributes, as4: boolean) {
    this.#out = out
    this.#attributes = attributes
    this.#as4 = as4
  }

  writeAll(): void {
    const a = this.#attributes
    if (a.origin !== undefined) {
      this.#header('origin', 1)
      this.#out.u8(a.origin)
    }
    if (a.asPath !== undefined) this.#asPath(a.asPath)
    this.#word('nextHop', a.nextHop)
    this.#word('med', a.med)
    this.#word('localPref', a.localPref)
    if (a.atomicAggregate) this.#header('atomicAggregate', 0)
    if (a.aggregator !== undefined) this.#aggregator(a.aggregator)
    this.#set(
      'community',
      (a.communities ?? []).map((item) => [item]),
    )
    this.#word('originatorId', a.originatorId)
    this.#set(
      'clusterList',
      (a.clusterList ?? []).map((item) => [item]),
    )
    this.#unknown(0, ATTRIBUTE.extCommunity)
    this.#set('extCommunity', a.extCommunities ?? [])
    this.#unknown(ATTRIBUTE.extCommunity, ATTRIBUTE.largeCommunity)
    this.#set('largeCommunity', a.largeCommunities ?? [])
    this.#unknown(ATTRIBUTE.largeCommunity, 256)
  }

  #header(name: Known, length: number): void {
    const type = ATTRIBUTE[name]
    const partial = this.#attributes.partial?.includes(type) ? FLAG.partial : 0
    this.#headerOf(type, ATTRIBUTE_TABLE[type]!.flags | partial, length)
  }

  #headerOf(type: number, flags: number, length: number): void {
    this.#out.u8(length > 255 ? flags | FLAG.extended : flags)
    this.#out.u8(type)
    if (length > 255) this.#out.u16(length)
    else this.#out.u8(length)
  }

  #word(name: Known, value: number | undefined): void {
    if (value === undefined) return
    this.#header(name, 4)
    this.#out.u32(value)
  }

  #asPath(path: readonly AsPathSegment[]): void {
    this.#path('asPath', path, this.#as4 ? 4 : 2)
    // BIRD writes the wide path directly behind the narrow one, not in its place by type.
    if (!this.#as4 && path.some((segment) => segment.asns.some((as) => as > 0xffff))) this.#path('as4Path', path, 4)
  }

  #path(name: Known, path: readonly AsPathSegment[], size: 2 | 4): void {
    const length = path.reduce((sum, segment) => sum + 2 + segment.asns.length * size, 0)
    this.#header(name, length)
    for (const segment of path) {
      this.#out.u8(segment.type)
      this.#out.u8(segment.asns.length)
      for (const as of segment.asns) {
        if (size === 4) this.#out.u32(as)
        else this.#out.u16(as > 0xffff ? AS_TRANS : as)
      }
    }
  }

  #aggregator(aggregator: { as: number; ip: number }): void {
    const wide = aggregator.as > 0xffff
    this.#header('aggregator', this.#as4 ? 8 : 6)
    if (this.#as4) this.#out.u32(aggregator.as)
    else this.#out.u16(wide ? AS_TRANS : aggregator.as)
    this.#out.u32(aggregator.ip)
    if (this.#as4 || !wide) return
    this.#header('as4Aggregator', 8)
    this.#out.u32(aggregator.as)
    this.#out.u32(aggregator.ip)
  }

  #set(name: Known, items: readonly (readonly number[])[]): void {
    if (items.length === 0) return
    const sorted = sortedUnique(items)
    this.#header(name, sorted.length * sorted[0]!.length * 4)
    for (const item of sorted) for (const word of item) this.#out.u32(word)
  }

  /** Attributes of nobody's knowledge whose type lies between two known ones. */
  #unknown(above: number, below: number): void {
    for (const item of this.#attributes.unknown ?? []) {
      if (item.type <= above || item.type >= below) continue
      this.#headerOf(item.type, item.flags & ~FLAG.extended, item.data.length)
      this.#out.raw(item.data)
    }
  }
}

function sortedUnique(items: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const sorted = [...items].sort(compareWords)
  return sorted.filter((item, i) => i === 0 || compareWords(sorted[i - 1]!, item) !== 0)
}

function compareWords(a: readonly number[], b: readonly number[]): number {
  for (const [i, word] of a.entries()) if (word !== b[i]) return word - b[i]!
  return 0
}

export function writeAttributes(out: ByteWriter, attributes: Attributes, as4: boolean): void {
  new AttributeWriter(out, attributes, as4).writeAll()
}

const knownLengths = { wide: new WeakMap<Attributes, number>(), narrow: new WeakMap<Attributes, number>() }

/** Bytes that the attributes take in an UPDATE; remembered, since interned sets come again and again. */
export function attributesLength(attributes: Attributes, as4: boolean): number {
  const cache = as4 ? knownLengths.wide : knownLengths.narrow
  let length = cache.get(attributes)
  if (length === undefined) {
    const out = new ByteWriter()
    writeAttributes(out, attributes, as4)
    length = out.length
    cache.set(attributes, length)
  }
  return length
}
