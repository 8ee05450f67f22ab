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

/** The lab needs namespaces, and `ip` to make them. It says itself why it cannot run. */
function ensureLabTools() {
  if (process.getuid?.() !== 0 || spawnSync('ip', ['-V']).status === 0) return
  console.log('ip is missing: installing Debian package iproute2')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  const options = { stdio: 'inherit', env }
  spawnSync('apt-get', ['update', '-qq'], options)
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'iproute2'], options)
}

/** What a check ends with when this machine cannot run it. */
const NOT_RUN = 2

/** Wireshark's dissector and tcpdump read our captures in the unit tests; without them they say so. */
function ensureCaptureReaders() {
  const missing = ['tshark', 'tcpdump'].filter((name) => spawnSync(name, ['--version']).status !== 0).join(' ')
  if (missing === '') return
  console.log(`missing: installing Debian packages ${missing}`)
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  try {
    execSync(`${sudo}apt-get update -qq`, { stdio: 'inherit', env })
    execSync(`${sudo}apt-get install -y -qq --no-install-recommends ${missing}`, { stdio: 'inherit', env })
  } catch {
    console.warn(`SKIPPED, aloud: ${missing} cannot be installed, so that fewer than ought to read the captures`)
  }
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
  ['lab', 'npm run --silent lab -- --quick'],
]

ensureInstalled(root)
if (!existsSync(resolve(root, '../shared'))) {
  console.warn(
    'SKIPPED, aloud: ../shared is not beside this clone, so the conformance cases and real captures are not compared',
  )
}
const only = process.argv.slice(2)
const failed = []
const notRun = []
let passed = 0
for (const [name, command] of checks) {
  if (only.length && !only.includes(name)) continue
  if (name === 'e2e') ensureBrowser()
  if (name === 'unit') ensureCaptureReaders()
  if (name === 'lab') ensureLabTools()
  const started = process.hrtime.bigint()
  console.log(`\n=== ${name}: ${command}`)
  const { status } = spawnSync(command, { shell: true, stdio: 'inherit' })
  const seconds = Number(process.hrtime.bigint() - started) / 1e9
  const skipped = name === 'lab' && status === NOT_RUN
  const word = status === 0 ? 'passed' : skipped ? 'NOT RUN' : 'FAILED'
  console.log(`=== ${name}: ${word} in ${seconds.toFixed(1)} s`)
  if (status === 0) passed++
  else if (skipped) notRun.push(name)
  else failed.push(name)
}
if (notRun.length) console.warn(`SKIPPED, aloud: ${notRun.join(', ')}; the reason stands above`)
if (failed.length) console.log(`failed: ${failed.join(', ')}`)
console.log(`${passed} passed, ${failed.length} failed${notRun.length ? `, ${notRun.length} not run` : ''}`)
process.exit(failed.length ? 1 : 0)
