// Taking over a configuration: the first one and every later one, by comparing protocol by protocol
// (conf/conf.c config_commit, nest/proto.c protos_commit and proto_reconfigure).

import { formatIp } from '../net/address.ts'
import type { BirdConfig, ProtocolConfig } from './config/tree.ts'
import { DebugFlag } from './config/tree.ts'
import type { Core } from './core.ts'
import { sameFilter } from './filter/filter.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Protocol } from './protocols/protocol.ts'
import { verifyLimits } from './table/limits.ts'

/** Sets the router id of the first configuration; the error when there is none to be had. */
export function chooseRouterId(core: Core): string | null {
  if (core.config.routerId !== null) {
    core.routerId = core.config.routerId
    return null
  }
  const lowest = core.interfaces.lowestAddress()
  if (lowest === null) return 'Cannot determine router ID, please configure it manually'
  core.routerId = lowest.address
  core.log(`Chosen router ID ${formatIp(lowest.address)} according to interface ${lowest.iface}`)
  return null
}

/** First configuration. Returns the error that ends the daemon. */
export function firstCommit(lifecycle: Lifecycle): string | null {
  const { core } = lifecycle
  for (const config of core.config.protocols) lifecycle.create(config)
  const device = lifecycle.protocols.find((p) => p.kind === 'Device')
  // Without it the daemon sees no interface at all.
  if (device !== undefined) lifecycle.rethink(device)
  const error = chooseRouterId(core)
  if (error !== null) return error
  for (const p of [...lifecycle.protocols]) lifecycle.rethink(p)
  return null
}

/** Goes over to another configuration; lifecycle.obstacles tells how many protocols still have to go down. */
export function commit(lifecycle: Lifecycle, next: BirdConfig, soft: boolean): string[] {
  const { core } = lifecycle
  const before = core.config
  core.config = next
  if (next.routerId !== null) core.routerId = next.routerId
  if (JSON.stringify(before.listen) !== JSON.stringify(next.listen)) {
    core.log('Reconfiguration of BGP listening socket not implemented, please restart BIRD.')
  }
  const changed: string[] = []
  const names = new Map(next.protocols.map((config) => [config.name, config]))
  const present = new Set(lifecycle.protocols.map((p) => p.name))
  for (const p of [...lifecycle.protocols]) {
    const config = names.get(p.name)
    if (config === undefined) {
      core.log(`Removing protocol ${p.name}`)
      changed.push(p.name)
      lifecycle.retire(p, 'config-remove', null)
    } else if (!takesOver(lifecycle, p, config, soft, changed)) {
      const word = config.disabled ? (p.disabled ? null : 'Disabling') : p.disabled ? 'Enabling' : 'Restarting'
      if (word !== null) core.log(`${word} protocol ${p.name}`)
      changed.push(p.name)
      lifecycle.retire(p, config.disabled ? 'config-disable' : 'config-restart', config)
    }
  }
  const added: Protocol[] = []
  for (const config of next.protocols) {
    if (present.has(config.name)) continue
    core.log(`Adding protocol ${config.name}`)
    changed.push(config.name)
    added.push(lifecycle.create(config))
  }
  lifecycle.arrange()
  for (const p of added) lifecycle.rethink(p)
  return changed
}

/** proto_reconfigure; false: it has to be restarted. */
function takesOver(lifecycle: Lifecycle, p: Protocol, next: ProtocolConfig, soft: boolean, changed: string[]): boolean {
  const old = p.config
  if (p.runState === 'down' || next.kind !== old.kind || next.disabled !== p.disabled || next.table !== old.table)
    return false
  if (!p.reconfigure(next)) return false
  p.config = next
  p.trace(DebugFlag.STATES, 'Reconfigured')
  p.changed()
  const importChanged = !sameFilter(old.importFilter, next.importFilter) || old.preference !== next.preference
  const exportChanged = !sameFilter(old.exportFilter, next.exportFilter)
  adoptHook(p, next, exportChanged)
  if (p.kind === 'Pipe') return pipeTakesOver(lifecycle, p, importChanged || exportChanged)
  if (p.runState !== 'up' || soft || (!importChanged && !exportChanged)) return true
  changed.push(p.name)
  lifecycle.core.log(`Reloading protocol ${p.name}`)
  if (importChanged && !p.reloadRoutes()) {
    lifecycle.core.log(`Restarting protocol ${p.name}`)
    lifecycle.bounce(p, 'config-restart')
    return true
  }
  if (exportChanged) p.requestFeed()
  return true
}

/** Filters and limits of the new configuration, with the limits' state reset. */
function adoptHook(p: Protocol, next: ProtocolConfig, exportChanged: boolean): void {
  const hook = p.hook
  if (hook === null) return
  const limit = (l: typeof next.importLimit) => (l === null ? null : { ...l, state: 'initial' as const })
  hook.inFilter = p.kind === 'Pipe' ? 'all' : next.importFilter
  hook.outFilter = next.exportFilter
  hook.receiveLimit = limit(next.receiveLimit)
  hook.importLimit = limit(next.importLimit)
  hook.exportLimit = limit(next.exportLimit)
  hook.keepFiltered = next.importKeepFiltered
  hook.exportClass = p.exportClass(next.exportFilter)
  if (exportChanged) hook.lastOutFilterChange = p.core.seconds
  p.table.announcer.regroup(hook)
  p.table.announcer.settle(hook)
  verifyLimits(hook)
}

/** A pipe's filters stand between its two tables, so a change means announcing both again. */
function pipeTakesOver(lifecycle: Lifecycle, p: Protocol, filtersChanged: boolean): boolean {
  for (const { hook } of p.hooks()) if (hook !== p.hook) hook.outFilter = p.config.importFilter
  if (filtersChanged && p.runState === 'up') {
    lifecycle.core.log(`Reloading protocol ${p.name}`)
    p.requestFeed()
  }
  return true
}
