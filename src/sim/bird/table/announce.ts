// The link between a protocol and a table (nest/protocol.h, struct announce_hook).
import type { Filter } from '../filter/filter.ts'
import type { ProtocolKind } from '../ports.ts'
import type { Stats } from './stats.ts'

/** What a protocol wants to hear of a table. */
export type RouteAnnouncements = 'none' | 'optimal' | 'any' | 'accepted' | 'merged'

export type LimitDirection = 'receive' | 'import' | 'export'

export interface Limit {
  limit: number
  action: 'warn' | 'block' | 'restart' | 'disable'
  state: 'initial' | 'active' | 'blocked'
}

export interface AnnounceHook {
  readonly client: HookClient
  readonly table: { readonly name: string }
  /** Mutable; readers get copies. */
  readonly stats: Stats
  inFilter: Filter
  outFilter: Filter
  receiveLimit: Limit | null
  importLimit: Limit | null
  exportLimit: Limit | null
  keepFiltered: boolean
  /** BIRD second of the last change of the export filter; -1: none. */
  lastOutFilterChange: number
  /** Hooks with equal, non-zero class export every route alike; 0: do not share. */
  exportClass: number
}

/** A protocol, as the routes it brought see it. */
export interface HookClient {
  readonly name: string
  readonly kind: ProtocolKind
  readonly debug: number
  readonly flushing: boolean
  /** AS of a plain internal session: one that refuses all routes of other plain internal sessions; else 0. */
  readonly plainAs: number
  /** Whether stale marks mean a restarting peer (and not a route refresh). */
  readonly showsStale: boolean
  /** Counters changed. */
  touched(): void
  limitHit(hook: AnnounceHook, direction: LimitDirection, limit: Limit): void
}
