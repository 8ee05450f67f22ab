import { describe, expect, it } from 'vitest'
import type { MessageLook, TimelineIndex } from '../../sim/index.ts'
import { buildPace } from './pace.ts'

function index(until: number, ...sent: [at: number, look: MessageLook][]): TimelineIndex {
  const glyphs = sent.map(([at, look], id) => ({ at, id, look }))
  return {
    until,
    settledAt: 0,
    flags: [],
    lanes: [{ host: 'worker', glyphs, health: [] }],
    convergence: [],
    loss: [],
    events: [],
    beats: [],
    warnings: [],
    swatches: [],
  }
}

describe('pace of Auto speed', () => {
  it('gives a message 700 ms on screen', () => {
    const pace = buildPace(index(10_000_000, [5_000_000, 'UPDATE']), 1300)
    expect(pace.wallAt(5_001_300) - pace.wallAt(5_000_000)).toBeCloseTo(700)
  })

  it('crosses a quiet gap in at most 0.8 s, keepalives and all', () => {
    const pace = buildPace(
      index(300_000_000, [1_000_000, 'OPEN'], [80_000_000, 'KEEPALIVE'], [242_000_000, 'NOTIFICATION']),
      1000,
    )
    expect(pace.wallAt(242_000_000) - pace.wallAt(1_001_000)).toBeCloseTo(800)
  })

  it('plays a gap that is shorter than that in real time', () => {
    const pace = buildPace(index(1_000_000, [100_000, 'OPEN'], [300_000, 'OPEN']), 1000)
    expect(pace.wallAt(300_000) - pace.wallAt(101_000)).toBeCloseTo(199)
  })

  it('is monotone and its two directions agree', () => {
    const pace = buildPace(index(9_000_000, [1_000, 'OPEN'], [1_900, 'UPDATE'], [4_000_000, 'WITHDRAW']), 1300)
    let before = -1
    for (let at = 0; at < 12_000_000; at += 137_501) {
      const wall = pace.wallAt(at)
      expect(wall).toBeGreaterThan(before)
      expect(pace.simAt(wall)).toBeCloseTo(at, 1)
      before = wall
    }
  })

  it('compresses a run that talks without a pause', () => {
    const busy = Array.from({ length: 5000 }, (_, n): [number, MessageLook] => [n * 1000, 'UPDATE'])
    const pace = buildPace(index(6_000_000, ...busy), 1300)
    expect(pace.wallAt(5_000_000)).toBeLessThan(76_000)
  })
})
