// One host's network stack as far as routing sees it: interfaces with their addresses, and the FIB with the side effects
// that interface changes have on it (net/ipv4/fib_frontend.c, fib_semantics.c). Everybody else hears of changes through
// the listener; routes that vanish with their device vanish without a netlink message, as on Linux.
import type { Ip } from '../net/address.ts'
import { type Prefix, prefixOf } from '../net/prefix.ts'
import { Fib } from './fib.ts'
import { deviceRoute } from './routes.ts'
import {
  type InterfaceAddress,
  type KernelInterface,
  type KernelRoute,
  type NetlinkError,
  type RouteChange,
  RTPROT,
} from './types.ts'

export interface KernelListener {
  /** An interface came, changed or went (`value` null). */
  interfaceChanged(name: string, value: KernelInterface | null): void
  /** A FIB slot changed, for whatever reason. */
  fibChanged(prefix: Prefix, metric: number, value: KernelRoute | null): void
  /** What a netlink socket hears about routes. */
  routeNotified(change: RouteChange): void
}

export interface NewInterface {
  name: string
  kind: KernelInterface['kind']
  mtu?: number
  up?: boolean
  carrier?: boolean
  addresses?: readonly InterfaceAddress[]
}

/** What `ip route del` names; absent parts match anything. */
export interface RouteSelector {
  prefix: Prefix
  metric?: number
  protocol?: number
  gateway?: Ip
  dev?: string
  type?: KernelRoute['type']
}

const DEFAULT_MTU: Record<KernelInterface['kind'], number> = {
  loopback: 65536,
  ethernet: 1500,
  veth: 1500,
  ipip: 1480,
  vxlan: 1450,
}

export class Kernel {
  readonly fib = new Fib()
  readonly #interfaces = new Map<string, KernelInterface>()
  #interfaceList: readonly KernelInterface[] | null = null
  #localAddresses: ReadonlySet<Ip> | null = null
  #nextIndex = 1
  readonly #listener: KernelListener

  constructor(listener: KernelListener) {
    this.#listener = listener
  }

  /** In order of their index. */
  interfaces(): readonly KernelInterface[] {
    this.#interfaceList ??= [...this.#interfaces.values()].sort((a, b) => a.index - b.index)
    return this.#interfaceList
  }

  interface(name: string): KernelInterface | null {
    return this.#interfaces.get(name) ?? null
  }

  routes(): readonly KernelRoute[] {
    return this.fib.all()
  }

  lookup(address: Ip): KernelRoute | null {
    return this.fib.lookup(address)
  }

  /** Whether a packet to this address is delivered here (table local). */
  isLocal(address: Ip): boolean {
    if (this.#localAddresses === null) {
      const addresses = new Set<Ip>()
      for (const iface of this.#interfaces.values()) {
        if (iface.up) for (const item of iface.addresses) addresses.add(item.address)
      }
      this.#localAddresses = addresses
    }
    return this.#localAddresses.has(address)
  }

  addInterface(spec: NewInterface): KernelInterface {
    if (this.#interfaces.has(spec.name)) throw new Error(`interface ${spec.name} exists`)
    const iface: KernelInterface = {
      index: this.#nextIndex++,
      name: spec.name,
      up: false,
      carrier: spec.carrier ?? true,
      mtu: spec.mtu ?? DEFAULT_MTU[spec.kind],
      addresses: spec.addresses ?? [],
      kind: spec.kind,
    }
    this.#store({ ...iface, up: spec.up ?? true })
    return this.#interfaces.get(spec.name)!
  }

  removeInterface(name: string): boolean {
    const iface = this.#interfaces.get(name)
    if (iface === undefined) return false
    this.#flushDevice(name)
    this.#interfaces.delete(name)
    this.#forgetLists()
    this.#listener.interfaceChanged(name, null)
    return true
  }

  /** `ip link set NAME up|down`; false: no such interface. */
  setUp(name: string, up: boolean): boolean {
    const iface = this.#interfaces.get(name)
    if (iface === undefined) return false
    if (iface.up !== up) this.#store({ ...iface, up })
    return true
  }

  /** Carrier of a cable. Routes stay (shown with `linkdown`). */
  setCarrier(name: string, carrier: boolean): boolean {
    const iface = this.#interfaces.get(name)
    if (iface === undefined) return false
    if (iface.carrier !== carrier) this.#store({ ...iface, carrier })
    return true
  }

  setMtu(name: string, mtu: number): void {
    const iface = this.#interfaces.get(name)
    if (iface !== undefined && iface.mtu !== mtu) this.#store({ ...iface, mtu })
  }

  /** Replaces all addresses of an interface, one removal or addition after the other. */
  setAddresses(name: string, addresses: readonly InterfaceAddress[]): boolean {
    const iface = this.#interfaces.get(name)
    if (iface === undefined) return false
    if (!sameAddresses(iface.addresses, addresses)) this.#store({ ...iface, addresses })
    return true
  }

  /** RTM_NEWROUTE with NLM_F_CREATE and NLM_F_EXCL, as `ip route add` and BIRD send it. */
  addRoute(route: KernelRoute): NetlinkError | null {
    const error = this.#checkNextHops(route)
    if (error !== null) return error
    if (this.fib.get(route.prefix, route.metric) !== null) return 'EEXIST'
    this.#set(route)
    this.#listener.routeNotified({ kind: 'add', route })
    return null
  }

  /** `ip route replace`. */
  replaceRoute(route: KernelRoute): NetlinkError | null {
    const error = this.#checkNextHops(route)
    if (error !== null) return error
    const before = this.fib.get(route.prefix, route.metric)
    this.#set(route)
    if (before !== null) this.#listener.routeNotified({ kind: 'delete', route: before })
    this.#listener.routeNotified({ kind: 'add', route })
    return null
  }

  /** RTM_DELROUTE: the first route of the prefix that fits. */
  deleteRoute(selector: RouteSelector): NetlinkError | null {
    const route = this.fib.at(selector.prefix).find((candidate) => fits(candidate, selector))
    if (route === undefined) return 'ESRCH'
    this.#drop(route)
    this.#listener.routeNotified({ kind: 'delete', route })
    return null
  }

  #checkNextHops(route: KernelRoute): NetlinkError | null {
    if (route.type !== 'unicast') return null
    const hops = route.nexthops ?? [{ gateway: route.gateway, dev: route.dev ?? '', weight: 1 }]
    for (const hop of hops) {
      const error = this.#checkNextHop(hop.gateway, hop.dev, route.onlink)
      if (error !== null) return error
    }
    return null
  }

