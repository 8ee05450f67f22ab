// The real daemon as judge of messages with mistakes: a BIRD in a namespace with a passive session for many peers, all of
// them on its loopback, and a child beside it that dials (talk.ts).
import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DAEMON, PEER_AS, PEERS, peerAddress } from './talk.ts'

const NAME = `clfuzz${process.pid}`

/** Answers by seed, in the oracle's words. */
export function askRealBird(bird: string, jobs: readonly { seed: number; hex: string }[]): Record<number, string> {
  const folder = mkdtempSync(join(tmpdir(), 'fuzz-'))
  const inside = (...command: string[]): string[] => ['netns', 'exec', NAME, ...command]
  run('ip', ['netns', 'add', NAME])
  let daemon: ReturnType<typeof spawn> | null = null
  try {
    run('ip', ['-n', NAME, 'link', 'set', 'lo', 'up'])
    for (const address of [DAEMON, ...Array.from({ length: PEERS }, (_, peer) => peerAddress(peer))]) {
      run('ip', ['-n', NAME, 'addr', 'add', `${address}/32`, 'dev', 'lo'])
    }
    writeFileSync(join(folder, 'bird.cfg'), config())
    writeFileSync(join(folder, 'jobs.json'), JSON.stringify(jobs))
    const log = openSync(join(folder, 'log'), 'w')
    daemon = spawn('ip', inside(bird, '-d', '-c', 'bird.cfg', '-s', 'bird.ctl'), {
      cwd: folder,
      stdio: ['ignore', log, log],
    })
    spawnSync('sleep', ['1'])
    const child = [process.execPath, 'scripts/run-ts.mjs', 'scripts/fuzz/fuzz.ts', '--talk', folder]
    const { status } = spawnSync('ip', inside(...child), { stdio: ['ignore', 'inherit', 'inherit'] })
    if (status !== 0 || daemon.exitCode !== null)
      throw new Error(readFileSync(join(folder, 'log'), 'utf8').slice(-2000))
    return JSON.parse(readFileSync(join(folder, 'answers.json'), 'utf8')) as Record<number, string>
  } finally {
    daemon?.kill('SIGKILL')
    run('ip', ['netns', 'del', NAME])
    rmSync(folder, { recursive: true })
  }
}

function run(command: string, args: readonly string[]): void {
  const { status, stderr } = spawnSync(command, [...args], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command} ${args.join(' ')}: ${stderr}`)
}

function config(): string {
  const sessions = Array.from(
    { length: PEERS },
    (_, peer) =>
      `protocol bgp p${peer} { local ${DAEMON} as 65001; neighbor ${peerAddress(peer)} as ${PEER_AS}; multihop; passive;
  connect delay time 1; error wait time 1,1; error forget time 1; import none; export none; }`,
  )
  return `router id ${DAEMON};\nprotocol device { scan time 60; }\n${sessions.join('\n')}\n`
}
