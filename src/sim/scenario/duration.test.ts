import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from './duration.ts'
import { civilTime, isoTime, parseUtc } from './time.ts'

describe('durations', () => {
  it.each([
    ['250ms', 250_000],
    ['90s', 90_000_000],
    ['1.5m', 90_000_000],
    ['2h', 7_200_000_000],
    [60, 60_000_000],
    ['0.5', 500_000],
    [0, 0],
    ['.5s', 500_000],
  ])('%s', (text, micros) => expect(parseDuration(text)).toBe(micros))

  it.each(['', 'soon', '-1s', '1 s', '1d', '1e9', '5us', '1s2m', Number.NaN, -3, null, true, '99999999h'])(
    'is none: %s',
    (text) => expect(parseDuration(text)).toBeNull(),
  )

  it('come back from their spelling', () => {
    fc.assert(
      fc.property(fc.nat({ max: 10_000_000_000 }), (micros) => {
        expect(parseDuration(formatDuration(micros))).toBe(micros)
      }),
    )
  })
})

describe('UTC times', () => {
  it('agree with the calendar of the platform', () => {
    const ms = fc.integer({ min: Date.UTC(1970, 0, 1), max: Date.UTC(2399, 11, 31) })
    fc.assert(
      fc.property(ms, (epochMs) => {
        const seconds = Math.floor(epochMs / 1000) * 1000
        expect(isoTime(0, seconds * 1000)).toBe(new Date(seconds).toISOString().replace('.000', ''))
        expect(parseUtc(new Date(epochMs).toISOString())).toBe(epochMs)
        expect(civilTime(epochMs).millisecond).toBe(new Date(epochMs).getUTCMilliseconds())
      }),
    )
  })

  it.each([
    '2025-02-29T00:00:00Z',
    '2025-08-12',
    '2025-08-12T24:00:00Z',
    '2025-13-01T00:00:00Z',
    '2025-08-12T00:00:00+08:00',
  ])('is none: %s', (text) => expect(parseUtc(text)).toBeNull())
})
