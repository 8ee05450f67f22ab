// What `?` shows behind every word that commands begin with, at the prompt of the real birdc. Its line editor reads a
// pipe as it reads a terminal; the key Ctrl-U empties the line.
import { spawnSync } from 'node:child_process'
import { COMMANDS, DEBIAN_COMMANDS } from '../../src/sim/bird/client/command-table.ts'

/** `### WORDS` and the lines, for every command and every beginning of one. */
export function recordHelp(client: { birdc: string; socket: string; cwd: string }): string {
  const commands = [...COMMANDS, ...DEBIAN_COMMANDS].map(({ words }) => words.split(' '))
  const beginnings = commands.flatMap((words) => words.map((_, count) => words.slice(0, count + 1).join(' ')))
  return ['', ...new Set(beginnings)].map((words) => `### ${words}\n${helpBehind(words, client)}`).join('')
}

function helpBehind(words: string, { birdc, socket, cwd }: { birdc: string; socket: string; cwd: string }): string {
  const { stdout } = spawnSync(birdc, ['-s', socket], {
    cwd,
    input: `${words} ?\u0015quit\n`,
    encoding: 'utf8',
    env: { ...process.env, TERM: 'dumb' },
  })
  const lines = stdout.split('\n')
  const from = lines.findIndex((line) => line.endsWith(' ?')) + 1
  const to = lines.findIndex((line, index) => index >= from && line.startsWith('bird> '))
  if (from === 0 || to < 0) throw new Error(`birdc: no help behind '${words}' in ${JSON.stringify(stdout)}`)
  return lines
    .slice(from, to)
    .map((line) => `${line}\n`)
    .join('')
}
