import { describe, expect, it } from 'vitest'
import { speedText } from './speed-label.ts'

describe('speed label', () => {
  it('writes slow speeds as shares and fast ones as numbers', () => {
    expect([1 / 1000, 1 / 1234, 1 / 20, 1 / 4, 0.98, 1, 4, 20, 58.7].map(speedText)).toEqual([
      '1/1000',
      '1/1000',
      '1/20',
      '1/4',
      '1',
      '1',
      '4',
      '20',
      '59',
    ])
  })
})
