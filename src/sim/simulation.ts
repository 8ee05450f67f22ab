// A scenario being run and read: the page's worker and the headless program hold one of these. Every answer but load and
// runTo is a reading of the recording.
import { World } from './cluster/world.ts'
import { Recording } from './recording/recording.ts'
import { appendActions } from './scenario/append.ts'
import { parseScenario } from './scenario/parse.ts'
import type { Action, Scenario } from './scenario/types.ts'
import { defaultUntil, type Failure, verifiedUntil, verify } from './verify.ts'
import type { LoadResult } from './view/types.ts'

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

  /** Runs far enough and gives what does not hold. */
  verify(): Failure[] {
    this.runTo(verifiedUntil(this.#loaded))
    return verify(this.#recording, this.#loaded)
  }
}
