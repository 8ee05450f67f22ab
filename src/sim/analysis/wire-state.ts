// What stands announced on each BGP connection, worked out from the messages that arrived: the other half of the
// comparison with what the receiver's table holds.
import type { Attributes } from '../bgp/attributes.ts'
import type { Ip } from '../net/address.ts'
import type { Prefix } from '../net/prefix.ts'
import type { HostId, MessageRecord, RecordingReader } from '../recording/types.ts'

export interface Announced {
  prefix: Prefix
  attributes: Attributes | null
}

/** One direction of one connection. */
export interface Session {
  from: HostId
  to: HostId
  fromAddress: Ip
  toAddress: Ip
  /** By `PREFIX PATH-ID`. */
  announced: Map<string, Announced>
  /** `PROTOCOL PREFIX PATH-ID` that the receiver refused since, with a reason on record. */
  rejected: Set<string>
}

/** One direction of every connection between two addresses that still carried something last; what was lost does not count. */
export function announcedOn(recording: RecordingReader, at: number): Session[] {
  const lines = new Map<string, { session: Session; lastAt: number }>()
  const byReceiver = new Map<HostId, Set<Session>>()
  const end = recording.indexAfter(at)
  for (let index = 0; index < end; index++) {
    const { entry } = recording.entryAt(index)
    if (entry.kind === 'bird' && entry.event.code === 'route-rejected') {
      const { protocol, prefix, pathId } = entry.event
      for (const session of byReceiver.get(entry.host) ?? []) session.rejected.add(`${protocol} ${prefix} ${pathId}`)
    } else if (entry.kind === 'message' && arrived(entry.record, at)) {
      const session = sessionOf(lines, entry.record)
      const sessions = byReceiver.get(session.to) ?? new Set()
      byReceiver.set(session.to, sessions.add(session))
      take(session, entry.record)
    }
  }
  return latest(lines.values())
}

function arrived(record: MessageRecord, at: number): boolean {
  return record.to !== null && record.delivery === 'delivered' && record.arrivesAt <= at
}

function sessionOf(lines: Map<string, { session: Session; lastAt: number }>, record: MessageRecord): Session {
  const { from, to, connection, sourceAddress, destinationAddress, arrivesAt } = record
  const key = `${from} ${to} ${connection}`
  const known = lines.get(key)
  if (known !== undefined) {
    known.lastAt = arrivesAt
    return known.session
  }
  const session: Session = {
    from,
    to: to ?? from,
    fromAddress: sourceAddress,
    toAddress: destinationAddress,
    announced: new Map(),
    rejected: new Set(),
  }
  lines.set(key, { session, lastAt: arrivesAt })
  return session
}

/** Connections may overlap (collision) or follow each other; the one heard last is the session. */
function latest(lines: Iterable<{ session: Session; lastAt: number }>): Session[] {
  const best = new Map<string, { session: Session; lastAt: number }>()
  for (const line of lines) {
    const { from, to, fromAddress, toAddress } = line.session
    const key = `${from} ${to} ${fromAddress} ${toAddress}`
    const other = best.get(key)
    if (other === undefined || line.lastAt > other.lastAt) best.set(key, line)
  }
  return [...best.values()].map((line) => line.session)
}

function take(session: Session, record: MessageRecord): void {
  const { message } = record
  if (message.type !== 'UPDATE') return
  for (const { prefix, pathId } of message.withdrawn) session.announced.delete(`${prefix} ${pathId}`)
  for (const { prefix, pathId } of message.announced) {
    session.announced.set(`${prefix} ${pathId}`, { prefix, attributes: message.attributes })
  }
}
