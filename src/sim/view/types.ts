// What the page asks for and gets: plain values (they cross from the worker), read from the recording at one time.
// Field words are the field's own (BIRD, Calico, RFC); sentences are made by the page from `code` plus data.
import type { BgpState, BirdEvent, Micros, ProtocolState } from '../bird/ports.ts'
import type { BootPhase, ClusterEvent } from '../recording/types.ts'
import type { Action, LocalizedText, Problem } from '../scenario/types.ts'

export type { BgpState, BirdEvent, Micros, ProtocolState } from '../bird/ports.ts'
export type { BootPhase, ClusterEvent } from '../recording/types.ts'
export type { Action, ActionBody, ActionName, LocalizedText, Problem, Target } from '../scenario/types.ts'

/** Everything the stage draws at time `at`. Arrays keep a stable order between times. */
export interface ClusterView {
  at: Micros
  networks: readonly NetworkView[]
  hosts: readonly HostView[]
  sessions: readonly SessionView[]
  messages: readonly MessageView[]
}

export interface NetworkView {
  name: string
  cidr: string
  gateway: string | null
}

export interface HostView {
  name: string
  kind: 'node' | 'router'
  phase: BootPhase
  powered: boolean
  registered: boolean
  bird: 'running' | 'stopped' | 'absent'
  felix: 'running' | 'stopped' | 'absent'
  confd: 'running' | 'stopped' | 'absent'
  address: string | null
  asNumber: number | null
  rrClusterId: string | null
  /** First is the network it stands on. */
  links: readonly { network: string; interface: string; address: string; up: boolean }[]
  sessionsEstablished: number
  sessionsTotal: number
  /** Graceful-restart recovery holds routes back (kernel1 in `wait`). */
  recovering: { waitingFor: number; remainingSeconds: number } | null
  blocks: readonly BlockView[]
  /** Pods that have no address yet, so that no block can show them. */
  pendingPods?: BlockView['pods']
  /** Prefixes that an outside router originates, for its tray. */
  prefixes: readonly string[]
}

export interface BlockView {
  cidr: string
  size: number
  used: number
  state: 'pending' | 'confirmed' | 'pendingDeletion' | 'none'
  pods: readonly { id: string; phase: string; address: string | null; borrowed: boolean }[]
}

/** One BGP session, paired from its two ends where both are known. */
export interface SessionView {
  /** `A|protoA|B|protoB`, stable. */
  id: string
  a: SessionEnd
  /** The other end: null when no host has that address or it has no matching protocol. */
  b: SessionEnd | null
  /** Address that `a` is configured to talk to. */
  remoteAddress: string
  ebgp: boolean
  /** The look of the line (ux.md 3.3). */
  look: 'established' | 'opening' | 'active' | 'silent' | 'idle' | 'admin-down'
  /** A message has not been heard for more than one keepalive interval. */
  hold: { remainingSeconds: number; nominalSeconds: number; heardSecondsAgo: number } | null
}

export interface SessionEnd {
  host: string
  protocol: string
  state: ProtocolState
  bgpState: BgpState
  info: string
}

export type MessageLook =
  | 'OPEN'
  | 'KEEPALIVE'
  | 'UPDATE'
  | 'WITHDRAW'
  | 'UPDATE+WITHDRAW'
  | 'END-OF-RIB'
  | 'NOTIFICATION'
  | 'ROUTE-REFRESH'

/** A message in flight. Position on its line is (at - sentAt) / (arrivesAt - sentAt). */
export interface MessageView {
  id: number
  look: MessageLook
  from: string
  to: string | null
  session: string | null
  sentAt: Micros
  arrivesAt: Micros
  lost: boolean
  /** First prefix announced or withdrawn, and how many there are. */
  prefix: string | null
  prefixCount: number
  nextHop: string | null
  /** `2/2 Bad peer AS` for a NOTIFICATION, BoRR / EoRR for a refresh, else null. */
  detail: string | null
}

/** The whole run at a glance; sent once after a run and again when it grows. */
export interface TimelineIndex {
  /** Computed until here. */
  until: Micros
  /** Last thing that is not a keep-alive, for the axis. */
  settledAt: Micros
  flags: readonly FlagView[]
  /** In stage order. */
  lanes: readonly LaneView[]
  convergence: readonly { from: Micros; to: Micros | null }[]
  loss: readonly LossView[]
  events: readonly EventView[]
  beats: readonly BeatView[]
  /** Warnings about the scenario and run, newest last. */
  warnings: readonly EventView[]
  /** Block and prefix letters in order of first appearance. */
  swatches: readonly string[]
}

export interface FlagView {
  at: Micros
  /** Index into the scenario's timeline. */
  index: number
  action: Action
}

export interface LaneView {
  host: string
  /** Sent by this host, ascending by time. */
  glyphs: readonly { at: Micros; id: number; look: MessageLook }[]
  /** Health of its sessions from each time on. */
  health: readonly { at: Micros; established: number; total: number }[]
}

export interface LossView {
  from: Micros
  to: Micros | null
  lost: number
  total: number
  /** A few of the pairs, with the host and FIB line that loses the packet. */
  pairs: readonly { from: string; to: string; host: string; reason: string; line: string | null }[]
}

export interface BeatView {
  at: Micros
  title: LocalizedText
  text: LocalizedText
}

