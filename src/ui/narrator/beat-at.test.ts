import { describe, expect, it } from 'vitest'
import { beatAt } from './beat-at.ts'

const beats = [0, 5, 9].map((at) => ({ at, title: { en: String(at) }, text: { en: '' } }))

describe('narration', () => {
  it('shows the last sentence that has begun', () => {
    expect(beatAt(beats, 5)?.at).toBe(5)
    expect(beatAt(beats, 8)?.at).toBe(5)
    expect(beatAt(beats, 99)?.at).toBe(9)
  })

  it('shows none before the first', () => {
    expect(beatAt(beats.slice(1), 4)).toBeNull()
  })
})
