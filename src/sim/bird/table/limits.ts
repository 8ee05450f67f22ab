// Route limits of a protocol (nest/rt-table.c, proto_notify_limit).
import type { AnnounceHook, Limit, LimitDirection } from './announce.ts'
import type { Rte } from './route.ts'

function hit(hook: AnnounceHook, direction: LimitDirection, limit: Limit): void {
  hook.client.limitHit(hook, direction, limit)
}

/** Receive and import limit. 'ignored': the new route is not taken (an old one goes as well). */
export function importLimits(hook: AnnounceHook, old: Rte | null, fresh: Rte | null): 'taken' | 'ignored' {
  const stats = hook.stats
  const receive = hook.receiveLimit
  if (receive !== null && old === null && fresh !== null) {
    if (stats.imported + stats.filtered >= receive.limit) hit(hook, 'receive', receive)
    if (receive.state === 'blocked') return ignored(hook)
  }
  const limit = hook.importLimit
  if (limit !== null && fresh !== null && !fresh.filtered && (old === null || old.filtered)) {
    if (stats.imported >= limit.limit) hit(hook, 'import', limit)
    if (limit.state === 'blocked') return ignored(hook)
  }
  return 'taken'
}

function ignored(hook: AnnounceHook): 'ignored' {
  hook.stats.impUpdatesIgnored++
  return 'ignored'
}

/** Limits that came while routes were there already (nest/proto.c, proto_verify_limits). */
export function verifyLimits(hook: AnnounceHook): void {
  const { imported, filtered, exported } = hook.stats
  const over = (limit: Limit | null, count: number): limit is Limit => limit !== null && count > limit.limit
  if (over(hook.receiveLimit, imported + filtered)) hit(hook, 'receive', hook.receiveLimit)
  if (over(hook.importLimit, imported)) hit(hook, 'import', hook.importLimit)
  if (over(hook.exportLimit, exported)) hit(hook, 'export', hook.exportLimit)
}

export function blockedByExportLimit(hook: AnnounceHook, counts: boolean): boolean {
  const limit = hook.exportLimit
  if (limit === null) return false
  if (counts && hook.stats.exported >= limit.limit) hit(hook, 'export', limit)
  return limit.state === 'blocked'
}
