// The parts that read one recording together, kept as long as the recording is.
import type { RecordingReader } from '../recording/types.ts'
import { HostViews } from './host-views.ts'
import { MessageViews } from './message-view.ts'
import { Pairings } from './pairing.ts'
import { RunIndex } from './run-index.ts'
import { SessionViews } from './session-views.ts'
import { ValueHistory } from './value-history.ts'

export interface ViewReader {
  readonly recording: RecordingReader
  readonly index: RunIndex
  readonly pairings: Pairings
  readonly sessions: SessionViews
  readonly messages: MessageViews
  readonly hosts: HostViews
  readonly history: ValueHistory
}

const readers = new WeakMap<RecordingReader, ViewReader>()

export function viewReader(recording: RecordingReader): ViewReader {
  let reader = readers.get(recording)
  if (reader === undefined) {
    const index = new RunIndex(recording)
    const pairings = new Pairings(recording, index)
    reader = {
      recording,
      index,
      pairings,
      sessions: new SessionViews(recording),
      messages: new MessageViews(recording, pairings),
      hosts: new HostViews(recording, index),
      history: new ValueHistory(recording),
    }
    readers.set(recording, reader)
  }
  return reader
}
