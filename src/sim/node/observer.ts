// What one daemon shows, written to the recording. It remembers what it has written, because a process that is killed
// cannot take it back itself.
import type { BirdEvent, BirdObserver, DaemonStatus, Micros, ProtocolSnapshot, RouteSnapshot } from '../bird/ports.ts'
import type { Prefix } from '../net/prefix.ts'
import type { HostId, RecordingWriter } from '../recording/types.ts'

interface Clock {
  readonly now: Micros
}

export class RecordingObserver implements BirdObserver {
  readonly #host: HostId
  readonly #clock: Clock
  readonly #writer: RecordingWriter
  /** Order of each protocol that is on record. */
  readonly #protocols = new Map<string, number>()
  /** Nets on record, by table: prefix to uid. */
  readonly #nets = new Map<string, Map<Prefix, number>>()
  #status: DaemonStatus | null = null
  #running = true
  #localAs: number | null = null

  constructor(host: HostId, clock: Clock, writer: RecordingWriter) {
    this.#host = host
    this.#clock = clock
    this.#writer = writer
  }

  /** False once the daemon has said that its process is gone. */
  get running(): boolean {
    return this.#running
  }

  /** AS number of the first BGP protocol: what a hand-written router calls itself. */
  get localAs(): number | null {
    return this.#localAs
  }

  get lastStatus(): DaemonStatus | null {
    return this.#status
  }

  log(line: string): void {
    this.#writer.append(this.#clock.now, { kind: 'log', host: this.#host, line })
  }

  protocol(name: string, order: number, snapshot: ProtocolSnapshot | null): void {
    this.#localAs ??= snapshot?.bgp?.localAs ?? null
    if (snapshot === null) this.#protocols.delete(name)
    else this.#protocols.set(name, order)
    this.#writer.append(this.#clock.now, { kind: 'protocol', host: this.#host, name, order, value: snapshot })
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
    const value = gone ? null : routes
    this.#writer.append(this.#clock.now, { kind: 'net', host: this.#host, table, prefix, uid, value })
  }

  status(status: DaemonStatus | null): void {
    this.#status = status
    if (status === null) this.#running = false
    this.#writer.append(this.#clock.now, { kind: 'status', host: this.#host, value: status })
  }

  event(event: BirdEvent): void {
    this.#writer.append(this.#clock.now, { kind: 'bird', host: this.#host, event })
  }

  /** The process is gone: nothing of what it showed is there any more. */
  withdraw(): void {
    const now = this.#clock.now
    const host = this.#host
    for (const [table, nets] of this.#nets) {
      for (const [prefix, uid] of nets) this.#writer.append(now, { kind: 'net', host, table, prefix, uid, value: null })
    }
    for (const [name, order] of this.#protocols) {
      this.#writer.append(now, { kind: 'protocol', host, name, order, value: null })
    }
    if (this.#status !== null) this.#writer.append(now, { kind: 'status', host, value: null })
    this.#nets.clear()
    this.#protocols.clear()
    this.#status = null
    this.#running = false
  }
}
