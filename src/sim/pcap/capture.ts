// A run as a capture file.
import type { Micros } from '../bird/ports.ts'
import type { RecordingReader } from '../recording/types.ts'
import { frameOf } from './frame.ts'
import { packetsOf } from './packets.ts'
import { pcapng } from './pcapng.ts'
import { sightings, type Tap, tapsOf } from './taps.ts'

export interface CaptureRequest {
  readonly until: Micros
  /** `HOST` or `HOST/INTERFACE`; none: every segment once, where it is sent. */
  readonly interfaces: readonly string[]
  readonly startEpochMs: number
}

/** The file, or the selection that names nothing. */
export function captureFile(recording: RecordingReader, request: CaptureRequest): Uint8Array | { unknown: string } {
  const all = tapsOf(recording, request.until)
  const unknown = request.interfaces.find((wanted) => !all.some((tap) => fits(recording, tap, wanted)))
  if (unknown !== undefined) return { unknown }
  const selected = request.interfaces.length > 0
  const taps = selected ? all.filter((tap) => request.interfaces.some((each) => fits(recording, tap, each))) : all
  const seen = sightings(recording, packetsOf(recording, request.until), taps, selected ? 'both' : 'sender')
  const start = request.startEpochMs * 1000
  return pcapng(
    taps.map((tap) => tapName(recording, tap)),
    seen.map(({ at, tap, packet }) => ({ interface: tap, time: start + at, bytes: frameOf(packet) })),
  )
}

function tapName(recording: RecordingReader, tap: Tap): string {
  return `${recording.hosts[tap.host]}/${tap.interface}`
}

function fits(recording: RecordingReader, tap: Tap, wanted: string): boolean {
  return wanted === recording.hosts[tap.host] || wanted === tapName(recording, tap)
}
