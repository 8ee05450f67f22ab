// BGP messages with mistakes in them: real ones, of which bytes were changed, put in, taken out or doubled. Most keep a
// length field that fits, so that what is wrong is found deeper.
import type { Attributes } from '../../bgp/attributes.ts'
import { encodeMessage } from '../../bgp/codec/encode.ts'
import type { BgpMessage } from '../../bgp/message.ts'
import { ip } from '../../net/address.ts'
import { prefix } from '../../net/prefix.ts'
import { Chance } from './chance.ts'

const nlri = (text: string) => ({ prefix: prefix(text), pathId: 0 })
const plain = { type: 'UPDATE', as4: true, addPath: false } as const
const bare: Attributes = {
  origin: 0,
  asPath: [{ type: 2, asns: [65002] }],
  nextHop: ip('10.77.0.9'),
}
const rich: Attributes = {
  ...bare,
  asPath: [
    { type: 2, asns: [65002, 65003, 70000] },
    { type: 1, asns: [65004, 65005] },
  ],
  med: 5,
  localPref: 100,
  atomicAggregate: true,
  aggregator: { as: 65003, ip: ip('10.1.1.1') },
  communities: [0xfde80001, 0xffffff01],
  originatorId: ip('10.3.3.3'),
  clusterList: [ip('10.4.4.4'), ip('10.5.5.5')],
  extCommunities: [[0x0002fde8, 1]],
  largeCommunities: [[65000, 1, 2]],
}

export const OPEN: BgpMessage = {
  type: 'OPEN',
  version: 4,
  as: 65002,
  holdTimeSeconds: 240,
  id: ip('10.77.0.9'),
  capabilities: [{ code: 1, afi: 1, safi: 1 }, { code: 2 }, { code: 65, as: 65002 }],
}

/** What mistakes are made in. */
const ORIGINALS: readonly BgpMessage[] = [
  OPEN,
  { ...plain, withdrawn: [], attributes: bare, announced: [nlri('10.1.0.0/16'), nlri('10.2.3.0/24')] },
  { ...plain, withdrawn: [nlri('10.9.0.0/16')], attributes: rich, announced: [nlri('192.168.0.0/17')] },
  { ...plain, withdrawn: [], attributes: rich, announced: [nlri('10.1.2.3/32'), nlri('0.0.0.0/0')] },
  { ...plain, withdrawn: [nlri('10.9.0.0/16'), nlri('10.8.0.0/15')], attributes: null, announced: [] },
  { type: 'KEEPALIVE' },
  { type: 'ROUTE-REFRESH', afi: 1, safi: 1, subtype: 0 },
  { type: 'NOTIFICATION', code: 6, subcode: 2, data: new Uint8Array([1, 65]) },
]
const BYTES = ORIGINALS.map(encodeMessage)
const SPECIAL = [0, 1, 2, 3, 4, 5, 16, 32, 33, 64, 127, 128, 255]
const HEADER = 19

export function mutatedMessage(seed: number): Uint8Array {
  const chance = new Chance(seed)
  let bytes = [...chance.pick(BYTES)]
  // UPDATEs have the most to go wrong.
  if (chance.below(2) === 0) bytes = [...(BYTES[1 + chance.below(4)] as Uint8Array)]
  const header = chance.below(20) === 0
  for (let count = 1 + chance.below(3); count > 0; count--) {
    const at = header ? chance.below(Math.min(HEADER, bytes.length)) : HEADER + chance.below(bytes.length - HEADER + 1)
    mutate(bytes, at, chance)
  }
  if (!header) setLength(bytes, bytes.length)
  return Uint8Array.from(bytes)
}

function mutate(bytes: number[], at: number, chance: Chance): void {
  const value = chance.below(2) === 0 ? chance.pick(SPECIAL) : chance.below(256)
  const length = 1 + chance.below(8)
  switch (chance.below(6)) {
    case 0:
    case 1:
      if (at < bytes.length) bytes[at] = value
      return
    case 2:
      if (at < bytes.length) bytes[at] = (bytes[at]! ^ (1 << chance.below(8))) & 255
      return
    case 3:
      bytes.splice(at, 0, value)
      return
    case 4:
      if (bytes.length > HEADER) bytes.splice(at, length)
      return
    default:
      bytes.splice(at, 0, ...bytes.slice(at, at + length))
  }
}

function setLength(bytes: number[], length: number): void {
  while (bytes.length < HEADER) bytes.push(0)
  bytes[16] = length >> 8
  bytes[17] = length & 255
}
