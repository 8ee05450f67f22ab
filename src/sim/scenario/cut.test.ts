import { describe, expect, it } from 'vitest'
import { appendActions } from './append.ts'
import { documentUpTo } from './cut.ts'
import { parseScenario } from './parse.ts'

const document = `# my lab
apiVersion: calicoscope.dev/v1
kind: Scenario
metadata: { name: x }
spec:
  # one network
  networks:
    - { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1 }
  timeline:
    - { at: 10s, action: add-node, name: worker }
    # the failure
    - at: 60s
      action: power-off
      target: node/worker # gone
    - at: 2m
      action: apply
      manifest: |
        apiVersion: projectcalico.org/v3
        kind: BGPConfiguration
        metadata: { name: default }
        spec: { asNumber: 64513 }
  narration:
    - at: 0s
      title: { en: Begin }
      text: { en: It begins. }
    - at: 60s
      title: { en: Off }
      text: { en: It is off. }
  expect:
    - { at: 90s, not: true, reachable: { from: node/worker, to: 172.18.0.1 } }
`

function timesOf(text: string) {
  const parsed = parseScenario(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  const seconds = (list: readonly { at?: number }[]) => list.map(({ at }) => (at ?? 0) / 1e6)
  const { timeline, narration, expect: expected } = parsed.scenario
  return { timeline: seconds(timeline), narration: seconds(narration), expect: seconds(expected) }
}

describe('a document up to a time', () => {
  it('loses what comes later and keeps the rest byte for byte', () => {
    const cut = documentUpTo(document, 60_000_000)
    expect(timesOf(cut)).toEqual({ timeline: [10, 60], narration: [0, 60], expect: [] })
    expect(cut).toBe(document.replace(/ {4}- at: 2m[\s\S]*?64513 }\n/, '').replace(/ {4}- { at: 90s.*\n/, ''))
  })

  it('can lose everything of a list', () => {
    const cut = documentUpTo(document, 0)
    expect(timesOf(cut)).toEqual({ timeline: [], narration: [0], expect: [] })
    expect(cut).toContain('# my lab')
  })

  it('takes new actions afterwards', () => {
    const cut = documentUpTo(document, 20_000_000)
    const grown = appendActions(cut, [
      { at: 25_000_000, action: 'power-off', target: { kind: 'node', name: 'worker' } },
    ])
    expect(timesOf(grown).timeline).toEqual([10, 25])
  })

  it.each([
    [0, []],
    [1e6, [1]],
    [2e6, [1, 2]],
    [9e6, [1, 2, 3]],
  ])('reads a flow list, up to %d', (until, left) => {
    const flow = `apiVersion: calicoscope.dev/v1
kind: Scenario
spec: { networks: [{ name: kind, cidr: 172.18.0.0/16 }], timeline: [ { at: 1s, action: add-node, name: a }, { at: 2s, action: add-node, name: b }, { at: 3s, action: add-node, name: c } ] }
`
    expect(timesOf(documentUpTo(flow, until)).timeline).toEqual(left)
  })

  it('leaves a document without such lists alone', () => {
    const plain = 'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4\n'
    expect(documentUpTo(plain, 0)).toBe(plain)
  })
})
