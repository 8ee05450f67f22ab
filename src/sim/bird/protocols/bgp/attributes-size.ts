// How many bytes a set of path attributes takes on the wire, without encoding it (proto/bgp/attrs.c bgp_encode_attrs).
import type { Attributes } from '../../../bgp/attributes.ts'

const known = new WeakMap<Attributes, { as4: number; as2: number }>()

const attribute = (length: number): number => (length > 255 ? 4 : 3) + length

function measure(a: Attributes, asBytes: number): number {
  let size = 0
  if (a.origin !== undefined) size += attribute(1)
  if (a.asPath !== undefined) size += attribute(a.asPath.reduce((sum, s) => sum + 2 + asBytes * s.asns.length, 0))
  if (a.nextHop !== undefined) size += attribute(4)
  if (a.med !== undefined) size += attribute(4)
  if (a.localPref !== undefined) size += attribute(4)
  if (a.atomicAggregate) size += attribute(0)
  if (a.aggregator !== undefined) size += attribute(asBytes + 4)
  if (a.communities?.length) size += attribute(4 * a.communities.length)
  if (a.originatorId !== undefined) size += attribute(4)
  if (a.clusterList?.length) size += attribute(4 * a.clusterList.length)
  if (a.extCommunities?.length) size += attribute(8 * a.extCommunities.length)
  if (a.largeCommunities?.length) size += attribute(12 * a.largeCommunities.length)
  for (const u of a.unknown ?? []) size += attribute(u.data.length)
  return size
}

export function attributesSize(a: Attributes, as4: boolean): number {
  let sizes = known.get(a)
  if (sizes === undefined) {
    sizes = { as4: measure(a, 4), as2: measure(a, 2) }
    known.set(a, sizes)
  }
  return as4 ? sizes.as4 : sizes.as2
}
