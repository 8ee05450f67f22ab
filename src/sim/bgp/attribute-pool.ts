// Interning of path attributes (BIRD: nest/rt-attr.c keeps one rta per distinct set): equal sets are one frozen
// object, so comparing two routes' attributes is `===` and a set shared by a thousand routes is stored once.
import type { AsPathSegment, Attributes, UnknownAttribute } from './attributes.ts'

export class AttributePool {
  readonly #byKey = new Map<string, Attributes>()
  /** What this pool gave out; asking for it again costs no key. */
  readonly #own = new WeakSet<Attributes>()

  /** How many distinct sets exist. */
  get size(): number {
    return this.#byKey.size
  }

  /** The one object for this set of attributes. Members that are undefined count as absent. */
  intern(plain: Attributes): Attributes {
    if (this.#own.has(plain)) return plain
    const key = attributesKey(plain)
    const known = this.#byKey.get(key)
    if (known !== undefined) return known
    const made = frozenCopy(plain)
    this.#byKey.set(key, made)
    this.#own.add(made)
    return made
  }
}

const lists = (value: readonly (readonly number[])[]): string => value.map((item) => item.join(',')).join(';')
const segments = (path: readonly AsPathSegment[]): string =>
  path.map((segment) => `${segment.type}:${segment.asns.join(',')}`).join(';')
const unknowns = (value: readonly UnknownAttribute[]): string =>
  value.map((item) => `${item.flags}:${item.type}:${item.data.join(',')}`).join(';')

/** Canonical text of a set: equal keys mean equal sets, whatever order the members were written in. */
export function attributesKey(a: Attributes): string {
  let key = ''
  if (a.origin !== undefined) key += `o${a.origin}`
  if (a.asPath !== undefined) key += `|p${segments(a.asPath)}`
  if (a.nextHop !== undefined) key += `|n${a.nextHop}`
  if (a.med !== undefined) key += `|m${a.med}`
  if (a.localPref !== undefined) key += `|l${a.localPref}`
  if (a.atomicAggregate) key += '|a'
  if (a.aggregator !== undefined) key += `|g${a.aggregator.as},${a.aggregator.ip}`
  if (a.communities !== undefined) key += `|c${a.communities.join(',')}`
  if (a.originatorId !== undefined) key += `|i${a.originatorId}`
  if (a.clusterList !== undefined) key += `|r${a.clusterList.join(',')}`
  if (a.extCommunities !== undefined) key += `|e${lists(a.extCommunities)}`
  if (a.largeCommunities !== undefined) key += `|L${lists(a.largeCommunities)}`
  if (a.unknown !== undefined) key += `|u${unknowns(a.unknown)}`
  if (a.partial !== undefined) key += `|P${a.partial.join(',')}`
  return key
}

const frozen = <T>(items: readonly T[]): readonly T[] => Object.freeze([...items])

/** A deep frozen copy with the members in order of their type code; typed arrays cannot be frozen and are copied. */
function frozenCopy(a: Attributes): Attributes {
  const copy: { -readonly [K in keyof Attributes]: Attributes[K] } = {}
  if (a.origin !== undefined) copy.origin = a.origin
  if (a.asPath !== undefined)
    copy.asPath = frozen(a.asPath.map((s) => Object.freeze({ type: s.type, asns: frozen(s.asns) as number[] })))
  if (a.nextHop !== undefined) copy.nextHop = a.nextHop
  if (a.med !== undefined) copy.med = a.med
  if (a.localPref !== undefined) copy.localPref = a.localPref
  if (a.atomicAggregate) copy.atomicAggregate = true
  if (a.aggregator !== undefined) copy.aggregator = Object.freeze({ as: a.aggregator.as, ip: a.aggregator.ip })
  if (a.communities !== undefined) copy.communities = frozen(a.communities)
  if (a.originatorId !== undefined) copy.originatorId = a.originatorId
  if (a.clusterList !== undefined) copy.clusterList = frozen(a.clusterList)
  if (a.extCommunities !== undefined)
    copy.extCommunities = frozen(a.extCommunities.map((c) => Object.freeze([c[0], c[1]] as const)))
  if (a.largeCommunities !== undefined) {
    copy.largeCommunities = frozen(a.largeCommunities.map((c) => Object.freeze([c[0], c[1], c[2]] as const)))
  }
  if (a.unknown !== undefined) {
    copy.unknown = frozen(a.unknown.map((u) => Object.freeze({ flags: u.flags, type: u.type, data: u.data.slice() })))
  }
  if (a.partial !== undefined) copy.partial = frozen(a.partial)
  return Object.freeze(copy)
}
