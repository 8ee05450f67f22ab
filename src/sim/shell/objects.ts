// Objects of the datastore as kubectl and calicoctl address and print them.
import { stringify } from 'yaml'
import { bgpNode } from '../datastore/node.ts'
import type { AnyResource, Node } from '../datastore/resources.ts'
import type { ShellContext } from './types.ts'

interface KindNames {
  readonly kind: string
  /** As kubectl's messages name the resource. */
  readonly resource: string
  readonly names: readonly string[]
  readonly namespaced: boolean
}

const named = (kind: string, resource: string, names: string, namespaced = false): KindNames => ({
  kind,
  resource,
  names: names.split(' '),
  namespaced,
})

export const KINDS: readonly KindNames[] = [
  named('Node', 'nodes', 'node nodes no'),
  named('Pod', 'pods', 'pod pods po', true),
  named('Namespace', 'namespaces', 'namespace namespaces ns'),
  named('Service', 'services', 'service services svc', true),
  named('Endpoints', 'endpoints', 'endpoints ep', true),
  named('Secret', 'secrets', 'secret secrets', true),
  named('IPPool', 'ippools.projectcalico.org', 'ippool ippools'),
  named(
    'BGPConfiguration',
    'bgpconfigurations.projectcalico.org',
    'bgpconfig bgpconfigs bgpconfiguration bgpconfigurations',
  ),
  named('BGPPeer', 'bgppeers.projectcalico.org', 'bgppeer bgppeers'),
  named('BGPFilter', 'bgpfilters.projectcalico.org', 'bgpfilter bgpfilters'),
  named('BlockAffinity', 'blockaffinities.crd.projectcalico.org', 'blockaffinity blockaffinities'),
  named('IPAMBlock', 'ipamblocks.crd.projectcalico.org', 'ipamblock ipamblocks'),
  named('IPAMHandle', 'ipamhandles.crd.projectcalico.org', 'ipamhandle ipamhandles'),
  named('IPAMConfig', 'ipamconfigs.crd.projectcalico.org', 'ipamconfig ipamconfigs'),
  named('IPReservation', 'ipreservations.projectcalico.org', 'ipreservation ipreservations'),
  named(
    'FelixConfiguration',
    'felixconfigurations.projectcalico.org',
    'felixconfig felixconfigs felixconfiguration felixconfigurations',
  ),
  named('Installation', 'installations.operator.tigera.io', 'installation installations'),
]

/** By any of its names, with or without the API group. */
export function kindNamed(text: string): KindNames | null {
  const word = text.toLowerCase().split('.')[0] ?? ''
  return KINDS.find(({ names }) => names.includes(word)) ?? null
}

export function objectsOf(context: ShellContext, kind: string): readonly AnyResource[] {
  return context.recording.resources(context.at, kind) as readonly AnyResource[]
}

export function objectNamed(
  context: ShellContext,
  kind: string,
  key: { namespace: string; name: string },
): AnyResource | null {
  return context.recording.resource(context.at, kind, key.namespace, key.name) as AnyResource | null
}

/** Keys in order of the alphabet, lists not indented: what sigs.k8s.io/yaml writes. */
export function toYaml(value: unknown): string {
  return stringify(value, { version: '1.1', sortMapEntries: true, indentSeq: false, lineWidth: 0 })
}

/** What the API server would show: without the simulation's own bookkeeping. */
export function plainObject(object: AnyResource): Record<string, unknown> {
  const { applied: _applied, ...rest } = object as AnyResource & { applied?: unknown }
  return { ...rest }
}

/** A Node through calicoctl's eyes (libcalico-go, K8SR/node.go). */
export function calicoNode(node: Node): Record<string, unknown> {
  const calico = bgpNode(node)
  const { name, creationTimestamp, resourceVersion, uid } = node.metadata
  const bgp: Record<string, unknown> = {}
  if (calico.asNumber !== '') bgp.asNumber = Number(calico.asNumber)
  if (calico.ipv4 !== '') bgp.ipv4Address = `${calico.ipv4}/${calico.ipv4Length}`
  if (calico.ipv6 !== '') bgp.ipv6Address = calico.ipv6
  if (calico.ipv4IPIPTunnelAddr !== '') bgp.ipv4IPIPTunnelAddr = calico.ipv4IPIPTunnelAddr
  if (calico.routeReflectorClusterID !== '') bgp.routeReflectorClusterID = calico.routeReflectorClusterID
  const spec: Record<string, unknown> = {}
  const addresses = calico.ipv4 === '' ? [] : [{ address: `${calico.ipv4}/${calico.ipv4Length}`, type: 'CalicoNodeIP' }]
  const internal = node.status?.addresses?.find((entry) => entry.type === 'InternalIP')
  if (internal !== undefined) addresses.push({ address: internal.address, type: 'InternalIP' })
  if (addresses.length > 0) spec.addresses = addresses
  if (Object.keys(bgp).length > 0) spec.bgp = bgp
  if (calico.ipv4VXLANTunnelAddr !== '') spec.ipv4VXLANTunnelAddr = calico.ipv4VXLANTunnelAddr
  if (calico.vxlanTunnelMACAddr !== '') spec.vxlanTunnelMACAddr = calico.vxlanTunnelMACAddr
  spec.orchRefs = [{ nodeName: name, orchestrator: 'k8s' }]
  const labels = Object.keys(calico.labels).length === 0 ? {} : { labels: calico.labels }
  const metadata = {
    ...(creationTimestamp === undefined ? {} : { creationTimestamp }),
    ...labels,
    name,
    ...(resourceVersion === undefined ? {} : { resourceVersion }),
    ...(uid === undefined ? {} : { uid }),
  }
  return { apiVersion: 'projectcalico.org/v3', kind: 'Node', metadata, spec }
}
