// The hand-written cases are sound documents, whether or not a machine can run them on real daemons.
import { describe, expect, it } from 'vitest'
import { parseScenario } from '../../../src/sim/scenario/parse.ts'
import { caseNames, caseText } from './cases.ts'

describe('hand-written cases', () => {
  it.each(caseNames())('%s is without problems', (name) => {
    const parsed = parseScenario(caseText(name) ?? '')
    expect(parsed.ok ? parsed.warnings : parsed.problems).toEqual([])
  })

  it('an unknown name is none', () => {
    expect(caseText('nothing')).toBeNull()
  })
})
