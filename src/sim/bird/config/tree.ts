// The parsed BIRD configuration: every protocol with its options resolved to their defaults (nest/config.Y,
// proto/*/config.Y and sysdep/unix/krt.Y of BIRD 1.6.8). Values are immutable once the parser has handed them out.
import type { Ip } from '../../net/address.ts'
import type { Prefix } from '../../net/prefix.ts'
import type { FilterSymbol } from '../filter/ast.ts'
import type { CompiledBody, Filter, FunctionDefinition } from '../filter/filter.ts'

export type { Filter }

export interface BirdConfig {
  family: 4 | 6
  mainFile: string
  /** null: not given; see routerIdFrom, else the lowest primary address. */
  routerId: Ip | null
  routerIdFrom: InterfacePattern[] | null
  /** `listen bgp`; null when the statement is absent (port 179, all addresses). */
  listen: { address: Ip | null; port: number } | null
  /** Seconds. */
  gracefulRestartWait: number
  /** Routing tables in order of declaration; `master` first. */
  tables: TableConfig[]
  logs: LogStatement[]
  /** `debug protocols` as a set of DebugFlag bits. */
  debugProtocols: number
  /** `debug commands`. */
  debugCommands: number
  timeFormats: TimeFormats
  /** In order of declaration, templates resolved. */
  protocols: ProtocolConfig[]
  /** Every name of the global scope in order of definition, for `show symbols`. */
  readonly symbols: ReadonlyMap<string, SymbolInfo>
  filters: Map<string, Filter>
  functions: Map<string, FunctionDefinition>
  /** Family 6 only: what the negative numbers that stand for IPv6 addresses and prefixes mean (index -value - 1). */
  ip6Literals: string[]
  /** What the names mean, for expressions given later (`eval`, `show route where`). */
  globals: Map<string, FilterSymbol>
  calico: boolean
}

export interface TableConfig {
  name: string
  sorted: boolean
  /** False: `master`, which exists without a word. */
  declared: boolean
}

export interface SymbolInfo {
  name: string
  /** The text `show symbols` prints in the second column. */
  description: string
}

export interface LogStatement {
  target: { kind: 'file'; path: string } | { kind: 'syslog'; name: string | null } | { kind: 'stderr' }
  categories: 'all' | string[]
}

export interface TimeFormat {
  format1: string
  /** Seconds; 0: format2 is never used. */
  limit: number
  format2: string | null
}

export interface TimeFormats {
  base: TimeFormat
  log: TimeFormat
  route: TimeFormat
  protocol: TimeFormat
}

/** Bits of `debug { .. }`. */
export const DebugFlag = { STATES: 1, ROUTES: 2, FILTERS: 4, INTERFACES: 8, EVENTS: 16, PACKETS: 32 } as const
export const DEBUG_ALL = 63

export type LimitAction = 'warn' | 'block' | 'restart' | 'disable'

export interface RouteLimit {
  limit: number
  action: LimitAction
}

/** `interface` pattern: all given parts must match; the first matching pattern decides. */
export interface InterfacePattern {
  positive: boolean
  /** Shell-like glob on the name; null: any. */
  name: string | null
  /** An address of the interface must lie inside; null: any. */
  prefix: Prefix | null
}

export interface CommonProtocolConfig {
  name: string
  /** The name was not written in the file (`protocol static {`). */
  autoName: boolean
  /** Where the protocol was declared. */
  file: string
  line: number
  table: string
  preference: number
  disabled: boolean
  /** DebugFlag bits. */
  debug: number
  importFilter: Filter
  exportFilter: Filter
  importLimit: RouteLimit | null
  receiveLimit: RouteLimit | null
  exportLimit: RouteLimit | null
  importKeepFiltered: boolean
  description: string | null
  /** `router id` inside the protocol; null: the daemon's. */
  routerId: Ip | null
}

export interface KernelConfig extends CommonProtocolConfig {
  kind: 'kernel'
  persist: boolean
  /** Seconds. */
  scanTime: number
  learn: boolean
  deviceRoutes: boolean
  gracefulRestart: boolean
  /** Number of next hops to merge; 0: off. */
  mergePaths: number
  kernelTable: number
  metric: number
}

