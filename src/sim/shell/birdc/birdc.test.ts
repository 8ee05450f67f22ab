import { describe, expect, test } from 'vitest'
import { expandCommand, helpFor, nextWords } from '../../bird/client/expand.ts'
import { kindCluster, Run } from '../../testing/run-scenario.ts'
import { execute } from '../execute.ts'

const HELLO = 'BIRD v0.3.3+birdv1.6.8 ready.'
const MESH = 'Mesh_172_18_0_2'
const run = Run.of(
  kindCluster(3, { name: 'calico-cluster' }),
  '{ timeline: [ { at: 20s, action: kill-bird, target: node/calico-cluster-worker2 }, { at: 20s, action: stop-bird, target: node/calico-cluster-control-plane } ] }',
).to(40)

function at(seconds: number, host: string, command: string) {
  const context = { recording: run.recording, at: seconds * 1e6, scenario: { startEpochMs: 0 } }
  return execute(context, host, command)
}

/** Lines behind the greeting. */
function answer(command: string): string[] {
  const result = at(15, 'calico-cluster-worker', `birdc ${command}`)
  if (result.type !== 'output') return [`action ${JSON.stringify(result)}`]
  const [hello, ...lines] = result.text.replace(/\n$/, '').split('\n')
  expect(hello).toBe(HELLO)
  return lines
}

describe('the client', () => {
  test.each([
    ['sh ro', 'show route', ''],
    ['sh pr all X', 'show protocols all', 'X'],
    ['show protocols a', 'show protocols all', ''],
    ['rel in X', 'reload in', 'X'],
    ['dis "Mesh_*" "why not"', 'disable', '"Mesh_*" "why not"'],
    ['show route all 10.0.0.0/8', 'show route', 'all 10.0.0.0/8'],
  ])('expands %s', (line, command, rest) => {
    expect(expandCommand(line)).toEqual({ ok: true, command, rest })
  })

  test.each(['show', 'bogus', '?', 'show ospf', 'graceful restart'])('does not know %s', (line) => {
    expect(expandCommand(line)).toEqual({ ok: false, lines: ["No such command. Press `?' for help."] })
  })

  test('says what an ambiguous word may mean', () => {
    const result = expandCommand('rest X')
    expect(result.ok ? [] : result.lines).toEqual([
      'Ambiguous command, possible expansions are:',
      'restart (<protocol> | "<pattern>" | all) [message]  Restart protocol',
      'restrict                                       Restrict current CLI session to safe commands',
    ])
  })

  test('Debian builds in more protocols than Calico', () => {
    expect(expandCommand('show ospf', 'debian')).toEqual({ ok: true, command: 'show ospf', rest: '' })
    expect(expandCommand('show r', 'calico')).toEqual({ ok: true, command: 'show route', rest: '' })
    expect(expandCommand('show r', 'debian').ok).toBe(false)
  })

  test('? lists a command and what may follow it', () => {
    expect(helpFor('sh pr')).toEqual([
      'show protocols [<protocol> | "<pattern>"]      Show routing protocols',
      'show protocols all [<protocol> | "<pattern>"]  Show routing protocol details',
    ])
    expect(helpFor('').map((line) => line.split(' ')[0])).toContain('mrtdump')
    expect(helpFor('show').length).toBe(9)
  })

  test('knows what may follow', () => {
    expect(nextWords(['show', 'interfaces'])).toEqual(['summary'])
    expect(nextWords(['nonsense'])).toEqual([])
  })
})

