import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { prefix, prefixOf } from '../../net/prefix.ts'
import type { ProtocolSnapshot, RouteSnapshot } from '../ports.ts'
import { BEST_ROUTE_RULES, type Contender, compareRoutes, contenderOf, isBgp } from './best-route.ts'
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

  it('prefer older: what comes before the router id decides as always', () => {
    const exit = (localPref: number) => ({
      attributes: { ...base.attributes, localPref },
      bgp: { ...bgp, internal: false, preferOlder: true, remoteId: localPref },
    })
    expect(decide(exit(200), exit(100))).toEqual({ better: true, step: 'local-pref' })
  })

  it('a missing ORIGIN counts as incomplete', () => {
    const of = (origin?: number) => ({ attributes: { nextHop: 1, ...(origin === undefined ? {} : { origin }) } })
    expect(decide(of(), of(2))).toEqual({ better: false, step: null })
    expect(decide(of(), of(1))).toEqual({ better: false, step: 'origin' })
  })

  it('a missing MED or LOCAL_PREF is the default of its own session', () => {
    const of = (defaults: object, attributes: object) => ({ bgp: { ...bgp, ...defaults }, attributes })
    expect(decide(of({ defaultMed: 5 }, {}), of({ defaultMed: 1 }, { med: 4 }))).toEqual({ better: false, step: 'med' })
    expect(decide(of({ defaultMed: 5 }, {}), of({ defaultMed: 1 }, { med: 6 }))).toEqual({ better: true, step: 'med' })
    expect(decide(of({ defaultLocalPref: 7 }, {}), of({}, { localPref: 8 }))).toEqual({
      better: false,
      step: 'local-pref',
    })
  })

  it('a path that begins with a set is of no neighbour AS, and an empty one of the own', () => {
    const of = (asPath: NonNullable<NonNullable<Contender['attributes']>['asPath']>, med: number) => ({
      attributes: { ...base.attributes, asPath, med },
      bgp: { ...bgp, pathMetric: false },
    })
    const set = [{ type: 1 as const, asns: [1, 7] }]
    expect(decide(of(set, 9), of(path(1), 5))).toEqual({ better: false, step: null })
    expect(decide(of(set, 9), of([{ type: 1, asns: [3] }], 5))).toEqual({ better: false, step: 'med' })
    expect(decide(of([], 9), of(path(64512), 5))).toEqual({ better: false, step: 'med' })
  })

  it('metrics that a session switches off do not count, unless the other session wants them', () => {
    const long = { attributes: { ...base.attributes, asPath: path(1, 2) } }
    const off = { ...bgp, pathMetric: false, igpMetric: false }
    expect(decide({ ...long, bgp: off }, { bgp: off })).toEqual({ better: false, step: null })
    expect(decide({ ...long, bgp: off }, {})).toEqual({ better: false, step: 'as-path-length' })
    expect(decide({ igpMetric: 0, bgp: off }, { igpMetric: 5, bgp: off })).toEqual({ better: false, step: null })
    expect(decide({ igpMetric: 0, bgp: off }, { igpMetric: 5 })).toEqual({ better: true, step: 'igp-metric' })
    const one = { attributes: { ...base.attributes, asPath: path(7), med: 9 } }
    const two = { attributes: { ...base.attributes, asPath: path(8), med: 5 } }
    expect(decide({ ...one, bgp: { ...bgp, medMetric: true } }, two)).toEqual({ better: false, step: 'med' })
    expect(decide(one, { ...two, bgp: { ...bgp, medMetric: true } })).toEqual({ better: false, step: 'med' })
  })

  it('what BGP says does not count between others: the one that is there stays', () => {
    const none = { kind: 'Static', bgp: null, preference: 200 } as const
    const better: Partial<Contender> = { ...none, attributes: { localPref: 900, origin: 0, med: 0, asPath: [] } }
    const worse: Partial<Contender> = {
      ...none,
      resolvable: false,
      suppressed: true,
      igpMetric: 99,
      attributes: { localPref: 1, origin: 2, med: 9, asPath: path(1, 2), originatorId: 99, clusterList: [1, 2] },
    }
    for (const other of [none, { ...worse, bgp }]) {
      expect(decide({ ...better, ...other, bgp: null }, worse)).toEqual({ better: false, step: null })
    }
    expect(decide(better, worse)).toEqual({ better: false, step: null })
    expect(decide(better, { ...worse, bgp })).toEqual({ better: false, step: null })
  })

  it('at equal preference the kinds have one order', () => {
    const kinds = ['BGP', 'Pipe', 'Static', 'Kernel', 'Direct', 'Device'] as const
    kinds.forEach((kind, index) => {
      for (const other of kinds.slice(index + 1)) {
        expect(decide({ kind }, { kind: other })).toEqual({ better: true, step: 'protocol-kind' })
      }
    })
  })

  it('a recorded route contends as it did in the table', () => {
    const route: RouteSnapshot = {
      protocol: 'p',
      source: 'BGP',
      dest: 'router',
      gateway: 1,
      iface: 'eth0',
      nexthops: null,
      from: 1,
      preference: 100,
      igpMetric: null,
      lastModified: 0,
      attributes: null,
      kernelAttributes: null,
      pathId: 0,
      remotePathId: 0,
      stale: false,
      syncError: false,
    }
    const metric = (igpMetric: RouteSnapshot['igpMetric']) => contenderOf({ ...route, igpMetric }, null).igpMetric
    expect([null, 20, 'unknown', 'unreachable'].map((each) => metric(each as never))).toEqual([0, 20, 0x80000000, 0])
    const dests = ['router', 'device', 'multipath', 'blackhole', 'unreachable', 'prohibit'] as const
    expect(dests.map((dest) => contenderOf({ ...route, dest }, null).resolvable)).toEqual([
      true,
      true,
      true,
      false,
      false,
      false,
    ])
    expect(contenderOf({ ...route, suppressed: true }, null).suppressed).toBe(true)
    const session = (neighborAs: number) => {
      const snapshot = { kind: 'BGP', bgp: { localAs: 5, neighborAs, neighborId: 9, neighborAddress: 8 } }
      return contenderOf(route, snapshot as ProtocolSnapshot).bgp
    }
    expect(session(5)).toMatchObject({ internal: true, remoteId: 9, remoteAddress: 8, preferOlder: false })
    expect(session(6)).toMatchObject({ internal: false, localAs: 5, defaultLocalPref: 100, defaultMed: 0 })
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
        if (!isBgp(a) || !isBgp(b)) throw new Error('both are of BGP')
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
