// npm run bench [-- 50 100 200] [-- --large]: the figures that matter to a person: how long a mesh takes to come up, how many
// tasks a second that is, how much memory it takes, and how long a look-up at a random time takes. Each size runs in a
// process of its own, since memory once taken and code once warm would flatter whoever comes later. Nothing here asserts.
import { spawnSync } from 'node:child_process'
import { cpus, totalmem } from 'node:os'
import { resolve } from 'node:path'
import { Simulation } from '../src/sim/index.ts'
import { meshDocument } from './mesh-document.ts'
import { reflectorDocument } from './reflector-document.ts'

const SECOND = 1_000_000
const UNTIL = 30 * SECOND
const RUNS = 5
const VIEWS = 400
/** A size that takes longer is given up, and so is one that needs more memory. */
const LIMIT = { minutes: 5, mebibytes: 12_000 }
const REFLECTORS = { nodes: 300, reflectors: 3, blocks: 4 }

type Case = `mesh-${number}` | 'reflectors'

function documentOf(name: string): string {
  return name === 'reflectors' ? reflectorDocument(REFLECTORS) : meshDocument(Number(name.slice('mesh-'.length)))
}

function titleOf(name: string): string {
  if (name !== 'reflectors') return `mesh of ${name.slice('mesh-'.length)} nodes`
  const { nodes, reflectors, blocks } = REFLECTORS
  return `${nodes} nodes with ${blocks} blocks each, ${reflectors} reflectors on hosts of their own`
}

function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
}

const median = (values: readonly number[]): number => percentile(values, 0.5)

/** CPU time of this process so far, its collector and compiler included: others may be using the machine. */
function cpu(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

function loaded(document: string): Simulation {
  const simulation = new Simulation()
  const result = simulation.load(document)
  if (!result.ok) throw new Error(result.problems.map((problem) => `${problem.line}: ${problem.message}`).join('\n'))
  return simulation
}

interface Run {
  load: number
  converge: number
  rest: number
}

function measuredRun(document: string, convergedAt: number): { run: Run; simulation: Simulation } {
  const t0 = cpu()
  const simulation = loaded(document)
  const t1 = cpu()
  simulation.runTo(convergedAt)
  const t2 = cpu()
  simulation.runTo(UNTIL)
  return { run: { load: t1 - t0, converge: t2 - t1, rest: cpu() - t2 }, simulation }
}

function mebibytes(bytes: number): string {
  return `${Math.round(bytes / 2 ** 20).toLocaleString('en')} MiB`
}

/** Heap and typed arrays that are alive, where the process may ask the collector. */
function alive(): number {
  const { gc } = globalThis as { gc?: () => void }
  for (let i = 0; i < 3; i++) gc?.()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** In the process of one size. The first run, cold, also finds out when the last route is in place. */
function measure(name: string, runs: number): void {
  const document = documentOf(name)
  const before = alive()
  const first = measuredRun(document, 0)
  const { simulation } = first
  const peak = process.resourceUsage().maxRSS * 1024
  const kept = alive() - before
  const convergedAt = simulation.index().convergence[0]?.to ?? UNTIL
  const { events, entries } = simulation
  const cold = first.run.load + first.run.converge + first.run.rest
  const ms = (value: number): string => `${Math.round(value).toLocaleString('en')} ms`
  console.log(
    `${titleOf(name)}: routes in place at ${(convergedAt / SECOND).toFixed(3)} s, ${events.toLocaleString('en')} tasks, ` +
      `${entries.toLocaleString('en')} entries; first run, cold, to 30 s: ${ms(cold)} of CPU time; ` +
      `peak of the process ${mebibytes(peak)}, kept ${mebibytes(kept)}`,
  )
  if (runs > 0) {
    const warm = Array.from({ length: runs }, () => measuredRun(document, convergedAt).run)
    const total = median(warm.map((run) => run.converge + run.rest))
    console.log(
      `  medians of ${runs} warm runs: read and build ${ms(median(warm.map((run) => run.load)))}, ` +
        `to convergence ${ms(median(warm.map((run) => run.converge)))}, to 30 s ${ms(total)}; ` +
        `${Math.round((events / total) * 1000).toLocaleString('en')} tasks/s, ` +
        `${Math.round((entries / total) * 1000).toLocaleString('en')} entries/s`,
    )
  }
  if (name === 'mesh-100') lookUp(simulation)
}

/** At random times, the first hundred of them uncounted: they find the code cold. */
function lookUp(simulation: Simulation): void {
  const times: number[] = []
  let state = 1
  const started = cpu()
  simulation.view(UNTIL)
  const first = cpu() - started
  for (let i = -100; i < VIEWS; i++) {
    state = (state * 48271) % 2147483647
    const at = Math.floor((state / 2147483647) * UNTIL)
    const before = cpu()
    simulation.view(at)
    if (i >= 0) times.push(cpu() - before)
  }
  console.log(
    `  view at ${VIEWS} random times: median ${median(times).toFixed(2)} ms, ` +
      `95th percentile ${percentile(times, 0.95).toFixed(2)} ms; the first of all ${first.toFixed(0)} ms`,
  )
}

/** Runs one size in a process of its own and says so if that did not come to its end. */
function inItsOwnProcess(name: Case, runs: number): void {
  // npm runs it in the project's root; where this very program lies is the bundler's business.
  const script = resolve('scripts/run-ts.mjs')
  const flags = ['--expose-gc', `--max-old-space-size=${LIMIT.mebibytes}`]
  const args = [...flags, script, 'scripts/bench.ts', '--measure', name, String(runs)]
  const { status, signal } = spawnSync(process.execPath, args, {
    stdio: ['ignore', 'inherit', 'ignore'],
    timeout: LIMIT.minutes * 60_000,
    killSignal: 'SIGKILL',
  })
  if (status === 0) return
  if (status === 1) throw new Error(`${titleOf(name)}: the measuring process failed`)
  const why = signal === 'SIGKILL' ? `not within ${LIMIT.minutes} minutes` : `not with ${LIMIT.mebibytes} MB of heap`
  console.log(`${titleOf(name)}: NOT COMPLETED, ${why}`)
}

const args = process.argv.slice(2)
if (args[0] === '--measure') measure(args[1] ?? 'mesh-100', Number(args[2] ?? 0))
else {
  const sizes = args.map(Number).filter((size) => size > 0)
  const machine = `${cpus().length} x ${cpus()[0]?.model.trim() ?? 'CPU'}, ${mebibytes(totalmem())}`
  console.log(`Node ${process.version}, ${machine}; CPU time, IPIP meshes with one block a node`)
  for (const nodes of sizes.length ? sizes : [50, 100, 200]) inItsOwnProcess(`mesh-${nodes}`, RUNS)
  if (args.includes('--large')) {
    inItsOwnProcess('reflectors', 1)
    inItsOwnProcess('mesh-300', 1)
    inItsOwnProcess('mesh-1000', 0)
  }
}
