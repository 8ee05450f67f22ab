import { describe, expect, it } from 'vitest'
import { completed } from './complete.ts'

describe('completion', () => {
  it('finishes the word when only one fits', () => {
    expect(completed('birdc show prot', ['protocols'])).toBe('birdc show protocols ')
  })

  it('goes as far as all candidates agree', () => {
    expect(completed('birdc disable M', ['Mesh_172_18_0_2', 'Mesh_172_18_0_4'])).toBe('birdc disable Mesh_172_18_0_')
  })

  it('adds nothing when they do not agree any further', () => {
    expect(completed('birdc show ', ['protocols', 'route'])).toBeNull()
    expect(completed('x', [])).toBeNull()
  })
})