  /** fib_check_nh: without `onlink` the gateway must lie on a connected network of the device. */
  #checkNextHop(gateway: Ip | null, dev: string, onlink: boolean): NetlinkError | null {
    const iface = this.#interfaces.get(dev)
    if (iface === undefined) return 'ENODEV'
    if (!iface.up) return 'ENETUNREACH'
    if (gateway === null) return null
    if (this.isLocal(gateway)) return 'EINVAL'
    if (onlink) return null
    const link = this.#connectedDevice(gateway)
    return link === dev ? null : 'ENETUNREACH'
  }

  /** Device of the longest route without gateway that covers the address, unless a more specific one has a gateway. */
  #connectedDevice(address: Ip): string | null {
    const route = this.fib.lookup(address)
    return route === null || route.gateway !== null ? null : route.dev
  }

  #store(next: KernelInterface): void {
    const before = this.#interfaces.get(next.name) ?? null
    this.#interfaces.set(next.name, next)
    this.#forgetLists()
    if (before !== null) this.#withdrawAddresses(before, next)
    this.#listener.interfaceChanged(next.name, next)
    this.#connectAddresses(next)
  }

  /** Routes that go when an interface goes down or loses addresses. */
  #withdrawAddresses(before: KernelInterface, next: KernelInterface): void {
    if (!next.up || (before.addresses.length > 0 && next.addresses.length === 0)) {
      if (before.up) this.#flushDevice(next.name)
      return
    }
    for (const gone of before.addresses) {
      if (next.addresses.some((item) => item.address === gone.address && item.prefixLength === gone.prefixLength))
        continue
      for (const route of this.routes()) {
        if (route.dev === next.name && route.prefsrc === gone.address) this.#drop(route)
      }
    }
  }

  /** The connected route of every address of an interface that is up. */
  #connectAddresses(iface: KernelInterface): void {
    if (!iface.up || iface.kind === 'loopback') return
    for (const item of iface.addresses) {
      if (item.prefixLength === 32) continue
      const prefix = prefixOf(item.address, item.prefixLength)
      if (this.fib.get(prefix, 0) !== null) continue
      const route = deviceRoute({ prefix, dev: iface.name, protocol: RTPROT.kernel, prefsrc: item.address })
      this.#set(route)
      this.#listener.routeNotified({ kind: 'add', route })
    }
  }

  /** fib_sync_down_dev and fib_flush: no notification is sent for these. */
  #flushDevice(dev: string): void {
    for (const route of this.routes()) {
      if (route.dev === dev || route.nexthops?.every((hop) => hop.dev === dev)) this.#drop(route)
    }
  }

  #set(route: KernelRoute): void {
    this.fib.set(route)
    this.#listener.fibChanged(route.prefix, route.metric, route)
  }

  #drop(route: KernelRoute): void {
    this.fib.delete(route.prefix, route.metric)
    this.#listener.fibChanged(route.prefix, route.metric, null)
  }

  #forgetLists(): void {
    this.#interfaceList = null
    this.#localAddresses = null
  }
}

function fits(route: KernelRoute, selector: RouteSelector): boolean {
  return (
    (selector.metric === undefined || route.metric === selector.metric) &&
    (selector.protocol === undefined || route.protocol === selector.protocol) &&
    (selector.gateway === undefined || route.gateway === selector.gateway) &&
    (selector.dev === undefined || route.dev === selector.dev) &&
    (selector.type === undefined || route.type === selector.type)
  )
}

function sameAddresses(a: readonly InterfaceAddress[], b: readonly InterfaceAddress[]): boolean {
  return (
    a.length === b.length &&
    a.every((item, i) => item.address === b[i]!.address && item.prefixLength === b[i]!.prefixLength)
  )
}
