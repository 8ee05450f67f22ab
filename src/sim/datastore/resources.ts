// The Kubernetes and Calico resources the simulation keeps, spelled as their APIs spell them (Calico v3.30.2).
// Values are immutable once stored: a change is a new object, so readers may hold, compare and cache by identity.

export interface ObjectMeta {
  readonly name: string
  readonly namespace?: string
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly resourceVersion?: string
  readonly creationTimestamp?: string
  readonly uid?: string
}

interface Resource<K extends string, Spec> {
  readonly apiVersion: string
  readonly kind: K
  readonly metadata: ObjectMeta
  readonly spec: Spec
}

/** A Kubernetes Node. What a Calico Node says is kept as the annotations Calico itself would write. */
export interface Node extends Resource<'Node', NodeSpec> {
  readonly status?: NodeStatus
  /** Which keys came from which manifest, so that a later one can take them back (kubectl's last-applied). */
  readonly applied?: { readonly [source in 'kubernetes' | 'calico']?: AppliedKeys }
}
export interface AppliedKeys {
  readonly labels: readonly string[]
  readonly annotations: readonly string[]
}
export interface NodeSpec {
  readonly podCIDR?: string
  readonly podCIDRs?: readonly string[]
  readonly unschedulable?: boolean
  readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[]
}
export interface NodeStatus {
  readonly addresses?: readonly { readonly type: string; readonly address: string }[]
}

export interface Namespace extends Resource<'Namespace', Readonly<Record<string, unknown>>> {}

export interface Pod extends Resource<'Pod', PodSpec> {
  readonly status?: PodStatus
}
export interface PodSpec {
  readonly nodeName?: string
  readonly hostNetwork?: boolean
  readonly containers?: readonly Readonly<Record<string, unknown>>[]
}
export interface PodStatus {
  readonly phase?: string
  readonly podIP?: string
  readonly podIPs?: readonly { readonly ip: string }[]
}

export interface Service extends Resource<'Service', ServiceSpec> {
  readonly status?: { readonly loadBalancer?: { readonly ingress?: readonly { readonly ip?: string }[] } }
}
export interface ServiceSpec {
  readonly type?: 'ClusterIP' | 'NodePort' | 'LoadBalancer' | 'ExternalName'
  readonly clusterIP?: string
  readonly clusterIPs?: readonly string[]
  readonly externalIPs?: readonly string[]
  readonly loadBalancerIP?: string
  readonly externalTrafficPolicy?: 'Cluster' | 'Local'
  readonly internalTrafficPolicy?: 'Cluster' | 'Local'
  readonly selector?: Readonly<Record<string, string>>
  readonly ports?: readonly Readonly<Record<string, unknown>>[]
}

export interface EndpointAddress {
  readonly ip: string
  readonly nodeName?: string
}
/** core/v1 Endpoints has no spec; `subsets` stands at the top. */
export interface Endpoints extends Resource<'Endpoints', Readonly<Record<string, never>>> {
  readonly subsets?: readonly {
    readonly addresses?: readonly EndpointAddress[]
    readonly notReadyAddresses?: readonly EndpointAddress[]
  }[]
}

/** Kept for `secretKeyRef`; views must never show `data` or `stringData`. */
export interface Secret extends Resource<'Secret', Readonly<Record<string, never>>> {
  readonly data?: Readonly<Record<string, string>>
  readonly stringData?: Readonly<Record<string, string>>
}

export type EncapMode = 'Never' | 'Always' | 'CrossSubnet'
export type AllowedUse = 'Workload' | 'Tunnel' | 'LoadBalancer'

export interface IPPool extends Resource<'IPPool', IPPoolSpec> {}
export interface IPPoolSpec {
  readonly cidr: string
  readonly blockSize: number
  readonly ipipMode: EncapMode
  readonly vxlanMode: EncapMode
  readonly natOutgoing?: boolean
  readonly disabled?: boolean
  readonly disableBGPExport?: boolean
  readonly nodeSelector: string
  readonly allowedUses: readonly AllowedUse[]
  readonly assignmentMode: 'Automatic' | 'Manual'
}

export interface SecretKeyRef {
  readonly secretKeyRef?: { readonly name: string; readonly key: string }
}
export interface CidrItem {
  readonly cidr?: string
}
export interface BGPConfiguration extends Resource<'BGPConfiguration', BGPConfigurationSpec> {}
export interface BGPConfigurationSpec {
  readonly logSeverityScreen?: string
  readonly nodeToNodeMeshEnabled?: boolean
  /** Number, decimal text or asdot as the user wrote it; see `asNumberOf`. */
  readonly asNumber?: number | string
  readonly serviceClusterIPs?: readonly CidrItem[]
  readonly serviceExternalIPs?: readonly CidrItem[]
  readonly serviceLoadBalancerIPs?: readonly CidrItem[]
  readonly communities?: readonly { readonly name: string; readonly value: string }[]
  readonly prefixAdvertisements?: readonly { readonly cidr: string; readonly communities: readonly string[] }[]
  readonly listenPort?: number
  readonly nodeMeshPassword?: SecretKeyRef
  readonly nodeMeshMaxRestartTime?: string
  readonly bindMode?: 'None' | 'NodeIP'
  readonly ignoredInterfaces?: readonly string[]
  readonly localWorkloadPeeringIPV4?: string
  readonly localWorkloadPeeringIPV6?: string
}

