import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildAxis } from './axis.ts'
import { gapLabel, tickLabel, ticksOf } from './ticks.ts'

const s = 1_000_000
const arbitrary = fc.record({
  until: fc.integer({ min: 1, max: 4000 * s }),
  times: fc.array(fc.integer({ min: 0, max: 4000 * s }), { maxLength: 200 }),
  width: fc.integer({ min: 200, max: 20_000 }),
})
const build = (input: { until: number; times: number[]; width: number }) =>
  buildAxis({ ...input, times: [...input.times].sort((a, b) => a - b), mode: 'activity' })

describe('activity-warped axis', () => {
  it('is monotone, covers the width, and leads back to the time it came from', () => {
    fc.assert(
      fc.property(arbitrary, (input) => {
        const axis = build(input)
        expect(axis.toX(0)).toBe(0)
        expect(axis.toX(input.until)).toBeCloseTo(input.width, 6)
        let before = -1
        for (let i = 0; i <= 200; i++) {
          const at = (input.until * i) / 200
          const x = axis.toX(at)
          expect(x).toBeGreaterThan(before)
          before = x
          expect(Math.abs(axis.toTime(x) - at)).toBeLessThanOrEqual(Math.max(1, input.until * 1e-9))
        }
      }),
      { numRuns: 60 },
    )
  })

  it('folds a gap of more than 3 s into a band between 28 and 56 px, longer gaps wider', () => {
    const times = [0, 0.5, 1, 12, 12.2, 200].map((each) => each * s)
    const axis = buildAxis({ until: 201 * s, times, width: 1000, mode: 'activity' })
    const bands = axis.spans.filter((span) => span.kind === 'quiet')
    expect(bands).toHaveLength(2)
    const widths = bands.map((band) => band.x1 - band.x0)
    for (const width of widths) expect(width >= 28 && width <= 56).toBe(true)
    expect(widths[1]).toBeGreaterThan(widths[0]!)
  })

  it('keeps gaps of 3 s and less to scale', () => {
    const axis = buildAxis({ until: 3 * s, times: [0, 3 * s], width: 500, mode: 'activity' })
    expect(axis.spans.map((span) => span.kind)).toEqual(['active'])
  })

  it('gives a busy moment more room than a calm one of the same length', () => {
    const busy = Array.from({ length: 400 }, (_, i) => s + i * 250)
    const axis = buildAxis({ until: 2 * s, times: [0, ...busy, 1.9 * s], width: 1000, mode: 'activity' })
    expect(axis.toX(1.1 * s) - axis.toX(s)).toBeGreaterThan(3 * (axis.toX(0.1 * s) - axis.toX(0)))
  })

  it('leaves more than half of the width to what happens, however many gaps there are', () => {
    const times = Array.from({ length: 200 }, (_, i) => i * 5 * s)
    const axis = buildAxis({ until: 1000 * s, times, width: 900, mode: 'activity' })
    const quiet = axis.spans.filter((span) => span.kind === 'quiet').reduce((sum, { x0, x1 }) => sum + x1 - x0, 0)
    expect(quiet).toBeLessThanOrEqual(900 * 0.451)
  })

  it('is plain when linear', () => {
    const axis = buildAxis({ until: 100 * s, times: [0, 50 * s], width: 1000, mode: 'linear' })
    expect(axis.toX(25 * s)).toBeCloseTo(250)
  })
})

describe('ruler', () => {
  it('writes true, round times at their own place, apart from each other', () => {
    const times = [0, 1, 2, 14, 14.1, 14.2, 41.2301, 41.2302, 41.2303].map((each) => each * s)
    const axis = buildAxis({ until: 60 * s, times, width: 1200, mode: 'activity' })
    const ticks = ticksOf(axis, 0, 1200)
    const labelled = ticks.filter((tick) => tick.label !== null)
    expect(labelled.length).toBeGreaterThan(3)
    for (const tick of ticks) expect(axis.toX(tick.at)).toBeCloseTo(tick.x)
    labelled.slice(1).forEach((tick, i) => {
      expect(tick.x - labelled[i]!.x).toBeGreaterThanOrEqual(70)
    })
  })

  it('says the minute again at the first label that a flag leaves room for', () => {
    const times = [0, 195, 195.1, 195.2, 195.3].map((each) => each * s)
    const axis = buildAxis({ until: 196 * s, times, width: 1200, mode: 'activity' })
    const plain = ticksOf(axis, 0, 1200).filter(({ label }) => label !== null)
    const first = plain.find(({ label }) => label?.startsWith('03:') && label.includes('.'))
    expect(first).toBeDefined()
    const flag = { x: (first?.x ?? 0) - 20, width: 60 }
    const beside = ticksOf(axis, 0, 1200, [flag]).filter(({ label }) => label !== null)
    expect(beside.some(({ x }) => x === first?.x)).toBe(false)
    const next = beside.find(({ x }) => x > flag.x)
    expect(next?.label).toMatch(/^03:/)
  })

  it('writes times as fine as they are', () => {
    expect(tickLabel(14 * s, s)).toBe('00:14')
    expect(tickLabel(312 * s, 10 * s)).toBe('05:12')
    expect(tickLabel(41_230_000, 2000)).toBe('41.230')
    expect(tickLabel(61_230_400, 200)).toBe('01.2304')
    expect(tickLabel(267_600_000, 100_000, true)).toBe('04:27.600')
  })

  it('names the length of a folded gap', () => {
    expect([9 * s, 48.6 * s, 180 * s, 7200 * s].map(gapLabel)).toEqual(['9 s', '49 s', '3 min', '2 h'])
  })
})
