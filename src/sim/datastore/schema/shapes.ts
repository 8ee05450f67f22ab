// The shape of every manifest the simulated cluster takes, field by field: Calico v3.30.2's API types, and of the
// Kubernetes types the names (their values are checked only where the simulation reads them).
import type { Kind } from '../resources.ts'
import {
  any,
  bool,
  int,
  list,
  loose,
  map,
  numberOrText,
  type ObjectSchema,
  object,
  type Schema,
  text,
} from './schema.ts'

export interface KindShape {
  readonly kind: Kind
  readonly apiVersions: readonly string[]
  readonly namespaced: boolean
  /** Plural with group, as `kubectl` names the resource in its errors. */
  readonly resource: string
  readonly schema: ObjectSchema
}

const metadata: Schema = object('ObjectMeta', {
  ...loose(
    '',
    'creationTimestamp deletionTimestamp deletionGracePeriodSeconds generation managedFields ownerReferences finalizers selfLink',
  ).fields,
  name: text,
  generateName: text,
  namespace: text,
  labels: map(text),
  annotations: map(text),
  resourceVersion: text,
  uid: text,
})

function document(kind: Kind, fields: Readonly<Record<string, Schema>>): ObjectSchema {
  return object(kind, { apiVersion: text, kind: text, metadata, ...fields })
}

const CALICO = ['projectcalico.org/v3', 'crd.projectcalico.org/v1']
const cidrs = list(object('ServiceIPBlock', { cidr: text }))
const secretRef = object('BGPPassword', {
  secretKeyRef: object('SecretKeySelector', { name: text, key: text, optional: bool }),
})

const filterRules = (version: string) =>
  list(
    object(`BGPFilterRule${version}`, {
      cidr: text,
      prefixLength: object(`BGPFilterPrefixLength${version}`, { min: int, max: int }),
      source: text,
      interface: text,
      matchOperator: text,
      action: text,
    }),
  )

const calico: readonly KindShape[] = [
  calicoKind('IPPool', 'ippools', {
    cidr: text,
    blockSize: int,
    ipipMode: text,
    vxlanMode: text,
    natOutgoing: bool,
    disabled: bool,
    disableBGPExport: bool,
    nodeSelector: text,
    allowedUses: list(text),
    assignmentMode: text,
    ipip: any,
    'nat-outgoing': bool,
  }),
  calicoKind('BGPConfiguration', 'bgpconfigurations', {
    logSeverityScreen: text,
    nodeToNodeMeshEnabled: bool,
    asNumber: numberOrText,
    serviceLoadBalancerIPs: cidrs,
    serviceExternalIPs: cidrs,
    serviceClusterIPs: cidrs,
    communities: list(object('Community', { name: text, value: text })),
    prefixAdvertisements: list(object('PrefixAdvertisement', { cidr: text, communities: list(text) })),
    listenPort: int,
    nodeMeshPassword: secretRef,
    nodeMeshMaxRestartTime: text,
    bindMode: text,
    ignoredInterfaces: list(text),
    localWorkloadPeeringIPV4: text,
    localWorkloadPeeringIPV6: text,
  }),
  calicoKind('BGPPeer', 'bgppeers', {
    node: text,
    nodeSelector: text,
    peerIP: text,
    asNumber: numberOrText,
    peerSelector: text,
    localWorkloadSelector: text,
    keepOriginalNextHop: bool,
    nextHopMode: text,
    password: secretRef,
    sourceAddress: text,
    maxRestartTime: text,
    numAllowedLocalASNumbers: int,
    ttlSecurity: int,
    reachableBy: text,
    filters: list(text),
  }),
  calicoKind('BGPFilter', 'bgpfilters', {
    exportV4: filterRules('V4'),
    importV4: filterRules('V4'),
    exportV6: filterRules('V6'),
    importV6: filterRules('V6'),
  }),
  calicoKind('IPReservation', 'ipreservations', { reservedCIDRs: list(text) }),
  calicoKind('BlockAffinity', 'blockaffinities', { state: text, node: text, type: text, cidr: text, deleted: text }),
  calicoKind('IPAMBlock', 'ipamblocks', {
    cidr: text,
    affinity: text,
    allocations: list(any),
    unallocated: list(int),
    attributes: list(any),
    sequenceNumber: int,
    sequenceNumberForAllocation: any,
    deleted: bool,
    strictAffinity: bool,
  }),
  calicoKind('IPAMHandle', 'ipamhandles', { handleID: text, block: map(int), deleted: bool }),
  calicoKind('IPAMConfig', 'ipamconfigs', { strictAffinity: bool, autoAllocateBlocks: bool, maxBlocksPerHost: int }),
  {
    ...calicoKind('FelixConfiguration', 'felixconfigurations', {}),
    schema: document('FelixConfiguration', { spec: any }),
  },
]

