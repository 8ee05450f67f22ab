import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ip } from '../../net/address.ts'
import { prefix, prefixOf } from '../../net/prefix.ts'
import type { Attributes } from '../attributes.ts'
import type { BgpMessage, Capability, OpenMessage, UpdateMessage } from '../message.ts'
import { transcriptLine } from '../transcript.ts'
import { decodeMessage } from './decode.ts'
import { encodeMessage, nlriLength } from './encode.ts'
import { attributesLength } from './encode-attributes.ts'
import { describeMessage, type Field, leavesOf } from './field-tree.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/[\s|]/g, ''), 'hex'))
const MARKER = 'ff'.repeat(16)

const u8 = fc.integer({ min: 0, max: 255 })
const u16 = fc.integer({ min: 0, max: 0xffff })
const u32 = fc.integer({ min: 0, max: 0xffffffff })
const someBytes = fc.uint8Array({ maxLength: 20 })
const ascending = (items: readonly number[]): number[] => [...new Set(items)].sort((a, b) => a - b)
const wordSet = fc.array(u32, { minLength: 1, maxLength: 90 }).map(ascending)

const segment = fc.record({
  type: fc.constantFrom(1 as const, 2 as const),
  asns: fc.array(fc.oneof(u16, u32), { minLength: 1, maxLength: 80 }),
})
const attributes: fc.Arbitrary<Attributes> = fc.record(
  {
    origin: fc.constantFrom(0, 1, 2),
    asPath: fc.array(segment, { maxLength: 3 }),
    nextHop: fc.integer({ min: 1, max: 0xdfffffff }),
    med: u32,
    localPref: u32,
    atomicAggregate: fc.constant(true as const),
    aggregator: fc.record({ as: fc.oneof(u16, u32), ip: u32 }),
    communities: wordSet,
    originatorId: u32,
    clusterList: wordSet,
    extCommunities: wordSet.map((items) => items.map((item, i): [number, number] => [item, i])),
    largeCommunities: wordSet.map((items) => items.map((item, i): [number, number, number] => [item, i, 7])),
    unknown: fc.tuple(someBytes, someBytes).map(([a, b]) => [
      { flags: 0xc0, type: 12, data: a },
      { flags: 0xe0, type: 200, data: b },
    ]),
    partial: fc.constantFrom([8], [8, 32]),
  },
  { requiredKeys: ['origin', 'asPath', 'nextHop', 'communities', 'largeCommunities'] },
)
const nlri = (addPath: boolean) =>
  fc.record({
    prefix: fc.tuple(u32, fc.integer({ min: 0, max: 32 })).map(([address, length]) => prefixOf(address, length)),
    pathId: addPath ? u32 : fc.constant(0),
  })
const update: fc.Arbitrary<UpdateMessage> = fc.tuple(fc.boolean(), fc.boolean()).chain(([as4, addPath]) =>
  fc
    .record({
      withdrawn: fc.array(nlri(addPath), { maxLength: 5 }),
      attributes: fc.option(attributes, { nil: null }),
      announced: fc.array(nlri(addPath), { minLength: 1, maxLength: 5 }),
    })
    .map((parts) => ({
      type: 'UPDATE' as const,
      as4,
      addPath,
      ...parts,
      announced: parts.attributes === null ? [] : parts.announced,
    })),
)

