// What a run leaves behind: one append-only list of entries in order of time. Everything on screen, in the terminal and in
// exports is read from it. `set` entries change a value that has a history (temporal tables); the others happened at an instant.
import type { BgpMessage } from '../bgp/message.ts'
import type { BirdEvent, DaemonStatus, Micros, ProtocolSnapshot, RouteSnapshot } from '../bird/ports.ts'
import type { KernelInterface, KernelRoute } from '../kernel/types.ts'
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'

/** A host's place in the recording: 0, 1, 2 ... in the order hosts appeared. Names are in HostRecord. */
export type HostId = number

export type HostKind = 'node' | 'router'
export type BootPhase = 'off' | 'booting' | 'registered' | 'starting' | 'running'

/** Slowly changing facts about a host. */
export interface HostRecord {
  name: string
  kind: HostKind
  /** Of a node: where its boot stands (calico-v3.30.2.md 8.1); of a router off or running. */
  phase: BootPhase
  powered: boolean
  bird: 'running' | 'stopped' | 'absent'
  felix: 'running' | 'stopped' | 'absent'
  confd: 'running' | 'stopped' | 'absent'
  /** Address that BGP uses, when known. */
  address: Ip | null
  asNumber: number | null
  routerId: Ip | null
  rrClusterId: string | null
  labels: Readonly<Record<string, string>>
  /** Whether the Kubernetes Node object exists (true for routers). */
  registered: boolean
}

/** The cable between a host's interface and a network. */
export interface LinkRecord {
  host: string
  network: string
  interface: string
  up: boolean
}

export interface NetworkRecord {
  name: string
  cidr: Prefix
  gateway: Ip | null
  latency: Micros
}

/** A workload as the CNI plugin and IPAM see it. */
export interface PodRecord {
  namespace: string
  name: string
  node: string
  phase: 'Pending' | 'ContainerCreating' | 'Running' | 'Terminating'
  address: Ip | null
  interface: string | null
  /** Block the address came from, and whether that block belongs to another node. */
  block: Prefix | null
  borrowed: boolean
  /** Why it is not running, verbatim from CNI or the scheduler. */
  reason: string | null
  labels: Readonly<Record<string, string>>
  createdAt: Micros
}

/** One IPAM block: who owns it, and which ordinals are in use. */
export interface BlockRecord {
  cidr: Prefix
  node: string | null
  state: 'pending' | 'confirmed' | 'pendingDeletion' | 'none'
  pool: string | null
  /** Ordinal to owner (`namespace/pod`, or `tunnel NODE`). */
  allocations: Readonly<Record<number, string>>
  size: number
}

/** How a message or segment ended. */
export type Delivery = 'delivered' | 'lost'

/** A BGP message on the wire. */
export interface MessageRecord {
  /** Index among messages, stable within a recording. */
  id: number
  sentAt: Micros
  /** When it reaches the other daemon, or when it is given up on screen if it is lost. */
  arrivesAt: Micros
  delivery: Delivery
  from: HostId
  to: HostId | null
  connection: number
  sourceAddress: Ip
  sourcePort: number
  destinationAddress: Ip
  destinationPort: number
  message: BgpMessage
  /** 1 at first; the same message may be sent again by TCP after a loss. */
  attempt: number
}

/** One direction of a connection, as its messages and TCP records name it. */
export interface Flow {
  readonly connection: number
  readonly from: HostId
  readonly to: HostId | null
  readonly sourceAddress: Ip
  readonly sourcePort: number
  readonly destinationAddress: Ip
  readonly destinationPort: number
}

/** How the messages of one segment travel. */
export interface Transmission {
  readonly flow: Flow
  readonly sentAt: Micros
  readonly arrivesAt: Micros
  readonly delivery: Delivery
  readonly attempt: number
}

/** What TCP did, for captures and the sequence of a session. */
export interface TcpRecord {
  connection: number
  what: 'syn' | 'syn-ack' | 'established' | 'refused' | 'unreachable' | 'timed-out' | 'fin' | 'rst' | 'lost-syn'
  from: HostId
  to: HostId | null
  sourceAddress: Ip
  sourcePort: number
  destinationAddress: Ip
  destinationPort: number
}

/** Things worth a line in the event list that are neither messages nor BIRD's own events. */
export type ClusterEvent =
  | { code: 'node-registered' }
  | { code: 'phase'; phase: BootPhase }
  | { code: 'confd-rendered'; files: readonly string[] }
  | { code: 'confd-failed'; message: string }
  | { code: 'bird-started'; recovery: boolean }
  | { code: 'bird-stopped'; how: 'terminated' | 'killed' | 'config-error' }
  | { code: 'block-claimed'; block: Prefix }
  | { code: 'block-released'; block: Prefix }
  | { code: 'address-assigned'; pod: string; address: Ip; block: Prefix; borrowed: boolean }
  | { code: 'address-released'; pod: string; address: Ip }
  | { code: 'pod-failed'; pod: string; message: string }
  | { code: 'resource'; verb: 'created' | 'changed' | 'deleted'; kind: string; name: string }
  /** A manifest or command was refused, verbatim as the API, the operator or the tool says it; `scenario`: an action that makes no sense at its time. */
  | { code: 'refused'; by: 'api' | 'operator' | 'bird' | 'kubelet' | 'scenario'; message: string }
  | { code: 'not-simulated'; kind: string; name: string }
  | { code: 'link'; network: string; up: boolean }
  | { code: 'powered'; on: boolean }

