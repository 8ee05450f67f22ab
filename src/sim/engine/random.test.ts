// The vectors were computed with an independent implementation of sfc32; they must never change.
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Random } from './random.ts'

const draws = (random: Random, count: number): number[] => Array.from({ length: count }, () => random.nextU32())

describe('Random', () => {
  test.each([
    { seed: 1, second: 0, expected: [3387734806, 1080862987, 3546521498, 2861869171, 428981239, 2719816156] },
    { seed: 0, second: 0, expected: [4216505632, 947923937, 2491578854, 3964400089] },
    { seed: 1, second: 2, expected: [2238190143, 61101710, 3916794307, 919126261] },
    { seed: 0xdeadbeef, second: 0xffffffff, expected: [317135422, 3314725419, 1621271977, 305652662] },
    { seed: 2 ** 40 + 7, second: 0, expected: [1012438899, 2273288591, 431579343, 3300355358] },
  ])('sequence of ($seed, $second)', ({ seed, second, expected }) => {
    expect(draws(new Random(seed, second), expected.length)).toEqual(expected)
  })

  test('below stays below and reaches every value', () => {
    fc.assert(
      fc.property(fc.nat(), fc.integer({ min: 1, max: 60 }), (seed, n) => {
        const random = new Random(seed)
        const seen = new Set<number>()
        for (let i = 0; i < n * 40; i++) seen.add(random.below(n))
        expect([...seen].every((value) => Number.isInteger(value) && value >= 0 && value < n)).toBe(true)
        if (n <= 4) expect(seen.size).toBe(n)
      }),
    )
  })

  test('below is frozen too, and with one choice draws nothing', () => {
    const random = new Random(1)
    expect([10, 61, 1, 2 ** 32].map((n) => random.below(n))).toEqual([3387734806 % 10, 1080862987 % 61, 0, 3546521498])
    expect(() => random.below(0)).toThrow('not within')
  })

  test('a clone goes on alone', () => {
    const random = new Random(5)
    random.nextU32()
    const copy = random.clone()
    const ahead = draws(random, 5)
    expect(draws(copy, 5)).toEqual(ahead)
  })
})
