import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ip } from '../../net/address.ts'
import { prefix } from '../../net/prefix.ts'
import { anyMessage, anyUpdate } from '../../testing/bgp-messages.ts'
import type { Attributes } from '../attributes.ts'
import type { BgpMessage, OpenMessage } from '../message.ts'
import { transcriptLine } from '../transcript.ts'
import { decodeMessage } from './decode.ts'
import { encodeMessage, nlriLength } from './encode.ts'
import { attributesLength } from './encode-attributes.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/[\s|]/g, ''), 'hex'))
const MARKER = 'ff'.repeat(16)

const optionsOf = (item: BgpMessage) => ({
  as4: item.type === 'UPDATE' ? item.as4 : true,
  addPath: item.type === 'UPDATE' && item.addPath,
  maxLength: 65535,
})

describe('codec', () => {
  test('what is decoded is what was encoded', () => {
    fc.assert(
      fc.property(anyMessage, (item) => {
        const decoded = decodeMessage(encodeMessage(item), optionsOf(item))
        expect(decoded).toEqual({ ok: true, message: item, treatAsWithdraw: [] })
      }),
      { numRuns: 400 },
    )
  })

  test('the lengths used for packing are the lengths on the wire', () => {
    fc.assert(
      fc.property(anyUpdate, (item) => {
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

describe('where a field gets wider', () => {
  const update = (attributes: Attributes, as4 = true) =>
    hex(encodeMessage({ type: 'UPDATE', as4, addPath: false, withdrawn: [], attributes, announced: [] }))
  const unknown = (bytes: number) => update({ unknown: [{ flags: 0xc0, type: 99, data: new Uint8Array(bytes) }] })

  test('an attribute of 256 bytes needs the extended length, and one of 255 does not', () => {
    expect(unknown(255)).toContain('c063ff00')
    expect(unknown(256)).toContain('d063010000')
  })

  test('65535 is the last AS that fits two bytes', () => {
    const path = (...asns: number[]) => update({ asPath: [{ type: 2, asns }] }, false)
    expect(path(65535)).toMatch(/4002040201ffff$/)
    expect(path(65536)).toMatch(/40020402015ba0c01106020100010000$/)
    const aggregator = (as: number) => update({ aggregator: { as, ip: ip('1.2.3.4') } }, false)
    expect(aggregator(65535)).toMatch(/c00706ffff01020304$/)
    expect(aggregator(65536)).toMatch(/c007065ba001020304c012080001000001020304$/)
  })
})
