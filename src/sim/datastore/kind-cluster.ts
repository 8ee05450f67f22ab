// kind's Cluster file as the machines it makes: names, addresses on docker's network, labels (kind v1alpha4).
// Addresses are handed out in order here; docker's own choice is arbitrary (article-lab).
import { type Cidr, formatAddress, parseCidr } from './cidr.ts'
import { NODE_ANNOTATIONS } from './node.ts'
import { podSubnets } from './operator.ts'
import type { KindCluster, Node } from './resources.ts'
import type { ResourceStore } from './store.ts'

export const KIND_NETWORK = { name: 'kind', cidr: '172.18.0.0/16', gateway: '172.18.0.1', firstHost: 2 } as const

const SUBNET = parseCidr(KIND_NETWORK.cidr) as Cidr

function roleOf(role: string | undefined): 'control-plane' | 'worker' {
  return role === 'worker' ? 'worker' : 'control-plane'
}

/** Names kind gives: `N-control-plane`, `N-worker`, then numbered from 2. */
export function kindNodeNames(cluster: KindCluster): readonly string[] {
  const counts = new Map<string, number>()
  return (cluster.nodes ?? [{ role: 'control-plane' }]).map((node) => {
    const role = roleOf(node.role)
    const count = (counts.get(role) ?? 0) + 1
    counts.set(role, count)
    return `${cluster.metadata.name}-${role}${count === 1 ? '' : count}`
  })
}

/** The Kubernetes Nodes of the cluster, with the address annotation that calico-node writes at start. */
export function kindNodes(cluster: KindCluster): readonly Node[] {
  const nodes = cluster.nodes ?? [{ role: 'control-plane' }]
  return kindNodeNames(cluster).map((name, index) => {
    const given = nodes[index]
    const address = formatAddress({ version: 4, value: SUBNET.value + BigInt(KIND_NETWORK.firstHost + index) })
    const role = roleOf(given?.role)
    const labels: Record<string, string> = {
      'kubernetes.io/arch': 'amd64',
      'kubernetes.io/hostname': name,
      'kubernetes.io/os': 'linux',
      ...(role === 'control-plane'
        ? { 'node-role.kubernetes.io/control-plane': '', 'node.kubernetes.io/exclude-from-external-load-balancers': '' }
        : {}),
      ...given?.labels,
    }
    return {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name, labels, annotations: { [NODE_ANNOTATIONS.ipv4Address]: `${address}/${SUBNET.length}` } },
      spec: podCidrOf(cluster, index),
      status: {
        addresses: [
          { type: 'InternalIP', address },
          { type: 'Hostname', address: name },
        ],
      },
    }
  })
}

/**
 * Puts the cluster's nodes into the store as kubelet and calico-node do: what manifests said about them stays, and no
 * manifest owns the address, so that applying one later does not take it away.
 */
export function joinKindNodes(store: ResourceStore, cluster: KindCluster): void {
  for (const node of kindNodes(cluster)) {
    const old = store.get('Node', node.metadata.name)
    const labels = { ...node.metadata.labels, ...old?.metadata.labels }
    const annotations = { ...node.metadata.annotations, ...old?.metadata.annotations }
    const spec = { ...node.spec, ...old?.spec }
    store.put({ ...node, ...old, spec, metadata: { ...node.metadata, ...old?.metadata, labels, annotations } })
  }
}

/** kube-controller-manager hands each node a /24 of the pod subnet; Calico IPAM does not look at it. */
function podCidrOf(cluster: KindCluster, index: number): { podCIDR?: string; podCIDRs?: readonly string[] } {
  const subnet = parseCidr(podSubnets(cluster)[0] ?? '')
  if (subnet === null || subnet.version !== 4 || subnet.length > 24) return {}
  const podCIDR = `${formatAddress({ version: 4, value: subnet.value + BigInt(index * 256) })}/24`
  return { podCIDR, podCIDRs: [podCIDR] }
}
