// What one host was at any time: the histories behind a row of the inspector, and the times of its changes.
import type { DaemonStatus, Micros, ProtocolSnapshot } from '../bird/ports.ts'
import { IntList } from '../engine/int-list.ts'
import { TemporalTable } from '../engine/temporal-table.ts'
import { dumpOrder } from '../kernel/fib.ts'
import type { KernelInterface, KernelRoute } from '../kernel/types.ts'
import type { Prefix } from '../net/prefix.ts'
import type { EntryColumns } from './entry-columns.ts'
import { FibSlot, NetSlot, ProtocolSlot, type Slot, StatusSlot } from './slot.ts'
import type { HostId, HostRecord } from './types.ts'

export type ChangeKind = 'protocol' | 'net' | 'fib' | 'host'

/** The one key of tables that hold a single thing. */
export const ONLY = 0

export class HostTables {
  readonly record = new TemporalTable<typeof ONLY, HostRecord>()
  readonly interfaces = new TemporalTable<string, KernelInterface>()
  readonly files = new TemporalTable<string, string>()
  readonly status: StatusSlot
  /** The entries of its log, by their index. */
  readonly #log = new IntList()
  readonly #host: HostId
  readonly #protocols = new Map<string, ProtocolSlot>()
  readonly #nets = new Map<string, Map<Prefix, NetSlot>>()
  /** By prefix; routes with another metric than 0 by `prefix/metric`. */
  readonly #fib = new Map<number | string, FibSlot>()
  readonly #changes: Record<ChangeKind, Micros[]> = { protocol: [], net: [], fib: [], host: [] }

  readonly #entries: EntryColumns

  constructor(host: HostId, entries: EntryColumns) {
    this.#host = host
    this.#entries = entries
    this.status = new StatusSlot(host)
  }

  /** The slots of what is written next; `value` says what it will be. */
  protocolSlot(at: Micros, key: { name: string; order: number }): ProtocolSlot {
    const { name, order } = key
    const known = this.#protocols.get(name) ?? null
    if (known?.order === order) return known
    if (known !== null) known.closedAt = at
    const slot = new ProtocolSlot(this.#host, { name, order, before: known })
    this.#protocols.set(name, slot)
    return slot
  }

  netSlot(at: Micros, key: { table: string; prefix: Prefix; uid: number }): NetSlot {
    const { table, prefix, uid } = key
    let nets = this.#nets.get(table)
    if (nets === undefined) {
      nets = new Map()
      this.#nets.set(table, nets)
    }
    const known = nets.get(prefix) ?? null
    if (known?.uid === uid) return known
    if (known !== null) known.closedAt = at
    const slot = new NetSlot(this.#host, { table, prefix, uid, before: known })
    nets.set(prefix, slot)
    return slot
  }

  fibSlot(key: { prefix: Prefix; metric: number }): FibSlot {
    const { prefix, metric } = key
    const id = metric === 0 ? prefix : `${prefix}/${metric}`
    let slot = this.#fib.get(id)
    if (slot === undefined) {
      slot = new FibSlot(this.#host, prefix, metric)
      this.#fib.set(id, slot)
    }
    return slot
  }

  statusAt(at: Micros): DaemonStatus | null {
    return this.#entries.valueAt(this.status, at)
  }

  /** In birdc's order. */
  protocols(at: Micros): { name: string; snapshot: ProtocolSnapshot }[] {
    const found = this.#present(this.#protocols.values(), at)
    found.sort((a, b) => a.slot.order - b.slot.order)
    return found.map(({ slot, value }) => ({ name: slot.name, snapshot: value }))
  }

  protocol(at: Micros, name: string): ProtocolSnapshot | null {
    for (let slot = this.#protocols.get(name) ?? null; slot !== null; slot = slot.before) {
      const snapshot = this.#entries.valueAt(slot, at)
      if (snapshot !== null) return snapshot
    }
    return null
  }

  nets(at: Micros, table: string) {
    const found = this.#present((this.#nets.get(table) ?? NO_NETS).values(), at)
    return found.map(({ slot, value }) => ({ prefix: slot.prefix, uid: slot.uid, routes: value }))
  }

  /** In the kernel's dump order. */
  fib(at: Micros): KernelRoute[] {
    const found = this.#present(this.#fib.values(), at)
    found.sort((a, b) => dumpOrder(a.slot, b.slot))
    return found.map(({ value }) => value)
  }

  /** Slots that have a value at a time, with those that stood there before under the same name. */
  #present<V, S extends Slot<V>>(slots: Iterable<Placed<S> & Slot<V>>, at: Micros): { slot: S; value: V }[] {
    const found: { slot: S; value: V }[] = []
    for (const newest of slots) {
      for (let slot: Placed<S> | null | undefined = newest; slot != null; slot = slot.before) {
        const value = this.#entries.valueAt<V>(slot, at)
        if (value !== null) found.push({ slot, value })
      }
    }
    return found
  }

  /** The newest entry is a line of this host's log. */
  logged(): void {
    this.#log.push(this.#entries.length - 1)
  }

  log(at: Micros): { at: Micros; line: string }[] {
    const lines: { at: Micros; line: string }[] = []
    for (let i = 0; i < this.#log.length; i++) {
      const index = this.#log.at(i)
      const time = this.#entries.timeAt(index)
      if (time > at) break
      lines.push({ at: time, line: this.#entries.lineAt(index) })
    }
    return lines
  }

  changes(kind: ChangeKind): readonly Micros[] {
    return this.#changes[kind]
  }

  changed(kind: ChangeKind, at: Micros): void {
    const times = this.#changes[kind]
    if (times.length === 0 || times[times.length - 1] !== at) times.push(at)
  }
}

const NO_NETS: ReadonlyMap<Prefix, NetSlot> = new Map()

type Placed<S> = S & { readonly before?: S | null }