function calicoKind(kind: Kind, plural: string, spec: Readonly<Record<string, Schema>>): KindShape {
  const schema = document(kind, { spec: object(`${kind}Spec`, spec), status: any })
  return { kind, apiVersions: CALICO, namespaced: false, resource: `${plural}.projectcalico.org`, schema }
}

/** A Calico Node is no kind of its own in the store: it becomes annotations of the Kubernetes Node. */
export const calicoNodeSchema: ObjectSchema = document('Node', {
  spec: object('NodeSpec', {
    bgp: object('NodeBGPSpec', {
      ipv4Address: text,
      ipv6Address: text,
      ipv4IPIPTunnelAddr: text,
      asNumber: numberOrText,
      routeReflectorClusterID: text,
    }),
    ipv4VXLANTunnelAddr: text,
    vxlanTunnelMACAddr: text,
    ipv6VXLANTunnelAddr: text,
    vxlanTunnelMACAddrV6: text,
    orchRefs: any,
    wireguard: any,
    addresses: any,
  }),
  status: any,
})

const POD_SPEC =
  'activeDeadlineSeconds affinity automountServiceAccountToken containers dnsConfig dnsPolicy enableServiceLinks ephemeralContainers ' +
  'hostAliases hostIPC hostPID hostUsers hostname imagePullSecrets initContainers nodeSelector os overhead preemptionPolicy priority ' +
  'priorityClassName readinessGates resourceClaims resources restartPolicy runtimeClassName schedulerName schedulingGates ' +
  'securityContext serviceAccount serviceAccountName setHostnameAsFQDN shareProcessNamespace subdomain ' +
  'terminationGracePeriodSeconds tolerations topologySpreadConstraints volumes'
const SERVICE_SPEC =
  'allocateLoadBalancerNodePorts healthCheckNodePort internalTrafficPolicy ipFamilies ipFamilyPolicy loadBalancerClass ' +
  'loadBalancerSourceRanges ports publishNotReadyAddresses sessionAffinity sessionAffinityConfig trafficDistribution externalName'
const address = object('EndpointAddress', { ip: text, hostname: text, nodeName: text, targetRef: any })

function core(
  kind: Kind,
  names: { plural: string; namespaced: boolean },
  fields: Readonly<Record<string, Schema>>,
): KindShape {
  return {
    kind,
    apiVersions: ['v1'],
    namespaced: names.namespaced,
    resource: names.plural,
    schema: document(kind, fields),
  }
}

const kubernetes: readonly KindShape[] = [
  core(
    'Node',
    { plural: 'nodes', namespaced: false },
    {
      spec: object('NodeSpec', {
        ...loose('', 'configSource externalID providerID taints').fields,
        podCIDR: text,
        podCIDRs: list(text),
        unschedulable: bool,
      }),
      status: any,
    },
  ),
  core('Namespace', { plural: 'namespaces', namespaced: false }, { spec: any, status: any }),
  core(
    'Pod',
    { plural: 'pods', namespaced: true },
    {
      spec: object('PodSpec', { ...loose('', POD_SPEC).fields, nodeName: text, hostNetwork: bool }),
      status: any,
    },
  ),
  core(
    'Service',
    { plural: 'services', namespaced: true },
    {
      spec: object('ServiceSpec', {
        ...loose('', SERVICE_SPEC).fields,
        type: text,
        clusterIP: text,
        clusterIPs: list(text),
        externalIPs: list(text),
        loadBalancerIP: text,
        externalTrafficPolicy: text,
        selector: map(text),
      }),
      status: any,
    },
  ),
  core(
    'Endpoints',
    { plural: 'endpoints', namespaced: true },
    {
      subsets: list(
        object('EndpointSubset', { addresses: list(address), notReadyAddresses: list(address), ports: any }),
      ),
    },
  ),
  core(
    'Secret',
    { plural: 'secrets', namespaced: true },
    { data: map(text), stringData: map(text), type: text, immutable: bool },
  ),
]

