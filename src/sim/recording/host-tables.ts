// What one host was at any time: the temporal tables behind a row of the inspector, and the times of its changes.
import type { DaemonStatus, Micros } from '../bird/ports.ts'
import { TemporalTable } from '../engine/temporal-table.ts'
import type { KernelInterface } from '../kernel/types.ts'
import type { Entry, HostRecord } from './types.ts'

export type ChangeKind = 'protocol' | 'net' | 'fib' | 'host'
export type FibEntry = Extract<Entry, { kind: 'fib' }>
export type ProtocolEntry = Extract<Entry, { kind: 'protocol' }>
export type NetEntry = Extract<Entry, { kind: 'net' }>
export type HostEntry = Extract<Entry, { kind: 'host' | 'interface' | 'fib' | 'status' | 'protocol' | 'net' | 'file' }>

/** The one key of tables that hold a single thing. */
export const ONLY = 0

export class HostTables {
  readonly record = new TemporalTable<typeof ONLY, HostRecord>()
  readonly interfaces = new TemporalTable<string, KernelInterface>()
  /** Key: the prefix, or `prefix/metric` when the metric is not 0 (the two never meet: one is a number). */
  readonly fib = new TemporalTable<number | string, FibEntry>()
  readonly status = new TemporalTable<typeof ONLY, DaemonStatus>()
  readonly protocols = new TemporalTable<string, ProtocolEntry>()
  readonly nets = new Map<string, TemporalTable<number, NetEntry>>()
  readonly files = new TemporalTable<string, string>()
  readonly logTimes: Micros[] = []
  readonly logLines: string[] = []
  readonly #changes: Record<ChangeKind, Micros[]> = { protocol: [], net: [], fib: [], host: [] }

  set(at: Micros, entry: HostEntry): void {
    switch (entry.kind) {
      case 'host':
        this.record.set(ONLY, at, entry.value)
        this.#changed('host', at)
        break
      case 'interface':
        this.interfaces.set(entry.name, at, entry.value)
        break
      case 'fib':
        this.fib.set(entry.metric === 0 ? entry.prefix : `${entry.prefix}/${entry.metric}`, at, present(entry))
        this.#changed('fib', at)
        break
      case 'status':
        this.status.set(ONLY, at, entry.value)
        break
      case 'protocol':
        this.protocols.set(entry.name, at, present(entry))
        this.#changed('protocol', at)
        break
      case 'net':
        this.#netTable(entry.table).set(entry.prefix, at, present(entry))
        this.#changed('net', at)
        break
      case 'file':
        this.files.set(entry.name, at, entry.value)
        break
    }
  }

  log(at: Micros, line: string): void {
    this.logTimes.push(at)
    this.logLines.push(line)
  }

  changes(kind: ChangeKind): readonly Micros[] {
    return this.#changes[kind]
  }

  #changed(kind: ChangeKind, at: Micros): void {
    const times = this.#changes[kind]
    if (times.length === 0 || times[times.length - 1] !== at) times.push(at)
  }

  #netTable(name: string): TemporalTable<number, NetEntry> {
    let table = this.nets.get(name)
    if (table === undefined) {
      table = new TemporalTable()
      this.nets.set(name, table)
    }
    return table
  }
}

/** Tables keep the entry itself (it carries order, uid and key beside the value), or nothing when the value is gone. */
function present<E extends { value: unknown }>(entry: E): E | null {
  return entry.value === null ? null : entry
}
