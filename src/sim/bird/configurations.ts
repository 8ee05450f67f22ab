// The configurations of a daemon: the one that runs, the one before it, and the one that waits until the protocols of the last
// have gone down (conf/conf.c: config_commit, config_undo, config_confirm). The answers are the lines that birdc prints.
import { parseBirdConfig } from './config/parser.ts'
import type { BirdConfig } from './config/tree.ts'
import { type ConfigPlace, configPath, fileAt, problemText } from './control/config-path.ts'
import type { Core } from './core.ts'
import type { Lifecycle } from './lifecycle.ts'
import { Timer } from './loop.ts'
import type { ConfigurationSource, Micros } from './ports.ts'
import { commit } from './reconfigure.ts'

/** How a new configuration is taken over; `confirm` and `undo` need no files. */
export type ReconfigureMode = 'hup' | 'configure' | 'soft' | 'check' | 'confirm' | 'undo'

export interface ReconfigureDetails {
  /** Seconds until it is undone unless confirmed; null: never. */
  timeout: number | null
  /** Another file than the main one, as the command names it. */
  file: string | null
}

const IGNORED = 'Reconfiguration ignored, shutting down'

export class Configurations {
  /** When the last one was complete. */
  reconfiguredAt: Micros
  /** What readers see of the daemon has changed. */
  changed: () => void = () => {}
  readonly #core: Core
  readonly #lifecycle: Lifecycle
  readonly #place: ConfigPlace
  readonly #sources = new WeakMap<BirdConfig, ConfigurationSource>()
  #previous: BirdConfig | null = null
  /** Waits until the reconfiguration in progress is complete. */
  #queued: { config: BirdConfig; soft: boolean } | 'undo' | null = null
  #undoAvailable = false
  #changedByCommit: string[] = []
  readonly #undoTimer = new Timer(() => this.#undoUnconfirmed(), null)

  /** `lifecycle` runs the first one, read from the main file. */
  constructor(lifecycle: Lifecycle, place: ConfigPlace, now: Micros) {
    this.#core = lifecycle.core
    this.#lifecycle = lifecycle
    this.#place = place
    this.reconfiguredAt = now
    this.#sources.set(this.#core.config, { file: place.mainFile, readAt: now })
  }

  /** Where the running one was read. */
  get source(): ConfigurationSource {
    return this.#sources.get(this.#core.config) as ConfigurationSource
  }

  configure(files: ReadonlyMap<string, string>, mode: ReconfigureMode, details: ReconfigureDetails): string[] {
    if (mode === 'confirm') return this.#confirm()
    if (mode === 'undo') return ['Undo requested', this.#undo()]
    const core = this.#core
    if (mode === 'hup') core.log('Reconfiguration requested by SIGHUP')
    const path = details.file ?? configPath(this.#place.folder, this.#place.mainFile)
    const head = `Reading configuration from ${path}`
    const name = fileAt(this.#place, path, files)
    if (name === null) return [head, `${path}: No such file or directory`]
    const parsed = parseBirdConfig(files, name)
    if (!parsed.ok) {
      const error = problemText(this.#place, parsed.problems)
      if (mode === 'hup') core.log(error)
      core.event({ code: 'config-refused', error })
      return mode === 'hup' ? [] : [head, error]
    }
    if (mode === 'check') return [head, 'Configuration OK']
    this.#sources.set(parsed.config, { file: name, readAt: core.loop.now })
    const result = this.#take(parsed.config, mode === 'soft', details.timeout)
    return mode === 'hup' ? [] : [head, ...result]
  }

  #take(config: BirdConfig, soft: boolean, timeout: number | null): string[] {
    const { loop, shuttingDown } = this.#core
    if (shuttingDown) return [IGNORED]
    this.#undoAvailable = true
    if (timeout === null) loop.stop(this.#undoTimer)
    else loop.start(this.#undoTimer, timeout)
    const result = this.#commit(config, soft)
    return timeout === null ? [result] : [`Undo scheduled in ${timeout} s`, result]
  }

  #commit(config: BirdConfig, soft: boolean): string {
    const core = this.#core
    const lifecycle = this.#lifecycle
    if (lifecycle.obstacles > 0) {
      core.log(
        this.#queued === null
          ? 'Queueing new configuration'
          : 'Queueing new configuration, ignoring the one already queued',
      )
      this.#queued = { config, soft }
      return 'Reconfiguration already in progress, queueing new config'
    }
    this.#previous = core.config
    core.log('Reconfiguring')
    lifecycle.obstacles++
    this.#changedByCommit = commit(lifecycle, config, soft)
    this.changed()
    lifecycle.obstacles--
    if (lifecycle.obstacles > 0) return 'Reconfiguration in progress'
    this.done()
    return 'Reconfigured'
  }

  /** Nothing of the one before stands in the way any more. */
  done(): void {
    const core = this.#core
    core.log('Reconfigured')
    core.event({ code: 'reconfigured', changed: this.#changedByCommit })
    this.reconfiguredAt = core.loop.now
    this.changed()
    const next = this.#queued
    this.#queued = null
    if (next === 'undo') this.#commit(this.#previous as BirdConfig, false)
    else if (next !== null) this.#commit(next.config, next.soft)
  }

  #confirm(): string[] {
    if (this.#undoTimer.expires < 0) return ['Nothing to do']
    this.#core.loop.stop(this.#undoTimer)
    return ['Reconfiguration confirmed']
  }

  /** Once after each configuration; there is no way forward again. */
  #undo(): string {
    const core = this.#core
    if (core.shuttingDown) return IGNORED
    if (!this.#undoAvailable || this.#previous === null) return 'Nothing to do'
    this.#undoAvailable = false
    core.loop.stop(this.#undoTimer)
    if (this.#lifecycle.obstacles === 0) return this.#commit(this.#previous, false)
    if (this.#queued !== null) {
      core.log('Removing queued configuration')
      this.#queued = null
      return 'Reconfiguration already in progress, removing queued config'
    }
    core.log('Queueing undo configuration')
    this.#queued = 'undo'
    return 'Reconfiguration already in progress, queueing new config'
  }

  #undoUnconfirmed(): void {
    this.#core.log('Config timeout expired, starting undo')
    this.#undo()
  }
}
