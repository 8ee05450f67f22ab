// What a daemon sees of a neighbour that lost its power, as measured on real daemons: the ARP cache keeps it for a while,
// so that attempts first stay without answer and fail only later.
import { expect, it } from 'vitest'
import { Run } from '../testing/run-scenario.ts'

function conf(id: string, peer: string, more: string): string {
  return `router id ${id}; protocol device {} protocol bgp x { local as 65000; neighbor ${peer} as 65000; hold time 9; connect delay time 1; connect retry time 5; error wait time 2,4; ${more} }`
}

function state(run: Run): string {
  const row = run.recording.protocol(run.now * 1, run.host('a'), 'x')
  return `${row?.state} ${row?.info}`
}

it('a neighbour that was heard is given up half a minute later, one never heard after three seconds', () => {
  const run = Run.of(
    '',
    `networks: [ { name: lan, cidr: 10.0.0.0/24 } ]
hosts:
  - { name: a, interfaces: [ { network: lan, address: 10.0.0.2/24 } ], birdConf: "${conf('10.0.0.2', '10.0.0.1', '')}" }
  - { name: b, interfaces: [ { network: lan, address: 10.0.0.1/24 } ], birdConf: "${conf('10.0.0.1', '10.0.0.2', 'passive on;')}" }
timeline:
  - { at: 10s, action: power-off, target: host/b }
  - { at: 90s, action: power-off, target: host/a }
  - { at: 95s, action: power-on, target: host/a }
`,
  )
  expect(state(run.to(9))).toMatch(/^up Established/)
  expect(state(run.to(32))).toMatch(/^start Connect +BGP Error: Hold timer expired$/)
  expect(state(run.to(60))).toMatch(/^start (Connect|Active) +Socket: No route to host$/)
  expect(state(run.to(98))).toMatch(/^start Connect *$/)
  expect(state(run.to(101))).toMatch(/Socket: No route to host$/)
})
