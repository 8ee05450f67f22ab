import { describe, expect, it } from 'vitest'
import type { Action } from '../../sim/index.ts'
import { branchOf, MAX_BRANCHES, mainBranch, withAction } from './branches.ts'

const off = (at: number): Action => ({ at, action: 'power-off', target: { kind: 'node', name: 'worker' } })

describe('branches', () => {
  it('appends an edit at the latest time to the branch on screen', () => {
    const next = withAction(mainBranch(), off(10), 10)
    expect(next.forked).toBeNull()
    expect(next.branches).toHaveLength(1)
    expect(branchOf(next).actions).toEqual([off(10)])
  })

  it('keeps the old future and goes on as what-if when the edit is in the past', () => {
    const first = withAction(mainBranch(), off(10), 10)
    const next = withAction(first, off(4), 20)
    expect(next.branches.map(({ name }) => name)).toEqual(['main', 'what-if 1'])
    expect(next.branches[0]?.actions).toEqual([off(10)])
    expect(branchOf(next)).toMatchObject({ actions: [off(4)], forkedAt: 4, parent: 0, keepUntil: 4 })
  })

  it("does not bring the document's later actions back when a branch forks again later", () => {
    const first = withAction(mainBranch(), off(4), 20)
    const again = withAction(first, off(9), 20)
    expect(branchOf(again).keepUntil).toBe(4)
    expect(branchOf(again).actions).toEqual([off(4), off(9)])
  })

  it('drops the oldest what-if past the limit, never main nor the one just left', () => {
    let state: ReturnType<typeof mainBranch> = mainBranch()
    for (let n = 0; n < MAX_BRANCHES + 4; n++) state = withAction({ ...state, branch: 0 }, off(n), 100)
    expect(state.branches).toHaveLength(MAX_BRANCHES)
    expect(state.branches[0]?.name).toBe('main')
    expect(state.branches.at(-1)?.id).toBe(MAX_BRANCHES + 4)
  })
})
