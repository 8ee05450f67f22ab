// npm run transcripts: gives the commands of src/sim/shell/birdc/transcripts/commands.txt to real daemons with the real
// birdc, and writes what they answered to real.txt beside it, and what `?` shows to help.txt. `@T` is the second after the start; a line is HOST COMMAND.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { Simulation } from '../../src/sim/simulation.ts'
import { findBird, whyNoNamespaces } from '../lab/bird-binary.ts'
import { LabNet } from '../lab/lab-net.ts'
import { recordHelp } from './record-help.ts'

const FOLDER = 'src/sim/shell/birdc/transcripts'
/** Gratuitous details of the machine that recorded: the folder of the daemons. */
const PLACE = '/etc/bird'

const bird = findBird(undefined)
const problem = bird.ok ? whyNoNamespaces() : bird.reason
if (!bird.ok || problem !== null) {
  process.stderr.write(`transcripts: NOT RUN: ${problem}\n`)
  process.exitCode = 2
} else await record(bird.path)

async function record(binary: string): Promise<void> {
  const simulation = new Simulation()
  const loaded = simulation.load(readFileSync(join(FOLDER, 'lab.yaml'), 'utf8'))
  if (!loaded.ok) throw new Error(loaded.problems.map((each) => each.message).join('\n'))
  const { lab, files } = simulation.labBundle(0)
  const net = new LabNet(lab)
  const folder = mkdtempSync(join(tmpdir(), 'transcripts-'))
  const daemons: ChildProcess[] = []
  try {
    await net.create(lab.hosts.map((host) => host.name))
    await startOfSecond()
    const start = Date.now()
    for (const host of lab.hosts) {
      for (const [name, path] of Object.entries(host.bird ?? {})) {
        writeFileSync(join(folder, `${host.name}-${name}`), files.get(path) ?? '')
      }
      const args = ['-d', '-c', `${host.name}-bird.cfg`, '-s', `${host.name}.ctl`]
      const log = openSync(join(folder, `${host.name}.log`), 'w')
      const stdio = ['ignore', 'ignore', log] as const
      daemons.push(
        spawn('ip', ['netns', 'exec', net.namespace(host.name), binary, ...args], { cwd: folder, stdio: [...stdio] }),
      )
    }
    const birdc = join(dirname(binary), 'birdc')
    const lines: string[] = []
    for (const line of readFileSync(join(FOLDER, 'commands.txt'), 'utf8').split('\n')) {
      if (line.startsWith('@')) {
        await new Promise((done) => setTimeout(done, start + Number(line.slice(1)) * 1000 + 300 - Date.now()))
        lines.push(line)
      } else if (line !== '') {
        const [, host = '', command = ''] = /^(\S+) (.*)$/.exec(line) ?? []
        const { stdout, stderr, status } = spawnSync(
          'sh',
          ['-c', `exec "${birdc}" -s ${host}.ctl ${quoted(command)}`],
          {
            cwd: folder,
            encoding: 'utf8',
            stdio: ['ignore', 'pipe', 'pipe'],
          },
        )
        lines.push(
          `### ${line}`,
          `${stdout}${stderr}`
            .replaceAll(birdc, 'birdc')
            .replaceAll(`${host}.ctl`, '/run/bird/bird.ctl')
            .replace(/\n$/, ''),
          `[${status}]`,
        )
      }
    }
    writeFileSync(join(FOLDER, 'help.txt'), recordHelp({ birdc, socket: 'a.ctl', cwd: folder }))
    writeFileSync(
      join(FOLDER, 'real.txt'),
      `${lines.join('\n').replaceAll(/([abc])-bird\.cfg/g, `${PLACE}/bird.conf`)}\n`,
    )
  } finally {
    for (const daemon of daemons) daemon.kill('SIGKILL')
    await net.destroy()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Options as they are; the command as one word, so that its quotes reach the daemon. */
function quoted(command: string): string {
  const [, options = '', rest = ''] = /^((?:-[vr] )*)(.*)$/.exec(command) ?? []
  return `${options}'${rest.replaceAll("'", "'\\''")}'`
}

function startOfSecond(): Promise<void> {
  return new Promise((done) => setTimeout(done, 1000 - (Date.now() % 1000)))
}
