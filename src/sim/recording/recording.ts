// A run as it was: every entry in order (docs/recording.md) and, beside them, temporal tables that answer "what was it
// at t" by binary search. Writers get `writer`; everybody else sees the reader's side only.
import type { BgpMessage } from '../bgp/message.ts'
import type { DaemonStatus, Micros, ProtocolSnapshot, RouteSnapshot } from '../bird/ports.ts'
import { TemporalTable } from '../engine/temporal-table.ts'
import type { KernelInterface, KernelRoute } from '../kernel/types.ts'
import type { Prefix } from '../net/prefix.ts'
import { EntryColumns } from './entry-columns.ts'
import { RecordingHash } from './hash.ts'
import { type ChangeKind, HostTables, ONLY } from './host-tables.ts'
import { MessageLog } from './message-log.ts'
import { SentMessage } from './sent-message.ts'
import { SharedValues } from './shared-values.ts'
import type { Slot } from './slot.ts'
import type {
  BlockRecord,
  Entry,
  HostId,
  HostRecord,
  HostWriter,
  LinkRecord,
  MessageRecord,
  NetworkRecord,
  PodRecord,
  RecordingReader,
  RecordingWriter,
  Transmission,
} from './types.ts'

interface StoredResource {
  namespace: string
  name: string
  value: object
}

export class Recording implements RecordingReader {
  readonly #entries = new EntryColumns()
  readonly #hostNames: string[] = []
  readonly #hostIds = new Map<string, HostId>()
  readonly #hostTables: HostTables[] = []
  readonly #networks = new TemporalTable<string, NetworkRecord>()
  readonly #links = new TemporalTable<string, LinkRecord>()
  readonly #resources = new Map<string, TemporalTable<string, StoredResource>>()
  readonly #pods = new TemporalTable<string, PodRecord>()
  readonly #blocks = new TemporalTable<Prefix, BlockRecord>()
  readonly #messages = new MessageLog()
  readonly #hash = new RecordingHash()
  readonly #shared = new SharedValues()
  #until: Micros = 0

  /** The side for nodes and cluster. */
  readonly writer: RecordingWriter = {
    append: (at, entry) => this.#append(at, entry),
    host: (host) => this.#hostWriter(host),
    messages: (messages, how) => {
      for (const message of messages) this.#send(message, how)
    },
    tcp: (at, what, flow) => {
      this.#entries.tcp(at, what, flow)
      this.#reached(at)
    },
    hostId: (name) => this.#registerHost(name),
  }

  get until(): Micros {
    return this.#until
  }

  /** The run has been computed up to `at`, also when nothing happened there. */
  extendTo(at: Micros): void {
    this.#until = Math.max(this.#until, at)
  }

  get length(): number {
    return this.#entries.length
  }

  get hosts(): readonly string[] {
    return this.#hostNames
  }

  hostId(name: string): HostId | null {
    return this.#hostIds.get(name) ?? null
  }