describe('reading', () => {
  test.each([
    ['show protocols nosuch', ['nosuch is not a protocol']],
    ['show protocols "zz*"', ['No protocols match']],
    ['show route 1.2.3.0/24', ['Network not in table']],
    ['show route table nosuch', ['nosuch is not a table']],
    ['show route protocol nosuch', ['nosuch is not a protocol']],
    ['show route bogus', ['IP address expected']],
    ['show route import x', ['syntax error']],
    ['show route 10.0.0.0/40', ['Invalid prefix length 40']],
    ['show route count', ['6 of 6 routes for 6 networks']],
    ['show route table master count', ['6 of 6 routes for 6 networks']],
    ['show roa', ['No ROA table defined']],
    ['help', ['syntax error']],
  ])('%s', (command, lines) => {
    expect(answer(command)).toEqual(lines)
  })

  test('a pattern selects rows, a name one', () => {
    expect(answer('show protocols "Mesh_*"')).toHaveLength(3)
    expect(answer(`show protocols ${MESH}`)[1]).toBe(`${MESH} BGP      master   up     00:00:02    Established   `)
  })

  test('show route for finds the longest match, and `all` adds the attributes', () => {
    const [line, ...attributes] = answer('show route for 192.167.156.70 all')
    expect(line).toBe(`192.167.156.64/26  via 172.18.0.2 on eth0 [${MESH} 00:00:02] * (100/0) [i]`)
    expect(attributes).toContain('\tBGP.local_pref: 100')
    expect(answer('show route for 8.8.8.8')[0]).toMatch(/^0\.0\.0\.0\/0 /)
    expect(answer(`show route protocol ${MESH}`)).toHaveLength(1)
  })

  test('the order of routes is the hash order of BIRD, not that of addresses', () => {
    const prefixes = answer('show route').map((line) => line.split(' ')[0])
    expect(prefixes).not.toEqual([...prefixes].sort())
    expect(prefixes[0]).toBe('0.0.0.0/0')
  })

  test('show interfaces as BIRD names their flags', () => {
    expect(answer('show interfaces').slice(0, 6)).toEqual([
      'lo up (index=1)',
      '\tMultiAccess AdminUp LinkUp Loopback Ignored MTU=65536',
      '\t127.0.0.1/8 (Primary, scope host)',
      'eth0 up (index=2)',
      '\tMultiAccess Broadcast Multicast AdminUp LinkUp MTU=1500',
      '\t172.18.0.3/16 (Primary, scope site)',
    ])
  })

  test('? is no help on a command line, and said to be one in a session', () => {
    expect(answer('show ?').slice(0, 3)).toEqual([
      "No such command. Press `?' for help.",
      '# CalicoScope: in an interactive session, ? shows:',
      '# show bfd ...                                   Show information about BFD protocol',
    ])
  })

  test('filtered routes have no best one and are exported to nobody', () => {
    expect(answer('show route filtered primary')).toEqual([])
    expect(answer(`show route filtered export ${MESH}`)).toEqual([])
  })

  test('without a daemon the client says why it cannot connect', () => {
    const said = (host: string) => at(30, host, 'birdc show status')
    const path = '/var/run/calico/bird.ctl'
    const killed = `Unable to connect to server control socket (${path}): Connection refused\n`
    const stopped = `Unable to connect to server control socket (${path}): No such file or directory\n`
    expect(said('calico-cluster-worker2')).toEqual({ type: 'output', text: killed })
    expect(said('calico-cluster-control-plane')).toEqual({ type: 'output', text: stopped })
  })
})

describe('writing', () => {
  test('becomes an action with the command in full', () => {
    expect(at(15, 'calico-cluster-worker', `birdcl dis ${MESH}`)).toEqual({
      type: 'action',
      action: {
        at: 15e6,
        action: 'exec',
        target: { kind: 'node', name: 'calico-cluster-worker' },
        command: `birdc disable ${MESH}`,
      },
    })
    expect(at(15, 'calico-cluster-worker', 'birdc reload out "Mesh_*"').type).toBe('action')
    expect(at(15, 'calico-cluster-worker', 'birdc reload kernel1').type).toBe('action')
  })

  test.each([
    ['disable bgp_peer', ['bgp_peer is not a protocol']],
    ['disable bgp-peer', ['syntax error']],
    ['disable "zz*"', ['No protocols match']],
    ['reload', ['syntax error']],
    [`reload ${MESH} "why"`, ['syntax error']],
    ['reload static1', ['static1: reload failed']],
    [`enable ${MESH}`, [`${MESH}: already enabled`]],
  ])('%s is refused as BIRD refuses it', (command, lines) => {
    expect(answer(command)).toEqual(lines)
  })

  test('configure and down are actions, too', () => {
    for (const command of ['configure', 'conf soft', 'configure timeout 5', 'down']) {
      expect(at(15, 'calico-cluster-worker', `birdc ${command}`).type).toBe('action')
    }
    expect(answer('configure banana')).toEqual(['syntax error'])
    expect(answer('configure "/tmp/other.conf"')).toEqual([
      'Reading configuration from /tmp/other.conf',
      '/tmp/other.conf: No such file or directory',
    ])
  })

  test('what the run answers to a pattern and a text', () => {
    const replies = (command: string) => {
      const timeline = `timeline:\n- at: 10s\n  action: exec\n  target: node/c-worker\n  command: ${JSON.stringify(command)}`
      return Run.of(kindCluster(2), timeline).to(11).replies()
    }
    expect(replies('birdc disable "Mesh_*"')).toEqual([`${MESH}: disabled`])
    expect(replies(`birdc enable ${MESH} "done"`)).toEqual([`${MESH}: already enabled`])
  })
})

