// Routes in and out of a BGP session: import_control, buckets, UPDATE processing, feeding
// (proto/bgp/attrs.c, proto/bgp/packets.c bgp_do_rx_update, proto/bgp/bgp.c bgp_feed_*).
import type { Attributes } from '../../../bgp/attributes.ts'
import type { Nlri, UpdateMessage } from '../../../bgp/message.ts'
import { formatPrefix, type Prefix } from '../../../net/prefix.ts'
import { DebugFlag } from '../../config/tree.ts'
import { RouteDest, RouteSource } from '../../filter/route.ts'
import { RateLimit } from '../../rate-limit.ts'
import type { AnnounceHook } from '../../table/announce.ts'
import type { RouteNotification } from '../../table/client.ts'
import { resolved } from '../../table/host-entry.ts'
import { Rte } from '../../table/route.ts'
import { Rta, type RtaFields } from '../../table/rta.ts'
import type { RoutingTable } from '../../table/table.ts'
import {
  createAttributes,
  type ExportSession,
  missingMandatory,
  refusesLearned,
  updateAttributes,
  wireAttributes,
} from './attributes-export.ts'
import { importAttributes } from './attributes-import.ts'
import { BgpBase } from './bgp-base.ts'
import { type Connection, SEND } from './connection.ts'
import { UpdateQueue } from './update-queue.ts'

/** Where the announcement of the table stands, to know which mark follows the last UPDATE. */
export type FeedMark = 'none' | 'loading' | 'loaded' | 'refreshing' | 'refreshed'

type NextHopFields = Pick<RtaFields, 'dest'> & Partial<RtaFields>

/** Wire form of a set, per kind of session; shared by all sessions since sets are shared too. */
const wireForms = { internal: new WeakMap<Attributes, Attributes>(), external: new WeakMap<Attributes, Attributes>() }

export abstract class BgpRoutes extends BgpBase {
  readonly queue = new UpdateQueue()
  feedMark: FeedMark = 'none'
  /** Awaiting the peer's End-of-RIB, or inside its route refresh. */
  loadState: 'none' | 'loading' | 'refreshing' = 'none'
  readonly #updateLog = new RateLimit()
  /** The last set that came in and what became of it. */
  #lastIn: Attributes | null = null
  #lastTable: Attributes | null = null

  abstract schedule(c: Connection, what: number): void
  abstract fail(c: Connection, code: number, subcode: number, data?: Uint8Array): void

  override refuses(_hook: AnnounceHook, route: Rte): boolean {
    const from = route.src.owner as unknown
    if (from === this) return true
    return from instanceof BgpBase && refusesLearned(this, from, route.attributes)
  }

  override prepareExport(_hook: AnnounceHook, route: Rte): Rte | null {
    const from = route.src.owner as unknown
    const attributes =
      from instanceof BgpBase ? updateAttributes(this, from as ExportSession, route) : createAttributes(this, route)
    return route.with({ rta: route.rta.with({ attributes: this.core.intern(attributes) }) })
  }

  /** bgp_rt_notify: files the change for the next UPDATE. */
  override rtNotify(_hook: AnnounceHook, net: Prefix, change: RouteNotification): void {
    const c = this.established
    if (c === null) return
    const key = (change.fresh ?? change.old) as Rte
    const attributes = change.fresh === null ? null : this.#wire(change.fresh)
    if (change.fresh !== null && (attributes === null || !this.#sendable(attributes, net))) return
    this.queue.add(net, this.addPathTx ? key.src.globalId : 0, attributes)
    this.schedule(c, SEND.update)
  }

  #wire(route: Rte): Attributes | null {
    const source = route.attributes
    if (source === null) return null
    const forms = this.internal ? wireForms.internal : wireForms.external
    let form = forms.get(source)
    if (form === undefined) {
      form = this.core.intern(wireAttributes(source, this.internal))
      forms.set(source, form)
    }
    return form
  }

  #sendable(attributes: Attributes, net: Prefix): boolean {
    const missing = missingMandatory(attributes)
    if (missing !== null)
      this.core.log(`${this.name}: Mandatory attribute ${missing} missing in route ${formatPrefix(net)}`)
    else if (attributes.nextHop === this.config.neighbor)
      this.core.log(`${this.name}: Invalid NEXT_HOP attribute in route ${formatPrefix(net)}`)
    else return true
    return false
  }

  override feedBegin(initial: boolean): void {
    const c = this.established
    if (c === null) return
    if (initial) {
      if (this.options.gracefulRestart !== 'off') this.feedMark = 'loading'
      return
    }
    if (!this.options.enableRouteRefresh || !c.peer.enhancedRefresh) return
    if (this.feedMark === 'loading' || this.feedMark === 'loaded') return
    this.feedMark = 'refreshing'
    this.schedule(c, SEND.beginRefresh)
  }