export interface BGPPeer extends Resource<'BGPPeer', BGPPeerSpec> {}
export interface BGPPeerSpec {
  readonly node?: string
  readonly nodeSelector?: string
  readonly peerIP?: string
  readonly asNumber?: number | string
  readonly peerSelector?: string
  readonly localWorkloadSelector?: string
  readonly keepOriginalNextHop?: boolean
  readonly nextHopMode?: 'Auto' | 'Self' | 'Keep'
  readonly password?: SecretKeyRef
  readonly sourceAddress?: 'UseNodeIP' | 'None'
  readonly maxRestartTime?: string
  readonly numAllowedLocalASNumbers?: number
  readonly ttlSecurity?: number
  readonly reachableBy?: string
  readonly filters?: readonly string[]
}

export interface BGPFilterRule {
  readonly cidr?: string
  readonly prefixLength?: { readonly min?: number; readonly max?: number }
  readonly source?: 'RemotePeers'
  readonly interface?: string
  readonly matchOperator?: 'Equal' | 'NotEqual' | 'In' | 'NotIn'
  readonly action: 'Accept' | 'Reject'
}
export interface BGPFilter extends Resource<'BGPFilter', BGPFilterSpec> {}
export interface BGPFilterSpec {
  readonly exportV4?: readonly BGPFilterRule[]
  readonly importV4?: readonly BGPFilterRule[]
  readonly exportV6?: readonly BGPFilterRule[]
  readonly importV6?: readonly BGPFilterRule[]
}

/** '' is old data, which confd treats as confirmed. */
export type AffinityState = '' | 'pending' | 'confirmed' | 'pendingDeletion'
export interface BlockAffinity extends Resource<'BlockAffinity', BlockAffinitySpec> {}
export interface BlockAffinitySpec {
  readonly state: AffinityState
  readonly node: string
  readonly type?: 'host' | 'virtual' | ''
  readonly cidr: string
  readonly deleted: string
}

export interface AllocationAttribute {
  readonly handle_id?: string
  readonly secondary?: Readonly<Record<string, string>>
}
export interface IPAMBlock extends Resource<'IPAMBlock', IPAMBlockSpec> {}
export interface IPAMBlockSpec {
  readonly cidr: string
  /** `host:NODE`; null once the affinity was released. */
  readonly affinity: string | null
  /** By ordinal: an index into `attributes`, or null when free. */
  readonly allocations: readonly (number | null)[]
  /** Free ordinals: taken from the head, given back at the tail. */
  readonly unallocated: readonly number[]
  readonly attributes: readonly AllocationAttribute[]
  readonly sequenceNumber?: number
  readonly deleted?: boolean
}

export interface IPAMHandle extends Resource<'IPAMHandle', IPAMHandleSpec> {}
export interface IPAMHandleSpec {
  readonly handleID: string
  readonly block: Readonly<Record<string, number>>
  readonly deleted?: boolean
}
export interface IPAMConfig extends Resource<'IPAMConfig', IPAMConfigSpec> {}
export interface IPAMConfigSpec {
  readonly strictAffinity: boolean
  readonly autoAllocateBlocks: boolean
  readonly maxBlocksPerHost: number
}
export interface IPReservation extends Resource<'IPReservation', { readonly reservedCIDRs?: readonly string[] }> {}

export interface FelixConfiguration extends Resource<'FelixConfiguration', Readonly<Record<string, unknown>>> {}

export interface InstallationPool {
  readonly name?: string
  readonly cidr?: string
  readonly blockSize?: number
  readonly encapsulation?: string
  readonly natOutgoing?: string
  readonly nodeSelector?: string
  readonly disableBGPExport?: boolean
  readonly allowedUses?: readonly AllowedUse[]
  readonly assignmentMode?: 'Automatic' | 'Manual'
}
export interface Installation extends Resource<'Installation', InstallationSpec> {}
export interface InstallationSpec {
  readonly calicoNetwork?: {
    readonly bgp?: string
    readonly ipPools?: readonly InstallationPool[]
    readonly [field: string]: unknown
  }
  readonly [field: string]: unknown
}

/** kind.x-k8s.io Cluster: fields stand at the top, not under spec. */
export interface KindCluster extends Resource<'Cluster', Readonly<Record<string, never>>> {
  readonly name?: string
  readonly nodes?: readonly { readonly role?: string; readonly labels?: Readonly<Record<string, string>> }[]
  readonly networking?: {
    readonly podSubnet?: string
    readonly serviceSubnet?: string
    readonly disableDefaultCNI?: boolean
  }
}

/** Accepted and stored so that a real cluster's files apply; nothing in the simulation reads them. */
export type InertKind = 'APIServer' | 'Goldmane' | 'Whisker'
export interface InertResource extends Resource<InertKind, Readonly<Record<string, unknown>>> {}

export interface ResourceMap {
  Node: Node
  Namespace: Namespace
  Pod: Pod
  Service: Service
  Endpoints: Endpoints
  Secret: Secret
  IPPool: IPPool
  BGPConfiguration: BGPConfiguration
  BGPPeer: BGPPeer
  BGPFilter: BGPFilter
  BlockAffinity: BlockAffinity
  IPAMBlock: IPAMBlock
  IPAMHandle: IPAMHandle
  IPAMConfig: IPAMConfig
  IPReservation: IPReservation
  FelixConfiguration: FelixConfiguration
  Installation: Installation
  Cluster: KindCluster
  APIServer: InertResource
  Goldmane: InertResource
  Whisker: InertResource
}
export type Kind = keyof ResourceMap
export type AnyResource = ResourceMap[Kind]
