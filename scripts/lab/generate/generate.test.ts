// Generated scenarios are named by their seed in reports: the same seed must give the same one, and a sound one.
import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../../src/sim/scenario/parse.ts'
import { generate } from './generate.ts'

describe('generator', () => {
  it('is repeatable, and its documents are without problems', () => {
    const shapes = new Set<string>()
    for (let seed = 1; seed <= 400; seed++) {
      const { text, shape } = generate(seed)
      shapes.add(shape)
      expect(generate(seed).text).toBe(text)
      const parsed = parseScenario(text)
      expect(parsed.ok ? parsed.warnings : parsed.problems, `seed ${seed}`).toEqual([])
    }
    expect([...shapes].sort()).toEqual([
      'calico-mesh',
      'calico-star',
      'calico-tor',
      'exits',
      'mesh',
      'racks',
      'reflector',
      'tor',
    ])
    expect(generate(1).text).not.toBe(generate(2).text)
  })
})
