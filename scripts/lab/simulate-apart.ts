// Simulating takes seconds on a busy machine, and the runs of real daemons beside it follow a clock: it gets a thread.
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Build } from './bird-binary.ts'
import { moments } from './moments.ts'
import { type Simulated, simulate, simulateVariants, type Variant } from './simulate.ts'

interface Order {
  text: string
  build: Build
  variants: boolean
}
type Answer = { ok: true; result: Simulated | Variant[] } | { ok: false; message: string }

export function simulateApart(text: string, build: Build): Promise<Simulated> {
  return apart({ text, build, variants: false }) as Promise<Simulated>
}

export function simulateVariantsApart(text: string, build: Build): Promise<Variant[]> {
  return apart({ text, build, variants: true }) as Promise<Variant[]>
}

/** Works only in the bundled program, whose one file is main program and thread alike. */
function apart(order: Order): Promise<Simulated | Variant[]> {
  return new Promise((done, fail) => {
    const worker = new Worker(new URL(import.meta.url), { workerData: order })
    worker.once('message', (answer: Answer) => (answer.ok ? done(answer.result) : fail(new Error(answer.message))))
    worker.once('error', fail)
  })
}

/** True in the thread, which answers and is done. */
export function servedAsThread(): boolean {
  if (isMainThread) return false
  const { text, build, variants } = workerData as Order
  let answer: Answer
  try {
    answer = { ok: true, result: variants ? simulateVariants(text, moments, build) : simulate(text, moments, build) }
  } catch (error) {
    answer = { ok: false, message: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
  parentPort?.postMessage(answer)
  return true
}
