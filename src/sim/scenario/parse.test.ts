import { describe, expect, it } from 'vitest'
import { parseScenario } from './parse.ts'
import type { Problem, Scenario } from './types.ts'

const KIND = `kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
name: lab
nodes:
- role: control-plane
- role: worker
- role: worker
---
`
const HEAD = `${KIND}apiVersion: calicoscope.dev/v1
kind: Scenario
metadata: { name: test }
spec:
`

function good(text: string): Scenario {
  const parsed = parseScenario(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scenario
}
function problems(text: string): readonly Problem[] {
  const parsed = parseScenario(text)
  return parsed.ok ? [] : parsed.problems
}

describe('parseScenario', () => {
  it('takes manifests alone and derives name, networks and defaults', () => {
    const scenario = good(KIND)
    expect(scenario).toMatchObject({ name: 'lab', title: { en: 'lab' }, seed: 1, startEpochMs: Date.UTC(2025, 7, 12) })
    expect(scenario.networks).toEqual([
      { name: 'kind', cidr: 0xac120000 * 64 + 16, gateway: 0xac120001, latency: 1000, loss: 0 },
    ])
    expect(scenario.manifests).toHaveLength(1)
  })

  it('reads labels whatever they are called', () => {
    const labels = '{ __proto__: a, constructor: b, rack: c }'
    const [action] = good(
      `${HEAD}  timeline: [ { at: 1s, action: add-node, name: extra, labels: ${labels} } ]\n`,
    ).timeline
    expect(Object.entries((action as { labels: object }).labels)).toEqual([
      ['__proto__', 'a'],
      ['constructor', 'b'],
      ['rack', 'c'],
    ])
  })

  it('reads every action with its fields, in order of time', () => {
    const scenario = good(`${HEAD}  hosts:
    - { name: vm, interfaces: [ { network: kind, address: 172.18.0.9/16 } ], birdConf: "router id 1.1.1.1; protocol device { }" }
  timeline:
    - { at: 3m, action: power-off, target: node/lab-worker }
    - { at: 1.5m, action: add-node, name: extra, labels: { rack: "1" } }
    - { at: 250ms, action: power-on, target: host/vm }
    - { at: 4m, action: stop-bird, target: node/extra }
    - { at: 4m, action: kill-bird, target: node/extra }
    - { at: 4m, action: start-bird, target: node/extra }
    - { at: 4m, action: restart-calico-node, target: node/extra }
    - { at: 5m, action: cut-link, target: link/vm/kind }
    - { at: 5m, action: mend-link, target: link/vm/kind }
    - at: 6m
      action: apply
      manifest: |
        kind: Node
        apiVersion: v1
        metadata: { name: late }
    - { at: 6m, action: delete, manifest: "{kind: Node, apiVersion: v1, metadata: {name: late}}" }
    - { at: 7m, action: create-pod, pod: default/web, node: late }
    - { at: 7m, action: delete-pod, pod: default/web }
    - { at: 8m, action: exec, target: node/late, command: birdc disable x }
    - { at: 8m, action: set-bird-conf, target: host/vm, text: "router id 1.1.1.1;" }
    - { at: 2h, action: set-address, target: node/late, interface: eth0, address: 172.18.0.77/16 }
`)
    expect(scenario.timeline.map((action) => action.action)).toEqual([
      'power-on',
      'add-node',
      'power-off',
      'stop-bird',
      'kill-bird',
      'start-bird',
      'restart-calico-node',
      'cut-link',
      'mend-link',
      'apply',
      'delete',
      'create-pod',
      'delete-pod',
      'exec',
      'set-bird-conf',
      'set-address',
    ])
    expect(scenario.timeline[0]).toEqual({ at: 250_000, action: 'power-on', target: { kind: 'host', name: 'vm' } })
    expect(scenario.timeline[6]).toMatchObject({ down: 1_000_000 })
    expect(scenario.timeline[7]).toMatchObject({ target: { kind: 'link', host: 'vm', network: 'kind' } })
    expect(scenario.timeline.at(-1)?.at).toBe(7_200_000_000)
  })

  it('points at the line and column of what is wrong, with the nearest word', () => {
    const found = problems(`${HEAD}  sed: 1
  timeline:
    - { at: 60s, action: power-of, target: node/lab-worker }
    - { at: 60s, action: power-off, target: node/lab-worke }
    - { at: soon, action: power-off, target: lab-worker }
`)
    expect(found.map(({ line, column, field }) => [line, column, field])).toEqual([
      [13, 3, 'spec.sed'],
      [15, 26, 'spec.timeline[0].action'],
      [16, 45, 'spec.timeline[1].target'],
      [17, 13, 'spec.timeline[2].at'],
      [17, 46, 'spec.timeline[2].target'],
    ])
    expect(found[0]?.message).toBe("unknown key 'sed' (did you mean seed?)")
    expect(found[1]?.message).toMatch(/did you mean power-off/)
    expect(found[2]?.message).toMatch(/did you mean lab-worker/)
  })
})

describe('what documents may hold', () => {
  it('takes a list dumped from a cluster, warns of what it leaves out, and derives networks from the nodes', () => {
    const dump = `apiVersion: v1
kind: List
metadata: { resourceVersion: "" }
items:
- apiVersion: v1
  kind: Node
  metadata:
    name: a
    uid: 5d0e
    managedFields: [ { manager: kubelet, operation: Update } ]
    annotations: { projectcalico.org/IPv4Address: 10.1.0.2/24 }
  status: { addresses: [ { type: InternalIP, address: 10.1.0.2 } ], nodeInfo: { kernelVersion: "6.1" } }
- apiVersion: v1
  kind: Node
  metadata: { name: b }
  status: { addresses: [ { type: InternalIP, address: 10.2.0.9 } ] }
- apiVersion: apps/v1
  kind: Deployment
  metadata: { name: web }
  spec: {}
`
    const parsed = parseScenario(dump)
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
    expect(parsed.warnings.map(({ line, message }) => [line, message])).toEqual([
      [18, expect.stringMatching(/^left out: Deployment is not simulated/)],
    ])
    expect(parsed.scenario.manifests.map(({ line, object }) => [line, object.kind])).toEqual([
      [5, 'Node'],
      [13, 'Node'],
    ])
    expect(parsed.scenario.networks.map((network) => network.name)).toEqual(['10.1.0.0/24', '10.2.0.0/24'])
  })

  it('names and numbers the nodes of several control planes as kind does', () => {
    const scenario = good(`kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes: [ { role: control-plane }, { role: control-plane }, { role: worker } ]
---
apiVersion: calicoscope.dev/v1
kind: Scenario
spec:
  nodes: [ { name: kind-control-plane }, { name: kind-control-plane2 }, { name: kind-worker } ]
`)
    expect(scenario.nodes).toHaveLength(3)
  })

  it('keeps texts in both languages, and one text as English', () => {
    const scenario = good(`${HEAD}  title: { en: Hello, zh-CN: 你好 }
  description: Plain
  narration:
    - { at: 5s, title: B, text: { en: b, zh-CN: 乙 } }
    - { at: 1s, title: A, text: a }
`)
    expect(scenario.title).toEqual({ en: 'Hello', 'zh-CN': '你好' })
    expect(scenario.description).toEqual({ en: 'Plain' })
    expect(scenario.narration.map((beat) => [beat.at, beat.title.en])).toEqual([
      [1_000_000, 'A'],
      [5_000_000, 'B'],
    ])
  })

  it('fills the defaults of networks, interfaces and predicates', () => {
    const scenario =
      good(`${HEAD}  networks: [ { name: a, cidr: 172.18.0.0/16 }, { name: b, cidr: 10.0.0.0/8, latency: 5ms, loss: 0.1 } ]
  hosts: [ { name: r, interfaces: [ { network: a, address: 172.18.9.9 }, { network: b, address: 10.0.0.1/24 } ], routes: [ { dst: default, via: 10.0.0.2 } ] } ]
  expect: [ { at: 1, reachable: { from: node/lab-worker, to: 10.0.0.1 } }, { by: 2s, not: true, message: { type: OPEN, from: r, to: lab-worker, count: 0 } } ]
`)
    expect(scenario.networks).toMatchObject([
      { gateway: null, latency: 1_000, loss: 0 },
      { latency: 5_000, loss: 0.1 },
    ])
    expect(scenario.hosts[0]?.interfaces).toMatchObject([
      { name: 'eth0', prefixLength: 16 },
      { name: 'eth1', prefixLength: 24 },
    ])
    expect(scenario.hosts[0]).toMatchObject({ birdConf: null, birdArgs: [], routes: [{ dst: 0 }] })
    expect(scenario.expect).toMatchObject([
      { at: 1_000_000, not: false, predicate: { kind: 'reachable', bothWays: true } },
      { by: 2_000_000, not: true, predicate: { kind: 'message', count: 0 }, line: 15 },
    ])
  })
})
