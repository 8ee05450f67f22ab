// Every TCP segment of a run, in order of sending.
import type { Micros } from '../bird/ports.ts'
import type { Ip } from '../net/address.ts'
import type { HostId, MessageRecord, RecordingReader, TcpRecord } from '../recording/types.ts'
import { Dialogue } from './dialogue.ts'
import type { Packet } from './packet.ts'

/** Those sent up to `until`. */
export function packetsOf(recording: RecordingReader, until: Micros): Packet[] {
  const packets: Packet[] = []
  const emit = (packet: Packet): void => void packets.push(packet)
  const dialogues = new Map<number, Dialogue>()
  let pending: MessageRecord[] = []
  const flush = (): void => {
    const [first] = pending
    if (first !== undefined) dialogues.get(first.connection)?.data(pending)
    pending = []
  }
  const stop = recording.indexAfter(until)
  for (let index = 0; index < stop; index++) {
    const { at, entry } = recording.entryAt(index)
    if (entry.kind === 'message') {
      const [first] = pending
      if (first !== undefined && !sameSegment(first, entry.record)) flush()
      pending.push(entry.record)
    } else if (entry.kind === 'tcp') {
      flush()
      const { record } = entry
      let dialogue = dialogues.get(record.connection)
      if (dialogue === undefined) {
        const to = record.to ?? bearerOf(recording, at, record.destinationAddress)
        dialogue = new Dialogue({ ...record, to }, ttlOf(recording, at, record), emit)
        dialogues.set(record.connection, dialogue)
      }
      dialogue.tcp(at, record)
    }
  }
  flush()
  for (const dialogue of dialogues.values()) dialogue.finish(until)
  return packets.filter((packet) => packet.sentAt <= until).sort((a, b) => a.sentAt - b.sentAt)
}

function sameSegment(a: MessageRecord, b: MessageRecord): boolean {
  return a.connection === b.connection && a.from === b.from && a.sentAt === b.sentAt && a.attempt === b.attempt
}

/** The host with an address; null: nobody has it. */
function bearerOf(recording: RecordingReader, at: Micros, address: Ip): HostId | null {
  const bears = (_: string, host: HostId): boolean =>
    recording.interfaces(at, host).some(({ addresses }) => addresses.some((own) => own.address === address))
  const found = recording.hosts.findIndex(bears)
  return found < 0 ? null : found
}

const DIRECT = 1
const MULTIHOP = 64

/** Simplified: BIRD's usual values; `ttl security` and a number of hops are not looked up, and routers take nothing off. */
function ttlOf(recording: RecordingReader, at: Micros, record: TcpRecord): number {
  for (const { snapshot } of recording.protocols(at, record.from)) {
    const { bgp } = snapshot
    if (bgp === null || bgp.neighborAddress !== record.destinationAddress) continue
    return bgp.localAs === bgp.neighborAs || (bgp.session ?? []).includes('multihop') ? MULTIHOP : DIRECT
  }
  return MULTIHOP
}
