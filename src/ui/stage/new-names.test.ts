import { describe, expect, it } from 'vitest'
import { nextName, nextNodeName } from './new-names.ts'

describe('names for what is added', () => {
  it('go on counting where the last one stopped', () => {
    expect(nextNodeName(['c-control-plane', 'c-worker', 'c-worker2'])).toBe('c-worker3')
    expect(nextNodeName(['c-control-plane', 'c-worker'])).toBe('c-worker2')
    expect(nextNodeName(['control-plane'])).toBe('worker')
    expect(nextNodeName([])).toBe('worker')
  })

  it('skip what is taken', () => {
    expect(nextName(['web-1', 'web-2', 'web-4'], 'web-1')).toBe('web-3')
  })
})
