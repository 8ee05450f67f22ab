// npm test: installs what is missing (packages, Chromium and fonts for the browser tests), then runs every check and
// closes with a line that counts them. One failing check does not hide the next. `npm test -- unit e2e` runs only those.
import { execSync, spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ensureInstalled } from './ensure-installed.mjs'

const root = resolve(fileURLToPath(import.meta.url), '../..')
process.chdir(root)

function ensureBrowser() {
  if (process.env.CHROMIUM || existsSync('/usr/bin/chromium')) return
  console.log('Chromium is missing: installing Debian packages chromium and fonts-noto-cjk')
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execSync(`${sudo}apt-get update -qq`, { stdio: 'inherit', env })
  execSync(`${sudo}apt-get install -y -qq --no-install-recommends chromium fonts-noto-cjk`, { stdio: 'inherit', env })
}

const checks = [
  ['format', 'npm run --silent test:format'],
  ['types', 'npm run --silent test:types'],
  ['deps', 'npm run --silent test:deps'],
  ['dead', 'npm run --silent test:dead'],
  ['unit', 'npm run --silent test:unit'],
  ['build', 'npm run --silent build -- --logLevel warn'],
  ['size', 'npm run --silent test:size'],
  ['e2e', 'npm run --silent test:e2e'],
]

ensureInstalled(root)
if (!existsSync(resolve(root, '../shared'))) {
  console.warn(
    'SKIPPED, aloud: ../shared is not beside this clone, so the conformance cases and real captures are not compared',
  )
}
const only = process.argv.slice(2)
const failed = []
let passed = 0
for (const [name, command] of checks) {
  if (only.length && !only.includes(name)) continue
  if (name === 'e2e') ensureBrowser()
  const started = process.hrtime.bigint()
  console.log(`\n=== ${name}: ${command}`)
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  console.log(`=== ${name}: ${status === 0 ? 'passed' : 'FAILED'} in ${seconds.toFixed(1)} s`)
  if (status === 0) passed++
  else failed.push(name)
}
if (failed.length) console.log(`failed: ${failed.join(', ')}`)
console.log(`${passed} passed, ${failed.length} failed`)
process.exit(failed.length ? 1 : 0)
