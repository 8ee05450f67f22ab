// What a reconfiguration compares (protos_commit of nest/proto.c and the reconfigure hooks, BIRD 1.6.8): the options
// that make a protocol restart, and filters by structure.
import { type CompiledBody, sameBody, sameFilter } from '../filter/filter.ts'
import type { InterfacePattern, ProtocolConfig, StaticRoute, StaticTarget } from './tree.ts'

export { sameFilter }

function sameObject(a: object, b: object): boolean {
  const left = Object.entries(a)
  return left.length === Object.keys(b).length && left.every(([key, value]) => Object.is(value, (b as never)[key]))
}

function samePatterns(a: readonly InterfacePattern[] | null, b: readonly InterfacePattern[] | null): boolean {
  if (a === null || b === null) return a === b
  return a.length === b.length && a.every((pattern, i) => sameObject(pattern, b[i]!))
}

/** Whether the protocol can take over the new options without restarting, as far as options decide. */
export function sameProtocolOptions(a: ProtocolConfig, b: ProtocolConfig): boolean {
  if (a.kind !== b.kind || a.table !== b.table || a.disabled !== b.disabled) return false
  switch (a.kind) {
    case 'bgp':
      return b.kind === 'bgp' && a.routerId === b.routerId && sameObject(a.options, b.options)
    case 'kernel':
      return (
        b.kind === 'kernel' &&
        a.scanTime === b.scanTime &&
        a.learn === b.learn &&
        a.deviceRoutes === b.deviceRoutes &&
        a.mergePaths === b.mergePaths &&
        a.kernelTable === b.kernelTable &&
        a.metric === b.metric
      )
    case 'direct':
      return b.kind === 'direct' && a.checkLink === b.checkLink && samePatterns(a.interfaces, b.interfaces)
    case 'static':
      return b.kind === 'static' && a.igpTable === b.igpTable && a.checkLink === b.checkLink
    case 'pipe':
      return b.kind === 'pipe' && a.peerTable === b.peerTable && a.mode === b.mode
    case 'device':
      return true
  }
}

function sameTarget(a: StaticTarget, b: StaticTarget): boolean {
  if (a.kind !== 'multipath' || b.kind !== 'multipath') return sameObject(a, b)
  return a.nexthops.length === b.nexthops.length && a.nexthops.every((hop, i) => sameObject(hop, b.nexthops[i]!))
}

function sameOptionBlock(a: CompiledBody | null, b: CompiledBody | null): boolean {
  return a === null || b === null ? a === b : sameBody(a, b)
}

/** Whether a static route of the old configuration stays as it is. */
export function sameStaticRoute(a: StaticRoute, b: StaticRoute): boolean {
  return a.net === b.net && sameTarget(a.target, b.target) && sameOptionBlock(a.options, b.options)
}

/** Whether neither direction has to be filtered anew. */
export function sameFilters(a: ProtocolConfig, b: ProtocolConfig): { import: boolean; export: boolean } {
  return { import: sameFilter(a.importFilter, b.importFilter), export: sameFilter(a.exportFilter, b.exportFilter) }
}
