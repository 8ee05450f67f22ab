// What is real in Calico v3.30.2 or Kubernetes and not simulated here, and what people write that never was real.
// Kept as data: the refusals, the notices and docs/model.md all speak from these lists.
import type { Hint } from '../problem.ts'

/** Kinds that change forwarding in a real cluster: taking them silently would show something false. */
export const REFUSED_KINDS: Readonly<Record<string, string>> = {
  NetworkPolicy: 'policy rules are not simulated',
  GlobalNetworkPolicy: 'policy rules are not simulated',
  StagedNetworkPolicy: 'policy rules are not simulated',
  StagedGlobalNetworkPolicy: 'policy rules are not simulated',
  StagedKubernetesNetworkPolicy: 'policy rules are not simulated',
  AdminNetworkPolicy: 'policy rules are not simulated',
  BaselineAdminNetworkPolicy: 'policy rules are not simulated',
  GlobalNetworkSet: 'policy rules are not simulated',
  NetworkSet: 'policy rules are not simulated',
  Tier: 'policy rules are not simulated',
  Profile: 'policy rules are not simulated',
  HostEndpoint: 'host endpoints are not simulated',
  WorkloadEndpoint: 'endpoints are made from Pods',
  CalicoNodeStatus: 'status objects are not filled in',
  EndpointSlice: 'Calico v3.30.2 reads Endpoints, and so does this',
  Deployment: 'no controller makes pods; give the Pods themselves',
  DaemonSet: 'no controller makes pods; give the Pods themselves',
  StatefulSet: 'no controller makes pods; give the Pods themselves',
  ReplicaSet: 'no controller makes pods; give the Pods themselves',
  Job: 'no controller makes pods; give the Pods themselves',
}

/** Kinds that have no influence on routing: accepted, listed, forgotten. */
export const INERT_KINDS: ReadonlySet<string> = new Set([
  'APIServer',
  'Goldmane',
  'Whisker',
  'ConfigMap',
  'ServiceAccount',
  'ClusterRole',
  'ClusterRoleBinding',
  'Role',
  'RoleBinding',
  'CustomResourceDefinition',
  'ClusterInformation',
  'KubeControllersConfiguration',
  'TigeraStatus',
  'ImageSet',
  'Event',
  'Lease',
])

export interface FieldLimit {
  readonly kind: string
  readonly path: string
  readonly message: string
}

/** Real fields whose effect is missing here. */
export const FIELD_LIMITS: readonly FieldLimit[] = [
  {
    kind: 'BGPPeer',
    path: 'spec.localWorkloadSelector',
    message: 'pods that speak BGP are not simulated: no such session appears',
  },
  { kind: 'BGPConfiguration', path: 'spec.localWorkloadPeeringIPV4', message: 'pods that speak BGP are not simulated' },
  { kind: 'BGPConfiguration', path: 'spec.localWorkloadPeeringIPV6', message: 'pods that speak BGP are not simulated' },
  {
    kind: 'FelixConfiguration',
    path: 'spec',
    message: 'Felix runs with its defaults: these settings are not simulated',
  },
  { kind: 'Node', path: 'spec.wireguard', message: 'WireGuard is not simulated' },
  { kind: 'Node', path: 'spec.bgp.ipv6Address', message: 'bird6.cfg is written, but IPv6 sessions do not run' },
  { kind: 'Installation', path: 'spec.calicoNetwork.mtu', message: 'packet sizes are not simulated' },
  {
    kind: 'Installation',
    path: 'spec.calicoNetwork.linuxDataplane',
    message: 'one dataplane is simulated: plain Linux routes',
  },
  { kind: 'Installation', path: 'spec.cni', message: 'Calico CNI with Calico IPAM is assumed' },
]

const later = (version: string): Hint => ({ code: 'since-version', version })
const never: Hint = { code: 'never-existed' }

/** Fields people look for that Calico v3.30.2 does not have. */
const UNKNOWN_FIELD_HINTS: Readonly<Record<string, Hint>> = {
  'BGPConfiguration.spec.exportFilter': { code: 'use-bgpfilter' },
  'BGPConfiguration.spec.importFilter': { code: 'use-bgpfilter' },
  'BGPConfiguration.spec.holdTime': never,
  'BGPConfiguration.spec.keepaliveTime': never,
  'BGPConfiguration.spec.routeReflectors': never,
  'BGPConfiguration.spec.nodeMeshEnabled': never,
  'BGPConfiguration.spec.serviceLoadBalancerAggregation': later('v3.31.0'),
  'BGPConfiguration.spec.programClusterRoutes': later('v3.32.0'),
  'BGPPeer.spec.holdTime': never,
  'BGPPeer.spec.bfd': never,
  'BGPPeer.spec.reversePeering': later('v3.30.3'),
  'BGPPeer.spec.localASNumber': later('v3.31.0'),
  'BGPPeer.spec.keepaliveTime': later('v3.32.0'),
  'IPPool.spec.namespaceSelector': later('v3.31.0'),
  'IPPool.spec.bgpPeers': never,
}
const FILTER_FIELDS_LATER: ReadonlySet<string> = new Set([
  'peerType',
  'communities',
  'asPathPrefix',
  'priority',
  'operations',
])

export function unknownFieldHint(kind: string, path: readonly (string | number)[]): Hint | null {
  const last = path.at(-1)
  if (kind === 'BGPFilter' && typeof last === 'string' && FILTER_FIELDS_LATER.has(last)) return later('v3.32.0')
  return UNKNOWN_FIELD_HINTS[`${kind}.${path.join('.')}`] ?? null
}