/** Reply to a command that changes something, as the tool printed it. */
export interface CommandRecord {
  command: string
  reply: string
}

export type EntryKind = Entry['kind']

export type Entry =
  // values with a history; `value: null` removes the key
  | { kind: 'host'; host: HostId; value: HostRecord | null }
  | { kind: 'network'; name: string; value: NetworkRecord | null }
  | { kind: 'link'; host: HostId; network: string; value: LinkRecord | null }
  | { kind: 'interface'; host: HostId; name: string; value: KernelInterface | null }
  | { kind: 'fib'; host: HostId; prefix: Prefix; metric: number; value: KernelRoute | null }
  | { kind: 'status'; host: HostId; value: DaemonStatus | null }
  | { kind: 'protocol'; host: HostId; name: string; order: number; value: ProtocolSnapshot | null }
  | { kind: 'net'; host: HostId; table: string; prefix: Prefix; uid: number; value: readonly RouteSnapshot[] | null }
  | { kind: 'file'; host: HostId; name: string; value: string | null }
  | { kind: 'resource'; resource: string; namespace: string; name: string; value: object | null }
  | { kind: 'pod'; pod: string; value: PodRecord | null }
  | { kind: 'block'; cidr: Prefix; value: BlockRecord | null }
  // instants
  | { kind: 'action'; index: number }
  | { kind: 'log'; host: HostId; line: string }
  | { kind: 'bird'; host: HostId; event: BirdEvent }
  | { kind: 'event'; host: HostId | null; event: ClusterEvent }
  | { kind: 'message'; record: MessageRecord }
  | { kind: 'tcp'; record: TcpRecord }
  | { kind: 'command'; host: HostId; record: CommandRecord }

/** The entries of one host that are written often, without an object for each. */
export interface HostWriter {
  log(at: Micros, line: string): void
  bird(at: Micros, event: BirdEvent): void
  status(at: Micros, value: DaemonStatus | null): void
  protocol(at: Micros, key: { name: string; order: number }, value: ProtocolSnapshot | null): void
  net(at: Micros, key: { table: string; prefix: Prefix; uid: number }, value: readonly RouteSnapshot[] | null): void
  fib(at: Micros, key: { prefix: Prefix; metric: number }, value: KernelRoute | null): void
}

/** What a writer (node, cluster) needs. The time of an entry never decreases. */
export interface RecordingWriter {
  append(at: Micros, entry: Entry): void
  host(host: HostId): HostWriter
  /** Messages of one segment, numbered in the order of sending. */
  messages(messages: readonly BgpMessage[], how: Transmission): void
  tcp(at: Micros, what: TcpRecord['what'], flow: Flow): void
  /** Registers a host name and returns its id; the same name always gets the same id. */
  hostId(name: string): HostId
}

/** What a reader (view, shell, analysis, export) needs. All look-ups are by time; nothing here is live. */
export interface RecordingReader {
  /** Entries up to this time exist. */
  readonly until: Micros
  readonly length: number
  readonly hosts: readonly string[]
  hostId(name: string): HostId | null
  entryAt(index: number): { at: Micros; entry: Entry }
  /** Index of the first entry later than `at`. */
  indexAfter(at: Micros): number

  host(at: Micros, host: HostId): HostRecord | null
  networks(at: Micros): readonly NetworkRecord[]
  links(at: Micros): readonly LinkRecord[]
  interfaces(at: Micros, host: HostId): readonly KernelInterface[]
  /** In the kernel's dump order: prefix address ascending as iproute2 prints table main, at one address the longest first. */
  fib(at: Micros, host: HostId): readonly KernelRoute[]
  status(at: Micros, host: HostId): DaemonStatus | null
  /** In birdc's order. */
  protocols(at: Micros, host: HostId): readonly { name: string; snapshot: ProtocolSnapshot }[]
  protocol(at: Micros, host: HostId, name: string): ProtocolSnapshot | null
  /** Unordered; the printing order is bird/table's. */
  nets(
    at: Micros,
    host: HostId,
    table: string,
  ): readonly { prefix: Prefix; uid: number; routes: readonly RouteSnapshot[] }[]
  files(at: Micros, host: HostId): ReadonlyMap<string, string>
  resource(at: Micros, resource: string, namespace: string, name: string): object | null
  resources(at: Micros, resource: string): readonly object[]
  pods(at: Micros): readonly PodRecord[]
  blocks(at: Micros): readonly BlockRecord[]
  log(at: Micros, host: HostId): readonly { at: Micros; line: string }[]

  message(id: number): MessageRecord | null
  readonly messageCount: number
  /** Messages with sentAt <= at < arrivesAt. */
  inFlight(at: Micros): readonly MessageRecord[]
  /** Ids of messages sent in (from, to]. */
  messagesSent(from: Micros, to: Micros): { first: number; end: number }
  /** Times at which the named value changed, ascending, for "why" and for stepping. */
  changes(kind: 'protocol' | 'net' | 'fib' | 'host', host: HostId): readonly Micros[]
  /** Lower-case hex SHA-256 over all entries with time <= at. */
  hash(at: Micros): string
}
