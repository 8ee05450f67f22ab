// The list of entries, kept as columns: a run of a hundred nodes leaves 300,000 entries, and an object for each would cost
// more than simulating what it tells. Frequent kinds are a number, a reference and a value; the rest is kept as it came.
import type { BirdEvent, Micros } from '../bird/ports.ts'
import type { CanonicalWriter } from './canonical.ts'
import type { SentMessage } from './sent-message.ts'
import type { Slot } from './slot.ts'
import type { Entry, Flow, HostId, TcpRecord } from './types.ts'

/** What `ref` and `value` of a row are. */
const ROW = {
  /** value: the entry itself. */
  entry: 0,
  /** ref: host, value: line. */
  log: 1,
  /** ref: host, value: event. */
  bird: 2,
  /** value: SentMessage. */
  message: 3,
  /** ref: place in TCP_WORDS, value: Flow. */
  tcp: 4,
  /** ref: slot, value: what it is from then on. */
  slot: 5,
} as const

const TCP_WORDS: readonly TcpRecord['what'][] = [
  'syn',
  'syn-ack',
  'established',
  'refused',
  'unreachable',
  'timed-out',
  'fin',
  'rst',
  'lost-syn',
]

const LOG_MEMBERS = ['host', 'kind', 'line'] as const
const BIRD_MEMBERS = ['event', 'host', 'kind'] as const
const RECORD_MEMBERS = ['kind', 'record'] as const
// biome-ignore format: one line
const TCP_MEMBERS = ['connection', 'destinationAddress', 'destinationPort', 'from', 'sourceAddress', 'sourcePort', 'to', 'what'] as const

function writeTcp(flow: Flow, what: TcpRecord['what'], to: CanonicalWriter): void {
  to.object(TCP_MEMBERS)
  to.write(flow.connection)
  to.write(flow.destinationAddress)
  to.write(flow.destinationPort)
  to.write(flow.from)
  to.write(flow.sourceAddress)
  to.write(flow.sourcePort)
  to.write(flow.to)
  to.write(what)
}

export class EntryColumns {
  #times = new Float64Array(256)
  #rows = new Uint8Array(256)
  #refs = new Int32Array(256)
  /** Of an entry of a slot: the entry that changed the slot before; -1: none. */
  #previous = new Int32Array(256)
  readonly #values: unknown[] = []
  readonly #slots: Slot<unknown>[] = []
  #length = 0

  get length(): number {
    return this.#length
  }

  entry(at: Micros, entry: Entry): void {
    this.#push(at, ROW.entry, 0, entry)
  }

  log(at: Micros, host: HostId, line: string): void {
    this.#push(at, ROW.log, host, line)
  }

  bird(at: Micros, host: HostId, event: BirdEvent): void {
    this.#push(at, ROW.bird, host, event)
  }

  message(message: SentMessage): void {
    this.#push(message.sentAt, ROW.message, 0, message)
  }

  tcp(at: Micros, what: TcpRecord['what'], flow: Flow): void {
    this.#push(at, ROW.tcp, TCP_WORDS.indexOf(what), flow)
  }

  slot<V>(at: Micros, slot: Slot<V>, value: V | null): void {
    if (slot.number < 0) {
      slot.number = this.#slots.length
      this.#slots.push(slot as Slot<unknown>)
    }
    this.#push(at, ROW.slot, slot.number, value)
    this.#previous[this.#length - 1] = slot.last
    slot.last = this.#length - 1
  }

  /** What a slot was at a time; null: it was not there. Steps back from the newest change, which readers mostly ask for. */
  valueAt<V>(slot: Slot<V>, at: Micros): V | null {
    if (at >= slot.closedAt) return null
    let index = slot.last
    while (index >= 0 && this.#times[index]! > at) index = this.#previous[index]!
    return index < 0 ? null : (this.#values[index] as V | null)
  }

  /** Of an entry of a log. */
  lineAt(index: number): string {
    return this.#values[index] as string
  }

  timeAt(index: number): Micros {
    return this.#times[index]!
  }

  /** Index of the first entry later than `at`. */
  indexAfter(at: Micros): number {
    let low = 0
    let high = this.#length
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#times[middle]! <= at) low = middle + 1
      else high = middle
    }
    return low
  }

  entryAt(index: number): Entry {
    if (index < 0 || index >= this.#length) throw new Error(`no entry ${index} among ${this.#length}`)
    const ref = this.#refs[index]!
    const value = this.#values[index]
    switch (this.#rows[index]) {
      case ROW.log:
        return { kind: 'log', host: ref, line: value as string }
      case ROW.bird:
        return { kind: 'bird', host: ref, event: value as BirdEvent }
      case ROW.message:
        return { kind: 'message', record: value as SentMessage }
      case ROW.tcp:
        return { kind: 'tcp', record: { ...(value as Flow), what: TCP_WORDS[ref]! } }
      case ROW.slot:
        return this.#slots[ref]!.entry(value ?? null)
      default:
        return value as Entry
    }
  }

  /** The entry's canonical bytes, without making the entry. */
  writeEntry(index: number, to: CanonicalWriter): void {
    const ref = this.#refs[index]!
    const value = this.#values[index]
    switch (this.#rows[index]) {
      case ROW.log:
        to.object(LOG_MEMBERS)
        to.write(ref)
        to.write('log')
        to.write(value)
        break
      case ROW.bird:
        to.object(BIRD_MEMBERS)
        to.write(value)
        to.write(ref)
        to.write('bird')
        break
      case ROW.message:
        to.object(RECORD_MEMBERS)
        to.write('message')
        to.write(value)
        break
      case ROW.tcp:
        to.object(RECORD_MEMBERS)
        to.write('tcp')
        writeTcp(value as Flow, TCP_WORDS[ref]!, to)
        break
      case ROW.slot:
        this.#slots[ref]!.writeEntry(value ?? null, to)
        break
      default:
        to.write(value)
    }
  }

  /** Throws when an entry of this time would come too late. */
  expect(at: Micros): void {
    const last = this.#length - 1
    if (last >= 0 && at < this.#times[last]!) throw new Error(`entry at ${at} after one at ${this.#times[last]}`)
  }

  #push(at: Micros, row: number, ref: number, value: unknown): void {
    const index = this.#length
    this.expect(at)
    if (index === this.#times.length) this.#grow()
    this.#times[index] = at
    this.#rows[index] = row
    this.#refs[index] = ref
    this.#values.push(value)
    this.#length++
  }

  #grow(): void {
    const size = this.#times.length * 2
    const [times, rows, refs, previous] = [this.#times, this.#rows, this.#refs, this.#previous]
    this.#times = new Float64Array(size)
    this.#rows = new Uint8Array(size)
    this.#refs = new Int32Array(size)
    this.#previous = new Int32Array(size)
    this.#previous.set(previous)
    this.#times.set(times)
    this.#rows.set(rows)
    this.#refs.set(refs)
  }
}
