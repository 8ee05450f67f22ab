// The five BGP messages as values (RFC 4271 section 4, RFC 2918, RFC 7313, RFC 7911).
// The simulation passes these; codec.ts turns any of them into its exact bytes and back, on demand.
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'
import type { Attributes } from './attributes.ts'

/** Capabilities in the order BIRD writes them (proto/bgp/packets.c, bgp_create_open). */
export type Capability =
  | { code: 1; afi: number; safi: number }
  | { code: 2 }
  | { code: 6 }
  | { code: 64; restarting: boolean; timeSeconds: number; families: readonly GracefulFamily[] }
  | { code: 65; as: number }
  | { code: 69; families: readonly { afi: number; safi: number; mode: 1 | 2 | 3 }[] }
  | { code: 70 }
  | { code: 71; families: readonly (GracefulFamily & { staleSeconds: number })[] }
  | { code: number; data: Uint8Array }

export interface GracefulFamily {
  afi: number
  safi: number
  forwarding: boolean
}

export interface OpenMessage {
  type: 'OPEN'
  version: number
  /** The two-byte field: 23456 (AS_TRANS) when the real number does not fit. */
  as: number
  holdTimeSeconds: number
  id: Ip
  /** null: no optional parameter at all (capabilities off). */
  capabilities: readonly Capability[] | null
}

/** A prefix on the wire; `pathId` is 0 and absent from the bytes unless the session uses ADD-PATH. */
export interface Nlri {
  prefix: Prefix
  pathId: number
}

export interface UpdateMessage {
  type: 'UPDATE'
  withdrawn: readonly Nlri[]
  /** null when nothing is announced. */
  attributes: Attributes | null
  announced: readonly Nlri[]
  /** What the session negotiated; it decides the bytes. */
  as4: boolean
  addPath: boolean
}

export interface KeepaliveMessage {
  type: 'KEEPALIVE'
}

export interface NotificationMessage {
  type: 'NOTIFICATION'
  code: number
  subcode: number
  data: Uint8Array
}

/** subtype 0: request, 1: BoRR, 2: EoRR (RFC 7313), any other: unknown, and ignored by BIRD. */
export interface RouteRefreshMessage {
  type: 'ROUTE-REFRESH'
  afi: number
  safi: number
  subtype: number
}

export type BgpMessage = OpenMessage | UpdateMessage | KeepaliveMessage | NotificationMessage | RouteRefreshMessage
export type BgpMessageType = BgpMessage['type']

/** An UPDATE that announces and withdraws nothing marks the end of the initial table (RFC 4724). */
export function isEndOfRib(message: BgpMessage): boolean {
  return message.type === 'UPDATE' && message.withdrawn.length === 0 && message.announced.length === 0
}
