// npm run mutate [-- --count N] [--seed N]: changes a sample of src/sim/bird and src/sim/bgp a little and runs the tests
// that should notice. Works on a copy of the project; the score is the share of changes that made a test fail.
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Chance } from '../../src/sim/testing/fuzz/chance.ts'
import { type Mutant, mutantsOf } from './mutants.ts'
import { answerQuestions, Runner, type Verdict } from './runner.ts'

/** Sources, and the tests that look at them. */
const SAMPLE: readonly { readonly files: RegExp; readonly tests: readonly string[] }[] = [
  {
    files:
      /^src\/sim\/bgp\/(codec\/(decode|encode|decode-attributes|encode-attributes)|as-path|capabilities|notification)\.ts$/,
    tests: ['src/sim/bgp'],
  },
  { files: /^src\/sim\/bird\/filter\/[a-z-]+\.ts$/, tests: ['src/sim/bird/filter', 'src/sim/bird/config'] },
  { files: /^src\/sim\/bird\/config\/(lexer|source|parse-[a-z]+|bgp-draft)\.ts$/, tests: ['src/sim/bird/config'] },
  { files: /^src\/sim\/bird\/(control|client)\/[a-z-]+\.ts$/, tests: ['src/sim/bird/control', 'src/sim/shell/birdc'] },
  {
    files: /^src\/sim\/bird\/explain-export\.ts$/,
    tests: ['src/sim/bird/explain-export.test.ts', 'src/sim/shell/birdc'],
  },
  { files: /^src\/sim\/bird\/table\/(best-route|fib-order|multipath|limits)\.ts$/, tests: ['src/sim/bird'] },
]
const COPIED = ['src', 'scenarios', 'package.json', 'vite.config.ts', 'tsconfig.base.json', 'tsconfig.json']
/** A mutant has this many times as long as the tests need without it: a change that makes a loop endless is noticed, too. */
const PATIENCE = 5
/** Milliseconds; starting the tests' process counts in. */
const LEAST_PATIENCE = 30_000
const FIRST_PATIENCE = 300_000

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const served = argument('runner')
if (served !== undefined) await answerQuestions(served)
else await main(Number(argument('count') ?? 200), Number(argument('seed') ?? 1))

interface Sampled {
  readonly path: string
  readonly mutant: Mutant
  readonly tests: readonly string[]
}

async function main(count: number, seed: number): Promise<void> {
  const { project, remove } = copy()
  const runner = new Runner(project)
  try {
    const limits = await limitsOf(runner)
    const survivors: string[] = []
    const mutants = sample(project, count, seed)
    let before: string[] = []
    for (const sampled of mutants) {
      const patience = limits.get(sampled.tests) ?? FIRST_PATIENCE
      const verdict = await verdictOn(runner, { project, sampled, before, patience })
      before = [sampled.path]
      const { path, mutant } = sampled
      const where = `${path}:${mutant.line} ${mutant.was} -> ${mutant.text}`.replaceAll('\n', ' ').slice(0, 140)
      if (verdict === 'pass') survivors.push(where)
      process.stdout.write(
        `${verdict === 'pass' ? 'SURVIVED' : verdict === 'fail' ? 'killed  ' : 'timeout '} ${where}\n`,
      )
    }
    const killed = mutants.length - survivors.length
    const share = ((100 * killed) / Math.max(1, mutants.length)).toFixed(0)
    process.stdout.write(`${killed} of ${mutants.length} noticed: ${share} %\n`)
  } finally {
    runner.end()
    remove()
  }
}

/** How long each group of tests may take; what does not pass without a change would say nothing with one. */
async function limitsOf(runner: Runner): Promise<Map<readonly string[], number>> {
  const limits = new Map<readonly string[], number>()
  for (const { tests } of SAMPLE) {
    const started = performance.now()
    const verdict = await runner.ask({ tests, changed: [] }, FIRST_PATIENCE)
    if (verdict !== 'pass')
      throw new Error(`${tests.join(' ')}: ${verdict} without any change, so a score would say nothing`)
    limits.set(tests, Math.max(LEAST_PATIENCE, PATIENCE * (performance.now() - started)))
  }
  return limits
}

/** `before`: what was changed for the last question and is as it was again. */
async function verdictOn(
  runner: Runner,
  asked: { project: string; sampled: Sampled; before: readonly string[]; patience: number },
): Promise<Verdict> {
  const { project, sampled, before, patience } = asked
  const { path, mutant, tests } = sampled
  const file = join(project, path)
  const original = readFileSync(file, 'utf8')
  writeFileSync(file, original.slice(0, mutant.start) + mutant.text + original.slice(mutant.end))
  const verdict = await runner.ask({ tests, changed: [...before, path] }, patience)
  writeFileSync(file, original)
  return verdict
}

function copy(): { project: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'mutate-'))
  const project = join(folder, 'project')
  mkdirSync(project)
  for (const name of COPIED) cpSync(name, join(project, name), { recursive: true })
  symlinkSync(resolve('node_modules'), join(project, 'node_modules'))
  symlinkSync(resolve('../shared'), join(folder, 'shared'))
  return { project, remove: () => rmSync(folder, { recursive: true }) }
}

/** From every group of the sample alike, and none twice. */
function sample(project: string, count: number, seed: number): Sampled[] {
  const chance = new Chance(seed)
  const folder = join(project, 'src')
  const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`)
  const groups = SAMPLE.map(({ files, tests }) =>
    sources
      .filter((path) => files.test(path) && !path.endsWith('.test.ts'))
      .sort()
      .flatMap((path) =>
        mutantsOf(path, readFileSync(join(project, path), 'utf8')).map((mutant) => ({ path, mutant, tests })),
      ),
  )
  const found: Sampled[] = []
  for (let i = 0; found.length < count && groups.some((group) => group.length > 0); i++) {
    const group = groups[i % groups.length]!
    found.push(...group.splice(chance.below(Math.max(1, group.length)), 1))
  }
  return found
}
