// The simulated daemons answer every command of transcripts/commands.txt as the real ones did (transcripts/real.txt,
// made by `npm run transcripts`), line for line but for clock times and what a timer draws by chance.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { helpFor } from '../../bird/client/expand.ts'
import { Simulation } from '../../simulation.ts'

const FOLDER = resolve(import.meta.dirname, 'transcripts')

interface Exchange {
  readonly at: number
  readonly host: string
  readonly command: string
  readonly lines: readonly string[]
}

function exchanges(): Exchange[] {
  const found: { at: number; host: string; command: string; lines: string[] }[] = []
  let at = 0
  for (const line of readFileSync(`${FOLDER}/real.txt`, 'utf8').trimEnd().split('\n')) {
    const head = /^### (\S+) (.*)$/.exec(line)
    if (line.startsWith('@')) at = Number(line.slice(1))
    else if (head !== null) found.push({ at, host: head[1]!, command: head[2]!, lines: [] })
    else if (!/^\[\d\]$/.test(line)) found.at(-1)?.lines.push(line)
  }
  return found
}

/** What differs from run to run. */
function masked(line: string): string {
  return line
    .replace(/\d\d\d\d-\d\d-\d\d/g, 'DATE')
    .replace(/\b\d\d:\d\d:\d\d\b/g, 'TIME')
    .replace(/(Hold|Keepalive) timer: .*/, '$1 timer')
    .replace(/^(.*(?:Routing tables|Route attributes|Protocols|Total): ).*B$/, '$1')
}

describe('? shows what it shows at the prompt of the real birdc', () => {
  const answers = readFileSync(`${FOLDER}/help.txt`, 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((each) => each.trimEnd().split('\n'))

  test.each(answers.map(([words = '', ...lines]) => ({ words, lines })))('behind "$words"', ({ words, lines }) => {
    expect(helpFor(`${words} ?`, 'debian')).toEqual(lines)
  })

  test('are many', () => expect(answers.length).toBeGreaterThan(60))
})

describe('the simulated daemon answers like the real one', () => {
  const simulation = new Simulation()
  const loaded = simulation.load(readFileSync(`${FOLDER}/lab.yaml`, 'utf8'))
  if (!loaded.ok) throw new Error(loaded.problems.map((problem) => problem.message).join('\n'))
  // One after the other, as they were given: what changes something is part of the run from then on.
  const all = exchanges()
  let place = 0
  const answers = all.map(({ at, host, command }, index) => {
    place = index > 0 && all[index - 1]!.at === at ? place + 1 : 0
    const time = at * 1e6 + 300_000 + place * 1_000
    simulation.runTo(time)
    return simulation.commandOutput(time, host, `birdc ${command}`).replace(/\n$/, '').split('\n')
  })

  test.each(all.map((each, index) => ({ ...each, index })))('@$at $host: birdc $command', ({ lines, index }) => {
    expect(answers[index]!.map(masked)).toEqual(lines.map(masked))
  })

  test('are many', () => expect(all.length).toBeGreaterThan(350))
})
