import { describe, expect, it } from 'vitest'
import { levelOf, nextLevel } from './levels.ts'

describe('semantic zoom', () => {
  it('follows the drawn card width', () => {
    expect([20, 55, 56, 139, 140, 396].map(levelOf)).toEqual([0, 0, 1, 1, 2, 2])
  })

  it('changes only when a border is passed by 12 %', () => {
    expect(nextLevel(1, 150)).toBe(1)
    expect(nextLevel(1, 157)).toBe(2)
    expect(nextLevel(2, 130)).toBe(2)
    expect(nextLevel(2, 123)).toBe(1)
    expect(nextLevel(0, 60)).toBe(0)
    expect(nextLevel(0, 63)).toBe(1)
  })

  it('jumps two levels when the camera does', () => {
    expect(nextLevel(0, 264)).toBe(2)
    expect(nextLevel(2, 20)).toBe(0)
  })
})
