import { describe, expect, it } from 'vitest'
import type { TimelineIndex } from '../../sim/index.ts'
import { stepTarget } from './steps.ts'

const index = { events: [{ at: 5 }, { at: 5 }, { at: 9 }], flags: [{ at: 9 }] } as unknown as TimelineIndex

describe('steps', () => {
  it('goes to the next moment, past events at this very time', () => {
    expect(stepTarget(index, 0, 1)).toBe(5)
    expect(stepTarget(index, 5, 1)).toBe(9)
    expect(stepTarget(index, 9, 1)).toBeNull()
  })

  it('goes back to the moment before', () => {
    expect(stepTarget(index, 9, -1)).toBe(5)
    expect(stepTarget(index, 5, -1)).toBeNull()
  })

  it("steps between a person's actions", () => {
    expect(stepTarget(index, 0, 1, 'action')).toBe(9)
  })
})
