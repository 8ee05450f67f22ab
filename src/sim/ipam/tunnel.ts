// Tunnel addresses of a node: one for IPIP, one for VXLAN, as enabled pools ask (node/pkg/allocateip, reference 6.8).
import type { Datastore } from '../datastore/datastore.ts'
import { bgpNode, NODE_ANNOTATIONS, withAnnotations } from '../datastore/node.ts'
import type { IPPool, Node } from '../datastore/resources.ts'
import { parseIp } from '../net/address.ts'
import { parsePrefix, prefixHas } from '../net/prefix.ts'
import { planAssign } from './assign.ts'
import { poolSelects } from './pools.ts'
import { planRelease } from './release.ts'
import { type IpamStep, update } from './steps.ts'

export type TunnelKind = 'ipip' | 'vxlan'

/** In the order in which calico-node goes through them. */
export const TUNNEL_KINDS: readonly TunnelKind[] = ['ipip', 'vxlan']
const ATTRIBUTE = { ipip: 'ipipTunnelAddress', vxlan: 'vxlanTunnelAddress' } as const
const FIELD = { ipip: 'ipv4IPIPTunnelAddr', vxlan: 'ipv4VXLANTunnelAddr' } as const

export function tunnelHandle(kind: TunnelKind, node: string): string {
  return `${kind}-tunnel-addr-${node}`
}

function tunnelPools(store: Datastore, kind: TunnelKind, node: string): readonly IPPool[] {
  return store.list('IPPool').filter((pool) => {
    const mode = kind === 'ipip' ? pool.spec.ipipMode : pool.spec.vxlanMode
    const usable =
      pool.spec.disabled !== true && pool.spec.allowedUses.includes('Tunnel') && parsePrefix(pool.spec.cidr) !== null
    return usable && mode !== 'Never' && poolSelects(store, pool, node)
  })
}

function inPools(address: string, pools: readonly IPPool[]): boolean {
  const ip = parseIp(address)
  return ip !== null && pools.some((pool) => prefixHas(parsePrefix(pool.spec.cidr) ?? -1, ip))
}

export interface TunnelPlan {
  readonly kind: TunnelKind
  /** The address the node ends up with; '' for none. */
  readonly address: string
  readonly steps: readonly IpamStep[]
  /** Why no address could be had. */
  readonly failure: string | null
  /** Only an address that no longer fits was taken back: plan again once that is written. */
  readonly more: boolean
}

/**
 * What must be written so that the node has the tunnel address it should have, or none.
 * Plan the kinds one after the other, each against the store that holds the one before.
 */
export function planTunnel(store: Datastore, kind: TunnelKind, node: string): TunnelPlan {
  const object = store.get('Node', node)
  if (object === null) return { kind, address: '', steps: [], failure: null, more: false }
  const current = bgpNode(object)[FIELD[kind]]
  const pools = tunnelPools(store, kind, node)
  if (current !== '' && inPools(current, pools))
    return { kind, address: current, steps: [], failure: null, more: false }
  if (current !== '') {
    const steps = [...planRelease(store, tunnelHandle(kind, node), node), writeNode(object, { kind, address: null })]
    return { kind, address: '', steps, failure: null, more: pools.length > 0 }
  }
  if (pools.length === 0) return { kind, address: '', steps: [], failure: null, more: false }
  const result = planAssign(store, {
    node,
    use: 'Tunnel',
    handle: tunnelHandle(kind, node),
    attributes: { node, type: ATTRIBUTE[kind] },
    pools: pools.map((pool) => pool.metadata.name),
  })
  if (!result.ok) return { kind, address: '', steps: result.steps, failure: result.message, more: false }
  const steps = [...result.steps, writeNode(object, { kind, address: result.address })]
  return { kind, address: result.address, steps, failure: null, more: false }
}

function writeNode(node: Node, to: { kind: TunnelKind; address: string | null }): IpamStep {
  const after = withAnnotations(node, { [NODE_ANNOTATIONS[FIELD[to.kind]]]: to.address })
  return { step: 'node-updated', subject: to.address ?? '', node: node.metadata.name, writes: [update(after)] }
}