  override feedEnd(): void {
    const c = this.established
    if (c === null || this.feedMark === 'none') return
    if (this.feedMark === 'loading') this.feedMark = 'loaded'
    if (this.feedMark === 'refreshing') this.feedMark = 'refreshed'
    this.schedule(c, SEND.update)
  }

  override reloadRoutes(): boolean {
    const c = this.established
    if (c === null || !c.peer.refresh) return false
    this.schedule(c, SEND.refresh)
    return true
  }

  traceUpdate(text: string): void {
    if (this.config.debug & DebugFlag.PACKETS) this.core.logLimited(this.#updateLog, `${this.name}: ${text}`)
  }

  /** bgp_do_rx_update: withdraws, attributes, announcements. */
  protected receiveRoutes(c: Connection, message: UpdateMessage): void {
    const hook = this.hook
    if (hook === null) return
    const table = this.table
    for (const nlri of message.withdrawn) this.#withdraw(hook, table, nlri)
    if (message.announced.length === 0) return
    const attributes = this.#tableAttributes(c, message)
    if (this.established !== c) return
    const fields = attributes === null ? null : this.#nextHop(attributes)
    if (attributes !== null && fields === null) this.#reject(message, 'own-next-hop')
    // All routes of the message share it: they differ in net and source alone.
    let rta: Rta | null = null
    for (const nlri of message.announced) {
      if (fields === null) {
        this.#withdraw(hook, table, nlri)
        continue
      }
      const src = nlri.pathId === 0 ? this.mainSource : this.core.sources.get(this, nlri.pathId)
      if (src === null) continue
      rta ??= this.#received(attributes, fields)
      table.update(hook, nlri.prefix, new Rte(nlri.prefix, hook, src, rta), src)
    }
  }

  #received(attributes: Attributes | null, nextHop: NextHopFields): Rta {
    const { preference } = this.config
    return new Rta({ source: RouteSource.BGP, from: this.config.neighbor, preference, attributes, ...nextHop })
  }

  #withdraw(hook: AnnounceHook, table: RoutingTable, nlri: Nlri): void {
    const src = nlri.pathId === 0 ? this.mainSource : this.core.sources.find(this, nlri.pathId)
    table.update(hook, nlri.prefix, null, src)
  }

  /** null: a soft error, the routes count as withdrawn; after a hard one the connection is not established any more. */
  #tableAttributes(c: Connection, message: UpdateMessage): Attributes | null {
    if (message.attributes !== null && message.attributes === this.#lastIn) return this.#lastTable
    const verdict = importAttributes(this, message.attributes)
    if (verdict.kind === 'error') {
      this.fail(c, 3, verdict.subcode, verdict.data)
      return null
    }
    if (verdict.kind === 'withdraw') {
      this.#reject(message, verdict.reason)
      return null
    }
    this.#lastIn = message.attributes
    this.#lastTable = this.core.intern(verdict.attributes)
    return this.#lastTable
  }

  #reject(message: UpdateMessage, reason: 'own-as' | 'own-next-hop' | 'originator-id' | 'cluster-list' | string): void {
    for (const nlri of message.announced) {
      this.core.event({
        code: 'route-rejected',
        protocol: this.name,
        prefix: nlri.prefix,
        pathId: nlri.pathId,
        attributes: message.attributes,
        reason: reason as 'own-as',
      })
    }
  }

  /** bgp_set_next_hop: where the packets go; null: the next hop is no use, so the routes count as withdrawn. */
  #nextHop(attributes: Attributes): NextHopFields | null {
    const nextHop = attributes.nextHop ?? 0
    const o = this.options
    if (o.gatewayMode === 'recursive') {
      if (nextHop === 0) return null
      const igp = o.igpTable === null ? this.table : this.core.table(o.igpTable)
      const hostEntry = igp.hostCache.get(nextHop)
      return { hostEntry, ...resolved(nextHop, hostEntry.resolution) }
    }
    const peer = this.neighbor?.iface ?? null
    const found = nextHop === 0 ? null : this.core.interfaces.connected(nextHop, peer?.name ?? null)
    if (found?.local) return null
    const iface = found?.iface ?? peer
    if (iface === null) return null
    return {
      dest: RouteDest.ROUTER,
      gw: found === null ? this.config.neighbor : nextHop,
      ifname: iface.name,
      ifindex: iface.index,
    }
  }

  /** Forgets what was to be sent and what the peer has begun. */
  protected clearRoutes(): void {
    this.queue.clear()
    this.feedMark = 'none'
    this.loadState = 'none'
    this.#lastIn = null
    this.#lastTable = null
  }
}
