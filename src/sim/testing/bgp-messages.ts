// Arbitrary BGP messages for property tests. Sets are ascending without repetition, as they are after the wire.
import fc from 'fast-check'
import type { Attributes } from '../bgp/attributes.ts'
import type { BgpMessage, Capability, OpenMessage, UpdateMessage } from '../bgp/message.ts'
import { prefixOf } from '../net/prefix.ts'

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
export const anyUpdate: fc.Arbitrary<UpdateMessage> = fc.tuple(fc.boolean(), fc.boolean()).chain(([as4, addPath]) =>
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
export const anyMessage: fc.Arbitrary<BgpMessage> = fc.oneof(
  open,
  anyUpdate,
  fc.constant<BgpMessage>({ type: 'KEEPALIVE' }),
  fc.record({ type: fc.constant('NOTIFICATION' as const), code: u8, subcode: u8, data: someBytes }),
  fc.record({
    type: fc.constant('ROUTE-REFRESH' as const),
    afi: u16,
    safi: u8,
    subtype: fc.integer({ min: 0, max: 255 }),
  }),
)
