import { describe, expect, it } from 'vitest'
import { shortNames } from './short-name.ts'

const tails = (names: string[]) => names.map((name) => shortNames(names).get(name)!.tail)

describe('short names', () => {
  it('leave out what the names of a cluster share', () => {
    expect(tails(['calico-cluster-control-plane', 'calico-cluster-worker', 'calico-cluster-worker2', 'vm2'])).toEqual([
      'control-plane',
      'worker',
      'worker2',
      'vm2',
    ])
  })

  it('stay whole when nothing long enough is shared', () => {
    expect(tails(['node-1', 'node-2'])).toEqual(['node-1', 'node-2'])
    expect(tails(['worker', 'worker2', 'rtr-1'])).toEqual(['worker', 'worker2', 'rtr-1'])
  })
})
