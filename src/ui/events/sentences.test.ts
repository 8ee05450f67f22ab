import { describe, expect, it } from 'vitest'
import type { Action, EventView, MessageLook } from '../../sim/index.ts'
import { events as en } from '../i18n/en/events.ts'
import { events as zh } from '../i18n/zh-CN/events.ts'
import { actionText, type Catalog, partsOf, plainText, type Statement } from './sentences.ts'

const catalogs: [string, Catalog][] = [
  ['English', en],
  ['Chinese', zh as Catalog],
]
const event = (body: EventView['body'], host: string | null = 'worker'): Statement => ({
  type: 'event',
  event: { at: 0, host, body },
})

/** Every field any event may carry; each sentence takes what it needs. */
const fields = {
  protocol: 'Mesh_172_18_0_4',
  from: 'Idle',
  to: 'Connect',
  reason: 'because',
  waitingFor: 3,
  timedOut: false,
  changed: ['static1'],
  error: 'oops',
  prefix: '10.0.0.0/26',
  block: '10.0.0.0/26',
  step: 'local-pref',
  table: 'master',
  phase: 'booting',
  files: ['bird.cfg'],
  message: 'text',
  recovery: true,
  how: 'killed',
  pod: 'default/web',
  address: '10.0.0.1',
  borrowed: false,
  verb: 'created',
  kind: 'IPPool',
  name: 'pool',
  by: 'api',
  network: 'kind',
  up: false,
  on: true,
}

const complete = (text: string) => {
  expect(text).not.toMatch(/undefined|null|\[object|[⟦⟧]/)
  expect(text.trim().length).toBeGreaterThan(3)
}

describe.each(catalogs)('event sentences in %s', (_, t) => {
  it('exist for every code of BIRD and of the cluster and fill all their slots', () => {
    for (const code of Object.keys(en.sentence.bird))
      complete(plainText(event({ type: 'bird', event: { ...fields, code } as never }), t))
    for (const code of Object.keys(en.sentence.cluster))
      complete(plainText(event({ type: 'cluster', event: { ...fields, code } as never }), t))
  })

  it('cover every variant of the events that have several', () => {
    const variants: [string, 'bird' | 'cluster', Record<string, unknown>[]][] = [
      [
        'route-rejected',
        'bird',
        [
          'own-as',
          'originator-id',
          'cluster-list',
          'import-filter',
          'invalid-prefix',
          'malformed',
          'own-next-hop',
          'import-limit',
        ].map((reason) => ({ reason })),
      ],
      [
        'best-changed',
        'bird',
        [
          'only-route',
          'preference',
          'protocol-kind',
          'not-suppressed',
          'resolvable',
          'local-pref',
          'as-path-length',
          'origin',
          'med',
          'external',
          'igp-metric',
          'router-id',
          'cluster-list-length',
          'peer-address',
          'older',
          'first',
        ].map((step) => ({ step })),
      ],
      ['phase', 'cluster', ['off', 'booting', 'registered', 'starting', 'running'].map((phase) => ({ phase }))],
      ['bird-stopped', 'cluster', ['terminated', 'killed', 'config-error'].map((how) => ({ how }))],
      ['resource', 'cluster', ['created', 'changed', 'deleted'].map((verb) => ({ verb }))],
      ['refused', 'cluster', ['api', 'operator', 'bird', 'kubelet', 'scenario'].map((by) => ({ by }))],
      ['link', 'cluster', [{ up: true }, { up: false }]],
      ['powered', 'cluster', [{ on: true }, { on: false }]],
      ['recovery-done', 'bird', [{ timedOut: true }, { timedOut: false }]],
    ]
    for (const [code, type, changes] of variants) {
      const texts = changes.map((change) =>
        plainText(event({ type, event: { ...fields, ...change, code } } as never), t),
      )
      for (const text of texts) complete(text)
      expect(new Set(texts).size).toBe(changes.length)
    }
  })

  it('exist for every message type, to one and to several', () => {
    for (const look of Object.keys(en.sentence.message) as MessageLook[]) {
      const group = { look, id: 1, from: 'a', to: ['b'], prefix: '10.0.0.0/26', prefixCount: 1, detail: '4/0' }
      const one = plainText({ type: 'messages', group }, t)
      const many = plainText({ type: 'messages', group: { ...group, to: ['b', 'c', 'd'] } }, t)
      complete(one)
      complete(many)
      expect(many).toContain('3')
      expect(one).not.toBe(many)
    }
  })

  it('exist for every action', () => {
    const node = { kind: 'node', name: 'worker' } as const
    const link = { kind: 'link', host: 'worker', network: 'kind' } as const
    const manifest = 'apiVersion: v1\nkind: IPPool\nmetadata:\n  name: pool\n'
    const actions: Action[] = [
      { at: 0, action: 'add-node', name: 'worker3' },
      ...(['power-off', 'power-on', 'stop-bird', 'kill-bird', 'start-bird'] as const).map((action) => ({
        at: 0,
        action,
        target: node,
      })),
      { at: 0, action: 'restart-calico-node', target: node, down: 1 },
      ...(['cut-link', 'mend-link'] as const).map((action) => ({ at: 0, action, target: link })),
      ...(['apply', 'delete'] as const).map((action) => ({ at: 0, action, manifest })),
      { at: 0, action: 'create-pod', pod: 'default/web', node: 'worker' },
      { at: 0, action: 'delete-pod', pod: 'default/web' },
      { at: 0, action: 'exec', target: node, command: 'birdc disable x' },
      { at: 0, action: 'set-bird-conf', target: { kind: 'host', name: 'vm2' }, text: '' },
      { at: 0, action: 'add-host', name: 'r1' },
      { at: 0, action: 'remove-host', target: { kind: 'host', name: 'r1' } },
      { at: 0, action: 'set-address', target: node, interface: 'eth0', address: '172.18.0.9/16' },
    ]
    expect(new Set(actions.map(({ action }) => action))).toEqual(new Set(Object.keys(en.sentence.action)))
    for (const action of actions) complete(actionText(action, t))
    expect(actionText({ at: 0, action: 'apply', manifest }, t)).toContain('IPPool pool')
  })

  it('keep protocol, state and message words as they are', () => {
    const text = plainText(event({ type: 'bird', event: { ...fields, code: 'bgp-state' } }), t)
    for (const kept of ['Mesh_172_18_0_4', 'Idle', 'Connect']) expect(text).toContain(kept)
  })
})

describe('sentence parts', () => {
  it('name their slots, so that the list can draw hosts and prefixes', () => {
    const group = {
      look: 'UPDATE' as const,
      id: 1,
      from: 'worker2',
      to: ['a', 'b', 'c'],
      prefix: '10.0.0.0/26',
      prefixCount: 1,
      detail: null,
    }
    expect(partsOf({ type: 'messages', group }, en)).toEqual([
      { slot: 'from', text: 'worker2' },
      { slot: null, text: ' announces ' },
      { slot: 'prefix', text: '10.0.0.0/26' },
      { slot: null, text: ' to ' },
      { slot: 'count', text: '3' },
      { slot: null, text: ' peers' },
    ])
  })
})
