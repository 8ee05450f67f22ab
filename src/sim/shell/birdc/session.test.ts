// birdc at its prompt: what BIRD 1.6.8's client printed on a terminal, line for line.
import { expect, test } from 'vitest'
import { Run } from '../../testing/run-scenario.ts'
import { complete } from '../complete.ts'
import { execute } from '../execute.ts'
import type { Session } from '../types.ts'

const { recording } = Run.of(
  '',
  `networks: [ { name: lan, cidr: 10.9.0.0/24 } ]
hosts:
- name: a
  interfaces: [ { name: eth0, network: lan, address: 10.9.0.1/24 } ]
  birdConf: "router id 10.9.0.1; protocol device { } protocol static st { route 10.1.0.0/16 blackhole; }"
timeline:
- { at: 20s, action: kill-bird, target: host/a }
- { at: 30s, action: start-bird, target: host/a }`,
).to(40)
const at = (seconds: number) => ({ recording, at: seconds * 1e6, scenario: { startEpochMs: 0 } })

function opened(command = 'birdc', seconds = 10): Session {
  const result = execute(at(seconds), 'a', command)
  if (result.type !== 'output' || !result.session) throw new Error(`no session: ${JSON.stringify(result)}`)
  return result.session
}

/** The lines printed; ` -- left` when the session is over. */
function said(line: string, session = opened(), seconds = 10): string[] {
  const result = execute(at(seconds), 'a', line, session)
  if (result.type !== 'output') return [JSON.stringify(result)]
  const lines = result.text === '' ? [] : result.text.replace(/\n$/, '').split('\n')
  return result.session === null ? [...lines, '-- left'] : lines
}

test('without a command it greets and stays', () => {
  expect(execute(at(10), 'a', 'birdc')).toMatchObject({ text: 'BIRD 1.6.8 ready.\n', session: { host: 'a' } })
  expect(execute(at(10), 'a', 'birdc -v')).toMatchObject({ text: '0001 BIRD 1.6.8 ready.\n' })
  expect(execute(at(10), 'a', 'birdc -r')).toMatchObject({ text: 'BIRD 1.6.8 ready.\nAccess restricted\n' })
  expect(execute(at(25), 'a', 'birdc')).not.toHaveProperty('session')
})

test.each([
  ['show static', ['10.1.0.0/16 blackhole']],
  ['eval 1+1', ['2']],
  ['', []],
  ['bogus', ["No such command. Press `?' for help."]],
  ['SHOW STATUS', ["No such command. Press `?' for help."]],
  [
    '  show  sta',
    [
      'Ambiguous command, possible expansions are:',
      'show static [<name>]                           Show details of static protocol',
      'show status                                    Show router status',
    ],
  ],
  ['help', ["Press `?' for context sensitive help."]],
  ['hel', ["Press `?' for context sensitive help."]],
  ['help show', ["Press `?' for context sensitive help."]],
  ['quit', ['-- left']],
  ['q', ['-- left']],
  ['quit now', ['-- left']],
  ['exit', ['-- left']],
])('%s', (line, lines) => {
  expect(said(line)).toEqual(lines)
})

test('? helps with the words that are whole, and is a character inside quotes and brackets', () => {
  const show = said('show ?')
  expect(show).toHaveLength(11)
  expect(show[0]).toBe('show bfd ...                                   Show information about BFD protocol')
  expect(said('show pr?')).toEqual(show)
  expect(said('show bogus ?')).toEqual(show)
  expect(said('?')).toContain('exit                                           Exit the client')
  expect(said('disable ?')).toEqual(['disable (<protocol> | "<pattern>" | all) [message]  Disable protocol'])
  expect(said('show protocols all st ?')).toEqual([
    'show protocols all [<protocol> | "<pattern>"]  Show routing protocol details',
  ])
  expect(said('show protocols "x?')).toHaveLength(1)
})

test('-v puts codes before what the daemon says, and not before what the client says', () => {
  const verbose = opened('birdc -v')
  expect(said('show static', verbose)).toEqual(['1009-10.1.0.0/16 blackhole'])
  expect(said('bogus', verbose)).toEqual(["No such command. Press `?' for help."])
  expect(said('help', verbose)).toEqual(["Press `?' for context sensitive help."])
})

test('restrict holds until the end', () => {
  const result = execute(at(10), 'a', 'restrict', opened())
  expect(result).toMatchObject({ text: 'Access restricted\n', session: { restricted: true } })
  const restricted = (result as { session: Session }).session
  expect(said('disable st', restricted)).toEqual(['Access denied'])
  expect(said('down', restricted)).toEqual(['Access denied'])
  expect(said('show static', restricted)).toEqual(['10.1.0.0/16 blackhole'])
})

test('what changes something is an action, and down is the end', () => {
  const action = { action: 'exec', target: { kind: 'host', name: 'a' }, command: 'birdc disable st' }
  expect(execute(at(10), 'a', 'dis st', opened())).toEqual({ type: 'action', action: { at: 10e6, ...action } })
  expect(execute(at(10), 'a', 'dis st', opened('birdc -v'))).toMatchObject({
    action: { command: 'birdc -v disable st' },
  })
  expect(execute(at(10), 'a', 'down', opened())).toMatchObject({
    action: { command: 'birdc down' },
    ends: 'Connection closed by server\n',
  })
})

test('a daemon that is another one, or none, has closed the connection', () => {
  expect(said('show static', opened(), 15)).toEqual(['10.1.0.0/16 blackhole'])
  for (const seconds of [25, 35]) {
    expect(said('show static', opened(), seconds)).toEqual(['Connection closed by server', '-- left'])
  }
})

test('completes as on the command line', () => {
  expect(complete(at(10), 'a', 'show prot', opened())).toEqual(['show protocols'])
  expect(complete(at(10), 'a', 'disable s', opened())).toEqual(['disable st'])
})
