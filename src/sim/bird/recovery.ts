// Graceful restart of the whole daemon, the restarting side (nest/proto.c, graceful_restart_*): started with -R, the
// daemon holds exports back until every locked protocol has got its routes again, or until the wait timer fires.
import { type EventLoop, Timer } from './loop.ts'
import type { BirdEvent } from './ports.ts'

export interface RecoveringProtocol {
  inRecovery: boolean
  /** Holds a lock: its peer's routes are awaited. */
  recoveryLock: boolean
  /** Up, but exports are held back. */
  exportWaits: boolean
  recoveryOver(): void
}

export interface RecoveryHost {
  readonly loop: EventLoop
  readonly config: { gracefulRestartWait: number }
  log(line: string): void
  event(event: BirdEvent): void
}

export class Recovery {
  state: 'off' | 'init' | 'active' | 'done' = 'off'
  locks = 0
  nominalSeconds = 0
  readonly timer = new Timer(() => this.#done(), null)
  readonly members = new Set<RecoveringProtocol>()
  changed: () => void = () => {}
  readonly #host: RecoveryHost
  #timedOut = true

  constructor(host: RecoveryHost) {
    this.#host = host
  }

  /** Everything is configured and has started (graceful_restart_init). */
  begin(): void {
    if (this.state !== 'init') return
    this.#host.log('Graceful restart started')
    if (this.locks === 0) {
      this.#timedOut = false
      this.#done()
      return
    }
    this.state = 'active'
    this.nominalSeconds = this.#host.config.gracefulRestartWait
    this.#host.loop.start(this.timer, this.nominalSeconds)
    this.#host.event({ code: 'recovery-started', waitingFor: this.locks })
    this.changed()
  }

  lock(p: RecoveringProtocol): void {
    if (p.recoveryLock) return
    p.recoveryLock = true
    this.locks++
  }

  unlock(p: RecoveringProtocol): void {
    if (!p.recoveryLock) return
    p.recoveryLock = false
    this.locks--
    this.changed()
    if (this.state !== 'active' || this.locks > 0) return
    this.#timedOut = false
    this.#host.loop.start(this.timer, 0)
  }

  #done(): void {
    this.#host.log('Graceful restart done')
    this.#host.event({ code: 'recovery-done', timedOut: this.#timedOut })
    this.state = 'done'
    this.locks = 0
    for (const p of this.members) {
      p.recoveryOver()
      p.inRecovery = false
      p.exportWaits = false
      p.recoveryLock = false
    }
    this.members.clear()
    this.changed()
  }
}
