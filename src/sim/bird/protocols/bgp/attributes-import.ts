// Attributes of a received UPDATE: errors that end the session, reasons to treat its routes as withdrawn, and the set
// as it enters the table (proto/bgp/attrs.c bgp_decode_attrs).
import { asPathCount } from '../../../bgp/as-path.ts'
import type { Attributes } from '../../../bgp/attributes.ts'
import type { Ip } from '../../../net/address.ts'
import type { BgpOptions } from '../../config/tree.ts'
import type { RejectReason } from '../../ports.ts'

export interface ImportSession {
  readonly options: BgpOptions
  readonly internal: boolean
  readonly routerId: Ip
  readonly clusterId: Ip
}

export type ImportVerdict =
  | { kind: 'accept'; attributes: Attributes }
  /** Soft error: the routes count as withdrawn. */
  | { kind: 'withdraw'; reason: RejectReason }
  /** NOTIFICATION 3.subcode. */
  | { kind: 'error'; subcode: number; data: Uint8Array }

export function importAttributes(session: ImportSession, a: Attributes | null): ImportVerdict {
  if (a === null || a.origin === undefined) return missing(1)
  if (a.asPath === undefined) return missing(2)
  if (a.nextHop === undefined) return missing(3)
  if (a.origin > 2) return { kind: 'error', subcode: 6, data: new Uint8Array([0x40, 1, 1, a.origin]) }
  const first = a.nextHop >>> 24
  if ((first >= 224 && first < 240) || first === 255) return { kind: 'error', subcode: 8, data: new Uint8Array(0) }
  if (asPathCount(a.asPath, session.options.localAs) > session.options.allowLocalAs)
    return { kind: 'withdraw', reason: 'own-as' }
  if (session.internal && a.originatorId === session.routerId) return { kind: 'withdraw', reason: 'originator-id' }
  if (session.internal && session.clusterId !== 0 && a.clusterList?.includes(session.clusterId)) {
    return { kind: 'withdraw', reason: 'cluster-list' }
  }
  return { kind: 'accept', attributes: enterTable(session, a) }
}

function missing(type: number): ImportVerdict {
  return { kind: 'error', subcode: 3, data: new Uint8Array([type]) }
}

function enterTable(session: ImportSession, a: Attributes): Attributes {
  const { options, internal } = session
  if (internal && a.localPref !== undefined) return a
  const copy: { -readonly [K in keyof Attributes]: Attributes[K] } = { ...a }
  if (!internal) {
    delete copy.originatorId
    delete copy.clusterList
    if (!options.allowLocalPref) delete copy.localPref
  }
  copy.localPref ??= options.defaultLocalPref
  return copy
}
