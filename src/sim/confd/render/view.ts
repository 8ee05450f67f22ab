// What one node's templates see: its own record, the shared inputs, and the values of one address family.
import type { BgpNode } from '../../datastore/node.ts'
import { decodeBase64 } from '../base64.ts'
import type { Inputs } from '../inputs.ts'
import type { ServiceCidrs, ServiceRoutes } from '../services.ts'
import type { ConfdEnv, Family, PeerEntry } from '../types.ts'

/** A block of this node as confd caches it; pending ones never get here. */
export interface OwnBlock {
  readonly cidr: string
  readonly state: string
}

export interface NodeView {
  readonly me: BgpNode
  readonly inputs: Inputs
  readonly env: ConfdEnv
  readonly routerId: string
  readonly blocks: readonly OwnBlock[]
  readonly services: ServiceRoutes
  readonly serviceCidrs: ServiceCidrs
}

export function myAddress(view: NodeView, family: Family): string {
  return family === 4 ? view.me.ipv4 : view.me.ipv6
}

export function myAs(view: NodeView): string {
  return view.me.asNumber === '' ? view.inputs.global.asNumber : view.me.asNumber
}

/** `bird` or `bird6`: both daemon and prefix of its files. */
export function daemonOf(family: Family): 'bird' | 'bird6' {
  return family === 4 ? 'bird' : 'bird6'
}

/** A key that a Secret has: `constructor` is none unless somebody put it there. */
function keyOf(data: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return data !== undefined && Object.hasOwn(data, key) ? data[key] : undefined
}

/** A password from its Secret in calico-node's own namespace; null when it cannot be read: no password line then. */
export function passwordOf(
  view: NodeView,
  ref: { readonly name: string; readonly key: string } | null | undefined,
): string | null {
  if (ref === null || ref === undefined) return null
  const namespace = view.env.NAMESPACE || 'kube-system'
  const secret = view.inputs.secrets.find(
    ({ metadata }) => metadata.name === ref.name && metadata.namespace === namespace,
  )
  const plain = keyOf(secret?.stringData, ref.key)
  if (plain !== undefined) return plain
  const encoded = keyOf(secret?.data, ref.key)
  return encoded === undefined ? null : decodeBase64(encoded)
}

/** Explicit peers of this family in the order of their keys; myself left out. */
export function peersOf(view: NodeView, scope: 'global' | 'node', family: Family): readonly PeerEntry[] {
  const table = scope === 'global' ? view.inputs.peers.global : view.inputs.peers.byNode.get(view.me.name)
  if (table === undefined) return []
  return [...table]
    .filter(([, entry]) => entry.family === family)
    .sort((a, b) => (a[0] < b[0] ? -1 : 1))
    .map(([, entry]) => entry)
}