const installationPool = object('IPPool', {
  name: text,
  cidr: text,
  blockSize: int,
  encapsulation: text,
  natOutgoing: text,
  nodeSelector: text,
  disableBGPExport: bool,
  disableNewAllocations: bool,
  allowedUses: list(text),
  assignmentMode: text,
})
const INSTALLATION =
  'variant registry imagePath imagePrefix imagePullSecrets kubernetesProvider cni typhaMetricsPort flexVolumePath kubeletVolumePluginPath ' +
  'nodeMetricsPort nodeUpdateStrategy componentResources controlPlaneNodeSelector controlPlaneTolerations controlPlaneReplicas ' +
  'certificateManagement nonPrivileged calicoNodeDaemonSet calicoNodeWindowsDaemonSet csiNodeDriverDaemonSet ' +
  'calicoKubeControllersDeployment typhaDeployment calicoWindowsUpgradeDaemonSet fipsMode logging windowsNodes serviceCIDRs azure proxy ' +
  'typhaAffinity tlsCipherSuites'
const NETWORK =
  'linuxDataplane windowsDataplane mtu nodeAddressAutodetectionV4 nodeAddressAutodetectionV6 hostPorts multiInterfaceMode ' +
  'containerIPForwarding sysctl linuxPolicySetupTimeoutSeconds kubeProxyManagement bpfNetworkBootstrap'

function operatorKind(kind: Kind, plural: string, spec: Schema): KindShape {
  const schema = document(kind, { spec, status: any })
  return {
    kind,
    apiVersions: ['operator.tigera.io/v1'],
    namespaced: false,
    resource: `${plural}.operator.tigera.io`,
    schema,
  }
}

const operator: readonly KindShape[] = [
  operatorKind(
    'Installation',
    'installations',
    object('InstallationSpec', {
      ...loose('', INSTALLATION).fields,
      calicoNetwork: object('CalicoNetworkSpec', {
        ...loose('', NETWORK).fields,
        bgp: text,
        ipPools: list(installationPool),
      }),
    }),
  ),
  operatorKind('APIServer', 'apiservers', any),
  operatorKind('Goldmane', 'goldmanes', any),
  operatorKind('Whisker', 'whiskers', any),
]

const cluster: KindShape = {
  kind: 'Cluster',
  apiVersions: ['kind.x-k8s.io/v1alpha4'],
  namespaced: false,
  resource: 'clusters.kind.x-k8s.io',
  schema: object('Cluster', {
    apiVersion: text,
    kind: text,
    metadata,
    name: text,
    featureGates: any,
    runtimeConfig: any,
    kubeadmConfigPatches: any,
    kubeadmConfigPatchesJSON6902: any,
    containerdConfigPatches: any,
    containerdConfigPatchesJSON6902: any,
    nodes: list(
      object('Node', {
        ...loose('', 'image extraMounts extraPortMappings kubeadmConfigPatches kubeadmConfigPatchesJSON6902').fields,
        role: text,
        labels: map(text),
      }),
    ),
    networking: object('Networking', {
      ...loose('', 'ipFamily apiServerAddress apiServerPort kubeProxyMode dnsSearch').fields,
      podSubnet: text,
      serviceSubnet: text,
      disableDefaultCNI: bool,
    }),
  }),
}

const shapes = new Map<string, KindShape>(
  [...calico, ...kubernetes, ...operator, cluster].map((shape) => [shape.kind, shape]),
)

/** Kinds that go by a second name in projectcalico.org/v3. */
const aliases: Readonly<Record<string, Kind>> = { IPAMConfiguration: 'IPAMConfig' }

export function shapeOf(kind: string): KindShape | null {
  return shapes.get(aliases[kind] ?? kind) ?? null
}
