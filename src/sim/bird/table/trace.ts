// The daemon's route traces (`debug { routes, filters }`), worded as nest/rt-table.c words them.
import { formatIp } from '../../net/address.ts'
import { formatPrefix } from '../../net/prefix.ts'
import { DebugFlag } from '../config/tree.ts'
import { RouteDest } from '../filter/route.ts'
import type { AnnounceHook } from './announce.ts'
import type { ExportTrace } from './export-filter.ts'
import type { Net } from './net.ts'
import type { Rte } from './route.ts'

/** `P via G on I`, as traces and netlink lines print a route. */
export function routeText(route: Rte): string {
  const net = formatPrefix(route.net)
  switch (route.dest) {
    case RouteDest.ROUTER:
      return `${net} via ${formatIp(route.gw)} on ${route.ifname}`
    case RouteDest.DEVICE:
      return `${net} dev ${route.ifname}`
    case RouteDest.BLACKHOLE:
      return `${net} blackhole`
    case RouteDest.UNREACHABLE:
      return `${net} unreachable`
    case RouteDest.PROHIBIT:
      return `${net} prohibited`
    default:
      return `${net} multipath`
  }
}

export class TableTrace implements ExportTrace {
  readonly #host: { log(line: string): void }
  constructor(host: { log(line: string): void }) {
    this.#host = host
  }

  incoming(hook: AnnounceHook, route: Rte, word: string): void {
    const flag =
      word === 'invalid' || word === 'filtered out' || word.endsWith('[limit]') ? DebugFlag.FILTERS : DebugFlag.ROUTES
    if (hook.client.debug & flag) this.#host.log(`${hook.client.name} > ${word} ${routeText(route)}`)
  }

  outgoing(hook: AnnounceHook, route: Rte, word: string): void {
    if (hook.client.debug & DebugFlag.FILTERS) this.#host.log(`${hook.client.name} < ${word} ${routeText(route)}`)
  }

  refused(hook: AnnounceHook, route: Rte, verdict: 'rejected by protocol' | 'filtered out'): void {
    if (verdict === 'filtered out') hook.stats.expUpdatesFiltered++
    else hook.stats.expUpdatesRejected++
    if (hook.client.debug & DebugFlag.FILTERS) this.#host.log(`${hook.client.name} < ${verdict} ${routeText(route)}`)
  }

  exported(hook: AnnounceHook, fresh: Rte | null, old: Rte | null): void {
    if (!(hook.client.debug & DebugFlag.ROUTES)) return
    const word = fresh === null ? 'removed' : old === null ? 'added' : 'replaced'
    this.#host.log(`${hook.client.name} < ${word} ${routeText((fresh ?? old) as Rte)}`)
  }

  change(hook: AnnounceHook, net: Net, c: { fresh: Rte | null; old: Rte | null; oldBest: Rte | null }): void {
    if (!(hook.client.debug & DebugFlag.ROUTES)) return
    if (c.fresh !== null && !c.fresh.filtered)
      this.incoming(hook, c.fresh, c.fresh === net.routes[0] ? 'added [best]' : 'added')
    else if (c.old !== null && !c.old.filtered) {
      const word = c.old !== c.oldBest ? 'removed' : net.best !== null ? 'removed [replaced]' : 'removed [sole]'
      this.incoming(hook, c.old, word)
    }
  }
}
