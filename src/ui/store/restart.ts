// After a crash: a new worker, and the branch on screen run again in it.
import type { Action } from '../../sim/index.ts'
import type { WorkerClient } from '../worker/client.ts'
import { branchOf } from './branches.ts'
import { client } from './client.ts'
import { switchBranch } from './commands.ts'
import { useDialogs } from './dialogs.ts'
import { useRun } from './run.ts'

export function simulationCrashed(message: string): void {
  if (message === 'restarted') return
  useDialogs.setState({ crash: message })
  useRun.setState({ status: 'stopped' })
}

export async function restartSimulation(): Promise<void> {
  const worker = client() as WorkerClient
  worker.restart()
  useDialogs.setState({ crash: null })
  await switchBranch(useRun.getState().branch)
}

export function currentActions(): readonly Action[] {
  return branchOf(useRun.getState()).actions
}
