import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { TemporalTable } from './temporal-table.ts'

describe('TemporalTable', () => {
  test('reads at any time what a replay would give', () => {
    const change = fc.record({
      wait: fc.integer({ min: 0, max: 3 }),
      key: fc.constantFrom('a', 'b', 'c'),
      value: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
    })
    fc.assert(
      fc.property(fc.array(change, { maxLength: 80 }), (changes) => {
        const table = new TemporalTable<string, number>()
        const applied: { time: number; key: string; value: number | null }[] = []
        let time = 0
        for (const { wait, key, value } of changes) {
          time += wait
          table.set(key, time, value)
          applied.push({ time, key, value })
        }
        for (let t = -1; t <= time + 1; t++) {
          const model = new Map<string, number | null>()
          for (const item of applied) if (item.time <= t) model.set(item.key, item.value)
          for (const key of ['a', 'b', 'c', 'd']) expect(table.at(key, t)).toBe(model.get(key) ?? null)
          const live = [...model].filter(([, value]) => value !== null).sort()
          expect(table.entriesAt(t).sort()).toEqual(live)
          expect(table.keysAt(t).sort()).toEqual(live.map(([key]) => key))
          expect(table.valuesAt(t).sort()).toEqual(live.map(([, value]) => value).sort())
        }
      }),
    )
  })

  test('history has each change once', () => {
    const table = new TemporalTable<string, string>()
    table.set('k', 5, null)
    expect(table.history('k')).toBeNull()
    table.set('k', 10, 'a')
    table.set('k', 20, 'a')
    table.set('k', 30, 'b')
    table.set('k', 30, 'a')
    table.set('k', 40, null)
    expect(table.history('k')).toMatchObject({ times: [10, 40], values: ['a', null] })
  })

  test('time does not go back', () => {
    const table = new TemporalTable<string, string>()
    table.set('k', 10, 'a')
    expect(() => table.set('k', 9, 'b')).toThrow('is before')
  })
})
