// npm run filter-bodies: runs every body of src/sim/bird/filter/bodies/cases.json in a real BIRD, as the import filter of a
// static route, and writes the lines it logs beside them; null: the daemon does not take the configuration.
import { spawn, spawnSync } from 'node:child_process'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findBird, whyNoNamespaces } from '../lab/bird-binary.ts'

const FOLDER = 'src/sim/bird/filter/bodies'
const NAME = `clbody${process.pid}`
const MARK = '@@'
/** Said to the terminal of a daemon with -d and in no log, and what is not of a filter. */
const UNLOGGED: ReadonlySet<string> = new Set(['', 'Started', 'Types do not match in val_compare'])
/** Bodies of one daemon: it logs run-time errors at a limited rate, after the first five. */
const TOGETHER = 4
/** Times to look for the end of a log, 50 ms apart. */
const LOOKS = 200

const bird = findBird(undefined)
const problem = bird.ok ? whyNoNamespaces() : bird.reason
if (!bird.ok || problem !== null) {
  process.stderr.write(`filter-bodies: NOT RUN: ${problem}\n`)
  process.exitCode = 2
} else record(bird.path)

function record(binary: string): void {
  const bodies = JSON.parse(readFileSync(join(FOLDER, 'cases.json'), 'utf8')) as string[]
  const folder = mkdtempSync(join(tmpdir(), 'bodies-'))
  try {
    const taken = bodies.filter((body) => isTaken(binary, folder, body))
    spawnSync('ip', ['netns', 'add', NAME])
    const lines = new Map<string, readonly string[]>()
    for (let from = 0; from < taken.length; from += TOGETHER) {
      for (const [body, said] of linesOf(binary, folder, taken.slice(from, from + TOGETHER))) lines.set(body, said)
    }
    const answers = bodies.map((body) => lines.get(body) ?? null)
    writeFileSync(join(FOLDER, 'answers.json'), `${JSON.stringify(answers, null, 0).replaceAll('],', '],\n')}\n`)
    process.stdout.write(`${taken.length} of ${bodies.length} bodies taken\n`)
  } finally {
    spawnSync('ip', ['netns', 'del', NAME])
    rmSync(folder, { recursive: true })
  }
}

function protocol(index: number, body: string): string {
  return `protocol static s${index} {
  import filter { print "${MARK}${index}"; ${body} accept; };
  route 10.0.0.0/24 blackhole { bgp_med = 9; };
}
`
}

function isTaken(binary: string, folder: string, body: string): boolean {
  writeFileSync(join(folder, 'bird.cfg'), protocol(0, body))
  return spawnSync(binary, ['-p', '-c', 'bird.cfg'], { cwd: folder }).status === 0
}

function linesOf(binary: string, folder: string, bodies: readonly string[]): Map<string, string[]> {
  const found = new Map<string, string[]>()
  let lines: string[] = []
  for (const line of logOf(binary, folder, bodies)
    .split('\n')
    .map((each) => each.replace(/^bird: /, ''))) {
    if (line.startsWith(MARK)) {
      lines = []
      found.set(bodies[Number(line.slice(MARK.length))] as string, lines)
    } else if (!UNLOGGED.has(line)) lines.push(line.replace(/(filters, line) \d+/, '$1 N'))
  }
  return found
}

/** What a daemon that has them logs, until nothing has come for a while behind the last one. */
function logOf(binary: string, folder: string, bodies: readonly string[]): string {
  writeFileSync(join(folder, 'bird.cfg'), `router id 1.1.1.1;\n${bodies.map((body, i) => protocol(i, body)).join('')}`)
  const log = openSync(join(folder, 'log'), 'w')
  const daemon = spawn('ip', ['netns', 'exec', NAME, binary, '-d', '-c', 'bird.cfg', '-s', 'ctl'], {
    cwd: folder,
    stdio: ['ignore', log, log],
  })
  const last = `${MARK}${bodies.length - 1}`
  let text = ''
  let before = -1
  for (let looks = 0; looks < LOOKS && !(text.includes(last) && text.length === before); looks++) {
    before = text.length
    spawnSync('sleep', ['0.05'])
    text = readFileSync(join(folder, 'log'), 'utf8')
  }
  daemon.kill('SIGKILL')
  closeSync(log)
  if (!text.includes(last)) throw new Error(`no answer to ${bodies.join(' | ')}: ${text}`)
  return text
}