const family = { afi: u16, safi: u8 }
const graceful = fc.record({ ...family, forwarding: fc.boolean() })
const capability: fc.Arbitrary<Capability> = fc.oneof(
  fc.record({ code: fc.constant(1 as const), ...family }),
  fc.constantFrom<Capability>({ code: 2 }, { code: 6 }, { code: 70 }),
  fc.record({
    code: fc.constant(64 as const),
    restarting: fc.boolean(),
    timeSeconds: fc.integer({ min: 0, max: 4095 }),
    families: fc.array(graceful, { maxLength: 3 }),
  }),
  fc.record({ code: fc.constant(65 as const), as: u32 }),
  fc.record({
    code: fc.constant(69 as const),
    families: fc.array(fc.record({ ...family, mode: fc.constantFrom(1 as const, 2 as const, 3 as const) }), {
      maxLength: 3,
    }),
  }),
  fc.record({
    code: fc.constant(71 as const),
    families: fc.array(
      fc.record({ ...family, forwarding: fc.boolean(), staleSeconds: fc.integer({ min: 0, max: 0xffffff }) }),
      { maxLength: 2 },
    ),
  }),
  fc.record({ code: fc.integer({ min: 128, max: 255 }), data: someBytes }),
)
const open: fc.Arbitrary<OpenMessage> = fc.record({
  type: fc.constant('OPEN' as const),
  version: fc.constant(4),
  as: u16,
  holdTimeSeconds: fc.oneof(fc.constant(0), fc.integer({ min: 3, max: 0xffff })),
  id: fc.integer({ min: 1, max: 0xffffffff }),
  capabilities: fc.option(fc.array(capability, { minLength: 1, maxLength: 7 }), { nil: null }),
})
const message: fc.Arbitrary<BgpMessage> = fc.oneof(
  open,
  update,
  fc.constant<BgpMessage>({ type: 'KEEPALIVE' }),
  fc.record({ type: fc.constant('NOTIFICATION' as const), code: u8, subcode: u8, data: someBytes }),
  fc.record({
    type: fc.constant('ROUTE-REFRESH' as const),
    afi: u16,
    safi: u8,
    subtype: fc.constantFrom(0 as const, 1 as const, 2 as const),
  }),
)

const optionsOf = (item: BgpMessage) => ({
  as4: item.type === 'UPDATE' ? item.as4 : true,
  addPath: item.type === 'UPDATE' && item.addPath,
  maxLength: 65535,
})

