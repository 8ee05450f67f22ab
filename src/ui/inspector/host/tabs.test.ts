import { describe, expect, it } from 'vitest'
import type { ClusterView } from '../../../sim/index.ts'
import { targetOf } from '../parts/use-roving.ts'
import { counts } from '../summary/counts.ts'
import { hostTabs, tabInForce } from './tabs.ts'

describe('the tabs of a host', () => {
  it('leave out what a host does not have', () => {
    expect(hostTabs({ kind: 'node', bird: 'stopped' })).toContain('pods')
    expect(hostTabs({ kind: 'router', bird: 'running' })).not.toContain('pods')
    expect(hostTabs({ kind: 'router', bird: 'absent' })).toEqual(['overview', 'fib'])
  })

  it('keep the wanted one where it exists', () => {
    expect(tabInForce(['overview', 'rib'], 'rib')).toBe('rib')
    expect(tabInForce(['overview', 'fib'], 'pods')).toBe('overview')
  })
})

describe('moving over rows and cells', () => {
  it('stays inside the list and keeps its column in a grid', () => {
    expect(targetOf('ArrowDown', 4, { last: 4, columns: 1 })).toBe(4)
    expect(targetOf('PageUp', 4, { last: 9, columns: 1 })).toBe(0)
    expect(targetOf('ArrowRight', 4, { last: 9, columns: 1 })).toBeNull()
    expect(targetOf('ArrowDown', 3, { last: 63, columns: 8 })).toBe(11)
    expect(targetOf('ArrowDown', 60, { last: 63, columns: 8 })).toBe(60)
    expect(targetOf('ArrowLeft', 0, { last: 63, columns: 8 })).toBe(0)
  })
})

describe('counting a view', () => {
  it('counts silent sessions as up and pods without an address too', () => {
    const view = {
      networks: [{}],
      hosts: [
        { kind: 'node', blocks: [{ pods: [{}, {}] }], pendingPods: [{}] },
        { kind: 'router', blocks: [] },
      ],
      sessions: [{ look: 'silent' }, { look: 'established' }, { look: 'idle' }],
    } as unknown as ClusterView
    expect(counts(view)).toEqual({
      nodes: 1,
      routers: 1,
      networks: 1,
      sessions: { up: 2, total: 3 },
      blocks: 1,
      pods: 3,
    })
  })
})
