// Simulating takes seconds on a busy machine, and the runs of real daemons beside it follow a clock: it gets a thread.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { moments } from './moments.ts'
import { type Simulated, simulate } from './simulate.ts'

type Answer = { ok: true; simulated: Simulated } | { ok: false; message: string }

/** Works only in the bundled program, whose one file is main program and thread alike. */
export function simulateApart(text: string): Promise<Simulated> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: { text } })
    worker.once('message', (answer: Answer) => (answer.ok ? done(answer.simulated) : fail(new Error(answer.message))))
    worker.once('error', fail)
  })
}

/** True in the thread, which answers and is done. */
export function servedAsThread(): boolean {
  if (isMainThread) return false
  let answer: Answer
  try {
    answer = { ok: true, simulated: simulate((workerData as { text: string }).text, moments) }
  } catch (error) {
    answer = { ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage(answer)
  return true
}
