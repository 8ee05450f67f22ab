// One message with every byte named, its place in the session, and what it brought about at the receiver.
import { describeMessage } from '../bgp/codec/field-tree.ts'
import type { BgpMessage } from '../bgp/message.ts'
import type { Micros } from '../bird/ports.ts'
import { formatIp } from '../net/address.ts'
import type { Entry, MessageRecord, RecordingReader } from '../recording/types.ts'
import { cargo, messageDetailText, messageLook } from './message-view.ts'
import { plainEvent } from './plain-event.ts'
import { type ViewReader, viewReader } from './reader.ts'
import { sessionMessages } from './session-messages.ts'
import type { EventView, MessageDetail } from './types.ts'

/** BIRD acts on a message within the same turn of its loop; a closing session waits for its next whole second. */
const AT_ONCE: Micros = 500
const CLOSING: Micros = 1_100_000

export function messageDetail(recording: RecordingReader, id: number): MessageDetail | null {
  const record = recording.message(id)
  if (record === null) return null
  const reader = viewReader(recording)
  const view = reader.messages.view(record)
  const pair = view.session === null ? undefined : reader.pairings.at(record.sentAt).byId.get(view.session)
  const messages = pair === undefined ? [record] : sessionMessages(recording, pair, recording.until)
  const place = messages.findIndex((other) => other.id === id)
  const { bytes, root } = describeMessage(record.message)
  return {
    message: view,
    bytes: [...bytes],
    root,
    connection: {
      source: `${formatIp(record.sourceAddress)}:${record.sourcePort}`,
      destination: `${formatIp(record.destinationAddress)}:${record.destinationPort}`,
    },
    position: place + 1,
    count: messages.length,
    previous: messages[place - 1]?.id ?? null,
    next: messages[place + 1]?.id ?? null,
    effects: effects(reader, record),
  }
}

function effects(reader: ViewReader, record: MessageRecord): MessageDetail['effects'] {
  const { recording } = reader
  const { to, arrivesAt, message } = record
  if (to === null || record.delivery === 'lost') return []
  const pair = reader.pairings.at(arrivesAt).find(to, record.sourceAddress)
  const protocol = pair === null ? null : pair.low.host === to ? pair.low.name : (pair.high?.name ?? null)
  const prefixes = prefixesOf(message)
  const end = arrivesAt + (message.type === 'NOTIFICATION' ? CLOSING : AT_ONCE)
  const found: MessageDetail['effects'][number][] = []
  for (let index = recording.indexAfter(arrivesAt - 1); index < recording.length; index++) {
    const { at, entry } = recording.entryAt(index)
    if (at > end) break
    const body = effect(entry, { record, protocol, prefixes, hosts: recording.hosts })
    if (body === null) continue
    found.push({ after: at - arrivesAt, event: { at, host: recording.hosts[to] ?? null, body } })
  }
  return found
}

/** What the entry says, when it follows from the message. */
function effect(
  entry: Entry,
  cause: {
    record: MessageRecord
    protocol: string | null
    prefixes: ReadonlySet<number> | null
    hosts: readonly string[]
  },
): EventView['body'] | null {
  const { record, protocol, prefixes, hosts } = cause
  if (entry.kind === 'bird') {
    const { event } = entry
    if (entry.host !== record.to) return null
    const same = 'protocol' in event && event.protocol === protocol
    const touched = 'prefix' in event && (prefixes === null || prefixes.has(event.prefix))
    const follows = event.code === 'best-changed' || 'prefix' in event ? touched : same
    return follows ? { type: 'bird', event: plainEvent(event) } : null
  }
  if (entry.kind !== 'message' || entry.record.from !== record.to || entry.record.id <= record.id) return null
  const answer = entry.record
  const back = answer.to === record.from
  const passedOn = answer.message.type === 'UPDATE' && prefixes !== null && overlaps(answer.message, prefixes)
  if (record.message.type === 'UPDATE' ? !passedOn : !back) return null
  return {
    type: 'message',
    look: messageLook(answer.message),
    id: answer.id,
    from: hosts[answer.from] ?? '',
    to: answer.to === null ? null : (hosts[answer.to] ?? null),
    ...cargo(answer.message),
    detail: messageDetailText(answer.message),
  }
}

/** Prefixes a message is about; null: it may touch any (a session that closes, a refresh). */
function prefixesOf(message: BgpMessage): ReadonlySet<number> | null {
  if (message.type === 'NOTIFICATION' || message.type === 'ROUTE-REFRESH') return null
  if (message.type !== 'UPDATE') return new Set()
  return new Set([...message.announced, ...message.withdrawn].map((nlri) => nlri.prefix))
}

function overlaps(message: BgpMessage, prefixes: ReadonlySet<number>): boolean {
  const own = prefixesOf(message)
  return own !== null && [...own].some((prefix) => prefixes.has(prefix))
}
