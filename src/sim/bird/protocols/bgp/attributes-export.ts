// Attributes of a route on its way to a peer: before the export filter (proto/bgp/attrs.c bgp_create_attrs,
// bgp_update_attrs) and when it is filed for sending (bgp_get_bucket).
import { prependAs } from '../../../bgp/as-path.ts'
import { type Attributes, ORIGIN_IGP } from '../../../bgp/attributes.ts'
import type { Ip } from '../../../net/address.ts'
import type { BgpOptions } from '../../config/tree.ts'
import { type FilterRoute, RouteDest } from '../../filter/route.ts'

/** The session a route goes to, or came from. */
export interface ExportSession {
  readonly options: BgpOptions
  readonly internal: boolean
  readonly sourceAddress: Ip
  readonly remoteId: Ip
  /** 0 unless the peer is a client. */
  readonly clusterId: Ip
  /** Interface of a directly connected neighbor; null on multihop sessions. */
  readonly neighborIface: string | null
}

const NO_EXPORT = 0xffffff01
const NO_ADVERTISE = 0xffffff02
const NO_EXPORT_SUBCONFED = 0xffffff03

/** The part of import_control that refuses routes learned from another BGP session. */
export function refusesLearned(to: ExportSession, from: ExportSession, attributes: Attributes | null): boolean {
  const { options } = to
  if (to.internal && from.internal && options.localAs === from.options.localAs) {
    if (!options.rrClient && !from.options.rrClient) return true
  }
  if (attributes === null) return false
  if (to.clusterId !== 0 && attributes.clusterList?.includes(to.clusterId)) return true
  const communities = attributes.communities
  if (!options.interpretCommunities || communities === undefined) return false
  if (communities.includes(NO_ADVERTISE)) return true
  return !to.internal && (communities.includes(NO_EXPORT) || communities.includes(NO_EXPORT_SUBCONFED))
}

/** Whether the next hop stays what it is instead of becoming our own address. */
function keepsNextHop(to: ExportSession, route: FilterRoute): boolean {
  if (to.options.nextHopSelf) return false
  if (to.options.nextHopKeep || to.internal) return true
  return to.neighborIface !== null && route.ifname !== '' && route.ifname === to.neighborIface
}

/** For a route that did not come by BGP. */
export function createAttributes(to: ExportSession, route: FilterRoute): Attributes {
  const viaRouter = route.dest === RouteDest.ROUTER && route.gw !== 0
  const nextHop = viaRouter && keepsNextHop(to, route) ? route.gw : to.sourceAddress
  return {
    ...(route.attributes ?? {}),
    origin: ORIGIN_IGP,
    asPath: to.internal ? [] : [{ type: 2, asns: [to.options.localAs] }],
    nextHop,
    localPref: to.options.defaultLocalPref,
  }
}

/** For a route that came by BGP from `from`. */
export function updateAttributes(to: ExportSession, from: ExportSession, route: FilterRoute): Attributes {
  const a: { -readonly [K in keyof Attributes]: Attributes[K] } = { ...route.attributes }
  if (!to.internal && !to.options.rsClient) {
    a.asPath = prependAs(a.asPath ?? [], to.options.localAs)
    if (a.med !== undefined) a.med = 0
  }
  if (a.nextHop === undefined || !keepsNextHop(to, route)) a.nextHop = to.sourceAddress
  if (to.internal && from.internal && to.options.localAs === from.options.localAs) reflect(a, to, from)
  return a
}

/** RFC 4456: who originated it and through which clusters it went. */
function reflect(
  a: { -readonly [K in keyof Attributes]: Attributes[K] },
  to: ExportSession,
  from: ExportSession,
): void {
  a.originatorId ??= from.remoteId
  a.clusterList = [from.options.rrClient ? from.clusterId : to.clusterId, ...(a.clusterList ?? [])]
  if (from.options.rrClient && to.options.rrClient && from.clusterId !== to.clusterId) {
    a.clusterList = [to.clusterId, ...a.clusterList]
  }
}

const numbers = (list: readonly number[]): readonly number[] => [...new Set(list)].sort((x, y) => x - y)
const compareTuples = (x: readonly number[], y: readonly number[]): number => {
  for (let i = 0; i < x.length; i++) if (x[i] !== y[i]) return (x[i] ?? 0) - (y[i] ?? 0)
  return 0
}
function tuples<T extends readonly number[]>(list: readonly T[]): T[] {
  return [...list].sort(compareTuples).filter((item, i, all) => i === 0 || compareTuples(item, all[i - 1] as T) !== 0)
}

/** The set as it goes on the wire: sorted lists, nothing an external peer may not see. */
export function wireAttributes(source: Attributes, internal: boolean): Attributes {
  const a: { -readonly [K in keyof Attributes]: Attributes[K] } = { ...source }
  if (!internal) {
    delete a.localPref
    delete a.originatorId
    delete a.clusterList
  }
  if (a.communities !== undefined) a.communities = numbers(a.communities)
  if (a.clusterList !== undefined) a.clusterList = numbers(a.clusterList)
  if (a.extCommunities !== undefined) a.extCommunities = tuples(a.extCommunities)
  if (a.largeCommunities !== undefined) a.largeCommunities = tuples(a.largeCommunities)
  if (a.communities?.length === 0) delete a.communities
  if (a.clusterList?.length === 0) delete a.clusterList
  if (a.extCommunities?.length === 0) delete a.extCommunities
  if (a.largeCommunities?.length === 0) delete a.largeCommunities
  if (a.unknown !== undefined) {
    a.unknown = a.unknown.filter((u) => (u.flags & 0x40) !== 0)
    if (a.unknown.length === 0) delete a.unknown
  }
  return a
}

/** The mandatory attribute that is missing; null: none. */
export function missingMandatory(a: Attributes): 'origin' | 'as_path' | 'next_hop' | null {
  if (a.origin === undefined) return 'origin'
  if (a.asPath === undefined) return 'as_path'
  return a.nextHop === undefined ? 'next_hop' : null
}
