// Which addresses of VXLAN pools lie on which node (felix/calc/l3_route_resolver.go), and the kernel routes one node
// makes of that (felix/dataplane/linux/vxlan_mgr.go): blackholes for its own blocks, tunnel or same-subnet routes for
// the others. Pools without encapsulation and IPIP pools give nothing: their remote routes are BIRD's.
import { bgpNode } from '../datastore/node.ts'
import type { IPAMBlock, IPPool } from '../datastore/resources.ts'
import type { ResourceStore } from '../datastore/store.ts'
import { gatewayRoute, rejectRoute } from '../kernel/routes.ts'
import { type KernelRoute, RTPROT } from '../kernel/types.ts'
import { type Ip, parseIp } from '../net/address.ts'
import {
  type Prefix,
  parsePrefix,
  prefixAddress,
  prefixCovers,
  prefixHas,
  prefixLength,
  prefixOf,
} from '../net/prefix.ts'

export const VXLAN_DEVICE = 'vxlan.calico'

/** A piece of a VXLAN pool that one node holds: a block, or one address borrowed from somebody else's. */
interface VxlanHolding {
  readonly prefix: Prefix
  readonly node: string
  readonly crossSubnet: boolean
  readonly block: boolean
}

interface VxlanEndpoint {
  readonly address: Ip
  readonly prefixLength: number
  readonly vtep: Ip | null
}

/** What every node's Felix computes from the datastore alone; shared between nodes while nothing changes. */
export interface VxlanView {
  readonly holdings: readonly VxlanHolding[]
  readonly endpoints: ReadonlyMap<string, VxlanEndpoint>
}

const views = new WeakMap<ResourceStore, { key: string; view: VxlanView }>()

export function vxlanView(store: ResourceStore): VxlanView {
  const key = `${store.kindRevision('IPPool')} ${store.kindRevision('IPAMBlock')} ${store.kindRevision('Node')}`
  const known = views.get(store)
  if (known?.key === key) return known.view
  const view = { holdings: holdingsOf(store), endpoints: endpointsOf(store) }
  views.set(store, { key, view })
  return view
}

function endpointsOf(store: ResourceStore): Map<string, VxlanEndpoint> {
  const endpoints = new Map<string, VxlanEndpoint>()
  for (const node of store.list('Node')) {
    const calico = bgpNode(node)
    const address = parseIp(calico.ipv4)
    if (address === null) continue
    endpoints.set(calico.name, {
      address,
      prefixLength: calico.ipv4Length,
      vtep: parseIp(calico.ipv4VXLANTunnelAddr),
    })
  }
  return endpoints
}

function holdingsOf(store: ResourceStore): VxlanHolding[] {
  const pools = store.list('IPPool').filter((pool) => pool.spec.vxlanMode !== 'Never')
  if (pools.length === 0) return []
  return store.list('IPAMBlock').flatMap((block) => {
    const cidr = parsePrefix(block.spec.cidr)
    const pool = cidr === null ? undefined : pools.find((candidate) => holds(candidate, cidr))
    return cidr === null || pool === undefined || block.spec.deleted ? [] : holdingsOfBlock(block, cidr, pool)
  })
}

function holds(pool: IPPool, cidr: Prefix): boolean {
  const outer = parsePrefix(pool.spec.cidr)
  return outer !== null && prefixCovers(outer, cidr)
}

function holdingsOfBlock(block: IPAMBlock, cidr: Prefix, pool: IPPool): VxlanHolding[] {
  const crossSubnet = pool.spec.vxlanMode === 'CrossSubnet'
  const owner = block.spec.affinity?.startsWith('host:') ? block.spec.affinity.slice(5) : null
  const holdings: VxlanHolding[] = []
  if (owner !== null) holdings.push({ prefix: cidr, node: owner, crossSubnet, block: true })
  block.spec.allocations.forEach((attribute, ordinal) => {
    if (attribute === null) return
    const node = block.spec.attributes[attribute]?.secondary?.node
    if (node === undefined || node === owner) return
    holdings.push({ prefix: prefixOf(prefixAddress(cidr) + ordinal, 32), node, crossSubnet, block: false })
  })
  return holdings
}

/** The routes that `node` wants for these holdings; `nic` bears its own address. */
export function vxlanRoutes(view: VxlanView, node: string, nic: string | null): KernelRoute[] {
  const self = view.endpoints.get(node)
  const network = self === undefined ? null : prefixOf(self.address, self.prefixLength)
  const routes: KernelRoute[] = []
  for (const holding of view.holdings) {
    if (holding.node === node) {
      if (holding.block && prefixLength(holding.prefix) < 32) {
        routes.push(rejectRoute(holding.prefix, 'blackhole', RTPROT.felix))
      }
      continue
    }
    const remote = view.endpoints.get(holding.node)
    if (self === undefined || remote === undefined) continue
    if (holding.crossSubnet && network !== null && prefixHas(network, remote.address)) {
      if (nic !== null) routes.push(onlink(holding.prefix, remote.address, { dev: nic, protocol: RTPROT.felix }))
    } else if (remote.vtep !== null) {
      routes.push(onlink(holding.prefix, remote.vtep, { dev: VXLAN_DEVICE, protocol: RTPROT.boot }))
    }
  }
  return routes
}

function onlink(prefix: Prefix, gateway: Ip, on: { dev: string; protocol: number }): KernelRoute {
  return gatewayRoute({ prefix, gateway, ...on, onlink: true })
}
