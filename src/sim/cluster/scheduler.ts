// The clock of a run: one heap for everything. What is due at one instant runs in the document order of hosts, then in
// the order of scheduling (scenario-format.md), so the heap's key is the time with the host's order behind it.
import type { Micros } from '../bird/ports.ts'
import { EventQueue, type EventToken } from '../engine/event-queue.ts'
import type { Task, Timers } from '../node/ports.ts'

/** Hosts told apart at one instant; further ones share the last place. 0 is the control plane's. */
const ORDERS = 4096

export class Scheduler implements Timers {
  readonly #queue = new EventQueue<Task>()
  #now: Micros = 0
  #handled = 0

  get now(): Micros {
    return this.#now
  }

  /** How many tasks have run, for measuring. */
  get handled(): number {
    return this.#handled
  }

  schedule(at: Micros, order: number, task: Task): EventToken {
    if (at < this.#now) throw new Error(`scheduled for ${at}, which is before ${this.#now}`)
    return this.#queue.push(at * ORDERS + Math.min(order, ORDERS - 1), task)
  }

  cancel(token: EventToken): void {
    this.#queue.cancel(token)
  }

  /** When the next task is due; Infinity when nothing is. */
  nextTime(): Micros {
    const key = this.#queue.nextTime()
    return key === Number.POSITIVE_INFINITY ? key : Math.floor(key / ORDERS)
  }

  /** Runs everything due up to and including `until`; the clock stands at `until` afterwards. */
  runTo(until: Micros): void {
    this.runSome(until, Number.POSITIVE_INFINITY)
  }

  /** As runTo, but after this many tasks only to the end of the instant it is in; where the clock stands then. */
  runSome(until: Micros, tasks: number): Micros {
    const end = (until + 1) * ORDERS
    const enough = this.#handled + tasks
    const queue = this.#queue
    for (;;) {
      const key = queue.nextTime()
      if (key >= end) break
      const at = Math.floor(key / ORDERS)
      if (this.#handled >= enough && at > this.#now) return this.#now
      const task = queue.pop()!
      this.#now = at
      this.#handled++
      task.run(at)
    }
    if (until > this.#now) this.#now = until
    return this.#now
  }
}