/** One row of the event list. */
export interface EventView {
  at: Micros
  host: string | null
  /** What selects icon and sentence. */
  body:
    | {
        type: 'message'
        look: MessageLook
        id: number
        from: string
        /** The first receiver, when there are several. */
        to: string | null
        prefix: string | null
        prefixCount: number
        detail: string | null
        /** How many got the same message at this moment; absent for one. */
        receivers?: number
      }
    | { type: 'bird'; event: PlainEvent<BirdEvent> }
    | { type: 'cluster'; event: PlainEvent<ClusterEvent> }
    | { type: 'action'; index: number; action: Action }
    | { type: 'command'; command: string; reply: string }
}

/** An event whose addresses and prefixes have become text. */
export type PlainEvent<E extends { code: string }> = { code: E['code'] } & Readonly<Record<string, unknown>>

/** The inspector of one host. Only the asked parts are filled. */
export interface HostDetail {
  host: HostView
  /** Label: phase, address, asNumber, routerId, clusterId, bird, confd, felix, version, bootedAt, reconfiguredAt, interfaces, labels. */
  overview: { label: string; value: string }[]
  sessions: readonly ProtocolRow[]
  rib: readonly RibRow[]
  fib: readonly FibRow[]
  files: readonly { name: string; text: string; previous: string | null; changedAt: Micros }[]
  pods: readonly PodRow[]
  log: readonly { at: Micros; line: string }[]
}
export type HostPart = 'overview' | 'sessions' | 'rib' | 'fib' | 'files' | 'pods' | 'log'

export interface ProtocolRow {
  name: string
  kind: string
  state: ProtocolState
  since: Micros
  info: string
  session: string | null
  /** Of a BGP protocol while it is Established. */
  up?: {
    hold: { remainingSeconds: number; nominalSeconds: number; heardSecondsAgo: number } | null
    imported: number
    exported: number
  }
}

export interface RibRow {
  prefix: string
  protocol: string
  nextHop: string | null
  via: string
  asPath: string | null
  localPref: number | null
  mark: 'best' | 'valid' | 'rejected' | 'sync-error'
  /** Set for a rejected path: from the recording, unless `import keep filtered` keeps it in the table. */
  rejected: string | null
  stale: boolean
  since: Micros
  /** One-line `show route` text of the path, of a kept one that of `show route filtered`; empty: BIRD keeps nothing of it. */
  line: string
  /** Attribute lines of `show route all`. */
  attributes: readonly string[]
}

/** Why the best route of a prefix is best: the ordered rules that were compared, up to the decisive one. */
export interface RouteExplanation {
  prefix: string
  candidates: readonly { protocol: string; via: string; best: boolean }[]
  /** One per losing candidate: the rule of bird/table that decided, and both values. */
  decisions: readonly { loser: string; step: string; bestValue: string; loserValue: string }[]
  resolvesThrough: string | null
}

export interface FibRow {
  line: string
  prefix: string
  owner: 'kernel' | 'BIRD' | 'Felix' | 'CNI' | 'admin'
  since: Micros
}

/** What one host holds for exactly one prefix. */
export interface PrefixKnower {
  host: string
  bird: HostView['bird']
  /** BIRD's best path; null: none, or no BIRD that runs. */
  best: { protocol: string; via: string; stale: boolean } | null
  /** Paths behind the best one. */
  otherPaths: number
  /** Why a path that arrived is not in the table; null: none was refused. */
  rejected: string | null
  /** The kernel's routes to it. */
  fib: readonly Pick<FibRow, 'line' | 'owner'>[]
}

export interface PodRow {
  id: string
  phase: string
  address: string | null
  interface: string | null
  block: string | null
  borrowed: boolean
  reason: string | null
}

export interface SessionDetail {
  session: SessionView
  ends: readonly {
    host: string
    protocol: string
    /** The lines of `birdc show protocols all NAME`. */
    lines: readonly string[]
    /** BGP states passed with their times, ascending, up to now. */
    path: readonly { at: Micros; from: BgpState; to: BgpState; reason: string }[]
    timers: readonly {
      name: 'hold' | 'keepalive' | 'connect-retry' | 'connect-delay' | 'error-wait' | 'graceful-restart'
      remainingSeconds: number | null
      nominalSeconds: number | null
    }[]
    routesIn: readonly string[]
    routesOut: readonly string[]
    rejected: readonly { prefix: string; reason: string }[]
    /** Where it came from: node-to-node mesh or the BGPPeer's name. */
    origin: string
  }[]
  messages: readonly { id: number; at: Micros; look: MessageLook; from: string; text: string }[]
}

export interface FieldView {
  id: string
  name: string
  value: string
  offset: number
  length: number
  /** Key of an explanation sentence in the page's catalog, with its data. */
  code: string | null
  data: Readonly<Record<string, string | number>>
  children: readonly FieldView[]
}

export interface MessageDetail {
  message: MessageView
  bytes: readonly number[]
  root: readonly FieldView[]
  connection: { source: string; destination: string }
  /** Position among this session's messages, 1-based. */
  position: number
  count: number
  previous: number | null
  next: number | null
  /** What followed from it at the receiver, with the delay from arrival. */
  effects: readonly { after: Micros; event: EventView }[]
}

/** Answer to one command line in the terminal. */
export type { CommandResult, Session as ShellSession } from '../shell/types.ts'

/** What a load gives back. */
export type LoadResult =
  | {
      ok: true
      name: string
      title: LocalizedText
      description: LocalizedText | null
      actions: readonly Action[]
      warnings: readonly Problem[]
    }
  | { ok: false; problems: readonly Problem[] }
