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

/** The latest connection in each direction between two addresses, as it stands at `at`. */
export function announcedOn(recording: RecordingReader, at: number): Session[] {
  const latest = new Map<string, { connection: number; session: Session }>()
  const byReceiver = new Map<HostId, Set<Session>>()
  const end = recording.indexAfter(at)
  for (let index = 0; index < end; index++) {
    const { entry } = recording.entryAt(index)
    if (entry.kind === 'bird' && entry.event.code === 'route-rejected') {
      const { protocol, prefix, pathId } = entry.event
      for (const session of byReceiver.get(entry.host) ?? []) session.rejected.add(`${protocol} ${prefix} ${pathId}`)
    } else if (entry.kind === 'message') {
      const session = sessionOf(latest, entry.record)
      if (session === null) continue
      const sessions = byReceiver.get(session.to) ?? new Set()
      byReceiver.set(session.to, sessions.add(session))
      if (entry.record.delivery === 'delivered' && entry.record.arrivesAt <= at) take(session, entry.record)
    }
  }
  return [...latest.values()].map((item) => item.session)
}

function sessionOf(
  latest: Map<string, { connection: number; session: Session }>,
  record: MessageRecord,
): Session | null {
  const { from, to, connection, sourceAddress, destinationAddress } = record
  if (to === null) return null
  const key = `${from} ${to} ${sourceAddress} ${destinationAddress}`
  const known = latest.get(key)
  if (known !== undefined && known.connection === connection) return known.session
  // Connections that collide overlap in time; only the one that carries routes matters.
  if (
    known !== undefined &&
    record.message.type === 'OPEN' &&
    known.session.announced.size > 0 &&
    known.connection > connection
  ) {
    return null
  }
  const session: Session = {
    from,
    to,
    fromAddress: sourceAddress,
    toAddress: destinationAddress,
    announced: new Map(),
    rejected: new Set(),
  }
  latest.set(key, { connection, session })
  return session
}

function take(session: Session, record: MessageRecord): void {
  const { message } = record
  if (message.type !== 'UPDATE') return
  for (const { prefix, pathId } of message.withdrawn) session.announced.delete(`${prefix} ${pathId}`)
  for (const { prefix, pathId } of message.announced) {
    session.announced.set(`${prefix} ${pathId}`, { prefix, attributes: message.attributes })
  }
}
