// npm run bench [-- 50 100 200]: medians of the figures that matter to a person: how long a mesh takes to come up, how many events a second
// that is, how much memory the recording keeps, and how long a look-up at a random time takes. Nothing here asserts.
import { Simulation } from '../src/sim/index.ts'
import { meshDocument } from './mesh-document.ts'

const SECONDS = 1_000_000
const CONVERGED = 30 * SECONDS
const RUNS = 5

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)] ?? 0
}

function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

function loaded(document: string): Simulation {
  const simulation = new Simulation()
  const result = simulation.load(document)
  if (!result.ok) throw new Error(result.problems.map((problem) => `${problem.line}: ${problem.message}`).join('\n'))
  return simulation
}

function coldStart(nodes: number): void {
  const document = meshDocument(nodes)
  const load: number[] = []
  const run: number[] = []
  const rate: number[] = []
  let memory = 0
  let simulation = loaded(document)
  for (let i = 0; i < RUNS; i++) {
    const t0 = performance.now()
    simulation = loaded(document)
    const t1 = performance.now()
    simulation.runTo(CONVERGED)
    const t2 = performance.now()
    load.push(t1 - t0)
    run.push(t2 - t1)
    rate.push((simulation.events / (t2 - t1)) * 1000)
    memory = Math.max(memory, process.memoryUsage().heapUsed)
  }
  console.log(
    `mesh of ${nodes} nodes, IPIP, one block each, to 30 s of simulated time: ` +
      `read and build ${median(load).toFixed(0)} ms, run to convergence ${median(run).toFixed(0)} ms, ` +
      `${Math.round(median(rate)).toLocaleString('en')} events/s, ${simulation.entries.toLocaleString('en')} entries, ` +
      `heap at most ${(memory / 2 ** 20).toFixed(0)} MiB`,
  )
}

function lookUp(nodes: number): void {
  const simulation = loaded(meshDocument(nodes))
  simulation.runTo(CONVERGED)
  const times: number[] = []
  let state = 1
  for (let i = 0; i < 400; i++) {
    state = (state * 48271) % 2147483647
    const at = Math.floor((state / 2147483647) * CONVERGED)
    const started = performance.now()
    simulation.view(at)
    times.push(performance.now() - started)
  }
  console.log(
    `view of the mesh of ${nodes} at 400 random times: median ${median(times).toFixed(2)} ms, ` +
      `95th percentile ${percentile(times, 0.95).toFixed(2)} ms`,
  )
}

const sizes = process.argv
  .slice(2)
  .map(Number)
  .filter((size) => size > 0)
console.log(`Node ${process.version}, ${RUNS} runs each, medians`)
for (const nodes of sizes.length ? sizes : [50, 100, 200]) coldStart(nodes)
lookUp(100)
