// What the daemon and the machine it runs on say to each other. The daemon (daemon.ts) is a deterministic object:
// inputs are calls with the time, outputs go through these ports, and it never waits for anything by itself.
import type { Attributes } from '../bgp/attributes.ts'
import type { BgpMessage } from '../bgp/message.ts'
import type { KernelInterface, KernelRoute, NetlinkError, RouteChange } from '../kernel/types.ts'
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'

/** Simulated time in whole microseconds since t=0. */
export type Micros = number

/** A TCP socket of this host; chosen by the host, never reused. */
export type SocketId = number

/** strerror texts the sockets can report. */
export type SocketError =
  | 'Connection refused'
  | 'Connection reset by peer'
  | 'Connection timed out'
  | 'No route to host'
  | 'Network is unreachable'
  | 'Broken pipe'
  | 'Cannot assign requested address'
  | 'Address already in use'

/** The two ends of a TCP connection, seen from this host. */
export interface SocketEndpoints {
  localAddress: Ip
  localPort: number
  remoteAddress: Ip
  remotePort: number
}

export interface ConnectOptions {
  /** null: the kernel chooses by the route. */
  localAddress: Ip | null
  remoteAddress: Ip
  remotePort: number
  ttl: number
  /** TTL security: the lowest TTL accepted, 0 when off. */
  minTtl: number
  /** TCP-MD5 key; the SYN is dropped silently when the two ends disagree. */
  password: string | null
}

export interface TcpPort {
  /** Opens the listening socket; an error text when it cannot. */
  listen(address: Ip | null, port: number): SocketError | null
  unlisten(): void
  /** TCP-MD5 key that the listener expects from this remote address (null removes it). */
  setPeerPassword(remote: Ip, password: string | null): void
  /** Starts a connection; an immediate error (bind, no route) is returned, the rest comes as socket events. */
  connect(options: ConnectOptions): SocketId | SocketError
  /** For an accepted connection, as `ConnectOptions` has it for others. */
  setTtl(socket: SocketId, ttl: number, minTtl: number): void
  send(socket: SocketId, message: BgpMessage): void
  /** FIN after what was sent. */
  close(socket: SocketId): void
}

export interface NetlinkPort {
  interfaces(): readonly KernelInterface[]
  /** Every route of table main, in the kernel's dump order. */
  routes(): readonly KernelRoute[]
  addRoute(route: KernelRoute): NetlinkError | null
  /** The first route of the prefix with this metric and protocol. */
  deleteRoute(route: Pick<KernelRoute, 'prefix' | 'metric' | 'protocol'>): NetlinkError | null
}

/** Everything a reader may later ask about; the node writes it to the recording. Values are immutable. */
export interface BirdObserver {
  /** One line of the daemon's log, without the `bird: ` that -d puts before it. */
  log(line: string): void
  /** A protocol's state, info, counters or timers changed; called at most once per protocol and daemon step. null: the protocol is gone. */
  protocol(name: string, order: number, snapshot: ProtocolSnapshot | null): void
  /** The routes of one net changed. `routes` is best first; empty: the net left the table. */
  net(table: string, prefix: Prefix, uid: number, routes: readonly RouteSnapshot[]): void
  /** Daemon-wide state changed. null: the process is gone. */
  status(status: DaemonStatus | null): void
  /** Something worth a sentence on screen happened, with its reason. */
  event(event: BirdEvent): void
}

export interface BirdPorts {
  tcp: TcpPort
  netlink: NetlinkPort
  observer: BirdObserver
}

export interface ConfigurationSource {
  file: string
  readAt: Micros
}

export interface DaemonStatus {
  routerId: Ip
  version: string
  bootedAt: Micros
  reconfiguredAt: Micros
  /** What runs was read from this file at this time: an undo brings back an earlier one. */
  configuration: ConfigurationSource
  /** Graceful-restart recovery: how many protocols are waited for, and when the wait timer ends; null outside. */
  recovery: { waitingFor: number; deadline: Micros; nominalSeconds: number } | null
  shuttingDown: boolean
}

export type ProtocolKind = 'Static' | 'Kernel' | 'Device' | 'Direct' | 'BGP' | 'Pipe'
/** The word in `show protocols`, column state. */
export type ProtocolState = 'down' | 'start' | 'wait' | 'feed' | 'up' | 'stop' | 'flush'
/** The word in `show protocols all`, BGP state. */
export type BgpState =
  | 'Idle'
  | 'Connect'
  | 'Active'
  | 'OpenSent'
  | 'OpenConfirm'
  | 'Established'
  | 'Close'
  | 'Passive'
  | 'Down'

export interface TimerSnapshot {
  /** When it fires. */
  deadline: Micros
  /** The nominal value that birdc prints behind the slash, in seconds. */
  nominalSeconds: number
}

/** Counters of `show protocols all`. */
export interface RouteStats {
  imported: number
  filtered: number
  exported: number
  preferred: number
  importUpdates: { received: number; rejected: number; filtered: number; ignored: number; accepted: number }
  importWithdraws: { received: number; rejected: number; ignored: number; accepted: number }
  /** `ignored` is counted, and shown, by pipes only, as is what became of their withdraws. */
  exportUpdates: { received: number; rejected: number; filtered: number; ignored?: number; accepted: number }
  exportWithdraws: { received: number; ignored?: number; accepted: number }
}

