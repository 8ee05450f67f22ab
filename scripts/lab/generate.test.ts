// Generated scenarios are named by their seed in reports: the same seed must give the same one, and a sound one.
import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../src/sim/scenario/parse.ts'
import { compareCaptures } from './compare.ts'
import { generate } from './generate.ts'

describe('generator', () => {
  it('is repeatable, and its documents are without problems', () => {
    const shapes = new Set<string>()
    for (let seed = 1; seed <= 40; seed++) {
      const { text, shape } = generate(seed)
      shapes.add(shape)
      expect(generate(seed).text).toBe(text)
      expect(parseScenario(text)).toMatchObject({ ok: true, warnings: [] })
    }
    expect(shapes.size).toBe(4)
    expect(generate(1).text).not.toBe(generate(2).text)
  })
})

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
})
