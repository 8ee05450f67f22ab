// What the CNI plugin and Calico IPAM decide for one pod: the request, an address that is known already, error texts
// (cni-plugin k8s.go, ipam_plugin.go; reference 6.1, 6.6).
import type { Pod } from '../datastore/resources.ts'
import type { AssignRequest, AssignResult } from '../ipam/assign.ts'
import { cniFailure } from '../ipam/ipam.ts'
import type { IpamStep } from '../ipam/steps.ts'
import { type Ip, ip, parseIp } from '../net/address.ts'
import { type Prefix, parsePrefix, prefixAddress, prefixHas } from '../net/prefix.ts'
import type { CalicoNode } from '../node/calico-node.ts'
import type { Cluster } from './cluster.ts'

export const NO_NODENAME =
  'stat /var/lib/calico/nodename: no such file or directory: check that the calico/node container is running and has mounted /var/lib/calico/'

/** An address of a pod and the block it is from. */
export interface PodAddress {
  readonly address: Ip
  readonly block: Prefix | null
  readonly borrowed: boolean
}

/** Plans the pod's address; the caller writes the steps. */
export function requestAddress(cluster: Cluster, pod: Pod, node: CalicoNode): AssignResult {
  const namespace = pod.metadata.namespace ?? 'default'
  const { name } = pod.metadata
  const request: AssignRequest = {
    node: node.name,
    use: 'Workload',
    handle: podHandle(namespace, name),
    attributes: { namespace, node: node.name, pod: name },
  }
  const annotations = { ...namespaceAnnotations(cluster, namespace), ...pod.metadata.annotations }
  const pools = jsonList(annotations['cni.projectcalico.org/ipv4pools'])
  const [address] = jsonList(pod.metadata.annotations?.['cni.projectcalico.org/ipAddrs'])
  // A pod dumped from a running cluster keeps the address it has there.
  const known = address ?? pod.status?.podIP
  if (known !== undefined && parseIp(known) !== null) return cluster.ipam.assignAddress(request, known)
  return cluster.ipam.assign(pools.length === 0 ? request : { ...request, pools })
}

/** A pod whose address stands in the documents' own IPAM blocks already. */
export function knownAddress(cluster: Cluster, pod: Pod, node: CalicoNode): PodAddress | null {
  const address = parseIp(pod.status?.podIP ?? '')
  if (address === null) return null
  const block = cluster.store.list('IPAMBlock').find(({ spec }) => {
    const cidr = parsePrefix(spec.cidr)
    return cidr !== null && prefixHas(cidr, address) && spec.allocations[address - prefixAddress(cidr)] != null
  })
  if (block === undefined) return null
  return { address, block: parsePrefix(block.spec.cidr), borrowed: block.spec.affinity !== `host:${node.name}` }
}

function namespaceAnnotations(cluster: Cluster, namespace: string): Readonly<Record<string, string>> {
  const pools = cluster.store.get('Namespace', namespace)?.metadata.annotations?.['cni.projectcalico.org/ipv4pools']
  return pools === undefined ? {} : { 'cni.projectcalico.org/ipv4pools': pools }
}

export function placed(result: Extract<AssignResult, { ok: true }>): PodAddress {
  return { address: ip(result.address), block: parsePrefix(result.block), borrowed: result.borrowed }
}

export function podHandle(namespace: string, name: string): string {
  return `k8s-pod-network.${namespace}.${name}`
}

export function cniError(message: string): string {
  const text = message === NO_NODENAME ? message : cniFailure(message)
  return `plugin type="calico" failed (add): ${text}`
}

export function announceStep(node: CalicoNode, step: IpamStep): void {
  const block = step.step === 'affinity-confirmed' ? parsePrefix(step.subject) : null
  if (block !== null) node.machine.event({ code: 'block-claimed', block })
}

function jsonList(text: string | undefined): readonly string[] {
  if (text === undefined) return []
  try {
    const value: unknown = JSON.parse(text)
    return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : []
  } catch {
    return []
  }
}
