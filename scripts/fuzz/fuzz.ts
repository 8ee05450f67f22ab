// npm run fuzz [-- --count N] [--real N] [--only SEED,SEED...]: configurations and messages with mistakes by the hundred thousand, and N of each
// on the real daemon: `bird -p`, and a session over a socket (root and namespaces; without them it says so).
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { mutatedConfig } from '../../src/sim/testing/fuzz/configs.ts'
import { decodeVerdict } from '../../src/sim/testing/fuzz/decode-verdict.ts'
import { expectedVerdict } from '../../src/sim/testing/fuzz/message-oracle.ts'
import { mutatedMessage } from '../../src/sim/testing/fuzz/messages.ts'
import { tryConfig } from '../../src/sim/testing/fuzz/try-config.ts'
import { findBird, whyNoNamespaces } from '../lab/bird-binary.ts'
import { askRealBird } from './real-bird.ts'
import { talk } from './talk.ts'

const CASES = 'src/sim/bird/config/wrong-files/cases.json'
const SHOWN = 20
/** Milliseconds of computing: longer for one configuration is a hang. */
const TOO_LONG = 2_000

const argument = (name: string): string | undefined => {
  const at = process.argv.indexOf(`--${name}`)
  return at < 0 ? undefined : process.argv[at + 1]
}
const folder = argument('talk')
if (folder !== undefined) await talk(join(folder, 'jobs.json'), join(folder, 'answers.json'))
else process.exitCode = main(Number(argument('count') ?? 100_000), Number(argument('real') ?? 1_000))

function main(count: number, real: number): number {
  let failures = fuzzConfigs(count) + fuzzMessages(count)
  const bird = findBird(undefined)
  if (real > 0 && bird.ok) failures += realConfigs(bird.path, real)
  const problem = bird.ok ? whyNoNamespaces() : bird.reason
  if (real > 0 && bird.ok && problem === null) failures += realMessages(bird.path, real)
  if (problem !== null) process.stdout.write(`NOT RUN on the real daemon: ${problem}\n`)
  return failures > 0 ? 1 : 0
}

function report(what: string, count: number, failures: readonly string[], started: number): number {
  const seconds = ((Date.now() - started) / 1000).toFixed(1)
  process.stdout.write(`${what}: ${count}, ${failures.length} wrong, ${seconds} s\n`)
  for (const failure of failures.slice(0, SHOWN)) process.stdout.write(`  ${failure}\n`)
  return failures.length
}

function fuzzConfigs(count: number): number {
  const originals = JSON.parse(readFileSync(CASES, 'utf8')) as string[]
  const failures: string[] = []
  const started = Date.now()
  for (let seed = 0; seed < count; seed++) {
    const text = mutatedConfig(originals, seed)
    const before = process.cpuUsage().user
    try {
      tryConfig(text)
      const took = (process.cpuUsage().user - before) / 1000
      if (took > TOO_LONG) failures.push(`${seed}: took ${took} ms`)
    } catch (error) {
      failures.push(`${seed}: ${String(error)} in ${JSON.stringify(text)}`)
    }
  }
  return report('configurations', count, failures, started)
}

function fuzzMessages(count: number): number {
  const failures: string[] = []
  const started = Date.now()
  for (let seed = 0; seed < count; seed++) {
    const bytes = mutatedMessage(seed)
    try {
      const [got, expected] = [decodeVerdict(bytes), expectedVerdict(bytes)]
      if (got !== expected) failures.push(`${seed}: ${got}, not ${expected}: ${Buffer.from(bytes).toString('hex')}`)
    } catch (error) {
      failures.push(`${seed}: ${String(error)}`)
    }
  }
  return report('messages', count, failures, started)
}

function realConfigs(bird: string, count: number): number {
  const originals = JSON.parse(readFileSync(CASES, 'utf8')) as string[]
  const failures: string[] = []
  const started = Date.now()
  const place = mkdtempSync(join(tmpdir(), 'fuzz-'))
  for (let seed = 0; seed < count; seed++) {
    const text = mutatedConfig(originals, seed)
    writeFileSync(join(place, 'bird.cfg'), text)
    const { stderr, stdout, status } = spawnSync(bird, ['-p', '-c', 'bird.cfg'], { cwd: place, encoding: 'utf8' })
    const last = `${stdout}${stderr}`.trim().split('\n').at(-1) ?? ''
    const said = status === 0 ? '' : last.replace(/^bird: (\.\/)?/, '')
    const ours = tryConfig(text)
    if (ours !== said && !ours.endsWith('is known to BIRD but not simulated')) {
      failures.push(`${seed}: ${JSON.stringify(text)}\n    ours: ${ours}\n    real: ${said}`)
    }
  }
  rmSync(place, { recursive: true })
  return report('configurations, bird -p', count, failures, started)
}

function realMessages(bird: string, count: number): number {
  const jobs: { seed: number; hex: string }[] = []
  const only = argument('only')?.split(',').map(Number)
  for (let seed = 0; jobs.length < (only?.length ?? count); seed++) {
    if (only !== undefined && !only.includes(seed)) continue
    const bytes = Buffer.from(mutatedMessage(seed))
    if (bytes.length < 19) continue
    const length = bytes.readUInt16BE(16)
    // A daemon waits for the rest of a message that says it is longer; a NOTIFICATION has no answer; a type that is not
    // UPDATE in an established session is the state machine's business.
    const whole = length === bytes.length || length < 19 || length > 4096
    if (whole && bytes[18] !== 3) jobs.push({ seed, hex: bytes.toString('hex') })
  }
  const started = Date.now()
  const answers = askRealBird(bird, jobs)
  const failures = jobs.flatMap(({ seed, hex }) => {
    const bytes = Buffer.from(hex, 'hex')
    const [real, ours] = [answers[seed] ?? '', decodeVerdict(bytes)]
    return real === ours || isOfSession(bytes, real, ours)
      ? []
      : [`${seed} ${hex}\n    ours: ${ours}\n    real: ${real}`]
  })
  return report('messages, a real session', jobs.length, failures, started)
}

/** What the message is in order for and the session is not. */
function isOfSession(bytes: Buffer, real: string, ours: string): boolean {
  return bytes[18] === 1 && ours === 'ok' && /^2\.[23]/.test(real)
}