export interface DeviceConfig extends CommonProtocolConfig {
  kind: 'device'
  scanTime: number
  primary: { name: string | null; prefix: Prefix }[]
}

export interface DirectConfig extends CommonProtocolConfig {
  kind: 'direct'
  /** null: no `interface` line, so every interface. */
  interfaces: InterfacePattern[] | null
  checkLink: boolean
}

export type StaticTarget =
  | { kind: 'gateway'; gateway: Ip; iface: string | null }
  | { kind: 'device'; iface: string }
  | { kind: 'recursive'; gateway: Ip }
  | { kind: 'blackhole' }
  | { kind: 'unreachable' }
  | { kind: 'prohibit' }
  | { kind: 'multipath'; nexthops: { gateway: Ip; iface: string | null; weight: number }[] }

export interface StaticRoute {
  net: Prefix
  target: StaticTarget
  /** Commands run on the route at insertion (runRouteOptions); null when there is no block. */
  options: CompiledBody | null
}

export interface StaticConfig extends CommonProtocolConfig {
  kind: 'static'
  checkLink: boolean
  igpTable: string | null
  routes: StaticRoute[]
}

export interface PipeConfig extends CommonProtocolConfig {
  kind: 'pipe'
  peerTable: string
  mode: 'transparent' | 'opaque'
}

export interface BgpConfig extends CommonProtocolConfig {
  kind: 'bgp'
  neighbor: Ip
  neighborAs: number
  /** One object for all sessions that say the same (repeated-body.ts). */
  options: Readonly<BgpOptions>
}

/** With the neighbor, the part BIRD compares byte by byte at reconfiguration: any difference restarts the session. */
export interface BgpOptions {
  localAs: number
  /** From `local IP as N` or `source address`; null: not given. */
  sourceAddress: Ip | null
  neighborPort: number
  /** `interface` for link-local neighbors. */
  iface: string | null
  /** Hops; null: directly connected. Resolved: an internal session without a word is multihop 64. */
  multihop: number | null
  passive: boolean
  password: string | null
  setkey: boolean
  holdTime: number
  startupHoldTime: number
  /** null: a third of the hold time. */
  keepaliveTime: number | null
  connectDelayTime: number
  connectRetryTime: number
  errorWaitTimeMin: number
  errorWaitTimeMax: number
  errorForgetTime: number
  /** Resolved: recursive if multihop, else direct. */
  gatewayMode: 'direct' | 'recursive'
  nextHopSelf: boolean
  nextHopKeep: boolean
  rrClient: boolean
  /** null: the router id. */
  rrClusterId: Ip | null
  rsClient: boolean
  addPathRx: boolean
  addPathTx: boolean
  gracefulRestart: 'off' | 'aware' | 'able'
  gracefulRestartTime: number
  longLivedGracefulRestart: 'off' | 'aware' | 'able'
  longLivedStaleTime: number
  ttlSecurity: boolean
  /** How often the own AS may occur in a received path; Infinity: any number. */
  allowLocalAs: number
  allowLocalPref: boolean
  pathMetric: boolean
  medMetric: boolean
  igpMetric: boolean
  preferOlder: boolean
  deterministicMed: boolean
  defaultMed: number
  defaultLocalPref: number
  /** null: automatic (on, retried without them when the peer refuses). */
  capabilities: boolean | null
  enableRouteRefresh: boolean
  enableAs4: boolean
  enableExtendedMessages: boolean
  /** null: not written. */
  advertiseIpv4: boolean | null
  interpretCommunities: boolean
  secondary: boolean
  checkLink: boolean
  disableAfterError: boolean
  /** NOTIFICATION cease subcodes as bits (1 << subcode); 0: never. */
  disableAfterCease: number
  /** null: the protocol's own table. */
  igpTable: string | null
}

export type ProtocolConfig = KernelConfig | DeviceConfig | DirectConfig | StaticConfig | BgpConfig | PipeConfig
export type ProtocolKindWord = ProtocolConfig['kind']

/** One thing wrong with the text, worded as the daemon words it. */
export interface ConfigProblem {
  file: string
  line: number
  column: number
  message: string
}

export type ParseResult = { ok: true; config: BirdConfig } | { ok: false; problems: ConfigProblem[] }
