import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prefix, prefixOf } from '../../net/prefix.ts'
import { BEST_ROUTE_RULES, type Contender, compareRoutes } from './best-route.ts'
import { fibHash } from './fib-order.ts'
import { Fib } from './net.ts'
import { invalidRoute } from './validate.ts'

const bgp = {
  localAs: 64512,
  internal: true,
  remoteId: 10,
  remoteAddress: 10,
  defaultLocalPref: 100,
  defaultMed: 0,
  pathMetric: true,
  medMetric: false,
  igpMetric: true,
  preferOlder: false,
  deterministicMed: false,
}
const base: Contender = {
  kind: 'BGP',
  preference: 100,
  resolvable: true,
  suppressed: false,
  igpMetric: 0,
  bgp,
  attributes: { origin: 0, asPath: [], nextHop: 1, localPref: 100 },
}
const path = (...asns: number[]) => [{ type: 2 as const, asns }]
const decide = (a: Partial<Contender>, b: Partial<Contender>) => compareRoutes({ ...base, ...a }, { ...base, ...b })

describe('choosing among routes', () => {
  it.each([
    ['preference', { preference: 200 }, { preference: 100 }],
    ['resolvable', {}, { resolvable: false }],
    ['local-pref', { attributes: { localPref: 200 } }, { attributes: { localPref: 100 } }],
    ['as-path-length', { attributes: { asPath: path(1) } }, { attributes: { asPath: path(1, 2) } }],
    ['origin', { attributes: { origin: 0 } }, { attributes: { origin: 2 } }],
    ['med', { attributes: { asPath: path(7), med: 5 } }, { attributes: { asPath: path(7), med: 9 } }],
    ['external', { bgp: { ...bgp, internal: false } }, {}],
    ['igp-metric', { igpMetric: 0 }, { igpMetric: 0x80000000 }],
    ['router-id', { bgp: { ...bgp, remoteId: 9 } }, {}],
    ['cluster-list-length', {}, { attributes: { ...base.attributes, clusterList: [1] } }],
    ['peer-address', { bgp: { ...bgp, remoteAddress: 9 } }, {}],
  ] as const)('%s', (step, better, worse) => {
    const fill = (c: Partial<Contender>): Partial<Contender> =>
      c.attributes === undefined ? c : { ...c, attributes: { ...base.attributes, ...c.attributes } }
    expect(decide(fill(better as Partial<Contender>), fill(worse as Partial<Contender>))).toEqual({
      better: true,
      step,
    })
    expect(decide(fill(worse as Partial<Contender>), fill(better as Partial<Contender>))).toEqual({
      better: false,
      step,
    })
  })

  it('MED counts only between paths of the same neighbour AS', () => {
    const one = { attributes: { ...base.attributes, asPath: path(7), med: 9 }, bgp: { ...bgp, remoteId: 1 } }
    const two = { attributes: { ...base.attributes, asPath: path(8), med: 5 } }
    expect(decide(one, two)).toEqual({ better: true, step: 'router-id' })
  })

  it('the originator stands for the router id', () => {
    const reflected = { attributes: { ...base.attributes, originatorId: 20 }, bgp: { ...bgp, remoteId: 1 } }
    expect(decide(reflected, {})).toEqual({ better: false, step: 'router-id' })
  })

  it('prefer older: of two exits that differ in router id and below, the one that is there stays', () => {
    const exit = (remoteId: number) => ({
      bgp: { ...bgp, internal: false, preferOlder: true, remoteId, remoteAddress: remoteId },
    })
    expect(decide(exit(1), exit(2))).toEqual({ better: false, step: null })
    expect(decide(exit(2), exit(1))).toEqual({ better: false, step: null })
    const inside = (remoteId: number) => ({ bgp: { ...exit(remoteId).bgp, internal: true } })
    expect(decide(inside(1), inside(2))).toEqual({ better: true, step: 'router-id' })
  })

  it('equal routes: the older stays', () => {
    expect(decide({}, {})).toEqual({ better: false, step: null })
  })

  it('every rule is antisymmetric', () => {
    const contender = fc.record({
      preference: fc.constantFrom(100, 200),
      resolvable: fc.boolean(),
      igpMetric: fc.constantFrom(0, 5),
      localPref: fc.constantFrom(100, 200),
      asPath: fc.array(fc.constantFrom(1, 2), { maxLength: 2 }),
      med: fc.constantFrom(0, 1),
      internal: fc.boolean(),
      remoteId: fc.constantFrom(1, 2),
      remoteAddress: fc.constantFrom(1, 2),
    })
    const make = (
      c: {
        localPref: number
        asPath: number[]
        med: number
        internal: boolean
        remoteId: number
        remoteAddress: number
      } & Partial<Contender>,
    ): Contender => ({
      ...base,
      ...c,
      attributes: { origin: 0, nextHop: 1, localPref: c.localPref, med: c.med, asPath: path(...c.asPath) },
      bgp: { ...bgp, internal: c.internal, remoteId: c.remoteId, remoteAddress: c.remoteAddress },
    })
    fc.assert(
      fc.property(contender, contender, (x, y) => {
        const [a, b] = [make(x), make(y)]
        for (const rule of BEST_ROUTE_RULES)
          expect(Math.sign(rule.compare(a, b))).toBe(-Math.sign(rule.compare(b, a)) || 0)
      }),
    )
  })
})

describe('the order of nets', () => {
  it('is the order of show route in the capture (mesh3-states)', () => {
    const shown = [
      '0.0.0.0/0',
      '192.168.99.0/26',
      '10.192.0.0/24',
      '192.168.221.100/32',
      '192.168.45.128/26',
      '192.168.221.66/32',
      '192.168.221.65/32',
      '192.168.221.64/26',
      '192.168.221.64/32',
    ]
    const fib = new Fib()
    for (const text of [...shown]
      .sort()
      .reverse()
      .filter((t) => t !== '192.168.221.64/32'))
      fib.get(prefix(text))
    fib.get(prefix('192.168.221.64/32'))
    expect(fib.ordered().map((net) => net.prefix)).toEqual(shown.map((text) => prefix(text)))
  })

  it('gives a freed place back to the next net with the same hash', () => {
    const fib = new Fib()
    const first = fib.get(prefix('10.0.0.0/8'))
    fib.get(prefix('10.0.0.0/16'))
    fib.delete(first)
    expect(fib.get(prefix('10.0.0.0/24')).uid).toBe(first.uid)
  })

  it('does not look at the length', () => {
    expect(fibHash(prefix('10.0.0.0/8'))).toBe(fibHash(prefix('10.0.0.0/30')))
  })
})

describe('prefixes a table refuses', () => {
  it.each([
    ['127.0.0.0/8', false],
    ['224.0.0.0/4', false],
    ['0.1.0.0/16', false],
    ['255.255.255.255/32', false],
    ['0.0.0.0/0', true],
    ['10.0.0.0/8', true],
    ['169.254.169.254/32', true],
    ['240.0.0.0/4', true],
  ] as const)('%s: %s', (text, accepted) => {
    expect(invalidRoute(prefix(text)) === null).toBe(accepted)
  })
})

it('finds the longest match with a route only', () => {
  const fib = new Fib()
  fib.get(prefixOf(0, 0))
  expect(fib.route(1)).toBeNull()
})
