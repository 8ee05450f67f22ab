// The same scenario gives the same recording in Node and in the browser; another seed gives another.
import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { parseAllDocuments } from 'yaml'
import { expect, test } from './fixtures.ts'
import type { CalicoScope } from './pages/calicoscope.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const scenarios = readdirSync(join(root, 'scenarios')).filter((name) => name.endsWith('.yaml'))
/** Takes as long as all others together. */
const LARGE = 'mesh-100.yaml'
const run = promisify(execFile)
const scratch = mkdtempSync(join(tmpdir(), 'calicoscope-e2e-'))

async function calicoscope(...args: string[]): Promise<string> {
  const { stdout } = await run(process.execPath, [join(root, 'bin/calicoscope'), ...args], { cwd: root })
  return stdout.trim()
}

/** A copy of the scenario with the next seed. */
function withNextSeed(name: string): string {
  const document = readFileSync(join(root, 'scenarios', name), 'utf8')
  const seed = Number(/^ {2}seed: (\d+)/m.exec(document)?.[1] ?? 1)
  const bare = document.replace(/^ {2}seed: .*\n/m, '')
  const next = bare.replace(/(kind: Scenario\n[\s\S]*?\nspec:\n)/, `$1  seed: ${seed + 1}\n`)
  expect(next).toContain(`  seed: ${seed + 1}\n`)
  const file = join(scratch, name)
  writeFileSync(file, next)
  return file
}

/** The English title that the scenario's document gives itself. */
function titleOf(name: string): string {
  const documents = parseAllDocuments(readFileSync(join(root, 'scenarios', name), 'utf8'))
  const scenario = documents.map((each) => each.toJS()).find((each) => each?.kind === 'Scenario')
  return scenario.spec.title.en
}

async function compare(app: CalicoScope, name: string): Promise<void> {
  const file = join(root, 'scenarios', name)
  const [inNode, otherSeed] = await Promise.all([
    calicoscope('run', file, '--hash'),
    calicoscope('run', withNextSeed(name), '--hash'),
  ])
  expect(inNode).toMatch(/^[0-9a-f]{64}$/)
  expect(otherSeed).not.toBe(inNode)
  await app.open(`#lab=${name.replace('.yaml', '')}`)
  // The links differ in their fragments alone, so each is followed in place: until its title is there, the one before is shown.
  await expect(app.scenario(titleOf(name))).toBeVisible({ timeout: 120_000 })
  await app.timeline.toEnd()
  expect(await app.hash(), name).toBe(inNode)
}

test('every built-in scenario: page and headless program make the same recording, and another with the next seed', async ({
  app,
}) => {
  const small = scenarios.filter((name) => name !== LARGE)
  expect(small.length).toBeGreaterThanOrEqual(10)
  for (const name of small) await test.step(name, () => compare(app, name))
})

test('mesh-100, with its 9,900 session ends: page and headless program make the same recording', async ({ app }) => {
  test.slow()
  await compare(app, LARGE)
})

test('a link with the next seed: the page makes the recording that the headless program makes of it', async ({
  app,
}) => {
  const file = withNextSeed('mesh.yaml')
  const [hash, fragment] = await Promise.all([calicoscope('run', file, '--hash'), calicoscope('url', file)])
  await app.open(fragment)
  await app.timeline.toEnd()
  expect(await app.hash()).toBe(hash)
})
