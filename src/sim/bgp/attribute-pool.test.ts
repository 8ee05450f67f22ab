import { describe, expect, test } from 'vitest'
import { AttributePool } from './attribute-pool.ts'
import type { Attributes } from './attributes.ts'

const full = (): Attributes => ({
  origin: 0,
  asPath: [{ type: 2, asns: [64512, 1] }],
  nextHop: 1,
  med: 0,
  localPref: 100,
  atomicAggregate: true,
  aggregator: { as: 1, ip: 2 },
  communities: [1, 2],
  originatorId: 3,
  clusterList: [4],
  extCommunities: [[1, 2]],
  largeCommunities: [[1, 2, 3]],
  unknown: [{ flags: 0xc0, type: 99, data: Uint8Array.of(1) }],
  partial: [8],
})

describe('AttributePool', () => {
  test('equal sets are one frozen object, whatever the order of members', () => {
    const pool = new AttributePool()
    const first = pool.intern(full())
    expect(first).toEqual(full())
    const reversed = Object.fromEntries(Object.entries(full()).reverse()) as Attributes
    expect(pool.intern(reversed)).toBe(first)
    expect(pool.intern(first)).toBe(first)
    expect(pool.size).toBe(1)
    expect(Object.isFrozen(first)).toBe(true)
    expect(Object.isFrozen(first.asPath![0]!.asns)).toBe(true)
  })

  test('every member counts', () => {
    const pool = new AttributePool()
    pool.intern(full())
    const others: Attributes[] = [
      { origin: 1 },
      {
        asPath: [
          { type: 2, asns: [64512] },
          { type: 2, asns: [1] },
        ],
      },
      { asPath: [{ type: 1, asns: [64512, 1] }] },
      { nextHop: 2 },
      { med: 1 },
      { localPref: 0 },
      { aggregator: { as: 12, ip: 2 } },
      { communities: [2, 1] },
      { communities: [] },
      { originatorId: 4 },
      { clusterList: [4, 4] },
      { extCommunities: [[12, 2]] },
      { largeCommunities: [[1, 23, 3]] },
      { unknown: [{ flags: 0xe0, type: 99, data: Uint8Array.of(1) }] },
      { unknown: [{ flags: 0xc0, type: 99, data: Uint8Array.of(1, 0) }] },
      { partial: [] },
    ]
    for (const change of others) pool.intern({ ...full(), ...change })
    for (const key of Object.keys(full())) {
      const { [key as keyof Attributes]: _, ...rest } = full()
      pool.intern(rest)
    }
    expect(pool.size).toBe(1 + others.length + Object.keys(full()).length)
  })

  test('the interned value does not follow its source', () => {
    const pool = new AttributePool()
    const source = { communities: [1], unknown: [{ flags: 0xc0, type: 9, data: Uint8Array.of(1) }] }
    const made = pool.intern(source)
    source.communities.push(2)
    source.unknown[0]!.data[0] = 7
    expect(made).toEqual({ communities: [1], unknown: [{ flags: 0xc0, type: 9, data: Uint8Array.of(1) }] })
  })
})
