// The attributes that BIRD 1.6.8 knows (bgp_attr_table in proto/bgp/attrs.c): name, flags and length on the wire.

export const FLAG = { optional: 0x80, transitive: 0x40, partial: 0x20, extended: 0x10 } as const

export const ATTRIBUTE = {
  origin: 1,
  asPath: 2,
  nextHop: 3,
  med: 4,
  localPref: 5,
  atomicAggregate: 6,
  aggregator: 7,
  community: 8,
  originatorId: 9,
  clusterList: 10,
  mpReach: 14,
  mpUnreach: 15,
  extCommunity: 16,
  as4Path: 17,
  as4Aggregator: 18,
  largeCommunity: 32,
} as const

export interface AttributeDescription {
  /** RFC name. */
  name: string
  flags: number
  /** Bytes of the value; null when it varies. */
  length: number | null
  /** Sets: the value must be a multiple of this, else the routes count as withdrawn. */
  unit?: number
}

const WELL_KNOWN = FLAG.transitive
const OPTIONAL = FLAG.optional
const OPTIONAL_TRANSITIVE = FLAG.optional | FLAG.transitive

export const ATTRIBUTE_TABLE: Readonly<Record<number, AttributeDescription>> = {
  1: { name: 'ORIGIN', flags: WELL_KNOWN, length: 1 },
  2: { name: 'AS_PATH', flags: WELL_KNOWN, length: null },
  3: { name: 'NEXT_HOP', flags: WELL_KNOWN, length: 4 },
  4: { name: 'MULTI_EXIT_DISC', flags: OPTIONAL, length: 4 },
  5: { name: 'LOCAL_PREF', flags: WELL_KNOWN, length: 4 },
  6: { name: 'ATOMIC_AGGREGATE', flags: WELL_KNOWN, length: 0 },
  7: { name: 'AGGREGATOR', flags: OPTIONAL_TRANSITIVE, length: null },
  8: { name: 'COMMUNITIES', flags: OPTIONAL_TRANSITIVE, length: null, unit: 4 },
  9: { name: 'ORIGINATOR_ID', flags: OPTIONAL, length: 4 },
  10: { name: 'CLUSTER_LIST', flags: OPTIONAL, length: null, unit: 4 },
  14: { name: 'MP_REACH_NLRI', flags: OPTIONAL, length: null },
  15: { name: 'MP_UNREACH_NLRI', flags: OPTIONAL, length: null },
  16: { name: 'EXTENDED COMMUNITIES', flags: OPTIONAL_TRANSITIVE, length: null, unit: 8 },
  17: { name: 'AS4_PATH', flags: OPTIONAL_TRANSITIVE, length: null },
  18: { name: 'AS4_AGGREGATOR', flags: OPTIONAL_TRANSITIVE, length: null },
  32: { name: 'LARGE_COMMUNITY', flags: OPTIONAL_TRANSITIVE, length: null, unit: 12 },
}

/** AS_TRANS (RFC 6793): stands for a number that two bytes cannot hold. */
export const AS_TRANS = 23456