  entryAt(index: number): { at: Micros; entry: Entry } {
    return { at: this.#entries.timeAt(index), entry: this.#entries.entryAt(index) }
  }

  indexAfter(at: Micros): number {
    return this.#entries.indexAfter(at)
  }

  host(at: Micros, host: HostId): HostRecord | null {
    return this.#hostTables[host]?.record.at(ONLY, at) ?? null
  }

  networks(at: Micros): readonly NetworkRecord[] {
    return this.#networks.valuesAt(at)
  }

  links(at: Micros): readonly LinkRecord[] {
    return this.#links.valuesAt(at)
  }

  interfaces(at: Micros, host: HostId): readonly KernelInterface[] {
    const all = this.#hostTables[host]?.interfaces.valuesAt(at) ?? []
    return all.sort((a, b) => a.index - b.index)
  }

  fib(at: Micros, host: HostId): readonly KernelRoute[] {
    return this.#hostTables[host]?.fib(at) ?? []
  }

  status(at: Micros, host: HostId): DaemonStatus | null {
    return this.#hostTables[host]?.statusAt(at) ?? null
  }

  protocols(at: Micros, host: HostId): readonly { name: string; snapshot: ProtocolSnapshot }[] {
    return this.#hostTables[host]?.protocols(at) ?? []
  }

  protocol(at: Micros, host: HostId, name: string): ProtocolSnapshot | null {
    return this.#hostTables[host]?.protocol(at, name) ?? null
  }

  nets(
    at: Micros,
    host: HostId,
    table: string,
  ): readonly { prefix: Prefix; uid: number; routes: readonly RouteSnapshot[] }[] {
    return this.#hostTables[host]?.nets(at, table) ?? []
  }

  files(at: Micros, host: HostId): ReadonlyMap<string, string> {
    return new Map(this.#hostTables[host]?.files.entriesAt(at))
  }

  resource(at: Micros, resource: string, namespace: string, name: string): object | null {
    return this.#resources.get(resource)?.at(`${namespace}/${name}`, at)?.value ?? null
  }

  /** By namespace and name, as the API server lists them. */
  resources(at: Micros, resource: string): readonly object[] {
    const stored = this.#resources.get(resource)?.valuesAt(at) ?? []
    stored.sort((a, b) => byCodeUnits(a.namespace, b.namespace) || byCodeUnits(a.name, b.name))
    return stored.map((item) => item.value)
  }

  pods(at: Micros): readonly PodRecord[] {
    return this.#pods.valuesAt(at)
  }

  blocks(at: Micros): readonly BlockRecord[] {
    return this.#blocks.valuesAt(at)
  }

  log(at: Micros, host: HostId): readonly { at: Micros; line: string }[] {
    return this.#hostTables[host]?.log(at) ?? []
  }

  message(id: number): MessageRecord | null {
    return this.#messages.get(id)
  }

  get messageCount(): number {
    return this.#messages.count
  }

  inFlight(at: Micros): readonly MessageRecord[] {
    return this.#messages.inFlight(at)
  }

  messagesSent(from: Micros, to: Micros): { first: number; end: number } {
    return this.#messages.sent(from, to)
  }

  changes(kind: ChangeKind, host: HostId): readonly Micros[] {
    return this.#hostTables[host]?.changes(kind) ?? []
  }

  hash(at: Micros): string {
    return this.#hash.of(this.#entries, this.indexAfter(at))
  }

  /** A recording of its own that holds the entries up to `at` and continues from there. */
  fork(at: Micros): Recording {
    const copy = new Recording()
    for (const name of this.#hostNames) copy.#registerHost(name)
    const count = this.indexAfter(at)
    for (let i = 0; i < count; i++) copy.#append(this.#entries.timeAt(i), this.#entries.entryAt(i))
    copy.extendTo(Math.min(at, this.#until))
    return copy
  }

  #registerHost(name: string): HostId {
    const known = this.#hostIds.get(name)
    if (known !== undefined) return known
    const id = this.#hostNames.length
    this.#hostNames.push(name)
    this.#hostIds.set(name, id)
    this.#hostTables.push(new HostTables(id, this.#entries))
    return id
  }

  #reached(at: Micros): void {
    if (at > this.#until) this.#until = at
  }

  #hostWriter(host: HostId): HostWriter {
    const tables = this.#tablesOf(host)
    const entries = this.#entries
    const set = <V>(at: Micros, slot: Slot<V>, value: V | null): void => {
      entries.slot(at, slot, value)
      this.#reached(at)
    }
    return {
      log: (at, text) => {
        entries.log(at, host, this.#shared.line(text))
        tables.logged()
        this.#reached(at)
      },
      bird: (at, event) => {
        entries.bird(at, host, this.#shared.event(event))
        this.#reached(at)
      },
      status: (at, value) => set(at, tables.status, value),
      protocol: (at, key, value) => {
        set(at, tables.protocolSlot(at, key), value)
        tables.changed('protocol', at)
      },
      net: (at, key, value) => {
        set(at, tables.netSlot(at, key), value)
        tables.changed('net', at)
      },
      fib: (at, key, value) => {
        set(at, tables.fibSlot(key), value)
        tables.changed('fib', at)
      },
    }
  }

  #send(message: BgpMessage, how: Transmission): void {
    const sent = new SentMessage(this.#messages.count, how, message)
    this.#entries.message(sent)
    this.#messages.add(sent)
    this.#reached(how.sentAt)
  }

  /** An entry as it is. Those with a slot go the way of their host's writer. */
  #append(at: Micros, entry: Entry): void {
    switch (entry.kind) {
      case 'log':
        this.#hostWriter(entry.host).log(at, entry.line)
        return
      case 'status':
        this.#hostWriter(entry.host).status(at, entry.value)
        return
      case 'protocol':
        this.#hostWriter(entry.host).protocol(at, entry, entry.value)
        return
      case 'net':
        this.#hostWriter(entry.host).net(at, entry, entry.value)
        return
      case 'fib':
        this.#hostWriter(entry.host).fib(at, entry, entry.value)
        return
      default:
        this.#entries.expect(at)
        this.#store(at, entry)
        this.#entries.entry(at, entry)
        this.#reached(at)
    }
  }

  #store(at: Micros, entry: Exclude<Entry, { kind: 'log' | 'status' | 'protocol' | 'net' | 'fib' }>): void {
    switch (entry.kind) {
      case 'host':
        this.#tablesOf(entry.host).record.set(ONLY, at, entry.value)
        this.#tablesOf(entry.host).changed('host', at)
        break
      case 'interface':
        this.#tablesOf(entry.host).interfaces.set(entry.name, at, entry.value)
        break
      case 'file':
        this.#tablesOf(entry.host).files.set(entry.name, at, entry.value)
        break
      case 'network':
        this.#networks.set(entry.name, at, entry.value)
        break
      case 'link':
        this.#links.set(`${entry.host} ${entry.network}`, at, entry.value)
        break
      case 'resource':
        this.#storeResource(at, entry)
        break
      case 'pod':
        this.#pods.set(entry.pod, at, entry.value)
        break
      case 'block':
        this.#blocks.set(entry.cidr, at, entry.value)
        break
      case 'message':
        this.#messages.add(entry.record)
        break
      default:
    }
  }

  #storeResource(at: Micros, entry: Extract<Entry, { kind: 'resource' }>): void {
    let table = this.#resources.get(entry.resource)
    if (table === undefined) {
      table = new TemporalTable()
      this.#resources.set(entry.resource, table)
    }
    const { namespace, name, value } = entry
    table.set(`${namespace}/${name}`, at, value === null ? null : { namespace, name, value })
  }

  #tablesOf(host: HostId): HostTables {
    const tables = this.#hostTables[host]
    if (tables === undefined) throw new Error(`no host ${host}`)
    return tables
  }
}

function byCodeUnits(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
