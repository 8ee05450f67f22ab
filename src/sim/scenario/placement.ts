// Where the manifests put their nodes: names and addresses of Kubernetes Nodes, Calico Nodes and kind's nodes, and the
// networks that follow from them when the document gives none.

import * as kind from '../datastore/kind-cluster.ts'
import type { KindCluster } from '../datastore/resources.ts'
import { type Ip, ip, parseIp } from '../net/address.ts'
import { formatPrefix, type Prefix, prefix, prefixHas, prefixLength, prefixOf } from '../net/prefix.ts'
import type { ManifestDocument, NetworkSpec } from './types.ts'

export interface NodePlacement {
  name: string
  /** null: nothing in the manifests says it. */
  address: Ip | null
  /** null: the address came without a length (InternalIP). */
  prefixLength: number | null
}

const DEFAULT_LATENCY = 1_000
const KIND_CIDR = prefix(kind.KIND_NETWORK.cidr)

export function isKindCluster(object: Readonly<Record<string, unknown>>): boolean {
  return object.kind === 'Cluster' && String(object.apiVersion).startsWith('kind.x-k8s.io/')
}

/** kind's file has its name at the top, where the datastore keeps it in metadata. */
function kindNodes(object: Readonly<Record<string, unknown>>): readonly object[] {
  const name = typeof object.name === 'string' && object.name !== '' ? object.name : 'kind'
  return kind.kindNodes({ ...object, metadata: { name } } as unknown as KindCluster)
}

function get(value: unknown, ...path: readonly string[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current
}

function readAddress(text: unknown): { address: Ip; prefixLength: number | null } | null {
  if (typeof text !== 'string') return null
  const [host = '', length] = text.split('/')
  const address = parseIp(host)
  if (address === null) return null
  if (length === undefined) return { address, prefixLength: null }
  return /^\d{1,2}$/.test(length) && Number(length) <= 32 ? { address, prefixLength: Number(length) } : null
}

function internalIp(object: unknown): unknown {
  const addresses = get(object, 'status', 'addresses') ?? get(object, 'spec', 'addresses')
  if (!Array.isArray(addresses)) return undefined
  const internal = addresses
    .filter((entry) => get(entry, 'type') === 'InternalIP')
    .map((entry) => get(entry, 'address'))
  return internal.find((text) => readAddress(text) !== null)
}

function nodeAddress(object: object): ReturnType<typeof readAddress> {
  return (
    readAddress(get(object, 'spec', 'bgp', 'ipv4Address')) ??
    readAddress(get(object, 'metadata', 'annotations', 'projectcalico.org/IPv4Address')) ??
    readAddress(internalIp(object))
  )
}

/** Every node of the manifests in order of first appearance; a later document adds what an earlier one left open. */
export function placeNodes(manifests: readonly ManifestDocument[]): NodePlacement[] {
  const found = new Map<string, NodePlacement>()
  const add = (name: string, at: ReturnType<typeof readAddress>): void => {
    const old = found.get(name)
    const better = at !== null && (at.prefixLength !== null || (old?.prefixLength ?? null) === null)
    if (old === undefined || better) {
      found.set(name, { name, address: at?.address ?? null, prefixLength: at?.prefixLength ?? null })
    }
  }
  for (const { object } of manifests) {
    for (const node of isKindCluster(object) ? kindNodes(object) : object.kind === 'Node' ? [object] : []) {
      const name = get(node, 'metadata', 'name')
      if (typeof name === 'string') add(name, nodeAddress(node))
    }
  }
  return [...found.values()]
}

/**
 * One network for each distinct prefix of a node, named by its CIDR (`kind` for kind's own).
 * Simplified: an address without a length counts as /24, since nothing in a manifest tells the mask.
 */
export function deriveNetworks(placements: readonly NodePlacement[]): NetworkSpec[] {
  const cidrs = new Set<Prefix>()
  for (const { address, prefixLength: length } of placements) {
    if (address === null) continue
    const covered = length === null && [...cidrs].some((cidr) => prefixHas(cidr, address))
    if (!covered) cidrs.add(prefixOf(address, length ?? 24))
  }
  if (cidrs.size === 0) cidrs.add(KIND_CIDR)
  return [...cidrs].map((cidr) => {
    const docker = cidr === KIND_CIDR
    const name = docker ? kind.KIND_NETWORK.name : formatPrefix(cidr)
    const gateway = docker ? ip(kind.KIND_NETWORK.gateway) : null
    return { name, cidr, gateway, latency: DEFAULT_LATENCY, loss: 0 }
  })
}

/** The network an address belongs to: the most specific one that has it; null when none does. */
export function networkOf(networks: readonly NetworkSpec[], address: Ip): NetworkSpec | null {
  let best: NetworkSpec | null = null
  for (const network of networks) {
    if (!prefixHas(network.cidr, address)) continue
    if (best === null || prefixLength(network.cidr) > prefixLength(best.cidr)) best = network
  }
  return best
}
