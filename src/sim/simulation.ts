// A scenario being run and read: the page's worker and the headless program hold one of these. Every answer but load and
// runTo is a reading of the recording.
import { greeting } from './bird/control/show-status.ts'
import { captureHosts, type HostCapture, replyAt } from './capture.ts'
import { World } from './cluster/world.ts'
import { labBundle } from './export/lab-bundle.ts'
import type { LabBundle } from './export/lab-types.ts'
import { captureFile } from './pcap/capture.ts'
import { Recording } from './recording/recording.ts'
import { appendActions } from './scenario/append.ts'
import { checkBirdConfText, checkManifestText } from './scenario/check-text.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Action, Problem, Scenario } from './scenario/types.ts'
import { complete } from './shell/complete.ts'
import { execute } from './shell/execute.ts'
import { KINDS } from './shell/objects.ts'
import type { CommandResult, Session, ShellContext } from './shell/types.ts'
import { defaultUntil, type Failure, verifiedUntil, verify } from './verify.ts'
import * as view from './view/index.ts'
import type {
  BeatView,
  ClusterView,
  HostDetail,
  HostPart,
  LoadResult,
  MessageDetail,
  PrefixKnower,
  RouteExplanation,
  SessionDetail,
  TimelineIndex,
} from './view/types.ts'

export class Simulation {
  #scenario: Scenario | null = null
  #recording = new Recording()
  #world: World | null = null
  /** Everything due up to here has run; before the first runTo not even what is due at 0. */
  #computed = -1

  /** Takes a document over, or says all that is wrong with it and keeps what was loaded. */
  load(text: string): LoadResult {
    const parsed = parseScenario(text)
    if (!parsed.ok) return parsed
    const { scenario, warnings } = parsed
    this.#scenario = scenario
    this.#recording = new Recording()
    this.#world = new World(scenario, this.#recording.writer)
    this.#computed = -1
    const { name, title, description, timeline } = scenario
    return { ok: true, name, title, description, actions: timeline, warnings }
  }

  /** Computes what is missing up to `at`; in as many calls as the caller likes. */
  runTo(at: number): void {
    this.runSome(at, Number.POSITIVE_INFINITY)
  }

