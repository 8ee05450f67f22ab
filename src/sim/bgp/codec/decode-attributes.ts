// Path attributes from bytes, with BIRD's checks in BIRD's order (bgp_decode_attrs in proto/bgp/attrs.c).
import { asPathLength } from '../as-path.ts'
import type { AsPathSegment, Attributes, UnknownAttribute } from '../attributes.ts'
import { AS_TRANS, ATTRIBUTE, ATTRIBUTE_TABLE, FLAG } from './attribute-table.ts'
import { readU16, readU32, readWords } from './bytes.ts'
import { type DecodeFailure, failure } from './decode-result.ts'

export interface AttributeContext {
  as4: boolean
  external: boolean
  /** Whether prefixes follow: then ORIGIN, AS_PATH and NEXT_HOP must be there. */
  announcing: boolean
}

export interface ReadAttributes {
  attributes: Attributes
  malformed: string[]
}

type Building = { -readonly [K in keyof Attributes]: Attributes[K] }

/** Set on the way, folded into the attributes at the end (RFC 6793 section 4.2.3). */
interface Wide {
  path: AsPathSegment[] | null
  aggregator: { as: number; ip: number } | null
}

const INTERNAL_ONLY: ReadonlySet<number> = new Set([ATTRIBUTE.localPref, ATTRIBUTE.originatorId, ATTRIBUTE.clusterList])
const MANDATORY = [ATTRIBUTE.origin, ATTRIBUTE.asPath, ATTRIBUTE.nextHop]

export function readAttributes(bytes: Uint8Array, context: AttributeContext): ReadAttributes | DecodeFailure {
  const building: Building = {}
  const wide: Wide = { path: null, aggregator: null }
  const malformed: string[] = []
  const seen = new Set<number>()
  for (let at = 0; at < bytes.length; ) {
    const header = readHeader(bytes, at)
    if (header === null || seen.has(header.type)) return failure(3, 1)
    const passedOver = context.external && INTERNAL_ONLY.has(header.type)
    if (!passedOver) seen.add(header.type)
    const value = bytes.subarray(header.valueAt, header.valueAt + header.length)
    const outcome = readOne({ building, wide, as4: context.as4 }, header, value)
    if (outcome === 'withdraw' && !passedOver) malformed.push(ATTRIBUTE_TABLE[header.type]!.name)
    else if (outcome !== 'ok' && outcome !== 'withdraw')
      return failure(3, outcome, bytes.subarray(at, header.valueAt + header.length))
    at = header.valueAt + header.length
  }
  if (context.announcing) {
    for (const type of MANDATORY) if (!seen.has(type)) return failure(3, 3, Uint8Array.of(type))
  }
  if (context.external) {
    delete building.localPref
    delete building.originatorId
    delete building.clusterList
  }
  if (!context.as4) foldWide(building, wide)
  return { attributes: building, malformed }
}

interface Header {
  flags: number
  type: number
  valueAt: number
  length: number
}

function readHeader(bytes: Uint8Array, at: number): Header | null {
  const flags = bytes[at]!
  const extended = (flags & FLAG.extended) !== 0
  const valueAt = at + (extended ? 4 : 3)
  if (valueAt > bytes.length) return null
  const length = extended ? readU16(bytes, at + 2) : bytes[at + 2]!
  if (valueAt + length > bytes.length) return null
  return { flags, type: bytes[at + 1]!, valueAt, length }
}

interface Target {
  building: Building
  wide: Wide
  as4: boolean
}

/** `ok`, `withdraw`, or the subcode of an UPDATE error. */
type Outcome = 'ok' | 'withdraw' | number

function readOne(target: Target, header: Header, value: Uint8Array): Outcome {
  const known = ATTRIBUTE_TABLE[header.type]
  if (known === undefined) {
    if ((header.flags & FLAG.optional) === 0) return 2
    const item: UnknownAttribute = { flags: header.flags & ~FLAG.extended, type: header.type, data: value.slice() }
    target.building.unknown = [...(target.building.unknown ?? []), item]
    return 'ok'
  }
  if (known.length !== null && known.length !== value.length) return 5
  if (((known.flags ^ header.flags) & (FLAG.optional | FLAG.transitive)) !== 0) return 4
  if (known.unit !== undefined && value.length % known.unit !== 0) return 'withdraw'
  const outcome = readKnown(target, header.type, value)
  if (outcome === 'ok' && (header.flags & FLAG.partial) !== 0) {
    target.building.partial = [...(target.building.partial ?? []), header.type]
  }
  return outcome
}

