import { beforeEach, describe, expect, it } from 'vitest'
import type { CommandResult, EventView, ShellSession } from '../../sim/index.ts'
import { setClient } from '../store/client.ts'
import type { SimulationClient } from '../store/types.ts'
import { askForHelp, leaveSession, replyAt, runCommand } from './run-command.ts'
import { useTerminals } from './terminal-store.ts'

const reply = (at: number, host: string, text: string): EventView => ({
  at,
  host,
  body: { type: 'command', command: 'birdc disable x', reply: text },
})

describe('reply of a writing command', () => {
  it('is what the tool answered on that host at that moment', () => {
    const events = [reply(5, 'worker', 'old'), reply(9, 'worker', 'x: disabled'), reply(9, 'worker2', 'other')]
    expect(replyAt(events, 9, 'worker')).toBe('x: disabled')
  })

  it('is not one from another moment', () => {
    expect(replyAt([reply(5, 'worker', 'old')], 9, 'worker')).toBeNull()
    expect(replyAt([reply(12, 'worker', 'later')], 9, 'worker')).toBeNull()
  })

  it("is the API's refusal when it refused", () => {
    const refused = { at: 9, host: null, body: { type: 'cluster', event: { code: 'refused', message: 'no' } } }
    expect(replyAt([refused as EventView], 9, null)).toBe('no')
  })
})

describe('a program that stays', () => {
  const session: ShellSession = { program: 'birdc', host: 'worker', bootedAt: 0, verbose: false, restricted: false }
  const asked: unknown[] = []
  const answers: CommandResult[] = []
  const client: Pick<SimulationClient, 'exec'> = {
    exec: async (_at, host, command, inside) => {
      asked.push([host, command, inside])
      return answers.shift() ?? { type: 'output', text: '' }
    },
  }
  const log = () =>
    (useTerminals.getState().logs.worker ?? []).map(({ prompt, command, output }) => [prompt, command, output])

  beforeEach(() => {
    asked.length = 0
    useTerminals.setState({ logs: {}, sessions: {}, history: { shell: [], birdc: [] } })
    setClient(client as SimulationClient)
  })

  it('gets the lines that follow under its own prompt, with a history of its own, until it leaves', async () => {
    answers.push({ type: 'output', text: 'BIRD 1.6.8 ready.\n', session })
    answers.push({ type: 'output', text: 'up\n' }, { type: 'output', text: '', session: null })
    for (const line of ['birdc', 'show status', 'quit', 'ip route']) await runCommand('worker', line)
    expect(asked).toEqual([
      ['worker', 'birdc', null],
      ['worker', 'show status', session],
      ['worker', 'quit', session],
      ['worker', 'ip route', null],
    ])
    expect(log()).toEqual([
      ['worker:~#', 'birdc', 'BIRD 1.6.8 ready.\n'],
      ['bird>', 'show status', 'up\n'],
      ['bird>', 'quit', ''],
      ['worker:~#', 'ip route', ''],
    ])
    expect(useTerminals.getState().history).toEqual({ shell: ['birdc', 'ip route'], birdc: ['show status', 'quit'] })
  })

  it('is left by Ctrl-D, and only in its own terminal', async () => {
    answers.push({ type: 'output', text: '', session })
    await runCommand('worker', 'birdc')
    expect(leaveSession('worker2', '')).toBe(false)
    expect(leaveSession('worker', '')).toBe(true)
    expect(leaveSession('worker', '')).toBe(false)
    await runCommand('worker', 'ip route')
    expect(asked.at(-1)).toEqual(['worker', 'ip route', null])
  })

  it('shows help and keeps nothing of the question', async () => {
    answers.push({ type: 'output', text: '', session }, { type: 'output', text: 'show bfd ...\n' })
    await runCommand('worker', 'birdc')
    await askForHelp('worker', 'show ')
    expect(log().at(-1)).toEqual(['bird>', 'show ?', 'show bfd ...\n'])
    expect(useTerminals.getState().history.birdc).toEqual([])
  })
})
