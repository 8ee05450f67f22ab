// What the judge leaves out of its comparison, and what it does not.
import { describe, expect, it } from 'vitest'
import { compareCaptures } from './compare.ts'

const HEADING = 'name     proto    table    state  since       info\n'
const BEST = '10.0.0.0/8  via 10.1.0.2 on eth0 [a 10:00:00] * (100/0) [i]\n\tType: BGP unicast univ\n'

function capture(spec: { samples?: string[]; routes?: string; kernel?: unknown[] }) {
  const samples = (spec.samples ?? ['up     10:00:00    Established   ']).map(
    (row) => `${HEADING}a  BGP  master  ${row}`,
  )
  return { at: 1, hosts: { h: { samples, routes: spec.routes ?? BEST, kernel: spec.kernel ?? [] } } }
}

describe('comparison', () => {
  it('leaves out times and the order among what is not best', () => {
    const other = (name: string, time: string) =>
      `              via 10.1.0.3 on eth0 [${name} ${time}] (100/0) [i]\n\tType: BGP\n`
    const real = capture({ routes: `${BEST}${other('b', '11:00:00')}${other('c', '2025-08-12')}` })
    const ours = capture({ routes: `${BEST.replace('10:00:00', '12:34:56')}${other('c', '9')}${other('b', '9')}` })
    expect(compareCaptures(real, ours)).toEqual([])
  })

  it('sees another best route, another attribute, another state and another kernel route', () => {
    const ours = capture({
      samples: ['start  10:00:00    Passive       '],
      routes: BEST.replace('] *', ']').replace('univ', 'univ\n\tBGP.med: 5'),
      kernel: [{ dst: 'default', flags: [] }],
    })
    const found = compareCaptures(capture({}), ours).map((difference) => difference.what)
    expect(found).toEqual(['protocol a', 'route 10.0.0.0/8', 'kernel default metric 0'])
  })

  it('takes a session that never rests by its state and its errors', () => {
    const rows = (...errors: string[]) => errors.map((error) => `start  10:00:00    ${error}`)
    const real = capture({
      samples: rows('Idle          BGP Error: Bad peer AS', 'Active        BGP Error: Bad peer AS'),
    })
    const same = capture({
      samples: rows('Active        BGP Error: Bad peer AS', 'Connect       BGP Error: Bad peer AS'),
    })
    const differs = capture({
      samples: rows('Active        Socket: Connection closed', 'Idle          Socket: Connection closed'),
    })
    expect(compareCaptures(real, same)).toEqual([])
    expect(compareCaptures(real, differs)).toHaveLength(1)
  })

  const verdict = (real: string[], simulated: string[]) =>
    compareCaptures(capture({ samples: real }), capture({ samples: simulated })).length === 0
  const start = (info: string) => `start  10:00:00    ${info}`

  it('takes one that has just come to where the other rests', () => {
    const established = 'up     10:00:00    Established   '
    const closed = start('Active        Socket: Connection closed')
    expect(verdict([closed, established, established, established], [established])).toBe(true)
    expect(verdict([established, established, closed], [established])).toBe(false)
    // Perhaps it only came by.
    expect(verdict([established, closed, established], [established])).toBe(false)
  })

  it('takes any moment of dialling where nobody lets it in, and no other', () => {
    const active = start('Active        Socket: Connection refused')
    expect(verdict([start('Connect       Socket: Connection refused')], [active])).toBe(true)
    expect(verdict([start('Passive       Socket: Connection refused')], [active])).toBe(false)
    expect(verdict([start('Connect       Received: Administrative shutdown')], [active])).toBe(false)
  })

  it('does not hold the time against the ARP cache at which it gives up', () => {
    const old = start('Connect       BGP Error: Hold timer expired')
    const gaveUp = start('Active        Socket: No route to host')
    expect(verdict([gaveUp], [old])).toBe(true)
    expect(verdict([old], [gaveUp])).toBe(true)
    expect(verdict([start('Passive       BGP Error: Hold timer expired')], [gaveUp])).toBe(false)
  })

  it('leaves open which round of a quarrel an action ended', () => {
    const refused = start('Passive       BGP Error: Bad peer AS')
    expect(verdict([start('Passive       Socket: Connection closed')], [refused])).toBe(true)
    expect(verdict([start('Passive       Socket: Connection refused')], [refused])).toBe(false)
    expect(verdict([start('Active        Socket: Connection closed')], [refused])).toBe(false)
  })

  describe('a route that never rests', () => {
    const via = (gateway: string, time: string) => `10.0.0.0/8  via ${gateway} on eth0 [a ${time}] * (100/0) [i]\n`
    const passing = ['10.1.0.2', '10.1.0.3'].map((gateway) => ({ routes: via(gateway, '0'), kernel: [] }))
    const ours = (more: object) => ({
      at: 1,
      hosts: { h: { samples: [], routes: via('10.1.0.2', '0'), kernel: [], ...more } },
    })
    const theirs = (gateway: string, before: string | undefined) => ({
      at: 1,
      hosts: {
        h: {
          samples: [],
          routes: via(gateway, '10:00:09'),
          kernel: [],
          ...(before === undefined ? {} : { routesBefore: before }),
        },
      },
    })
    const moved = via('10.1.0.3', '10:00:06')
    const places = (real: ReturnType<typeof theirs>, simulated: ReturnType<typeof ours>) =>
      compareCaptures(real, simulated).map(({ what }) => what)

    it('compares by what the simulated one passes through', () => {
      expect(places(theirs('10.1.0.3', moved), ours({ passing }))).toEqual([])
      expect(places(theirs('10.1.0.4', moved), ours({ passing }))).toEqual(['route 10.0.0.0/8'])
    })

    it('has to move on both sides', () => {
      expect(places(theirs('10.1.0.3', via('10.1.0.3', '10:00:09')), ours({ passing }))).toEqual(['route 10.0.0.0/8'])
      expect(places(theirs('10.1.0.3', undefined), ours({ passing }))).toEqual(['route 10.0.0.0/8'])
      expect(places(theirs('10.1.0.3', moved), ours({}))).toEqual(['route 10.0.0.0/8'])
      expect(places(theirs('10.1.0.3', moved), ours({ passing: passing.slice(1) }))).toEqual(['route 10.0.0.0/8'])
    })
  })
})
