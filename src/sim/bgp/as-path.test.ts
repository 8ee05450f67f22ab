import { describe, expect, test } from 'vitest'
import { asPathCount, asPathLength, firstAs, formatAsPath, lastAs, prependAs } from './as-path.ts'

describe('AS_PATH', () => {
  const path = [
    { type: 2 as const, asns: [64513, 64512] },
    { type: 1 as const, asns: [1, 2, 3] },
    { type: 3 as const, asns: [9] },
  ]
  test('length, text, count, ends', () => {
    expect(asPathLength(path)).toBe(3)
    expect(asPathLength([])).toBe(0)
    expect(formatAsPath(path.slice(0, 2))).toBe('64513 64512 { 1 2 3 }')
    expect(formatAsPath([])).toBe('')
    expect(asPathCount([...path, ...path], 2)).toBe(2)
    expect([firstAs(path), firstAs(path.slice(1)), firstAs([])]).toEqual([64513, null, null])
    expect([lastAs(path.slice(0, 1)), lastAs(path.slice(0, 2)), lastAs([])]).toEqual([64512, 1, null])
  })

  test('prepending extends the first sequence, else starts one', () => {
    expect(prependAs([], 5)).toEqual([{ type: 2, asns: [5] }])
    expect(prependAs(path, 5)[0]).toEqual({ type: 2, asns: [5, 64513, 64512] })
    expect(prependAs(path.slice(1), 5)).toHaveLength(3)
    expect(prependAs([{ type: 2, asns: Array(255).fill(1) }], 5).map((item) => item.asns.length)).toEqual([1, 255])
  })
})
