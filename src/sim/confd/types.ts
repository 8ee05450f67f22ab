// What confd knows and what it makes: its environment, its files, and one entry for each explicit peering.

/** Environment of the calico-node container, as far as confd reads it. */
export interface ConfdEnv {
  /** '' or absent: the node's IPv4 address; `hash`: from the node's name; else taken as it is. */
  readonly CALICO_ROUTER_ID?: string
  /** Namespace of the Secrets with passwords; kube-system when absent. */
  readonly NAMESPACE?: string
  /** Overrides serviceClusterIPs. */
  readonly CALICO_ADVERTISE_CLUSTER_IPS?: string
  readonly [name: string]: string | undefined
}

export const CONFD_FILES = [
  'bird.cfg',
  'bird_aggr.cfg',
  'bird_ipam.cfg',
  'bird6.cfg',
  'bird6_aggr.cfg',
  'bird6_ipam.cfg',
] as const
export type ConfdFile = (typeof CONFD_FILES)[number]

export type Family = 4 | 6

/** Why a peering exists: the BGPPeer that says so, and whether it was turned round to reach this node. */
export interface PeerOrigin {
  readonly bgpPeer: string
  readonly direction: 'forward' | 'reverse'
  /** The Calico node at the far end; '' for an outside router. */
  readonly farNode: string
}

/** One value of the `peer_v4` / `peer_v6` keys, with confd's field names in spirit. */
export interface PeerEntry {
  readonly ip: string
  readonly family: Family
  /** 0: none. */
  readonly port: number
  readonly asNumber: string
  readonly rrClusterId: string
  readonly calicoNode: boolean
  readonly passwordRef: { readonly name: string; readonly key: string } | null
  readonly sourceAddress: string
  /** Whole seconds as text; '' when not set. */
  readonly restartTime: string
  readonly keepNextHop: boolean
  readonly nextHopMode: string
  readonly numAllowLocalAs: number
  readonly ttlSecurity: number
  readonly reachableBy: string
  readonly filters: readonly string[]
  readonly origin: PeerOrigin
}

/** Why a rendered session waits for the other side, or does not. */
export type PassiveReason =
  /** Mesh or global peer between nodes: the smaller address, as text, waits. */
  | 'smaller-address-waits'
  | 'larger-address-connects'
  /** Peers of a node-specific key, and outside routers: always connects. */
  | 'always-connects'

/** One protocol of bird.cfg or bird6.cfg, explained. */
export interface ProtocolExplanation {
  readonly protocol: string
  readonly section: 'mesh' | 'global' | 'node'
  readonly family: Family
  readonly ip: string
  readonly asNumber: string
  readonly passive: boolean
  readonly passiveReason: PassiveReason
  /** null: the node-to-node mesh made it. */
  readonly origin: PeerOrigin | null
  readonly farNode: string
  readonly routeReflectorClient: boolean
}
