import { describe, expect, it } from 'vitest'
import { choices, completed } from './complete.ts'

describe('completion', () => {
  it('finishes the word when only one fits', () => {
    expect(completed('birdc show prot', ['birdc show protocols'])).toBe('birdc show protocols ')
  })

  it('goes as far as all candidates agree', () => {
    const lines = ['birdc disable Mesh_172_18_0_2', 'birdc disable Mesh_172_18_0_4']
    expect(completed('birdc disable M', lines)).toBe('birdc disable Mesh_172_18_0_')
  })

  it('adds nothing when they do not agree any further, and lists the words to choose from', () => {
    const lines = ['birdc show protocols', 'birdc show route']
    expect(completed('birdc show ', lines)).toBeNull()
    expect(choices(lines)).toBe('protocols  route')
    expect(completed('x', [])).toBeNull()
  })
})
