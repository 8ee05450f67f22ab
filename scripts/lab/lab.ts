// npm run lab -- --seeds A-B | --scenarios [NAME...] | --cases [NAME...] | --file FILE | --quick, [--jobs N] [--bird PATH] [--keep DIR] [--trials N]
// Real BIRD judges the simulated one: the same scenarios on both, compared at rest after every action.
import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { parseArgs } from '../../src/cli/args.ts'
import { findBird, whyNoNamespaces } from './bird-binary.ts'
import { caseNames, caseText } from './cases/cases.ts'
import { generate } from './generate/generate.ts'
import { judge, report } from './judge.ts'
import { servedAsThread } from './simulate-apart.ts'
import { smallest } from './smallest.ts'
import type { Work } from './work.ts'

const OPTIONS = {
  seeds: { value: true },
  jobs: { value: true },
  bird: { value: true },
  keep: { value: true },
  scenarios: { value: false },
  file: { value: true, many: true },
  print: { value: true },
  trials: { value: true },
  quick: { value: false },
  cases: { value: false },
}
/** Seeds that differ in shape and history and are decided within a minute: what `npm test` runs. */
const QUICK_SEEDS = '9,27,34,43,47,54,61,64,65,90'
const QUICK_JOBS = 10
/** How many runs the search for the smallest scenario may take. */
const TRIALS = 40
/** A namespace for each of a hundred nodes, and 9900 ARP neighbours, are more than a kernel keeps by default. */
const LEFT_OUT = new Map([
  ['mesh-100', 'a hundred real daemons run only when named, `--scenarios mesh-100` (docs/lab-report.md)'],
])

if (!servedAsThread()) process.exitCode = await main(process.argv.slice(2))

async function main(argv: readonly string[]): Promise<number> {
  const args = parseArgs(argv, OPTIONS)
  const option = (name: keyof typeof OPTIONS): string | undefined => (args.ok ? args.options.get(name)?.[0] : undefined)
  if (!args.ok) return usage(args.message)
  const print = option('print')
  if (print !== undefined) {
    process.stdout.write(generate(Number(print)).text)
    return 0
  }
  const quick = args.options.has('quick')
  const work = workOf({
    words: args.words,
    seeds: quick ? QUICK_SEEDS : option('seeds'),
    files: args.options.get('file') ?? [],
    scenarios: args.options.has('scenarios'),
    cases: args.options.has('cases'),
  })
  if (work === null) return usage('nothing to do')
  const bird = findBird(option('bird'))
  const problem = bird.ok ? whyNoNamespaces() : bird.reason
  if (!bird.ok || problem !== null) {
    process.stderr.write(`lab: NOT RUN: ${problem}\n`)
    return 2
  }
  const started = Date.now()
  const jobs = Number(option('jobs') ?? (quick ? QUICK_JOBS : 4))
  const keep = option('keep')
  const results = await inParallel(work, jobs, async (item) => {
    const judged = await judge(item, {
      bird,
      ...(keep === undefined ? {} : { keep: join(keep, item.name) }),
    })
    process.stdout.write(report(judged))
    return { item, judged }
  })
  const different = results.filter(({ judged }) => judged.outcome === 'different')
  const trials = Number(option('trials') ?? (quick ? 0 : TRIALS))
  for (const result of trials > 0 ? different : []) {
    process.stdout.write(await smallest(result, { bird, jobs, trials }))
  }
  const equal = results.filter(({ judged }) => judged.outcome === 'equal').length
  const seconds = Math.round((Date.now() - started) / 1000)
  process.stdout.write(`${equal} of ${results.length} equal, ${seconds} s\n`)
  return equal === results.length ? 0 : 1
}

function usage(message: string): number {
  process.stderr.write(
    `lab: ${message}\nnpm run lab -- --seeds A-B | --scenarios [NAME...] | --cases [NAME...] | --file FILE | --quick, [--jobs N] [--bird PATH] [--keep DIR] [--trials N]\n`,
  )
  return 2
}

interface Wanted {
  words: readonly string[]
  seeds: string | undefined
  files: readonly string[]
  scenarios: boolean
  cases: boolean
}

function workOf({ words, seeds, files, scenarios, cases }: Wanted): Work[] | null {
  const work: Work[] = []
  for (const part of seeds?.split(',') ?? []) {
    const match = /^(\d+)(?:-(\d+))?$/.exec(part)
    if (match === null) return null
    for (let seed = Number(match[1]); seed <= Number(match[2] ?? match[1]); seed++) {
      const { shape, text } = generate(seed)
      work.push({ name: `seed-${seed}-${shape}`, text })
    }
  }
  for (const file of files) work.push({ name: basename(file, '.yaml'), text: readFileSync(file, 'utf8') })
  for (const name of cases ? (words.length > 0 ? words : caseNames()) : []) {
    const text = caseText(name)
    if (text === null) return null
    work.push({ name, text })
  }
  if (scenarios) {
    for (const name of readdirSync('scenarios')
      .filter((entry) => entry.endsWith('.yaml'))
      .sort()) {
      const plain = basename(name, '.yaml')
      if (words.length > 0 && !words.includes(plain)) continue
      const why = words.length === 0 ? LEFT_OUT.get(plain) : undefined
      if (why !== undefined) process.stdout.write(`${plain}: LEFT OUT: ${why}\n`)
      else work.push({ name: plain, text: readFileSync(join('scenarios', name), 'utf8') })
    }
  }
  return work.length === 0 ? null : work
}

async function inParallel<T>(work: readonly Work[], jobs: number, run: (item: Work) => Promise<T>): Promise<T[]> {
  const results: T[] = []
  let next = 0
  const worker = async (): Promise<void> => {
    for (let index = next++; index < work.length; index = next++) results.push(await run(work[index]!))
  }
  await Promise.all(Array.from({ length: Math.max(1, Math.min(jobs, work.length)) }, worker))
  return results
}
