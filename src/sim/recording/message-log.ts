// The messages of a recording, found by id and by time: what was on the wire at t, what was sent between two times.
import type { Micros } from '../bird/ports.ts'
import type { MessageRecord } from './types.ts'

export class MessageLog {
  readonly #records: MessageRecord[] = []
  readonly #sentAt: number[] = []
  /** Latest arrival among this message and all before it: where looking back may stop. */
  readonly #latestArrival: number[] = []

  get count(): number {
    return this.#records.length
  }

  add(record: MessageRecord): void {
    const last = this.#records.length - 1
    if (record.id !== last + 1) throw new Error(`message ${record.id} recorded after ${last}`)
    if (last >= 0 && record.sentAt < this.#sentAt[last]!) throw new Error(`message ${record.id} sent before ${last}`)
    this.#records.push(record)
    this.#sentAt.push(record.sentAt)
    this.#latestArrival.push(Math.max(record.arrivesAt, last < 0 ? 0 : this.#latestArrival[last]!))
  }

  get(id: number): MessageRecord | null {
    return this.#records[id] ?? null
  }

  /** Messages with sentAt <= at < arrivesAt, in order of sending. */
  inFlight(at: Micros): MessageRecord[] {
    const found: MessageRecord[] = []
    for (let i = upperBound(this.#sentAt, at) - 1; i >= 0 && this.#latestArrival[i]! > at; i--) {
      const record = this.#records[i]!
      if (record.arrivesAt > at) found.push(record)
    }
    return found.reverse()
  }

  /** Ids of messages sent in (from, to]. */
  sent(from: Micros, to: Micros): { first: number; end: number } {
    const first = upperBound(this.#sentAt, from)
    return { first, end: Math.max(first, upperBound(this.#sentAt, to)) }
  }
}

/** Index of the first element greater than `value` in an ascending list. */
export function upperBound(list: readonly number[], value: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (list[middle]! <= value) low = middle + 1
    else high = middle
  }
  return low
}
