// What a table asks of a protocol that routes are announced to (nest/protocol.h, import_control and rt_notify).
import type { Prefix } from '../../net/prefix.ts'
import type { AnnounceHook, HookClient, RouteAnnouncements } from './announce.ts'
import type { Rte } from './route.ts'

export interface TableHook extends AnnounceHook {
  readonly client: TableClient
}

export interface TableClient extends HookClient {
  readonly feeding: boolean
  readonly refeeding: boolean
  readonly announcements: RouteAnnouncements
  /** kernel, merge paths: the most next hops. */
  readonly mergeLimit: number
  /** A cheap reason not to export, before anything is copied (first part of import_control). */
  refuses(hook: AnnounceHook, route: Rte): boolean
  /** Second part of import_control: the copy with the protocol's attributes; null: refused. */
  prepareExport(hook: AnnounceHook, route: Rte): Rte | null
  rtNotify(hook: AnnounceHook, net: Prefix, change: RouteNotification): void
}

export interface RouteNotification {
  fresh: Rte | null
  old: Rte | null
}
