// Path attributes (RFC 4271 section 5, RFC 1997, 4456, 4360, 8092) as one immutable, interned value per distinct set.
import type { Ip } from '../net/address.ts'

export const ORIGIN_IGP = 0
export const ORIGIN_EGP = 1

export interface AsPathSegment {
  /** 1 AS_SET, 2 AS_SEQUENCE, 3 and 4 confederation. */
  type: 1 | 2 | 3 | 4
  asns: readonly number[]
}

/** A transitive attribute that nobody here understands; passed on as it came. */
export interface UnknownAttribute {
  flags: number
  type: number
  data: Uint8Array
}

/** The members are absent when the attribute is. Made only by an AttributePool, so that equal sets are one object. */
export interface Attributes {
  readonly origin?: number
  readonly asPath?: readonly AsPathSegment[]
  readonly nextHop?: Ip
  readonly med?: number
  readonly localPref?: number
  readonly atomicAggregate?: true
  readonly aggregator?: { readonly as: number; readonly ip: Ip }
  /** Each community as (high << 16 | low) >>> 0. Order kept as written by filters; sorted on the wire. */
  readonly communities?: readonly number[]
  readonly originatorId?: Ip
  readonly clusterList?: readonly Ip[]
  readonly extCommunities?: readonly (readonly [number, number])[]
  readonly largeCommunities?: readonly (readonly [number, number, number])[]
  readonly unknown?: readonly UnknownAttribute[]
  /** Types of optional transitive attributes that carry the PARTIAL bit. */
  readonly partial?: readonly number[]
}
