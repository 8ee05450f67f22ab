import { describe, expect, test } from 'vitest'
import { asPathCount, asPathLength, firstAs, formatAsPath, lastAs, prependAs } from './as-path.ts'
import { AttributePool } from './attribute-pool.ts'
import type { Attributes } from './attributes.ts'
import {
  hasShutdownMessage,
  notificationText,
  notificationWithData,
  shutdownData,
  shutdownMessage,
} from './notification.ts'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

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

describe('AS_PATH', () => {
  const path = [
    { type: 2 as const, asns: [64513, 64512] },
    { type: 1 as const, asns: [1, 2, 3] },
    { type: 3 as const, asns: [9] },
  ]
  test('length, text, count, ends', () => {
    expect(asPathLength(path)).toBe(3)
    expect(asPathLength([])).toBe(0)
    expect(formatAsPath(path.slice(0, 2))).toBe('64513 64512 { 1 2 3 }')
    expect(formatAsPath([])).toBe('')
    expect(asPathCount([...path, ...path], 2)).toBe(2)
    expect([firstAs(path), firstAs(path.slice(1)), firstAs([])]).toEqual([64513, null, null])
    expect([lastAs(path.slice(0, 1)), lastAs(path.slice(0, 2)), lastAs([])]).toEqual([64512, 1, null])
  })

  test('prepending extends the first sequence, else starts one', () => {
    expect(prependAs([], 5)).toEqual([{ type: 2, asns: [5] }])
    expect(prependAs(path, 5)[0]).toEqual({ type: 2, asns: [5, 64513, 64512] })
    expect(prependAs(path.slice(1), 5)).toHaveLength(3)
    expect(prependAs([{ type: 2, asns: Array(255).fill(1) }], 5).map((item) => item.asns.length)).toEqual([1, 255])
  })
})

describe('NOTIFICATION', () => {
  test('texts are those of BIRD', () => {
    expect(notificationText(2, 2)).toBe('Bad peer AS')
    expect(notificationText(3, 11)).toBe('Malformed AS_PATH')
    expect(notificationText(6, 7)).toBe('Connection collision resolution')
    expect(notificationText(6, 9)).toBe('Unknown error 6.9')
    expect(notificationText(9, 0)).toBe('Unknown error 9.0')
  })

  test('data is shown as the log shows it', () => {
    expect(notificationWithData(2, 2, Uint8Array.of(0, 0, 0xfd, 0xeb))).toBe('Bad peer AS: 65003')
    expect(notificationWithData(2, 3, Uint8Array.of(0x0a, 9, 0, 1))).toBe('Bad BGP identifier: 0a090001')
    expect(notificationWithData(4, 0, new Uint8Array(0))).toBe('Hold timer expired')
    expect(notificationWithData(3, 5, new Uint8Array(20).fill(1))).toBe(`Invalid attribute length: ${'01'.repeat(16)}`)
    expect(notificationWithData(6, 2, shutdownData('维护 now'))).toBe('Administrative shutdown: "维护 now"')
  })

  test('a shutdown sentence is at most 128 bytes and never breaks the line', () => {
    expect(shutdownData(null)).toHaveLength(0)
    expect(shutdownData('x'.repeat(300))).toHaveLength(129)
    expect(shutdownMessage(shutdownData('a\nb'))).toBe('a b')
    expect(shutdownMessage(Uint8Array.of(5, 65))).toBeNull()
    expect([hasShutdownMessage(6, 2), hasShutdownMessage(6, 4), hasShutdownMessage(6, 3)]).toEqual([true, true, false])
  })
})

describe('UTF-8', () => {
  test.each(['', 'ascii', 'ü', '路由', '🐦 BIRD', '\ud800x', 'x\udc00', '\u07ff\u0800\uffff'])(
    '%j as the platform does it',
    (text) => {
      const expected = new TextEncoder().encode(text)
      expect(encodeUtf8(text)).toEqual(expected)
      expect(decodeUtf8(expected)).toBe(new TextDecoder().decode(expected))
    },
  )

  test('bytes that are no text become U+FFFD', () => {
    expect(decodeUtf8(Uint8Array.of(0x41, 0xff, 0x42, 0xc3))).toBe('A\ufffdB\ufffd')
    expect(decodeUtf8(Uint8Array.of(0xc0, 0x80))).toBe('\ufffd\ufffd')
    expect(decodeUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toContain('\ufffd')
  })
})
