// What a packet walk reads (the world at one time, live or recorded) and what it tells: hops, verdict, and why.
import type { Ip } from '../net/address.ts'
import type { KernelInterface, KernelRoute } from './types.ts'

export interface WalkHost {
  readonly name: string
  readonly powered: boolean
  readonly interfaces: readonly KernelInterface[]
  lookup(address: Ip): KernelRoute | null
}

export interface WalkPod {
  readonly name: string
  readonly address: Ip
}

/** Who takes frames for an address on a network. */
export type WalkNeighbour = { readonly host: string } | 'gateway' | null

export interface WalkWorld {
  host(name: string): WalkHost | null
  /** The network behind an interface and whether its cable is in; null for tunnels and pod interfaces. */
  attachment(host: string, dev: string): { readonly network: string; readonly up: boolean } | null
  /** Who bears the address on this network, dead or alive. */
  neighbour(network: string, address: Ip): WalkNeighbour
  /** The network that the fabric's gateway forwards to for an address: one that has a gateway; null: it drops. */
  gatewayNetwork(address: Ip): string | null
  /** The running workload behind a pod interface. */
  pod(host: string, dev: string): WalkPod | null
  /** Node address behind a VTEP address, as Felix put it into the forwarding database of vxlan.calico. */
  vtep(host: string, address: Ip): Ip | null
  /** natOutgoing: the packet leaves the host with the host's own source address. */
  masquerades?(host: string, source: Ip, destination: Ip): boolean
  /** Policy verdict for a packet at a pod interface; null lets it pass. */
  denied?(host: string, pod: WalkPod, packet: { source: Ip; destination: Ip }): string | null
}

export type WalkVerdict =
  | 'delivered'
  | 'no-route'
  | 'blackhole'
  | 'unreachable'
  | 'prohibit'
  | 'neighbour-dead'
  | 'host-down'
  | 'link-down'
  | 'no-tunnel'
  | 'no-pod'
  | 'gateway-drops'
  | 'denied'
  | 'loop'

export interface Encapsulation {
  readonly kind: 'ipip' | 'vxlan'
  readonly source: Ip
  readonly destination: Ip
}

export interface WalkHop {
  readonly host: string
  /** The FIB line used; null: delivered without one, or there was none. */
  readonly line: string | null
  readonly route: KernelRoute | null
  /** Set on hops inside a tunnel: the outer header. */
  readonly encapsulation: Encapsulation | null
  readonly network: string | null
  /** Address the frame is sent to; null for a pod. */
  readonly nextHop: Ip | null
  /** Host, `gateway`, or pod that gets it; null: nobody. */
  readonly to: string | null
}

export interface Walk {
  readonly verdict: WalkVerdict
  /** Where it ended. */
  readonly host: string
  /** The decisive FIB line, when one was. */
  readonly line: string | null
  readonly hops: readonly WalkHop[]
  /** Who took it: host or pod name; null when lost. */
  readonly takenBy: string | null
  /** Source as the receiver sees it; differs from the sender's when natOutgoing applied. */
  readonly source: Ip
  /** Why, where the verdict alone does not say it (a policy's name). */
  readonly detail: string | null
}

export interface WalkStart {
  readonly from: string
  readonly source: Ip
  readonly destination: Ip
  /** The pod that sends, so that its policy is asked. */
  readonly pod?: WalkPod
}