  /** As runTo, but stops after about this many tasks, at the end of an instant; `until` says where. */
  runSome(at: number, tasks: number): void {
    if (at <= this.#computed) return
    this.#computed = this.#world?.runSome(at, tasks) ?? at
    this.#recording.extendTo(this.#computed)
  }

  /** Up to where the recording has been computed. */
  get until(): number {
    return this.#recording.until
  }

  /** How many tasks have run, and how many entries they left: for measuring. */
  get events(): number {
    return this.#world?.events ?? 0
  }
  get entries(): number {
    return this.#recording.length
  }

  get #loaded(): Scenario {
    if (this.#scenario === null) throw new Error('no scenario is loaded')
    return this.#scenario
  }

  #shell(at: number): ShellContext {
    return { recording: this.#recording, at, scenario: this.#loaded }
  }

  /** The document with these actions behind its own. */
  documentWith(actions: readonly Action[]): string {
    return appendActions(this.#loaded.text, actions)
  }

  defaultUntil(): number {
    return defaultUntil(this.#loaded)
  }

  hash(at: number): string {
    return this.#recording.hash(at)
  }

  /** What the narrator says, in order of time. */
  beats(): readonly BeatView[] {
    return this.#loaded.narration
  }

  index(): TimelineIndex {
    return view.timelineIndex(this.#recording, this.#loaded)
  }

  view(at: number): ClusterView {
    return view.clusterView(this.#recording, at)
  }

  host(at: number, name: string, parts: readonly HostPart[]): HostDetail | null {
    return view.hostDetail(this.#recording, { at, name, parts, startEpochMs: this.#loaded.startEpochMs })
  }

  session(at: number, id: string): SessionDetail | null {
    return view.sessionDetail(this.#recording, { at, id, startEpochMs: this.#loaded.startEpochMs })
  }

  message(id: number): MessageDetail | null {
    return view.messageDetail(this.#recording, id)
  }

  explain(at: number, host: string, prefix: string): RouteExplanation | null {
    return view.routeExplanation(this.#recording, { at, host, prefix })
  }

  /** What every host holds for exactly `prefix`. */
  prefix(at: number, prefix: string): readonly PrefixKnower[] {
    return view.prefixDetail(this.#recording, { at, prefix })
  }

  /** The manifest of an object as the datastore holds it at `at`. */
  manifest(at: number, kind: string, name: string): string | null {
    return view.manifestOf(this.#recording, { at, kind, name })
  }

  /** Problems of a manifest or bird.conf as it would be applied at `at`; without errors it can be. */
  check(at: number, kind: 'manifest' | 'bird.conf', text: string): readonly Problem[] {
    if (kind === 'bird.conf') return checkBirdConfText(text)
    return checkManifestText(
      text,
      KINDS.flatMap((known) => this.#recording.resources(at, known.kind)),
    )
  }

  /**
   * Answers a command line as the terminal of `host` (null: the administrator's machine) would at `at`. `session`: the
   * program that an earlier command has left in the terminal.
   */
  exec(at: number, host: string | null, command: string, session: Session | null = null): CommandResult {
    return execute(this.#shell(at), host, command, session)
  }

  complete(at: number, host: string | null, line: string, session: Session | null = null): readonly string[] {
    return complete(this.#shell(at), host, line, session)
  }

  hostNames(): readonly string[] {
    return this.#recording.hosts
  }

  hasHost(name: string): boolean {
    return this.#recording.hostId(name) !== null
  }

  /**
   * What a command prints. One that changes something is done: it joins the timeline at `at`, the run goes on from
   * there, and what the tool answered is the output.
   */
  commandOutput(at: number, host: string, command: string): string {
    const result = this.exec(at, host, command)
    if (result.type !== 'action') return result.type === 'output' ? result.text : ''
    const { until } = this.#recording
    const status = this.#recording.status(at, this.#recording.hostId(host) ?? -1)
    const hello = status === null ? '' : helloOf(command, status.version)
    const loaded = this.load(this.documentWith([{ ...result.action, at }]))
    if (!loaded.ok) return loaded.problems.map((problem) => `${problem.message}\n`).join('')
    this.runTo(until)
    const reply = replyAt(this.#recording, at, host) ?? ''
    return reply === '' ? hello : `${hello}${reply}\n`
  }

  capture(at: number): Record<string, HostCapture | null> {
    return captureHosts(this.#shell(at))
  }

  /** What real daemons need to repeat the run up to `until`. */
  labBundle(until: number): LabBundle {
    this.runTo(until)
    return labBundle(this.#recording, this.#loaded, until)
  }

  /** BGP on the wire up to `until` as a pcapng file, or the name among `interfaces` that is none (pcap/capture.ts). */
  pcap(until: number, interfaces: readonly string[]): Uint8Array | { unknown: string } {
    this.runTo(until)
    const { startEpochMs } = this.#loaded
    return captureFile(this.#recording, { until, interfaces, startEpochMs })
  }

  /** Runs far enough and gives what does not hold. */
  verify(): Failure[] {
    this.runTo(verifiedUntil(this.#loaded))
    return verify(this.#recording, this.#loaded)
  }
}

/** What birdc prints before the reply; with its code for -v. */
function helloOf(command: string, version: string): string {
  const options = /^\s*(?:sudo\s+)?birdcl?\b((?:\s+-\w+(?:\s+\/\S+)?)*)/.exec(command)?.[1]
  if (options === undefined) return ''
  return `${/-\w*v/.test(options) ? '0001 ' : ''}${greeting(version)}\n`
}
