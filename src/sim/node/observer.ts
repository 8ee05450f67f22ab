// What one daemon shows, written to the recording. It remembers what it has written, because a process that is killed
// cannot take it back itself.
import type { BirdEvent, BirdObserver, DaemonStatus, Micros, ProtocolSnapshot, RouteSnapshot } from '../bird/ports.ts'
import type { Prefix } from '../net/prefix.ts'
import type { HostWriter } from '../recording/types.ts'

interface Clock {
  readonly now: Micros
}

export class RecordingObserver implements BirdObserver {
  readonly #clock: Clock
  readonly #writer: HostWriter
  /** Order of each protocol that is on record. */
  readonly #protocols = new Map<string, number>()
  /** Nets on record, by table: prefix to uid. */
  readonly #nets = new Map<string, Map<Prefix, number>>()
  #status: DaemonStatus | null = null
  #running = true
  /** The BGP protocol that speaks for the host: the first of its file. */
  #speaker: { name: string; order: number; localAs: number } | null = null

  constructor(clock: Clock, writer: HostWriter) {
    this.#clock = clock
    this.#writer = writer
  }

  /** False once the daemon has said that its process is gone. */
  get running(): boolean {
    return this.#running
  }

  /** AS number of the first BGP protocol: what a hand-written router calls itself. */
  get localAs(): number | null {
    return this.#speaker?.localAs ?? null
  }

  get lastStatus(): DaemonStatus | null {
    return this.#status
  }

  log(line: string): void {
    this.#writer.log(this.#clock.now, line)
  }

  protocol(name: string, order: number, snapshot: ProtocolSnapshot | null): void {
    const localAs = snapshot?.bgp?.localAs
    if (localAs !== undefined && (this.#speaker === null || order <= this.#speaker.order))
      this.#speaker = { name, order, localAs }
    else if (snapshot === null && this.#speaker?.name === name) this.#speaker = null
    if (snapshot === null) this.#protocols.delete(name)
    else this.#protocols.set(name, order)
    this.#writer.protocol(this.#clock.now, { name, order }, snapshot)
  }

  net(table: string, prefix: Prefix, uid: number, routes: readonly RouteSnapshot[]): void {
    let nets = this.#nets.get(table)
    if (nets === undefined) {
      nets = new Map()
      this.#nets.set(table, nets)
    }
    const gone = routes.length === 0
    if (gone) nets.delete(prefix)
    else nets.set(prefix, uid)
    this.#writer.net(this.#clock.now, { table, prefix, uid }, gone ? null : routes)
  }

  status(status: DaemonStatus | null): void {
    this.#status = status
    if (status === null) this.#running = false
    this.#writer.status(this.#clock.now, status)
  }

  event(event: BirdEvent): void {
    this.#writer.bird(this.#clock.now, event)
  }

  /** The process is gone: nothing of what it showed is there any more. */
  withdraw(): void {
    const now = this.#clock.now
    for (const [table, nets] of this.#nets) {
      for (const [prefix, uid] of nets) this.#writer.net(now, { table, prefix, uid }, null)
    }
    for (const [name, order] of this.#protocols) {
      this.#writer.protocol(now, { name, order }, null)
    }
    if (this.#status !== null) this.#writer.status(now, null)
    this.#nets.clear()
    this.#protocols.clear()
    this.#status = null
    this.#running = false
  }
}
