// A scenario being run and read: the page's worker and the headless program hold one of these. Every answer but load and
// runTo is a reading of the recording.
import { greeting } from './bird/control/show-status.ts'
import { World } from './cluster/world.ts'
import { linkDownOf, type RouteJson, routesJson } from './kernel/format-route.ts'
import { Recording } from './recording/recording.ts'
import { appendActions } from './scenario/append.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Action, Scenario } from './scenario/types.ts'
import { execute } from './shell/execute.ts'
import type { CommandResult } from './shell/types.ts'
import { defaultUntil, type Failure, verifiedUntil, verify } from './verify.ts'
import type { BeatView, LoadResult } from './view/types.ts'

export interface HostCapture {
  'show protocols': string
  'show route all': string
  /** As `ip -j route` prints it. */
  kernel: readonly RouteJson[]
}

export class Simulation {
  #scenario: Scenario | null = null
  #recording = new Recording()
  #world: World | null = null

  /** Takes a document over, or says all that is wrong with it and keeps what was loaded. */
  load(text: string): LoadResult {
    const parsed = parseScenario(text)
    if (!parsed.ok) return parsed
    const { scenario, warnings } = parsed
    this.#scenario = scenario
    this.#recording = new Recording()
    this.#world = new World(scenario, this.#recording.writer)
    const { name, title, description, timeline } = scenario
    return { ok: true, name, title, description, actions: timeline, warnings }
  }

  /** The document with these actions behind its own. */
  documentWith(actions: readonly Action[]): string {
    return appendActions(this.#loaded.text, actions)
  }

  get #loaded(): Scenario {
    if (this.#scenario === null) throw new Error('no scenario is loaded')
    return this.#scenario
  }

  /** Computes what is missing up to `at`. */
  runTo(at: number): void {
    if (at <= this.#recording.until && this.#recording.length > 0) return
    this.#world?.runTo(at)
    this.#recording.extendTo(at)
  }

  defaultUntil(): number {
    return defaultUntil(this.#loaded)
  }

  hash(at: number): string {
    return this.#recording.hash(at)
  }

  hostNames(): readonly string[] {
    return this.#recording.hosts
  }

  hasHost(name: string): boolean {
    return this.#recording.hostId(name) !== null
  }

  /** Answers a command line as the terminal of `host` (null: the administrator's machine) would at `at`. */
  exec(at: number, host: string | null, command: string): CommandResult {
    return execute({ recording: this.#recording, at, scenario: this.#loaded }, host, command)
  }

  /**
   * What a command prints. One that changes something is done: it joins the timeline at `at`, the run goes on from
   * there, and what the tool answered is the output.
   */
  commandOutput(at: number, host: string, command: string): string {
    const result = this.exec(at, host, command)
    if (result.type !== 'action') return result.type === 'output' ? result.text : ''
    const { until } = this.#recording
    const loaded = this.load(this.documentWith([{ ...result.action, at }]))
    if (!loaded.ok) return loaded.problems.map((problem) => `${problem.message}\n`).join('')
    this.runTo(until)
    const reply = this.#replyAt(at, host)
    const status = this.#recording.status(at, this.#recording.hostId(host) ?? -1)
    const hello = /^birdcl?\b/.test(command.trim()) && status !== null ? `${greeting(status.version)}\n` : ''
    return reply === null || reply === '' ? hello : `${hello}${reply}\n`
  }

  /** The last answer of a tool on `host` at exactly `at`. */
  #replyAt(at: number, host: string): string | null {
    const id = this.#recording.hostId(host)
    for (let index = this.#recording.indexAfter(at) - 1; index >= 0; index--) {
      const item = this.#recording.entryAt(index)
      if (item.at < at) return null
      if (item.entry.kind === 'command' && item.entry.host === id) return item.entry.record.reply
    }
    return null
  }

  /** Every host's tables as its own tools print them; null: its BIRD is not running. Hosts without BIRD are absent. */
  capture(at: number): Record<string, HostCapture | null> {
    const captures: Record<string, HostCapture | null> = {}
    this.#recording.hosts.forEach((name, id) => {
      const host = this.#recording.host(at, id)
      if (host === null || (host.bird === 'absent' && host.kind !== 'node')) return
      captures[name] = host.bird === 'running' ? this.#captureHost(at, { name, id }) : null
    })
    return captures
  }

  #captureHost(at: number, host: { name: string; id: number }): HostCapture {
    const print = (command: string): string => {
      const result = this.exec(at, host.name, command)
      return result.type === 'output' ? result.text : ''
    }
    const down = linkDownOf(this.#recording.interfaces(at, host.id))
    return {
      'show protocols': print('birdcl show protocols'),
      'show route all': print('birdcl show route all'),
      kernel: routesJson(this.#recording.fib(at, host.id), down),
    }
  }

  /** What the narrator says, in order of time. */
  beats(): readonly BeatView[] {
    return this.#loaded.narration
  }

  /** Runs far enough and gives what does not hold. */
  verify(): Failure[] {
    this.runTo(verifiedUntil(this.#loaded))
    return verify(this.#recording, this.#loaded)
  }
}
