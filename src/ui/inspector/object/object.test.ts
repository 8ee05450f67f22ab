import { describe, expect, it } from 'vitest'
import type { BlockView, ClusterView } from '../../../sim/index.ts'
import { cellsOf } from './block-cells.ts'
import { hostOfPod, pingCommand, pingTargets } from './find-pod.ts'

const block = (cidr: string, size: number): BlockView => ({
  cidr,
  size,
  used: 2,
  state: 'confirmed',
  pods: [{ id: 'default/web-1', phase: 'Running', address: '192.167.203.2', borrowed: false }],
})

describe('the cells of a block', () => {
  it('are one per address, with the owner at its ordinal', () => {
    const cells = cellsOf(block('192.167.203.0/26', 64))
    expect(cells).toHaveLength(64)
    expect(cells[2]).toEqual({ ordinal: 2, address: '192.167.203.2', owner: 'default/web-1', phase: 'Running' })
    expect(cells[63]).toMatchObject({ address: '192.167.203.63', owner: null })
  })

  it('of a large block are those in use', () => {
    expect(cellsOf(block('192.167.192.0/20', 4096)).map(({ ordinal }) => ordinal)).toEqual([0xb02])
  })
})

describe('finding a pod', () => {
  const view = {
    hosts: [
      { name: 'worker', blocks: [block('192.167.203.0/26', 64)] },
      {
        name: 'worker2',
        blocks: [],
        pendingPods: [{ id: 'default/new', phase: 'Pending', address: null, borrowed: false }],
      },
    ],
  } as unknown as ClusterView

  it('looks into blocks and at pods without an address', () => {
    expect(hostOfPod(view, 'default/web-1')).toBe('worker')
    expect(hostOfPod(view, 'default/new')).toBe('worker2')
    expect(hostOfPod(view, 'default/none')).toBeNull()
  })

  it('pings every other pod that has an address', () => {
    expect(pingTargets(view, 'default/new')).toEqual([{ id: 'default/web-1', address: '192.167.203.2' }])
    expect(pingTargets(view, 'default/web-1')).toEqual([])
    expect(pingCommand('default/web-1', '10.0.0.1')).toBe('kubectl exec -n default web-1 -- ping -c 3 10.0.0.1')
  })
})
