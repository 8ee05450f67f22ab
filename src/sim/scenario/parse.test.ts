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

  it('reads every action with its fields, in order of time', () => {
    const scenario = good(`${HEAD}  hosts:
    - { name: vm, interfaces: [ { network: kind, address: 172.18.0.9/16 } ], birdConf: "" }
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
