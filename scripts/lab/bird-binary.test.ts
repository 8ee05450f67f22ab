import { describe, expect, it } from 'vitest'
import { buildOf } from './bird-binary.ts'

describe('the daemon is asked its version', () => {
  it('takes Debian’s and Calico’s 1.6.8, and no other', () => {
    expect(buildOf('BIRD version 1.6.8')).toBe('debian')
    expect(buildOf('BIRD version v0.3.3+birdv1.6.8')).toBe('calico')
    expect(buildOf('BIRD version v0.3.3-208-g1e2ff99d+birdv1.6.8')).toBe('calico')
    expect(buildOf('BIRD version 2.0.12')).toBeNull()
    expect(buildOf('BIRD version 1.6.80')).toBeNull()
    expect(buildOf('')).toBeNull()
  })
})
