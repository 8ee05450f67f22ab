// npm run mutate [-- --count N] [--seed N]: changes a sample of src/sim/bird and src/sim/bgp a little and runs the tests
// that should notice. Works on a copy of the project; the score is the share of changes that made a test fail.
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Chance } from '../../src/sim/testing/fuzz/chance.ts'
import { type Mutant, mutantsOf } from './mutants.ts'

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
/** A change that makes a loop endless is noticed, too. */
const PATIENCE = 120_000

const argument = (name: string, fallback: number): number => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? fallback : Number(process.argv[at + 1])
}
main(argument('count', 200), argument('seed', 1))

function main(count: number, seed: number): void {
  const { project, remove } = copy()
  try {
    for (const { tests } of SAMPLE)
      if (!passes(project, tests))
        throw new Error(`${tests.join(' ')}: fail without any change, so a score would say nothing`)
    const survivors: string[] = []
    let killed = 0
    for (const { path, mutant, tests } of sample(count, seed)) {
      const original = readFileSync(path, 'utf8')
      writeFileSync(join(project, path), original.slice(0, mutant.start) + mutant.text + original.slice(mutant.end))
      const survived = passes(project, tests)
      writeFileSync(join(project, path), original)
      const where = `${path}:${mutant.line} ${mutant.was} -> ${mutant.text}`
      if (survived) survivors.push(where)
      else killed++
      process.stdout.write(`${survived ? 'SURVIVED' : 'killed  '} ${where.replaceAll('\n', ' ').slice(0, 140)}\n`)
    }
    const all = killed + survivors.length
    process.stdout.write(`${killed} of ${all} noticed: ${((100 * killed) / Math.max(1, all)).toFixed(0)} %\n`)
  } finally {
    remove()
  }
}

function passes(project: string, tests: readonly string[]): boolean {
  const args = ['vitest', 'run', '--bail', '1', '--reporter', 'dot', ...tests]
  return spawnSync('npx', args, { cwd: project, timeout: PATIENCE, stdio: 'ignore' }).status === 0
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

/** From every group of the sample alike. */
function sample(count: number, seed: number): { path: string; mutant: Mutant; tests: readonly string[] }[] {
  const chance = new Chance(seed)
  const sources = readdirSync('src', { recursive: true, encoding: 'utf8' }).map((name) => `src/${name}`)
  const groups = SAMPLE.map(({ files, tests }) =>
    sources
      .filter((path) => files.test(path) && !path.endsWith('.test.ts'))
      .sort()
      .flatMap((path) => mutantsOf(path, readFileSync(path, 'utf8')).map((mutant) => ({ path, mutant, tests }))),
  )
  return Array.from({ length: count }, (_, i) => chance.pick(groups[i % groups.length]!))
}