export interface BgpSnapshot {
  state: BgpState
  /** `BGP Error: Bad peer AS`, `Socket: Connection refused`, ... without the class the string is empty. */
  lastError: string
  neighborAddress: Ip
  neighborAs: number
  localAs: number
  passive: boolean
  rrClient: boolean
  rrClusterId: Ip | null
  sourceAddress: Ip | null
  /** Known once an OPEN was accepted on the current connection; null otherwise. */
  neighborId: Ip | null
  /** Words in birdc's order: refresh enhanced-refresh restart-able ... of the neighbor; null before. */
  neighborCaps: readonly string[] | null
  /** Words in birdc's order: internal multihop ... ; null before. */
  session: readonly string[] | null
  holdTimer: TimerSnapshot | null
  keepaliveTimer: TimerSnapshot | null
  connectDelay: TimerSnapshot | null
  connectRetry: TimerSnapshot | null
  errorWait: TimerSnapshot | null
  /** Graceful restart helper: stale routes are kept until this fires (deadline null: peer is back, end of RIB awaited). */
  gracefulRestart: { active: true; timer: TimerSnapshot | null } | null
  /** Restarter side: `pending` (lock held) and `waiting` (export held back); null outside recovery. */
  recovery: { pending: boolean; waiting: boolean } | null
  /** When the last message was heard on the current connection. */
  lastHeardAt: Micros | null
  /** Sockets of the current connections, to pair both ends. */
  sockets: readonly SocketId[]
}

export interface ProtocolSnapshot {
  kind: ProtocolKind
  table: string
  state: ProtocolState
  /** When the protocol state last changed (column since). */
  since: Micros
  /** Column info, as birdc prints it. */
  info: string
  description: string | null
  /** RFC 8203 text given with disable or received with a shutdown. */
  message: string | null
  preference: number
  /** ACCEPT, REJECT, (unnamed) or the filter's name. */
  importFilter: string
  exportFilter: string
  disabled: boolean
  /** null when birdc shows none (protocol down). */
  stats: RouteStats | null
  bgp: BgpSnapshot | null
}

export type RouteDestination = 'router' | 'device' | 'blackhole' | 'unreachable' | 'prohibit' | 'multipath'
/** First word of `Type:` in `show route all`. */
export type RouteSourceType = 'dummy' | 'static' | 'inherit' | 'device' | 'static-device' | 'BGP' | 'pipe'

/** One route of BIRD's table as it stood after a change. */
export interface RouteSnapshot {
  protocol: string
  source: RouteSourceType
  dest: RouteDestination
  gateway: Ip | null
  iface: string | null
  nexthops: readonly { gateway: Ip; iface: string; weight: number }[] | null
  /** Advertising peer (BGP), else null. */
  from: Ip | null
  preference: number
  /** igp metric of a recursive next hop: number, `unknown` (?) or `unreachable` (-); null when not recursive. */
  igpMetric: number | 'unknown' | 'unreachable' | null
  /** BIRD's lastmod, in whole seconds as its clock ticks. */
  lastModified: Micros
  attributes: Attributes | null
  /** Kernel.* attributes of learned routes and krt_* set by filters; names without the `Kernel.`. */
  kernelAttributes: Readonly<Record<string, number | string>> | null
  /** The path id this daemon uses when it sends the route with ADD-PATH (rte_src.global_id). */
  pathId: number
  /** The id the peer gave the path when it was received; 0 without ADD-PATH. */
  remotePathId: number
  /** Kept from a peer that restarts gracefully. */
  stale: boolean
  /** Kernel refused it (`!` in show route); meaningful on the best route. */
  syncError: boolean
  /** deterministic med: a better route came from the same neighbour AS. Absent: no. */
  suppressed?: true | undefined
  /** Refused by the import filter and kept (`import keep filtered`); absent on all others. */
  filtered?: true | undefined
}

/** Reasons the daemon gives for what it did. `code` selects the sentence on screen, the rest fills it. */
export type BirdEvent =
  | { code: 'protocol-state'; protocol: string; from: ProtocolState; to: ProtocolState }
  | { code: 'bgp-state'; protocol: string; from: BgpState; to: BgpState; reason: string }
  | { code: 'session-established'; protocol: string }
  | { code: 'session-lost'; protocol: string; reason: string }
  | { code: 'graceful-restart-detected'; protocol: string }
  | { code: 'graceful-restart-done'; protocol: string }
  | { code: 'graceful-restart-timeout'; protocol: string }
  | { code: 'recovery-started'; waitingFor: number }
  | { code: 'recovery-done'; timedOut: boolean }
  | { code: 'reconfigured'; changed: readonly string[] }
  | { code: 'config-refused'; error: string }
  | { code: 'connection-rejected'; protocol: string | null; from: Ip }
  /** A received path was not taken into the table: own AS, originator, cluster, filter, invalid, malformed. */
  | {
      code: 'route-rejected'
      protocol: string
      prefix: Prefix
      pathId: number
      attributes: Attributes | null
      reason: RejectReason
    }
  /** The best route of a net changed; `step` is the decision rule that was decisive (best-path list). */
  | { code: 'best-changed'; table: string; prefix: Prefix; protocol: string | null; step: string }
  | { code: 'kernel-error'; prefix: Prefix; error: string }

export type RejectReason =
  | 'own-as'
  | 'originator-id'
  | 'cluster-list'
  | 'import-filter'
  | 'invalid-prefix'
  | 'malformed'
  | 'own-next-hop'
  | 'import-limit'

export type { RouteChange }