describe('codec', () => {
  test('what is decoded is what was encoded', () => {
    fc.assert(
      fc.property(message, (item) => {
        const decoded = decodeMessage(encodeMessage(item), optionsOf(item))
        expect(decoded).toEqual({ ok: true, message: item, treatAsWithdraw: [] })
      }),
      { numRuns: 400 },
    )
  })

  test('the lengths used for packing are the lengths on the wire', () => {
    fc.assert(
      fc.property(update, (item) => {
        const prefixes = [...item.withdrawn, ...item.announced]
        const expected =
          23 +
          (item.attributes === null ? 0 : attributesLength(item.attributes, item.as4)) +
          prefixes.reduce((sum, one) => sum + nlriLength(one, item.addPath), 0)
        expect(encodeMessage(item).length).toBe(expected)
      }),
    )
  })

  test('any bytes give a message or a NOTIFICATION, never an exception', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 6 }), fc.uint8Array({ maxLength: 60 }), fc.boolean(), (type, rest, as4) => {
        const bytes = Uint8Array.from([...bytesOf(MARKER), 0, 19 + rest.length, type, ...rest])
        const result = decodeMessage(bytes, { as4, addPath: !as4 })
        if (!result.ok) expect([1, 2, 3, 7]).toContain(result.code)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('field tree', () => {
  test('leaves tile the message, parents span their children, ids are unique', () => {
    const spans = (field: Field): void => {
      if (field.children.length === 0) return
      expect(field.children[0]!.offset).toBe(field.offset)
      expect(field.children.reduce((sum, child) => sum + child.length, 0)).toBe(field.length)
      field.children.forEach(spans)
    }
    fc.assert(
      fc.property(message, (item) => {
        const { bytes, root } = describeMessage(item)
        expect(hex(bytes)).toBe(hex(encodeMessage(item)))
        let at = 0
        const leaves = leavesOf(root)
        for (const leaf of leaves) {
          expect(leaf.offset).toBe(at)
          expect(leaf.length).toBeGreaterThan(0)
          at += leaf.length
        }
        expect(at).toBe(bytes.length)
        expect(new Set(leaves.map((leaf) => leaf.id)).size).toBe(leaves.length)
        root.forEach(spans)
      }),
      { numRuns: 300 },
    )
  })

  test('an UPDATE reads as the inspector shows it', () => {
    const { root } = describeMessage({
      type: 'UPDATE',
      withdrawn: [],
      attributes: {
        origin: 0,
        asPath: [{ type: 2, asns: [64512] }],
        nextHop: ip('172.18.0.4'),
        communities: [((64512 << 16) | 100) >>> 0],
      },
      announced: [{ prefix: prefix('192.167.110.128/26'), pathId: 0 }],
      as4: true,
      addPath: false,
    })
    const lines: string[] = []
    const walk = (field: Field, depth: number): void => {
      lines.push(`${' '.repeat(depth)}${field.name}: ${field.value} @${field.offset.toString(16)}+${field.length}`)
      if (depth < 1 || field.name === 'Prefix') for (const child of field.children) walk(child, depth + 1)
    }
    for (const field of root) walk(field, 0)
    expect(lines).toEqual([
      'BGP header: 19 bytes @0+19',
      ' Marker: all ones @0+16',
      ' Length: 55 @10+2',
      ' Type: 2, UPDATE @12+1',
      'Withdrawn routes: none @13+2',
      'Total Path Attribute Length: 27 @15+2',
      'Path attributes: 27 bytes @17+27',
      ' ORIGIN: IGP @17+4',
      ' AS_PATH: 64512 @1b+9',
      ' NEXT_HOP: 172.18.0.4 @24+7',
      ' COMMUNITIES: 64512:100 @2b+7',
      'NLRI: 1 prefix @32+5',
      ' Prefix: 192.167.110.128/26 @32+5',
      '  Length in bits: 26 = 0x1a @32+1',
      '  Address bytes: 192.167.110.128 @33+4',
    ])
  })

  test('a NOTIFICATION shows what its data means', () => {
    const value = (code: number, subcode: number, data: string): string | undefined =>
      describeMessage({ type: 'NOTIFICATION', code, subcode, data: bytesOf(data) }).root.at(-1)?.value
    expect(value(2, 2, '0000fc00')).toBe('64512')
    expect(value(6, 2, '036f6666')).toBe('"off"')
    expect(value(3, 5, '400300')).toBe('400300')
    expect(value(6, 2, '')).toBe('2, Administrative shutdown')
  })
})

const recovering: OpenMessage = {
  type: 'OPEN',
  version: 4,
  as: 64512,
  holdTimeSeconds: 240,
  id: ip('10.192.0.2'),
  capabilities: [
    { code: 1, afi: 1, safi: 1 },
    { code: 2 },
    { code: 64, restarting: true, timeSeconds: 120, families: [{ afi: 1, safi: 1, forwarding: true }] },
    { code: 65, as: 64512 },
    { code: 69, families: [{ afi: 1, safi: 1, mode: 3 }] },
    { code: 70 },
    { code: 71, families: [] },
  ],
}
const own = { origin: 0, asPath: [], nextHop: ip('10.192.0.2'), localPref: 100 } satisfies Attributes

/** Bytes as measured with real daemons. */
const samples: { name: string; message: BgpMessage; bytes: string; line: string }[] = [
  {
    name: 'OPEN of a recovering Calico node',
    message: recovering,
    bytes: `${MARKER} 003f 01 | 04 fc00 00f0 0ac00002 22 | 02 20 | 01 04 0001 00 01 | 02 00 | 40 06 8078 0001 01 80 |
      41 04 0000fc00 | 45 04 0001 01 03 | 46 00 | 47 00`,
    line:
      'OPEN as 64512 hold 240 id 10.192.0.2, Multiprotocol Extensions, Route Refresh, ' +
      'Graceful Restart R=1 120s 1/1 F=1, Four-octet AS Number 64512, ADD-PATH rx+tx, Enhanced Route Refresh, ' +
      'Long-Lived Graceful Restart',
  },
  {
    name: 'UPDATE of the mesh',
    message: {
      type: 'UPDATE',
      withdrawn: [],
      attributes: own,
      announced: [{ prefix: prefix('192.168.221.64/26'), pathId: 2 }],
      as4: true,
      addPath: true,
    },
    bytes: `${MARKER} 0035 02 0000 0015 40010100 400200 4003040ac00002 40050400000064 | 00000002 1a c0a8dd40`,
    line: 'UPDATE announce 192.168.221.64/26 #2, next hop 10.192.0.2, local pref 100',
  },
  {
    name: 'eBGP UPDATE towards the ToR',
    message: {
      type: 'UPDATE',
      withdrawn: [],
      attributes: {
        origin: 0,
        asPath: [{ type: 2, asns: [64512] }],
        nextHop: ip('10.192.0.2'),
        communities: [((64512 << 16) | 100) >>> 0],
        largeCommunities: [[64512, 1, 2]],
      },
      announced: [{ prefix: prefix('192.168.221.64/26'), pathId: 0 }],
      as4: true,
      addPath: false,
    },
    bytes: `${MARKER} 0046 02 0000 002a 40010100 400206 0201 0000fc00 400304 0ac00002 c00804 fc000064
      c0200c 0000fc00 00000001 00000002 | 1a c0a8dd40`,
    line: 'UPDATE announce 192.168.221.64/26, next hop 10.192.0.2, path 64512',
  },
  {
    name: 'UPDATE reflected',
    message: {
      type: 'UPDATE',
      withdrawn: [],
      attributes: {
        ...own,
        nextHop: ip('10.192.0.3'),
        originatorId: ip('10.192.0.3'),
        clusterList: [ip('244.0.0.1')],
      },
      announced: [{ prefix: prefix('192.168.45.128/26'), pathId: 9 }],
      as4: true,
      addPath: true,
    },
    bytes: `${MARKER} 0043 02 0000 0023 40010100 400200 4003040ac00003 40050400000064 8009040ac00003 800a04f4000001 |
      00000009 1a c0a82d80`,
    line: 'UPDATE announce 192.168.45.128/26 #9, next hop 10.192.0.3, local pref 100, originator 10.192.0.3',
  },
  {
    name: 'End-of-RIB',
    message: { type: 'UPDATE', withdrawn: [], attributes: null, announced: [], as4: true, addPath: true },
    bytes: `${MARKER} 0017 02 0000 0000`,
    line: 'UPDATE End-of-RIB',
  },
  {
    name: 'ROUTE-REFRESH',
    message: { type: 'ROUTE-REFRESH', afi: 1, safi: 1, subtype: 0 },
    bytes: `${MARKER} 0017 05 0001 00 01`,
    line: 'ROUTE-REFRESH 1/1',
  },
  {
    name: 'BoRR',
    message: { type: 'ROUTE-REFRESH', afi: 1, safi: 1, subtype: 1 },
    bytes: `${MARKER} 0017 05 0001 01 01`,
    line: 'ROUTE-REFRESH 1/1 BoRR',
  },
  {
    name: 'EoRR',
    message: { type: 'ROUTE-REFRESH', afi: 1, safi: 1, subtype: 2 },
    bytes: `${MARKER} 0017 05 0001 02 01`,
    line: 'ROUTE-REFRESH 1/1 EoRR',
  },
  {
    name: 'NOTIFICATION 2.2',
    message: { type: 'NOTIFICATION', code: 2, subcode: 2, data: bytesOf('0000fc00') },
    bytes: `${MARKER} 0019 03 02 02 0000fc00`,
    line: 'NOTIFICATION 2/2 Bad peer AS: 64512',
  },
  { name: 'KEEPALIVE', message: { type: 'KEEPALIVE' }, bytes: `${MARKER} 0013 04`, line: 'KEEPALIVE' },
]

describe('measured messages', () => {
  test.each(samples)('$name', (sample) => {
    expect(hex(encodeMessage(sample.message))).toBe(hex(bytesOf(sample.bytes)))
    expect(transcriptLine(sample.message)).toBe(sample.line)
  })

  test('sets are sorted without repetition on the wire, empty ones left out', () => {
    const bytes = encodeMessage({
      type: 'UPDATE',
      withdrawn: [],
      attributes: { origin: 0, communities: [9, 5, 9], clusterList: [7, 3], extCommunities: [], partial: [8] },
      announced: [],
      as4: true,
      addPath: false,
    })
    expect(hex(bytes.subarray(23))).toBe(`40010100e008080000000500000009800a080000000300000007`)
  })

  test('the length takes two bytes only when one is too small', () => {
    const path = (count: number): Attributes => ({ asPath: [{ type: 2, asns: Array(count).fill(1) }] })
    const start = (count: number): string =>
      hex(
        encodeMessage({
          type: 'UPDATE',
          withdrawn: [],
          attributes: path(count),
          announced: [],
          as4: true,
          addPath: false,
        }).subarray(23, 27),
      )
    expect(start(63)).toBe('4002fe02')
    expect(start(64)).toBe('50020102')
  })

  test('a narrow session carries wide numbers beside the path', () => {
    const bytes = encodeMessage({
      type: 'UPDATE',
      withdrawn: [],
      attributes: { asPath: [{ type: 2, asns: [65001, 70000] }], aggregator: { as: 70000, ip: 1 } },
      announced: [],
      as4: false,
      addPath: false,
    })
    expect(hex(bytes.subarray(23))).toBe(
      '4002060202fde95ba0' + 'c0110a02020000fde900011170' + 'c007065ba000000001' + 'c012080001117000000001',
    )
  })
})

describe('what each malformed message earns', () => {
  const header = (type: number, body: string): string => {
    const length = 19 + bytesOf(body).length
    return `${MARKER}${length.toString(16).padStart(4, '0')}0${type}${body}`
  }
  const attributes = (list: string, announced = ''): string => {
    const bytes = bytesOf(list)
    return header(2, `0000${bytes.length.toString(16).padStart(4, '0')}${hex(bytes)}${announced}`)
  }
  const mandatory = '40010100 400200 4003040a000001'
  test.each([
    ['marker', `00${MARKER.slice(2)}001304`, 1, 1, ''],
    ['length below 19', `${MARKER}001204`, 1, 2, '0012'],
    ['type', header(6, ''), 1, 3, '06'],
    ['UPDATE of 22 bytes', header(2, '000000'), 1, 2, '0016'],
    ['short NOTIFICATION', header(3, '06'), 1, 2, '0014'],
    ['short OPEN', header(1, '04fc0000f00ac00002'), 1, 2, '001c'],
    ['OPEN version', header(1, '03fc0000f00ac0000200'), 2, 1, '03'],
    ['OPEN with an unknown parameter', header(1, '04fc0000f00ac00002040102abcd'), 2, 4, '0102'],
    ['OPEN with a parameter cut short', header(1, '04fc0000f00ac00002020205'), 2, 0, ''],
    ['OPEN with a capability cut short', header(1, '04fc0000f00ac000020402024104'), 2, 0, ''],
    ['OPEN hold time 2', header(1, '04fc0000020ac0000200'), 2, 6, '0002'],
    ['OPEN identifier 0', header(1, '04fc0000f00000000000'), 2, 3, '00000000'],
    ['withdrawn length beyond the end', header(2, '00090000'), 3, 1, ''],
    ['attribute length beyond the end', header(2, '00000009'), 3, 1, ''],
    ['prefixes without attributes', header(2, '00000000180a0000'), 3, 1, ''],
    ['withdrawn prefix of 33 bits', header(2, '0006210a000000000000'), 3, 10, ''],
    ['announced prefix of 33 bits', attributes(mandatory, '210a00000000'), 3, 10, ''],
    ['announced prefix cut short', attributes(mandatory, '180a'), 3, 1, ''],
    ['attribute twice', attributes('40010100 40010100'), 3, 1, ''],
    ['attribute cut short', attributes('400104'), 3, 1, ''],
    ['unknown well-known attribute', attributes('40630100'), 3, 2, '40630100'],
    ['no NEXT_HOP', attributes('40010100 400200', '180a0000'), 3, 3, '03'],
    ['ORIGIN flags', attributes('80010100'), 3, 4, '80010100'],
    ['NEXT_HOP length', attributes('4003030a0000'), 3, 5, '4003030a0000'],
    ['ORIGIN 3', attributes('40010103'), 3, 6, '40010103'],
    ['NEXT_HOP multicast', attributes('400304e0000001'), 3, 8, '400304e0000001'],
    ['AS_PATH segment type', attributes('4002060901 0000fc00'), 3, 11, '40020609010000fc00'],
    ['AS_PATH segment count', attributes('4002060202 0000fc00'), 3, 11, '40020602020000fc00'],
    ['ROUTE-REFRESH too long', header(5, '0001000100'), 7, 1, header(5, '0001000100')],
    ['ROUTE-REFRESH too short', header(5, '0001'), 1, 2, '0015'],
  ])('%s', (_, bytes, code, subcode, data) => {
    const result = decodeMessage(bytesOf(bytes), { as4: true, addPath: false })
    expect(result.ok ? result : { ...result, data: hex(result.data) }).toEqual({ ok: false, code, subcode, data })
  })

  test('a set of odd length only costs the routes', () => {
    const result = decodeMessage(bytesOf(attributes(`${mandatory} c008030000ff`, '180a0000')), {
      as4: true,
      addPath: false,
    })
    expect(result).toMatchObject({ ok: true, treatAsWithdraw: ['COMMUNITIES'] })
  })

  test('host bits are masked off', () => {
    const result = decodeMessage(bytesOf(header(2, '0004 140a00ff 0000')), { as4: true, addPath: false })
    expect(result).toMatchObject({ ok: true, message: { withdrawn: [{ prefix: prefix('10.0.240.0/20') }] } })
  })
})
