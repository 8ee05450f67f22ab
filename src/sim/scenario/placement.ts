// Where the manifests put their nodes: names and addresses of Kubernetes Nodes, Calico Nodes and kind's nodes, and the
// networks that follow from them when the document gives none.
import { type Ip, parseIp } from '../net/address.ts'
import { formatPrefix, type Prefix, prefixHas, prefixLength, prefixOf } from '../net/prefix.ts'
import { isKindCluster, KIND_NETWORK, kindNodes } from './kind-cluster.ts'
import type { ManifestDocument, NetworkSpec } from './types.ts'

export interface NodePlacement {
  name: string
  /** null: nothing in the manifests says it. */
  address: Ip | null
  /** null: the address came without a length (InternalIP). */
  prefixLength: number | null
}

const DEFAULT_LATENCY = 1_000

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

function nodeAddress(object: Readonly<Record<string, unknown>>): ReturnType<typeof readAddress> {
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
    if (isKindCluster(object)) for (const node of kindNodes(object)) add(node.name, node)
    const name = get(object, 'metadata', 'name')
    if (object.kind === 'Node' && typeof name === 'string') add(name, nodeAddress(object))
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
  if (cidrs.size === 0) cidrs.add(KIND_NETWORK.cidr)
  return [...cidrs].map((cidr) => {
    const kind = cidr === KIND_NETWORK.cidr
    const name = kind ? KIND_NETWORK.name : formatPrefix(cidr)
    return { name, cidr, gateway: kind ? KIND_NETWORK.gateway : null, latency: DEFAULT_LATENCY, loss: 0 }
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
