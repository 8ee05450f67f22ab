// Nodes of a `kind: Cluster` document as kind itself would name and docker would address them.
import { type Ip, ip } from '../net/address.ts'
import { type Prefix, prefix } from '../net/prefix.ts'

export const KIND_NETWORK: { name: string; cidr: Prefix; gateway: Ip } = {
  name: 'kind',
  cidr: prefix('172.18.0.0/16'),
  gateway: ip('172.18.0.1'),
}

export interface KindNode {
  name: string
  role: 'control-plane' | 'worker'
  address: Ip
  prefixLength: number
  labels: Readonly<Record<string, string>>
}

export function isKindCluster(object: Readonly<Record<string, unknown>>): boolean {
  return (
    object.kind === 'Cluster' && typeof object.apiVersion === 'string' && object.apiVersion.startsWith('kind.x-k8s.io/')
  )
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}
}

/**
 * `NAME-control-plane`, `NAME-control-plane2`, `NAME-worker`, `NAME-worker2` ..., with 172.18.0.2, .3, ... in order.
 * Simplified: docker hands out addresses in the order in which containers start, which is arbitrary.
 */
export function kindNodes(cluster: Readonly<Record<string, unknown>>): KindNode[] {
  const name = typeof cluster.name === 'string' && cluster.name !== '' ? cluster.name : 'kind'
  const listed = Array.isArray(cluster.nodes) && cluster.nodes.length > 0 ? cluster.nodes : [{}]
  const counts = { 'control-plane': 0, worker: 0 }
  return listed.map((entry, index) => {
    const { role: given, labels } = record(entry)
    const role = given === 'worker' ? 'worker' : 'control-plane'
    counts[role] += 1
    const suffix = counts[role] === 1 ? '' : String(counts[role])
    const texts = Object.entries(record(labels)).map(([key, value]) => [key, String(value ?? '')])
    return {
      name: `${name}-${role}${suffix}`,
      role,
      address: KIND_NETWORK.gateway + 1 + index,
      prefixLength: 16,
      labels: Object.fromEntries(texts),
    }
  })
}
