// The shapes of kernel routes that the simulation makes, and where a gateway lies.
import type { Ip } from '../net/address.ts'
import { type Prefix, prefixHas, prefixOf } from '../net/prefix.ts'
import { type KernelInterface, type KernelRoute, RT_SCOPE } from './types.ts'

/** A route straight onto a device, scope link. */
export function deviceRoute(spec: { prefix: Prefix; dev: string; protocol: number; prefsrc?: Ip | null }): KernelRoute {
  return {
    prefix: spec.prefix,
    type: 'unicast',
    gateway: null,
    dev: spec.dev,
    nexthops: null,
    protocol: spec.protocol,
    scope: RT_SCOPE.link,
    metric: 0,
    onlink: false,
    prefsrc: spec.prefsrc ?? null,
  }
}

/** A route through a gateway, scope universe. */
export function gatewayRoute(spec: {
  prefix: Prefix
  gateway: Ip
  dev: string
  protocol: number
  onlink?: boolean
}): KernelRoute {
  return {
    prefix: spec.prefix,
    type: 'unicast',
    gateway: spec.gateway,
    dev: spec.dev,
    nexthops: null,
    protocol: spec.protocol,
    scope: RT_SCOPE.universe,
    metric: 0,
    onlink: spec.onlink ?? false,
    prefsrc: null,
  }
}

/** A route that ends here. */
export function rejectRoute(
  prefix: Prefix,
  type: 'blackhole' | 'unreachable' | 'prohibit',
  protocol: number,
): KernelRoute {
  return {
    prefix,
    type,
    gateway: null,
    dev: null,
    nexthops: null,
    protocol,
    scope: RT_SCOPE.universe,
    metric: 0,
    onlink: false,
    prefsrc: null,
  }
}

/** Device whose connected network holds the address, for a gateway that has to be placed. */
export function connectedInterface(interfaces: readonly KernelInterface[], address: Ip): KernelInterface | null {
  for (const iface of interfaces) {
    if (iface.up && iface.addresses.some((item) => prefixHas(prefixOf(item.address, item.prefixLength), address))) {
      return iface
    }
  }
  return null
}
