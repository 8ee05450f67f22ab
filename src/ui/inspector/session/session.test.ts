import { describe, expect, it } from 'vitest'
import type { BgpState, HostView, SessionEnd, SessionView } from '../../../sim/index.ts'
import { session as en } from '../../i18n/en/inspector-session.ts'
import { factsOf } from './birdc-lines.ts'
import { wayOf } from './fsm-path.ts'
import { errorOf, whyDown } from './why-down.ts'

const steps = (...states: BgpState[]) =>
  states.slice(1).map((to, index) => ({ at: index + 1, from: states[index]!, to, reason: '' }))

describe('the way through the state machine', () => {
  it('of the side that dials goes through Active and Connect', () => {
    const way = wayOf(steps('Down', 'Idle', 'Active', 'Connect', 'OpenSent', 'OpenConfirm', 'Established'), 'Down')
    expect(way.current).toBe('established')
    expect([...way.taken]).toEqual([
      ['start', 2],
      ['dial', 3],
      ['connected', 4],
      ['open', 5],
      ['keepalive', 6],
    ])
  })

  it('of the passive side starts where it waits', () => {
    const way = wayOf(steps('Down', 'Passive', 'OpenSent'), 'Down')
    expect([...way.taken]).toEqual([['peerConnects', 2]])
    expect([...way.visited].sort()).toEqual(['idle', 'openSent'])
  })

  it('forgets earlier rounds, and shows the round that ended while at rest', () => {
    const failed = steps('Idle', 'Active', 'Connect', 'Idle', 'Active', 'Connect', 'Idle')
    expect([...wayOf(failed, 'Idle').taken]).toEqual([
      ['start', 4],
      ['dial', 5],
      ['fails', 6],
    ])
    const ended = wayOf(steps('OpenSent', 'OpenConfirm', 'Established', 'Close', 'Down', 'Passive'), 'Down')
    expect(ended).toMatchObject({ state: 'Passive', current: 'idle' })
    expect(ended.taken.get('end')).toBe(3)
  })

  it('stands still when nothing has happened', () => {
    expect(wayOf([], 'Down')).toMatchObject({ state: 'Down', current: 'idle' })
  })
})

const end = (host: string, bgpState: BgpState, error = ''): SessionEnd => ({
  host,
  protocol: `Mesh_${host}`,
  state: 'start',
  bgpState,
  info: `${bgpState.padEnd(14)}${error}`,
})
const session = (a: SessionEnd, b: SessionEnd | null, look: SessionView['look'] = 'active'): SessionView => ({
  id: 'x',
  a,
  b,
  remoteAddress: '172.18.0.4',
  ebgp: false,
  look,
  hold: null,
})
const host = (name: string, more: Partial<HostView> = {}): HostView => ({
  name,
  kind: 'node',
  phase: 'running',
  powered: true,
  registered: true,
  bird: 'running',
  felix: 'running',
  confd: 'running',
  address: '172.18.0.4',
  asNumber: 64512,
  rrClusterId: null,
  links: [{ network: 'kind', interface: 'eth0', address: '172.18.0.4/16', up: true }],
  sessionsEstablished: 0,
  sessionsTotal: 1,
  recovering: null,
  blocks: [],
  prefixes: [],
  ...more,
})

describe('why a session is not up', () => {
  const a = end('worker', 'Active', 'Socket: Connection refused')

  it('reads what BIRD says after the state word', () => {
    expect(errorOf(a)).toBe('Socket: Connection refused')
    expect(errorOf(end('worker', 'Passive'))).toBe('')
  })

  it('names hosts that are off, cut links and stopped daemons before what the ends say', () => {
    const off = whyDown(
      session(a, end('worker2', 'Passive')),
      [host('worker'), host('worker2', { powered: false })],
      en.why,
    )
    expect(off[0]).toBe('worker2 is powered off.')
    expect(off.some((sentence) => sentence.startsWith('worker2 is passive'))).toBe(false)
    const stopped = whyDown(session(a, end('worker2', 'Passive')), [host('worker2', { bird: 'stopped' })], en.why)
    expect(stopped[0]).toBe('BIRD on worker2 is not running.')
    expect(stopped[1]).toContain('Connection refused')
  })

  it('says whether nobody has the address or the other side lacks the protocol', () => {
    expect(whyDown(session(a, null), [], en.why)[0]).toContain('172.18.0.4')
    expect(whyDown(session(a, null), [host('worker2')], en.why)[0]).toContain('no protocol for worker')
  })

  it('says of a silent session whose other end has gone who is off', () => {
    const up = {
      ...session(end('worker', 'Established'), null, 'silent'),
      hold: { remainingSeconds: 45, nominalSeconds: 240, heardSecondsAgo: 148 },
    }
    const reasons = whyDown(up, [host('worker2', { powered: false })], en.why)
    expect(reasons[0]).toBe('worker2 is powered off.')
    expect(reasons[1]).toContain('148.0 s')
    expect(whyDown({ ...up, look: 'idle' }, [host('worker2', { powered: false })], en.why)[0]).toBe(
      'worker2 is powered off.',
    )
  })

  it('has words for each error that the scenarios meet, and passes others on', () => {
    const say = (error: string) => whyDown(session(end('worker', 'Idle', error), end('b', 'Passive')), [], en.why)[0]
    expect(say('BGP Error: Bad peer AS')).toContain('another AS number')
    expect(say('Received: Bad peer AS')).toContain('refuses its AS number')
    expect(say('BGP Error: Hold timer expired')).toContain('hold timer')
    expect(say('Received: Administrative shutdown')).toBe('worker got a NOTIFICATION: Administrative shutdown.')
    expect(say('Error: Neighbor lost')).toBe('worker reports: Error: Neighbor lost.')
  })

  it('has nothing to say of a healthy session', () => {
    const up = session(end('worker', 'Established'), end('worker2', 'Established'), 'established')
    expect(whyDown(up, [host('worker'), host('worker2')], en.why)).toEqual([])
  })
})

describe('lines of birdc', () => {
  it('become names and values', () => {
    expect(
      factsOf([
        'Mesh_172_18_0_4 BGP      master   up     00:00:03    Established   ',
        '  Preference:     100',
        '  BGP state:          Established',
        '    Neighbor caps:    refresh enhanced-refresh restart-able AS4',
        '    Hold timer:       152/240',
      ]),
    ).toEqual(
      new Map([
        ['Preference', '100'],
        ['BGP state', 'Established'],
        ['Neighbor caps', 'refresh enhanced-refresh restart-able AS4'],
        ['Hold timer', '152/240'],
      ]),
    )
  })
})
