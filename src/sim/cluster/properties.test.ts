// Properties of whole clusters of random make-up: at rest nothing loops and every table holds what was announced to it;
// a run depends on its document alone, not on how often it is stopped and looked at.
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { atRest, checkInvariants } from '../analysis/invariants.ts'
import { kindCluster, Run } from '../testing/run-scenario.ts'

const names = (count: number) => [
  'c-control-plane',
  ...Array.from({ length: count - 1 }, (_, i) => (i === 0 ? 'c-worker' : `c-worker${i + 1}`)),
]

interface Topology {
  nodes: number
  encapsulation: string
  pods: number
  reflector: boolean
  outside: boolean
  seed: number
  events: readonly { at: number; kind: string; node: number }[]
}

const topology: fc.Arbitrary<Topology> = fc.record({
  nodes: fc.integer({ min: 2, max: 5 }),
  encapsulation: fc.constantFrom('IPIP', 'IPIPCrossSubnet', 'None', 'VXLANCrossSubnet', 'VXLAN'),
  pods: fc.integer({ min: 0, max: 5 }),
  reflector: fc.boolean(),
  outside: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1000 }),
  events: fc.array(
    fc.record({
      at: fc.integer({ min: 5, max: 40 }),
      kind: fc.constantFrom('restart', 'stop', 'kill', 'cut', 'off', 'disable', 'delete-pod'),
      node: fc.integer({ min: 0, max: 4 }),
    }),
    { maxLength: 4 },
  ),
})

/** An event and what undoes it twenty seconds later. */
function actions(event: Topology['events'][number], all: readonly string[]): string[] {
  const node = all[event.node % all.length]!
  const { at } = event
  const later = at + 20
  switch (event.kind) {
    case 'restart':
      return [`{ at: ${at}, action: restart-calico-node, target: node/${node}, down: 2s }`]
    case 'stop':
    case 'kill':
      return [
        `{ at: ${at}, action: ${event.kind}-bird, target: node/${node} }`,
        `{ at: ${later}, action: start-bird, target: node/${node} }`,
      ]
    case 'cut':
      return [
        `{ at: ${at}, action: cut-link, target: link/${node}/kind }`,
        `{ at: ${later}, action: mend-link, target: link/${node}/kind }`,
      ]
    case 'off':
      return [
        `{ at: ${at}, action: power-off, target: node/${node} }`,
        `{ at: ${later}, action: power-on, target: node/${node} }`,
      ]
    case 'disable':
      return [
        `{ at: ${at}, action: exec, target: node/${node}, command: "birdc disable all" }`,
        `{ at: ${later}, action: exec, target: node/${node}, command: "birdc enable all" }`,
      ]
    default:
      return [`{ at: ${at}, action: delete-pod, pod: default/p${event.node} }`]
  }
}

function runOf(t: Topology): Run {
  const all = names(t.nodes)
  const timeline = t.events.flatMap((event) => actions(event, all))
  const pods = Array.from(
    { length: t.pods },
    (_, i) => `---\napiVersion: v1\nkind: Pod\nmetadata: { name: p${i} }\nspec: { nodeName: ${all[i % all.length]} }\n`,
  )
  const reflector = `---
apiVersion: projectcalico.org/v3
kind: Node
metadata: { name: c-worker, labels: { rr: "true" } }
spec: { bgp: { ipv4Address: 172.18.0.3/16, routeReflectorClusterID: 224.0.0.1 } }
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: { name: rr }
spec: { nodeSelector: all(), peerSelector: rr == 'true' }
`
  const peer = `---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: { name: tor }
spec: { peerIP: 172.18.0.200, asNumber: 64600 }
`
  const neighbors = all
    .map(
      (_, i) => `protocol bgp n${i} { local as 64600; neighbor 172.18.0.${i + 2} as 64512; import all; export none; }`,
    )
    .join('\n        ')
  const hosts = `hosts:
  - name: tor
    interfaces: [ { name: eth0, network: kind, address: 172.18.0.200/16 } ]
    birdConf: |
        router id 172.18.0.200;
        protocol kernel { export all; }
        protocol device { }
        ${neighbors}
`
  const spec = `seed: ${t.seed}
networks: [ { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1 } ]
${t.outside ? hosts : ''}timeline:${timeline.length === 0 ? ' []' : timeline.map((line) => `\n  - ${line}`).join('')}`
  const manifests = [
    kindCluster(t.nodes, { encapsulation: t.encapsulation }),
    ...pods,
    t.reflector ? reflector : '',
    t.outside ? peer : '',
  ]
  return Run.of(manifests.join(''), spec)
}

const END = 700

describe('clusters of random make-up', () => {
  test('come to rest without loops, every table holding what was announced to it', () => {
    fc.assert(
      fc.property(topology, (t) => {
        const run = runOf(t).to(END)
        expect(atRest(run.recording, run.now)).toBe(true)
        for (const host of names(t.nodes)) {
          const states = Object.values(run.protocols(host)).filter((state) => state === 'up Established')
          expect(states.length).toBeGreaterThan(0)
        }
        expect(checkInvariants(run.recording, run.now)).toEqual([])
      }),
      { numRuns: 30, seed: 20250812 },
    )
  }, 120_000)

  test('the same document gives the same recording, stopped a hundred times or never', () => {
    fc.assert(
      fc.property(topology, fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 20 }), (t, stops) => {
        const straight = runOf(t).to(100)
        const halting = runOf(t)
        for (const at of [...stops].sort((a, b) => a - b)) halting.to(at)
        halting.to(100)
        expect(halting.recording.length).toBe(straight.recording.length)
        expect(halting.recording.hash(100e6)).toBe(straight.recording.hash(100e6))
      }),
      { numRuns: 10, seed: 1 },
    )
  }, 120_000)

  test('what was undone twice leaves the tables as they were', () => {
    fc.assert(
      fc.property(topology, (t) => {
        const quiet = runOf({ ...t, events: [] }).to(END)
        const harmless = t.events.filter((event) => event.kind !== 'delete-pod')
        const twice = harmless.flatMap((event) => [event, { ...event, at: event.at + 60 }])
        const busy = runOf({ ...t, events: twice }).to(END)
        for (const host of names(t.nodes)) expect(busy.routes(host)).toEqual(quiet.routes(host))
      }),
      { numRuns: 15, seed: 2 },
    )
  }, 120_000)
})

test('another seed is another recording', () => {
  const hash = (seed: number) => {
    const run = Run.of(kindCluster(3), `{ seed: ${seed} }`).to(300)
    return run.recording.hash(run.now)
  }
  expect(hash(1)).not.toBe(hash(2))
})