describe('the configuration that runs', () => {
  const file = (n: number) => `router id 10.9.0.1; protocol device { } define N = ${n};`
  const { recording } = Run.of(
    '',
    `networks: [ { name: lan, cidr: 10.9.0.0/24 } ]
hosts:
- name: a
  interfaces: [ { name: eth0, network: lan, address: 10.9.0.1/24 } ]
  birdConf: ${JSON.stringify(file(1))}
timeline:
- { at: 10s, action: set-bird-conf, target: host/a, text: ${JSON.stringify(file(2))} }
- { at: 20s, action: exec, target: host/a, command: birdc configure undo }
- { at: 30s, action: exec, target: host/a, command: birdc configure }`,
  ).to(40)
  const said = (seconds: number, command: string) =>
    execute({ recording, at: seconds * 1e6, scenario: { startEpochMs: 0 } }, 'a', command)

  test.each([
    [5, 1],
    [15, 2],
    // The file has 2, and what runs is what was read at first.
    [25, 1],
    [35, 2],
  ])('at %d s N is %d, as the configurations came and went', (at, n) => {
    expect(said(at, 'birdc eval N')).toEqual({ type: 'output', text: `BIRD 1.6.8 ready.\n${n}\n` })
  })

  test('sees the interfaces while a device protocol runs', () => {
    expect(said(5, 'birdc show interfaces summary')).toMatchObject({ text: expect.stringContaining('eth0') })
    const text = file(1).replace('device { }', 'device { disabled; }')
    const blind = Run.of(
      '',
      `networks: [ { name: lan, cidr: 10.9.0.0/24 } ]
hosts:
- name: a
  interfaces: [ { name: eth0, network: lan, address: 10.9.0.1/24 } ]
  birdConf: ${JSON.stringify(text)}`,
    ).to(10)
    const context = { recording: blind.recording, at: 5e6, scenario: { startEpochMs: 0 } }
    expect(execute(context, 'a', 'birdc show interfaces')).toEqual({ type: 'output', text: 'BIRD 1.6.8 ready.\n' })
  })

  test('may be another file than the main one', () => {
    const timeline = `timeline:
- { at: 10s, action: exec, target: node/c-worker, command: 'birdc configure "/etc/calico/confd/config/bird_aggr.cfg"' }`
    const node = Run.of(kindCluster(2), timeline).to(20)
    const symbols = (seconds: number) => {
      const context = { recording: node.recording, at: seconds * 1e6, scenario: { startEpochMs: 0 } }
      const result = execute(context, 'c-worker', 'birdc show symbols')
      return result.type === 'output' ? result.text : ''
    }
    expect(symbols(5)).toContain('calico_kernel_programming')
    expect(symbols(15)).not.toContain('calico_kernel_programming')
    expect(symbols(15)).toContain('calico_aggr')
    // Its protocols take a moment to go; the new configuration is already the one that counts.
    expect(symbols(10.001)).not.toContain('calico_kernel_programming')
  })
})
