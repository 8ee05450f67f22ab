import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ip } from '../net/address.ts'
import { prefix } from '../net/prefix.ts'
import { appendActions } from './append.ts'
import { parseScenario } from './parse.ts'
import type { Action } from './types.ts'

const CLUSTER =
  'kind: Cluster\napiVersion: kind.x-k8s.io/v1alpha4 # kind\nnodes: [{role: control-plane}, {role: worker}]\n'
const HEAD = `${CLUSTER}---\napiVersion: calicoscope.dev/v1\nkind: Scenario\n`
const OFF: Action = { at: 60_000_000, action: 'power-off', target: { kind: 'node', name: 'kind-worker' } }
const APPLY: Action = { at: 90_500_000, action: 'apply', manifest: 'kind: X\nspec:\n  a: "b"\n' }

function timeline(text: string): readonly Action[] {
  const parsed = parseScenario(text)
  if (!parsed.ok) throw new Error(`${JSON.stringify(parsed.problems)}\n${text}`)
  return parsed.scenario.timeline
}

const DOCUMENTS: Record<string, string> = {
  'manifests only': CLUSTER,
  'manifests without a final newline': CLUSTER.trimEnd(),
  'an open separator': `${CLUSTER}---\n`,
  'no spec': HEAD,
  'empty spec': `${HEAD}spec:\n`,
  'null spec with comment': `${HEAD}spec: # nothing yet\n# end\n`,
  'flow spec': `${HEAD}spec: { seed: 4 } # flow\n`,
  'empty flow spec': `${HEAD}spec: {}\n`,
  'spec without timeline, then a document': `${HEAD}spec:\n    seed: 2 # odd indent\n\n# tail\n---\nkind: Namespace\napiVersion: v1\nmetadata: {name: x}\n`,
  'spec that ends in a literal text': `${HEAD}spec:\n  hosts:\n  - name: vm\n    interfaces: [{network: kind, address: 172.18.0.9/16}]\n    birdConf: |\n      router id 1.1.1.1;\n      protocol device { }\n\n---\nkind: Namespace\napiVersion: v1\nmetadata: {name: x}\n`,
  'empty timeline': `${HEAD}spec:\n  timeline:\n  seed: 3\n`,
  'null timeline': `${HEAD}spec:\n  timeline: null # none\n  seed: 3\n`,
  'empty flow timeline': `${HEAD}spec:\n  timeline: []\n  seed: 3\n`,
  'flow timeline': `${HEAD}spec:\n  timeline: [ { at: 1, action: delete-pod, pod: a/b }, ] # c\n`,
  'block timeline, comment behind': `${HEAD}spec:\n  timeline:\n  - { at: 1s, action: delete-pod, pod: a/b } # last\n  # more\n  seed: 2\n`,
  'block timeline that ends in a text': `${HEAD}spec:\n  timeline:\n    - at: 1s\n      action: apply\n      manifest: |\n        a: 1\n\n  expect: []\n`,
  'no final newline': `${HEAD}spec:\n  timeline:\n  - { at: 1s, action: delete-pod, pod: a/b }`,
  'windows line ends':
    `${HEAD}spec:\n  timeline:\n  - { at: 1s, action: delete-pod, pod: a/b }\n  seed: 1\n`.replaceAll('\n', '\r\n'),
  json: '{"apiVersion": "calicoscope.dev/v1", "kind": "Scenario", "spec": {"nodes": []}}',
}

describe('appendActions', () => {
  for (const [name, document] of Object.entries(DOCUMENTS)) {
    it(`keeps every byte and adds the entries: ${name}`, () => {
      const actions = name === 'json' ? [APPLY] : [OFF, APPLY]
      const before = timeline(document)
      const after = appendActions(document, actions)
      expect(timeline(after)).toEqual([...before, ...actions])
      const twice = appendActions(after, [{ at: 100_000_000, action: 'delete-pod', pod: 'a/c' }])
      expect(timeline(twice)).toHaveLength(before.length + actions.length + 1)
      // An explicit null goes; everything else stays.
      expect(isSubsequenceAround(document.replace(' null #', ' #'), after)).toBe(true)
    })
  }

  it('writes everything that a router is added with, and its end', () => {
    const conf = '# r1\nprotocol device { }\n'
    const actions: Action[] = [
      { at: 1_000_000, action: 'add-host', name: 'r1' },
      {
        at: 2_000_000,
        action: 'add-host',
        name: 'r2',
        network: 'kind',
        address: '172.18.0.9/16',
        routes: [
          { dst: 0, via: ip('172.18.0.1') },
          { dst: prefix('10.0.0.0/8'), via: ip('172.18.0.3') },
        ],
        birdConf: conf,
        birdArgs: ['-R'],
      },
      { at: 3_000_000, action: 'add-host', name: 'r3', routes: [], birdConf: '', birdArgs: [] },
      { at: 4_000_000, action: 'remove-host', target: { kind: 'host', name: 'r2' } },
    ]
    for (const document of [`${HEAD}spec:\n  timeline:\n`, `${HEAD}spec: { timeline: [] }\n`]) {
      expect(timeline(appendActions(document, actions))).toEqual(actions)
    }
    expect(appendActions(HEAD, actions)).toContain('birdConf: |\n        # r1\n        protocol device { }\n')
  })

  it('gives back the same text for no actions', () => {
    expect(appendActions(CLUSTER, [])).toBe(CLUSTER)
  })

  it('writes any text so that it reads back the same', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.array(fc.constantFrom('a: b', '  c', '', '# x', '\t', '- 1')).map((l) => l.join('\n')),
    )
    fc.assert(
      fc.property(texts, (command) => {
        const action: Action = { at: 0, action: 'exec', target: { kind: 'node', name: 'kind-worker' }, command }
        expect(timeline(appendActions(HEAD, [action]))).toEqual([action])
      }),
      { numRuns: 300 },
    )
  })
})

/** Whether `after` is `before` with one piece put in (or in place of an empty value). */
function isSubsequenceAround(before: string, after: string): boolean {
  let head = 0
  while (head < before.length && before[head] === after[head]) head++
  let tail = 0
  while (tail < before.length - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++
  return ['', 'null', ' null', '{}', ' {}', '\r'].includes(before.slice(head, before.length - tail))
}
