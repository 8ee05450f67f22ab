// Felix on one node, as far as routing shows it: the tunnel devices with their addresses, the routes of local pods and
// those of VXLAN pools (reference sections 7.1, 7.2). It compares what it wants with what it has programmed and changes
// the difference. Simplified: Felix does not restart when the first encapsulated pool appears or the last one goes.
import { bgpNode } from '../datastore/node.ts'
import type { ResourceStore } from '../datastore/store.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { deviceRoute } from '../kernel/routes.ts'
import { type KernelRoute, RTPROT } from '../kernel/types.ts'
import { type Ip, parseIp } from '../net/address.ts'
import { type Prefix, prefixOf } from '../net/prefix.ts'
import { VXLAN_DEVICE, vxlanRoutes, vxlanView } from './vxlan-routes.ts'

const IPIP_DEVICE = 'tunl0'

/** A workload on this node: what the CNI plugin told Felix through the datastore. */
export interface LocalEndpoint {
  readonly dev: string
  readonly address: Ip
}

export interface FelixOptions {
  readonly node: string
  readonly store: ResourceStore
  readonly kernel: Kernel
}

export class Felix {
  readonly #node: string
  readonly #store: ResourceStore
  readonly #kernel: Kernel
  readonly #endpoints = new Map<string, LocalEndpoint>()
  #programmed = new Map<Prefix, KernelRoute>()
  #seen = ''

  constructor(options: FelixOptions) {
    this.#node = options.node
    this.#store = options.store
    this.#kernel = options.kernel
    // What an earlier Felix left is this one's to keep or to remove (its protocol number, its device).
    for (const route of options.kernel.routes()) {
      if (route.protocol === RTPROT.felix || route.dev === VXLAN_DEVICE) this.#programmed.set(route.prefix, route)
    }
  }

  /** The CNI plugin made the pod's interface and route; Felix keeps the route from now on. */
  endpointAdded(endpoint: LocalEndpoint): void {
    this.#endpoints.set(endpoint.dev, endpoint)
  }

  endpointRemoved(dev: string): void {
    this.#endpoints.delete(dev)
  }

  /** Whether this route is one that Felix put there and wants. */
  owns(prefix: Prefix): boolean {
    return this.#programmed.has(prefix)
  }

  /** Acts on what changed in the datastore since the last call; cheap when nothing did. */
  datastoreChanged(): void {
    const store = this.#store
    const seen = `${store.kindRevision('IPPool')} ${store.kindRevision('IPAMBlock')} ${store.kindRevision('Node')}`
    if (seen === this.#seen) return
    this.#seen = seen
    this.resync()
  }

  /** Brings devices and routes to what they should be (interface-up events, the periodic refresh). */
  resync(): void {
    const kernel = this.#kernel
    this.#syncDevices()
    const wanted = new Map<Prefix, KernelRoute>()
    const nic = this.#nic()
    for (const route of vxlanRoutes(vxlanView(this.#store), this.#node, nic)) {
      // Of two for one prefix the earlier class wins (felix/routetable/defs.go); a block comes before its addresses.
      if (!wanted.has(route.prefix)) wanted.set(route.prefix, route)
    }
    for (const endpoint of this.#endpoints.values()) {
      const prefix = prefixOf(endpoint.address, 32)
      wanted.set(prefix, deviceRoute({ prefix, dev: endpoint.dev, protocol: RTPROT.boot }))
    }
    for (const [prefix, route] of this.#programmed) {
      if (sameRoute(wanted.get(prefix), route)) continue
      if (sameRoute(kernel.fib.get(prefix, 0), route)) kernel.deleteRoute({ prefix, metric: 0 })
    }
    const programmed = new Map<Prefix, KernelRoute>()
    for (const [prefix, route] of wanted) {
      const present = kernel.fib.get(prefix, 0)
      if (sameRoute(present, route) || kernel.replaceRoute(route) === null) programmed.set(prefix, route)
    }
    this.#programmed = programmed
  }

  #syncDevices(): void {
    const node = this.#store.get('Node', this.#node)
    const pools = this.#store.list('IPPool')
    const ipip = pools.some((pool) => pool.spec.ipipMode !== 'Never')
    const vxlan = pools.some((pool) => pool.spec.vxlanMode !== 'Never')
    const calico = node === null ? null : bgpNode(node)
    this.#syncDevice('ipip', ipip, parseIp(calico?.ipv4IPIPTunnelAddr ?? ''))
    this.#syncDevice('vxlan', vxlan, parseIp(calico?.ipv4VXLANTunnelAddr ?? ''))
  }

  /** tunl0 belongs to the kernel module and outlives its use without address; vxlan.calico is Felix's own. */
  #syncDevice(kind: 'ipip' | 'vxlan', enabled: boolean, address: Ip | null): void {
    const name = kind === 'ipip' ? IPIP_DEVICE : VXLAN_DEVICE
    const present = this.#kernel.interface(name)
    const wanted = enabled && address !== null
    if (present === null) {
      if (!wanted) return
      const nic = this.#nic()
      const mtu = (nic === null ? 1500 : (this.#kernel.interface(nic)?.mtu ?? 1500)) - (kind === 'ipip' ? 20 : 50)
      this.#kernel.addInterface({ name, kind, mtu, addresses: [{ address, prefixLength: 32 }] })
      return
    }
    if (!wanted && kind === 'vxlan') this.#kernel.removeInterface(name)
    else this.#kernel.setAddresses(name, wanted ? [{ address, prefixLength: 32 }] : [])
  }

  /** The device that bears the node's own address. */
  #nic(): string | null {
    const node = this.#store.get('Node', this.#node)
    const address = node === null ? null : parseIp(bgpNode(node).ipv4)
    if (address === null) return null
    const found = this.#kernel.interfaces().find((iface) => iface.addresses.some((item) => item.address === address))
    return found?.name ?? null
  }
}

function sameRoute(a: KernelRoute | null | undefined, b: KernelRoute): boolean {
  return (
    a !== null &&
    a !== undefined &&
    a.type === b.type &&
    a.gateway === b.gateway &&
    a.dev === b.dev &&
    a.protocol === b.protocol &&
    a.onlink === b.onlink &&
    a.nexthops === null
  )
}
