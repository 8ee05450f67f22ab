// A message as stage, lanes and lists show it.
import { type BgpMessage, isEndOfRib } from '../bgp/message.ts'
import { notificationWithData } from '../bgp/notification.ts'
import { REFRESH_NAMES } from '../bgp/transcript.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix } from '../net/prefix.ts'
import type { MessageRecord, RecordingReader } from '../recording/types.ts'
import type { Pairings } from './pairing.ts'
import type { MessageLook, MessageView } from './types.ts'

export function messageLook(message: BgpMessage): MessageLook {
  if (message.type !== 'UPDATE') return message.type
  if (isEndOfRib(message)) return 'END-OF-RIB'
  if (message.withdrawn.length === 0) return 'UPDATE'
  return message.announced.length === 0 ? 'WITHDRAW' : 'UPDATE+WITHDRAW'
}

/** The first prefix a message carries, and how many. */
export function cargo(message: BgpMessage): { prefix: string | null; prefixCount: number } {
  if (message.type !== 'UPDATE') return { prefix: null, prefixCount: 0 }
  const first = message.announced[0] ?? message.withdrawn[0]
  const prefixCount = message.announced.length + message.withdrawn.length
  return { prefix: first === undefined ? null : formatPrefix(first.prefix), prefixCount }
}

export function messageDetailText(message: BgpMessage): string | null {
  if (message.type === 'NOTIFICATION') {
    return `${message.code}/${message.subcode} ${notificationWithData(message.code, message.subcode, message.data)}`
  }
  return message.type === 'ROUTE-REFRESH' ? REFRESH_NAMES[message.subtype] || null : null
}

/** Views of messages: a record never changes, so each is made once. */
export class MessageViews {
  readonly #recording: RecordingReader
  readonly #pairings: Pairings
  readonly #made = new WeakMap<MessageRecord, MessageView>()

  constructor(recording: RecordingReader, pairings: Pairings) {
    this.#recording = recording
    this.#pairings = pairings
  }

  view(record: MessageRecord): MessageView {
    let view = this.#made.get(record)
    if (view === undefined) {
      view = this.#make(record)
      this.#made.set(record, view)
    }
    return view
  }

  #make(record: MessageRecord): MessageView {
    const { message } = record
    const hosts = this.#recording.hosts
    const pairing = this.#pairings.at(record.sentAt)
    const session =
      pairing.find(record.from, record.destinationAddress) ??
      (record.to === null ? null : pairing.find(record.to, record.sourceAddress))
    const nextHop = message.type === 'UPDATE' ? (message.attributes?.nextHop ?? null) : null
    return {
      id: record.id,
      look: messageLook(message),
      from: hosts[record.from] ?? '',
      to: record.to === null ? null : (hosts[record.to] ?? null),
      session: session?.id ?? null,
      sentAt: record.sentAt,
      arrivesAt: record.arrivesAt,
      lost: record.delivery === 'lost',
      ...cargo(message),
      nextHop: nextHop === null ? null : formatIp(nextHop),
      detail: messageDetailText(message),
    }
  }
}
