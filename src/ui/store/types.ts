// The page's four small stores. Domain facts live in the worker's recording; these hold what is being looked at.
import type {
  Action,
  ActionBody,
  ClusterView,
  CommandResult,
  HostDetail,
  HostPart,
  LoadResult,
  MessageDetail,
  Micros,
  PrefixKnower,
  Problem,
  RouteExplanation,
  SessionDetail,
  ShellSession,
  TimelineIndex,
} from '../../sim/index.ts'

/** What the worker answers. One object, made once; in tests of the page's logic a fake may stand in. */
export interface SimulationClient {
  load(documentText: string): Promise<LoadResult>
  /**
   * Computes up to `at` (in slices, so that later calls are not starved) and returns the new index. With patience it
   * comes back after that time with what there is then, once at least `least` is computed.
   */
  runTo(at: Micros, patience?: { least: Micros; milliseconds: number } | null): Promise<TimelineIndex>
  view(at: Micros): Promise<ClusterView>
  host(at: Micros, name: string, parts: readonly HostPart[]): Promise<HostDetail | null>
  session(at: Micros, id: string): Promise<SessionDetail | null>
  message(id: number): Promise<MessageDetail | null>
  explain(at: Micros, host: string, prefix: string): Promise<RouteExplanation | null>
  prefix(at: Micros, prefix: string): Promise<readonly PrefixKnower[]>
  /** BGP on the wire up to `until` as a pcapng file; `HOST` or `HOST/IFACE` select, none is all. null: there is no such interface. */
  pcap(until: Micros, interfaces: readonly string[]): Promise<Uint8Array | null>
  exec(at: Micros, host: string | null, command: string, session?: ShellSession | null): Promise<CommandResult>
  complete(at: Micros, host: string | null, line: string, session?: ShellSession | null): Promise<readonly string[]>
  /** Problems of a manifest (or bird.conf) as it would be applied at `at`. Empty: it can be applied. */
  check(at: Micros, kind: 'manifest' | 'bird.conf', text: string): Promise<readonly Problem[]>
  /** The manifest of an object as the datastore holds it at `at`, for the editor. */
  manifest(at: Micros, kind: string, name: string): Promise<string | null>
  hash(at: Micros): Promise<string>
  /** `document` with these timeline actions appended, comments kept; its own later than `keepUntil` (null: none) left out. */
  documentWith(document: string, actions: readonly Action[], keepUntil: Micros | null): Promise<string>
  encodeLink(documentText: string): Promise<string>
  decodeLink(
    fragment: string,
  ): Promise<
    | { ok: true; document: string; view: Record<string, string>; notice: string | null }
    | { ok: false; message: string; readable: string | null }
  >
  builtIn(): Promise<readonly { name: string; title: { en: string; 'zh-CN'?: string } }[]>
  builtInDocument(name: string): Promise<string | null>
}

/** One line of history: the document's own actions plus what the person did on this branch. */
export interface Branch {
  id: number
  name: string
  /** Where it left its parent; null for main. */
  forkedAt: Micros | null
  parent: number | null
  /** What the person did, the parent's up to the fork included. */
  actions: readonly Action[]
  /** The document's own actions count up to here (null: all): a fork leaves the old future's out. */
  keepUntil: Micros | null
}

export interface RunState {
  status: 'idle' | 'loading' | 'ready' | 'failed' | 'stopped'
  name: string
  title: { en: string; 'zh-CN'?: string }
  description: { en: string; 'zh-CN'?: string } | null
  /** The document as loaded, without the person's actions. */
  document: string
  problems: readonly Problem[]
  warnings: readonly Problem[]
  branches: readonly Branch[]
  branch: number
  canUndo: boolean
  canRedo: boolean
  index: TimelineIndex | null
  /** The index goes on growing by itself: more of the run is being computed. */
  computing: boolean
  /** The view at the playhead (or the last one that arrived). */
  view: ClusterView | null
  edited: boolean
}

export interface PlaybackState {
  at: Micros
  playing: boolean
  /** Simulated seconds per wall second, or Auto. */
  speed: number | 'auto'
  /** What Auto currently uses. */
  effectiveSpeed: number
}

export type Selection =
  | { type: 'host'; name: string }
  | { type: 'session'; id: string }
  | { type: 'message'; id: number }
  | { type: 'link'; host: string; network: string }
  | { type: 'pod'; id: string }
  | { type: 'block'; cidr: string }

export interface SelectionState {
  selection: Selection | null
  /** Highlighted everywhere while hovered: a prefix, host name or session id. */
  hover: { kind: 'prefix' | 'host' | 'session' | 'message'; id: string } | null
  inspectorTab: string | null
}

export interface PrefsState {
  theme: 'light' | 'dark' | 'system'
  language: 'en' | 'zh-CN'
  reducedMotion: boolean
  axis: 'activity' | 'linear'
  layers: { underlay: boolean; sessions: boolean; messages: boolean; pods: boolean }
  narrator: boolean
  hiddenTypes: readonly string[]
  inspectorWidth: number
  timelineHeight: number
  dock: 'closed' | 'terminal' | 'editor'
  /** The inspector column, when the window is wide enough for it to matter. */
  inspector: boolean
  /** Keys without Ctrl act on stage and timeline. */
  singleKeys: boolean
  /** The first-visit card has been seen. */
  welcomed: boolean
}

/** Something the person does to the cluster at the playhead. `at` is filled in. */
export type UserAction = ActionBody
