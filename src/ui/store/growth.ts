// The recording on screen grows by itself: what lies beyond the first picture is computed while the page is in use, and
// the index gets longer from time to time. Each index is a copy of the whole, so the pauses between them get longer too.
import type { Micros } from '../../sim/index.ts'
import { client } from './client.ts'
import { useRun } from './run.ts'

/** Wait for the first picture, once the playhead is reached. A small scenario is complete by then. */
export const FIRST_PICTURE_MS = 400
const FIRST_PAUSE_MS = 800
const LONGEST_PAUSE_MS = 6_400

let goal: Micros = 0
let growing: Promise<void> | null = null
/** Counts recordings. */
let generation = 0

/** The number of the recording: what was asked of one with another number is of another world. */
export function recordingNumber(): number {
  return generation
}

/** The worker has another recording: what was being computed of the one before is not wanted any more. */
export function anotherRecording(): void {
  generation++
  growing = null
  goal = 0
  useRun.setState({ computing: false })
}

/** Computes up to `until` in the background. The promise is kept when all of it is on screen, or another recording. */
export function growTo(until: Micros): Promise<void> {
  goal = Math.max(goal, until)
  growing ??= grow(generation)
  return growing
}

async function grow(mine: number): Promise<void> {
  try {
    let milliseconds = FIRST_PAUSE_MS
    for (;;) {
      const known = useRun.getState().index?.until ?? 0
      if (mine !== generation || known >= goal) return
      useRun.setState({ computing: true })
      const index = await client().runTo(goal, { least: known + 1, milliseconds })
      if (mine !== generation) return
      useRun.setState({ index, computing: index.until < goal })
      milliseconds = Math.min(LONGEST_PAUSE_MS, milliseconds * 2)
    }
  } catch {
    // The worker has crashed and said so (restart.ts); what is on screen stays.
    if (mine === generation) useRun.setState({ computing: false })
  } finally {
    if (mine === generation) growing = null
  }
}
