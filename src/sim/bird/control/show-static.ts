// `birdc show static` (proto/static/static.c, static_show): the configured routes, those with an interface for a next
// hop last, and which of them lie dormant for want of it.
import { formatIp, type Ip } from '../../net/address.ts'
import { formatPrefix } from '../../net/prefix.ts'
import type { StaticConfig, StaticRoute } from '../config/tree.ts'

export interface StaticSurroundings {
  /** Whether the protocol runs. */
  readonly up: boolean
  /** The interface on whose network an address lies; null: on none. */
  connectedInterface(address: Ip): string | null
  interfaceUp(name: string): boolean
}

export function showStatic(config: StaticConfig, around: StaticSurroundings): string[] {
  const byInterface = (route: StaticRoute): boolean => route.target.kind === 'device'
  const ordered = [...config.routes.filter((r) => !byInterface(r)), ...config.routes.filter(byInterface)]
  return ordered.flatMap((route) => {
    const dormant = around.up && isInstalled(route, around) ? '' : ' (dormant)'
    return [`${formatPrefix(route.net)} ${viaOf(route)}${dormant}`, ...hopLines(route)]
  })
}

function viaOf({ target }: StaticRoute): string {
  switch (target.kind) {
    case 'gateway':
      return `via ${formatIp(target.gateway)}`
    case 'device':
      return `dev ${target.iface}`
    case 'recursive':
      return `recursive ${formatIp(target.gateway)}`
    case 'prohibit':
      return 'prohibited'
    default:
      return target.kind
  }
}

function hopLines({ target }: StaticRoute): string[] {
  if (target.kind !== 'multipath') return []
  return target.nexthops.map(({ gateway, weight }) => `\tvia ${formatIp(gateway)} weight ${weight}`)
}

function isInstalled({ target }: StaticRoute, around: StaticSurroundings): boolean {
  switch (target.kind) {
    case 'gateway':
      return around.connectedInterface(target.gateway) !== null
    case 'device':
      return around.interfaceUp(target.iface)
    case 'multipath':
      return target.nexthops.some(({ gateway }) => around.connectedInterface(gateway) !== null)
    default:
      return true
  }
}
