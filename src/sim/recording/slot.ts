// A thing of one host that has a history and is written often: a protocol, a net of a table, a line of the FIB. The slot
// holds what never changes about it, so that an entry is only its new value.
import type { DaemonStatus, Micros, ProtocolSnapshot, RouteSnapshot } from '../bird/ports.ts'
import type { KernelRoute } from '../kernel/types.ts'
import type { Prefix } from '../net/prefix.ts'
import type { CanonicalWriter } from './canonical.ts'
import type { Entry, HostId } from './types.ts'

export abstract class Slot<V> {
  readonly host: HostId
  /** Place among the slots of a recording; -1: nothing of it is on record. */
  number = -1
  /** The entry that changed it last; each entry knows the one before (EntryColumns.valueAt). */
  last = -1
  /** Gone for good from this time on: another slot has taken its name. */
  closedAt: Micros = Number.POSITIVE_INFINITY

  constructor(host: HostId) {
    this.host = host
  }

  abstract entry(value: V | null): Entry
  /** The canonical bytes of that entry. */
  abstract writeEntry(value: V | null, to: CanonicalWriter): void
}

const STATUS_MEMBERS = ['host', 'kind', 'value'] as const
const PROTOCOL_MEMBERS = ['host', 'kind', 'name', 'order', 'value'] as const
const NET_MEMBERS = ['host', 'kind', 'prefix', 'table', 'uid', 'value'] as const
const FIB_MEMBERS = ['host', 'kind', 'metric', 'prefix', 'value'] as const

export class StatusSlot extends Slot<DaemonStatus> {
  entry(value: DaemonStatus | null): Entry {
    return { kind: 'status', host: this.host, value }
  }

  writeEntry(value: DaemonStatus | null, to: CanonicalWriter): void {
    to.object(STATUS_MEMBERS)
    to.write(this.host)
    to.write('status')
    to.write(value)
  }
}

export class ProtocolSlot extends Slot<ProtocolSnapshot> {
  readonly name: string
  readonly order: number
  /** The protocol of this name when it stood in another place. */
  readonly before: ProtocolSlot | null

  constructor(host: HostId, key: { name: string; order: number; before: ProtocolSlot | null }) {
    super(host)
    this.name = key.name
    this.order = key.order
    this.before = key.before
  }

  entry(value: ProtocolSnapshot | null): Entry {
    return { kind: 'protocol', host: this.host, name: this.name, order: this.order, value }
  }

  writeEntry(value: ProtocolSnapshot | null, to: CanonicalWriter): void {
    to.object(PROTOCOL_MEMBERS)
    to.write(this.host)
    to.write('protocol')
    to.write(this.name)
    to.write(this.order)
    to.write(value)
  }
}

export class NetSlot extends Slot<readonly RouteSnapshot[]> {
  readonly table: string
  readonly prefix: Prefix
  readonly uid: number
  /** The net of this prefix when it stood in another place. */
  readonly before: NetSlot | null

  constructor(host: HostId, key: { table: string; prefix: Prefix; uid: number; before: NetSlot | null }) {
    super(host)
    this.table = key.table
    this.prefix = key.prefix
    this.uid = key.uid
    this.before = key.before
  }

  entry(value: readonly RouteSnapshot[] | null): Entry {
    return { kind: 'net', host: this.host, table: this.table, prefix: this.prefix, uid: this.uid, value }
  }

  writeEntry(value: readonly RouteSnapshot[] | null, to: CanonicalWriter): void {
    to.object(NET_MEMBERS)
    to.write(this.host)
    to.write('net')
    to.write(this.prefix)
    to.write(this.table)
    to.write(this.uid)
    to.write(value)
  }
}

export class FibSlot extends Slot<KernelRoute> {
  readonly prefix: Prefix
  readonly metric: number

  constructor(host: HostId, prefix: Prefix, metric: number) {
    super(host)
    this.prefix = prefix
    this.metric = metric
  }

  entry(value: KernelRoute | null): Entry {
    return { kind: 'fib', host: this.host, prefix: this.prefix, metric: this.metric, value }
  }

  writeEntry(value: KernelRoute | null, to: CanonicalWriter): void {
    to.object(FIB_MEMBERS)
    to.write(this.host)
    to.write('fib')
    to.write(this.metric)
    to.write(this.prefix)
    to.write(value)
  }
}
