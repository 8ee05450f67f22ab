// One Kubernetes Node carries everything: a Calico Node's fields live in its annotations (libcalico-go K8SR/node.go).
// Here they are written from a Calico Node and read back as what confd, Felix and IPAM work with.
import { asNumberOf } from './as-number.ts'
import { formatAddress, formatCidr, networkOf, parseAddress, parseCidrOrAddress } from './cidr.ts'
import type { Node } from './resources.ts'

/** Annotation keys by Calico field. */
export const NODE_ANNOTATIONS = {
  ipv4Address: 'projectcalico.org/IPv4Address',
  ipv6Address: 'projectcalico.org/IPv6Address',
  ipv4IPIPTunnelAddr: 'projectcalico.org/IPv4IPIPTunnelAddr',
  ipv4VXLANTunnelAddr: 'projectcalico.org/IPv4VXLANTunnelAddr',
  vxlanTunnelMACAddr: 'projectcalico.org/VXLANTunnelMACAddr',
  ipv6VXLANTunnelAddr: 'projectcalico.org/IPv6VXLANTunnelAddr',
  vxlanTunnelMACAddrV6: 'projectcalico.org/VXLANTunnelMACAddrV6',
  asNumber: 'projectcalico.org/ASNumber',
  routeReflectorClusterID: 'projectcalico.org/RouteReflectorClusterID',
  labels: 'projectcalico.org/labels',
} as const

/** What the simulation knows of a node, after Calico's conversion. '' means unknown. */
export interface BgpNode {
  readonly name: string
  /** Kubernetes labels over Calico labels. */
  readonly labels: Readonly<Record<string, string>>
  /** Address alone, canonical. */
  readonly ipv4: string
  /** Prefix length of the address as given; 32 for a bare address. */
  readonly ipv4Length: number
  /** Masked CIDR of the address. */
  readonly ipv4Network: string
  readonly ipv6: string
  readonly ipv6Network: string
  /** Decimal; '' means the global AS number. */
  readonly asNumber: string
  readonly routeReflectorClusterID: string
  readonly ipv4IPIPTunnelAddr: string
  readonly ipv4VXLANTunnelAddr: string
  readonly vxlanTunnelMACAddr: string
}

interface NodeAddress {
  readonly address: string
  readonly length: number
  readonly network: string
}
const NO_ADDRESS: NodeAddress = { address: '', length: 0, network: '' }

/** An annotation that does not validate counts as absent. */
function addressOf(text: string | undefined, version: 4 | 6): NodeAddress {
  const cidr = text === undefined ? null : parseCidrOrAddress(text)
  if (cidr === null || cidr.version !== version) return NO_ADDRESS
  return { address: formatAddress(cidr), length: cidr.length, network: formatCidr(networkOf(cidr)) }
}

function tunnelOf(text: string | undefined): string {
  const address = text === undefined ? null : parseAddress(text)
  return address === null ? '' : formatAddress(address)
}

function labelsOf(node: Node): Readonly<Record<string, string>> {
  const kubernetes = node.metadata.labels ?? {}
  const calico = node.metadata.annotations?.[NODE_ANNOTATIONS.labels]
  if (calico === undefined) return kubernetes
  try {
    return { ...(JSON.parse(calico) as Record<string, string>), ...kubernetes }
  } catch {
    return kubernetes
  }
}

const known = new WeakMap<Node, BgpNode>()

/** The Calico view of a Node; computed once for each version of the object. */
export function bgpNode(node: Node): BgpNode {
  let found = known.get(node)
  if (found === undefined) {
    found = convert(node)
    known.set(node, found)
  }
  return found
}

function convert(node: Node): BgpNode {
  const annotations = node.metadata.annotations ?? {}
  const read = (field: keyof typeof NODE_ANNOTATIONS) => annotations[NODE_ANNOTATIONS[field]]
  const v4 = addressOf(read('ipv4Address'), 4)
  const v6 = addressOf(read('ipv6Address'), 6)
  const as = asNumberOf(read('asNumber') ?? '')
  const cluster = read('routeReflectorClusterID') ?? ''
  return {
    name: node.metadata.name,
    labels: labelsOf(node),
    ipv4: v4.address,
    ipv4Length: v4.length,
    ipv4Network: v4.network,
    ipv6: v6.address,
    ipv6Network: v6.network,
    asNumber: as === null ? '' : String(as),
    routeReflectorClusterID: parseAddress(cluster)?.version === 4 ? cluster : '',
    ipv4IPIPTunnelAddr: tunnelOf(read('ipv4IPIPTunnelAddr')),
    ipv4VXLANTunnelAddr: tunnelOf(read('ipv4VXLANTunnelAddr')),
    vxlanTunnelMACAddr: read('vxlanTunnelMACAddr') ?? '',
  }
}

/** The annotations that a Calico Node document (decoded) stands for. */
export function calicoNodeAnnotations(document: CalicoNodeDocument): Record<string, string> {
  const { bgp, ...rest } = document.spec ?? {}
  const out: Record<string, string> = {}
  const fields: Readonly<Record<string, unknown>> = { ...rest, ...bgp }
  for (const [field, key] of Object.entries(NODE_ANNOTATIONS)) {
    const value = fields[field]
    if (typeof value === 'string' || typeof value === 'number') out[key] = String(value)
  }
  const labels = document.metadata.labels
  if (labels !== undefined) out[NODE_ANNOTATIONS.labels] = JSON.stringify(labels)
  return out
}

export interface CalicoNodeDocument {
  readonly metadata: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly spec?: {
    readonly bgp?: Readonly<Record<string, string | number>>
    readonly [field: string]: unknown
  }
}

/** A copy of the node with these annotations set; null takes one away. */
export function withAnnotations(node: Node, changes: Readonly<Record<string, string | null>>): Node {
  const annotations: Record<string, string> = { ...node.metadata.annotations }
  for (const [key, value] of Object.entries(changes)) {
    if (value === null) delete annotations[key]
    else annotations[key] = value
  }
  return { ...node, metadata: { ...node.metadata, annotations } }
}
