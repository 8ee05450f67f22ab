// Routes that `import keep filtered` keeps are in BIRD's table, and are none to anybody who asks for a route.
import { expect, test } from 'vitest'
import { evaluate } from '../analysis/predicates.ts'
import { execute } from '../shell/execute.ts'
import { Run } from '../testing/run-scenario.ts'
import { clusterView, hostDetail, prefixDetail, routeExplanation, sessionDetail } from './index.ts'

const [REFUSED, BOTH, FINE] = ['203.0.113.0/24', '198.51.100.0/24', '192.0.2.0/24']
const run = Run.of(
  '',
  `networks: [ { name: lan, cidr: 10.9.0.0/24 } ]
hosts:
- name: a
  interfaces: [ { name: eth0, network: lan, address: 10.9.0.1/24 } ]
  birdConf: |
    router id 10.9.0.1;
    protocol device { }
    protocol direct { }
    protocol static own { import keep filtered; import where net != 203.0.113.64/26; route ${BOTH} blackhole; route 203.0.113.64/26 blackhole; }
    protocol bgp b {
      local as 65001;
      neighbor 10.9.0.2 as 65002;
      import keep filtered;
      import where net = ${FINE};
      export all;
    }
- name: b
  interfaces: [ { name: eth0, network: lan, address: 10.9.0.2/24 } ]
  birdConf: |
    router id 10.9.0.2;
    protocol device { }
    protocol static { route ${REFUSED} blackhole; route ${BOTH} blackhole; route ${FINE} blackhole; }
    protocol bgp a { local as 65002; neighbor 10.9.0.1 as 65001; import none; export all; }`,
).to(30)
const { recording } = run
const at = 30e6
const route = (prefix: string, more: object = {}) =>
  evaluate(recording, { kind: 'route', host: 'a', prefix, ...more }, at)

test('a predicate about a route does not find them', () => {
  expect(route(FINE, { protocol: 'b', best: true })).toMatchObject({ holds: true })
  expect(route(REFUSED)).toEqual({ holds: false, detail: 'the table has filtered routes only' })
  expect(route(BOTH, { protocol: 'b' })).toEqual({ holds: false, detail: 'the table has blackhole [own] *' })
})

test('nobody knows a prefix by them', () => {
  const knower = (prefix: string) => prefixDetail(recording, { at, prefix }).find(({ host }) => host === 'a')
  expect(knower(REFUSED)).toMatchObject({ best: null, otherPaths: 0, rejected: 'import-filter' })
  expect(knower(BOTH)).toMatchObject({ best: { protocol: 'own' }, otherPaths: 0, rejected: 'import-filter' })
  expect(knower(FINE)).toMatchObject({ best: { protocol: 'b' }, rejected: null })
})

test('they are no candidates', () => {
  expect(routeExplanation(recording, { at, host: 'a', prefix: REFUSED })).toBeNull()
  expect(routeExplanation(recording, { at, host: 'a', prefix: BOTH })).toMatchObject({
    candidates: [{ protocol: 'own', best: true }],
    decisions: [],
  })
})

test('the session counts them among what was rejected', () => {
  const end = sessionDetail(recording, { at, id: 'a|b|b|a', startEpochMs: 0 })?.ends[0]
  expect(end?.routesIn).toEqual([FINE])
  expect(end?.rejected).toHaveLength(2)
  expect(end?.rejected).toEqual(
    expect.arrayContaining([BOTH, REFUSED].map((prefix) => ({ prefix, reason: 'import-filter' }))),
  )
})

test('a router does not originate what it filtered', () => {
  expect(clusterView(recording, at).hosts.find(({ name }) => name === 'a')?.prefixes).toEqual(
    expect.not.arrayContaining(['203.0.113.64/26']),
  )
})

test('the table shows each as rejected, with the lines of `show route filtered`', () => {
  const rows = hostDetail(recording, { at, name: 'a', parts: ['rib'], startEpochMs: 0 })?.rib ?? []
  const kept = rows.filter(({ mark }) => mark === 'rejected')
  expect(kept.map(({ protocol, prefix }) => [protocol, prefix])).toHaveLength(3)
  const said = execute({ recording, at, scenario: { startEpochMs: 0 } }, 'a', 'birdc show route filtered')
  expect(said).toMatchObject({
    type: 'output',
    text: `BIRD 1.6.8 ready.\n${kept.map(({ line }) => `${line}\n`).join('')}`,
  })
})