function readKnown({ building, wide, as4 }: Target, type: number, value: Uint8Array): Outcome {
  switch (type) {
    case ATTRIBUTE.origin:
      if (value[0]! > 2) return 6
      building.origin = value[0]!
      return 'ok'
    case ATTRIBUTE.asPath: {
      const path = readAsPath(value, as4 ? 4 : 2)
      if (path === null) return 11
      building.asPath = path
      return 'ok'
    }
    case ATTRIBUTE.nextHop:
      building.nextHop = readU32(value, 0)
      // Multicast and broadcast addresses are no hosts.
      return building.nextHop >>> 28 === 14 || building.nextHop === 0xffffffff ? 8 : 'ok'
    case ATTRIBUTE.med:
      building.med = readU32(value, 0)
      return 'ok'
    case ATTRIBUTE.localPref:
      building.localPref = readU32(value, 0)
      return 'ok'
    case ATTRIBUTE.atomicAggregate:
      building.atomicAggregate = true
      return 'ok'
    case ATTRIBUTE.aggregator:
      if (value.length !== (as4 ? 8 : 6)) return 'withdraw'
      building.aggregator = as4
        ? { as: readU32(value, 0), ip: readU32(value, 4) }
        : { as: readU16(value, 0), ip: readU32(value, 2) }
      return 'ok'
    case ATTRIBUTE.originatorId:
      building.originatorId = readU32(value, 0)
      return 'ok'
    case ATTRIBUTE.as4Path:
      wide.path = readAsPath(value, 4)
      return 'ok'
    case ATTRIBUTE.as4Aggregator:
      if (value.length === 8) wide.aggregator = { as: readU32(value, 0), ip: readU32(value, 4) }
      return 'ok'
    default:
      readSet(building, type, readWords(value))
      return 'ok'
  }
}

function readSet(building: Building, type: number, words: readonly number[]): void {
  if (type === ATTRIBUTE.community) building.communities = words
  else if (type === ATTRIBUTE.clusterList) building.clusterList = words
  else if (type === ATTRIBUTE.extCommunity) {
    const items: [number, number][] = []
    for (let i = 0; i < words.length; i += 2) items.push([words[i]!, words[i + 1]!])
    building.extCommunities = items
  } else if (type === ATTRIBUTE.largeCommunity) {
    const items: [number, number, number][] = []
    for (let i = 0; i < words.length; i += 3) items.push([words[i]!, words[i + 1]!, words[i + 2]!])
    building.largeCommunities = items
  }
  // MP_REACH_NLRI and MP_UNREACH_NLRI mean nothing to the IPv4 daemon.
}

export function readAsPath(value: Uint8Array, size: 2 | 4): AsPathSegment[] | null {
  const path: AsPathSegment[] = []
  for (let at = 0; at < value.length; ) {
    const type = value[at]!
    const count = value[at + 1]
    if (type < 1 || type > 4 || count === undefined || at + 2 + count * size > value.length) return null
    const asns: number[] = []
    for (let i = 0; i < count; i++) {
      const offset = at + 2 + i * size
      asns.push(size === 4 ? readU32(value, offset) : readU16(value, offset))
    }
    path.push({ type: type as AsPathSegment['type'], asns })
    at += 2 + count * size
  }
  return path
}

/** Puts the numbers that two bytes could not hold back in their place. */
function foldWide(building: Building, wide: Wide): void {
  if (building.aggregator !== undefined && building.aggregator.as !== AS_TRANS && wide.aggregator !== null) return
  if (building.aggregator !== undefined && wide.aggregator !== null) building.aggregator = wide.aggregator
  const narrow = building.asPath
  if (narrow === undefined || wide.path === null) return
  const missing = asPathLength(narrow) - asPathLength(wide.path)
  if (missing >= 0) building.asPath = [...firstOf(narrow, missing), ...wide.path]
}

/** The first `count` numbers of a path, whole sets counting 1. */
function firstOf(path: readonly AsPathSegment[], count: number): AsPathSegment[] {
  const kept: AsPathSegment[] = []
  let left = count
  for (const segment of path) {
    if (left === 0) break
    const asns = segment.type === 2 ? segment.asns.slice(0, left) : segment.asns
    kept.push({ type: segment.type, asns })
    left -= asPathLength([{ type: segment.type, asns }])
  }
  return kept
}
