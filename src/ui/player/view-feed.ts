// Keeps run.view at the playhead: one question to the worker at a time, the latest time wins.
import type { ClusterView, Micros } from '../../sim/index.ts'
import { client } from '../store/client.ts'
import { recordingNumber } from '../store/growth.ts'
import { useRun } from '../store/run.ts'
import { invalidate } from './frame-loop.ts'

let asking = false
let wanted: Micros | null = null

async function ask(at: Micros): Promise<void> {
  asking = true
  const recording = recordingNumber()
  try {
    const view: ClusterView = await client().view(at)
    // A document opened meanwhile has put its own view; this one is of another world.
    if (recordingNumber() === recording) useRun.setState({ view })
    invalidate()
  } catch {
    // The client reports a stopped simulation by itself; the stage keeps the last frame.
  } finally {
    asking = false
    const next = wanted
    wanted = null
    if (next !== null) void ask(next)
  }
}

export function wantView(at: Micros): void {
  if (useRun.getState().status !== 'ready') return
  if (asking) wanted = at
  else void ask(at)
}
