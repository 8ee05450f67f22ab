// A mesh of three nodes prints what the real daemons printed (shared/reference/bird-captures/mesh3-states): the same lines
// in form, with the scenario's own addresses and times.
import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { kindCluster, Run } from '../testing/run-scenario.ts'
import { execute } from './execute.ts'

const CAPTURE = '../shared/reference/bird-captures/mesh3-states/1-converged.n1.txt'
const there = existsSync(CAPTURE)
if (!there) console.warn(`skipped: no ${CAPTURE}`)

const PODS = ['c-worker', 'c-worker', 'c-worker2', 'c-control-plane']
  .map(
    (node, i) =>
      `---\napiVersion: v1\nkind: Pod\nmetadata: { name: p${i}, namespace: default }\nspec: { nodeName: ${node} }`,
  )
  .join('\n')

/** Sections of a capture by the command that printed them. */
function sections(text: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  for (const part of text.split(/^### /m).slice(1)) {
    const [command = '', ...lines] = part.replace(/\n$/, '').split('\n')
    found.set(command, lines)
  }
  return found
}

/** A line without what differs from run to run; who programmed the default route differs, too. */
function form(line: string): string {
  return line
    .replace(/\d\d:\d\d:\d\d/g, 'TIME')
    .replace(/(Mesh|Global|Node)(_\d+){4}/g, 'PEER')
    .replace(/\d+\.\d+\.\d+\.\d+(\/\d+)?/g, (_, length: string | undefined) => (length ? `A${length}` : 'A'))
    .replace(/(A\/\d+) +/g, '$1 ')
    .replace(/cali\w+/g, 'VETH')
    .replace(/A\/(16|24)/g, 'A/NET')
    .replace(/Hold timer: .*/, 'Hold timer')
    .replace(/Keepalive timer: .*/, 'Keepalive timer')
    .replace(/^default via A dev eth0 (proto static )?/, 'default ')
    .replace(/Kernel\.source: \d+/, 'Kernel.source')
    .replace(/^A dev VETH (proto 80 )?scope link /, 'A dev VETH scope link ')
}

describe.skipIf(!there)('a converged mesh of three', () => {
  const capture = there ? sections(readFileSync(CAPTURE, 'utf8')) : new Map<string, string[]>()
  const run = Run.of(`${kindCluster(3)}${PODS}`).to(15)
  const context = { recording: run.recording, at: run.now, scenario: { startEpochMs: Date.UTC(2025, 7, 12) } }
  const print = (command: string): string[] => {
    const result = execute(context, 'c-worker', command)
    return result.type === 'output' ? result.text.replace(/\n$/, '').split('\n') : []
  }

  test('show protocols, line for line', () => {
    expect(print('birdcl show protocols').map(form)).toEqual(capture.get('birdcl show protocols')?.map(form))
  })

  test('show status, line for line', () => {
    const dated = (line: string) => form(line).replace(/\d{4}-\d\d-\d\d/, 'DATE')
    expect(print('birdcl show status').map(dated)).toEqual(capture.get('birdcl show status')?.map(dated))
  })

  test('show protocols all, but for the numbers of routes', () => {
    const rows = (lines: readonly string[]) =>
      lines.map((line) =>
        form(line)
          .replace(/\d+ (imported|exported|preferred)/g, 'N $1')
          .replace(/ +\d+(?= |$)/g, ' N'),
      )
    // Sessions differ in how many paths they carry, never in form.
    expect(rows(print('birdcl show protocols all'))).toEqual(rows(capture.get('birdcl show protocols all') ?? []))
  })

  test.each(['birdcl show route', 'birdcl show route all', 'ip route'])(
    'every line of %s has the form of a real one',
    (command) => {
      const real = new Set(capture.get(command)?.map(form))
      const lines = print(command)
      expect(lines.length).toBeGreaterThan(6)
      expect(lines.map(form).filter((line) => !real.has(line))).toEqual([])
    },
  )

  test('show interfaces summary has the real columns', () => {
    expect(print('birdcl show interfaces summary').slice(0, 3)).toEqual([
      'BIRD v0.3.3+birdv1.6.8 ready.',
      ...(capture.get('birdcl show interfaces summary')?.slice(1, 3) ?? []),
    ])
  })
})
