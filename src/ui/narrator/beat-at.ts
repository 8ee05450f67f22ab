// Which sentence of the narration holds at a time: the last one that has begun.
import type { BeatView, Micros } from '../../sim/index.ts'

export function beatAt(beats: readonly BeatView[], at: Micros): BeatView | null {
  let found: BeatView | null = null
  for (const beat of beats) {
    if (beat.at > at) break
    found = beat
  }
  return found
}
