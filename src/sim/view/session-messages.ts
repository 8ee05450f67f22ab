// Messages of one session, in order.
import type { Micros } from '../bird/ports.ts'
import type { MessageRecord, RecordingReader } from '../recording/types.ts'
import type { SessionPair } from './pairing.ts'

/** Every message between the two ends that was sent up to `at`. */
export function sessionMessages(recording: RecordingReader, pair: SessionPair, at: Micros): MessageRecord[] {
  const { low, high, lowRemote, highRemote } = pair
  const found: MessageRecord[] = []
  const { end } = recording.messagesSent(-1, at)
  for (let id = 0; id < end; id++) {
    const record = recording.message(id)
    if (record === null) continue
    const fromLow = record.from === low.host && record.destinationAddress === lowRemote
    const toLow = record.to === low.host && record.sourceAddress === lowRemote
    const fromHigh = high !== null && record.from === high.host && record.destinationAddress === highRemote
    if (fromLow || toLow || fromHigh) found.push(record)
  }
  return found
}
