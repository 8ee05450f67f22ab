import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EventQueue, type EventToken } from './event-queue.ts'

describe('EventQueue', () => {
  test('is empty at first', () => {
    const queue = new EventQueue<string>()
    expect(queue.size).toBe(0)
    expect(queue.nextTime()).toBe(Number.POSITIVE_INFINITY)
    expect(queue.pop()).toBeUndefined()
    expect(queue.isPending(-1)).toBe(false)
  })

  test('at one time, first asked is first served', () => {
    const queue = new EventQueue<number>()
    for (let i = 0; i < 1000; i++) queue.push(i % 3, i)
    const order = Array.from({ length: 1000 }, () => queue.pop()!)
    const expected = [0, 1, 2].flatMap((time) =>
      Array.from({ length: 1000 }, (_, i) => i).filter((i) => i % 3 === time),
    )
    expect(order).toEqual(expected)
  })

  test('behaves as a sorted list under any pushes, pops and cancels', () => {
    const step = fc.oneof(
      fc.record({ what: fc.constant('push' as const), time: fc.integer({ min: 0, max: 20 }) }),
      fc.record({ what: fc.constant('pop' as const), time: fc.constant(0) }),
      fc.record({ what: fc.constant('cancel' as const), time: fc.nat(60) }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const queue = new EventQueue<number>()
        const model: { time: number; id: number }[] = []
        const tokens: EventToken[] = []
        for (const { what, time } of steps) {
          if (what === 'push') {
            model.push({ time, id: tokens.length })
            model.sort((a, b) => a.time - b.time || a.id - b.id)
            tokens.push(queue.push(time, tokens.length))
          } else if (what === 'pop') {
            expect(queue.nextTime()).toBe(model[0]?.time ?? Number.POSITIVE_INFINITY)
            expect(queue.pop()).toBe(model.shift()?.id)
          } else if (time < tokens.length) {
            const index = model.findIndex((item) => item.id === time)
            expect(queue.isPending(tokens[time]!)).toBe(index >= 0)
            expect(queue.cancel(tokens[time]!)).toBe(index >= 0)
            if (index >= 0) model.splice(index, 1)
          }
          expect(queue.size).toBe(model.length)
        }
        for (const { id } of model) expect(queue.pop()).toBe(id)
        expect(queue.pop()).toBeUndefined()
      }),
    )
  })

  test('sweeping cancelled entries loses nothing and leaves the order', () => {
    const queue = new EventQueue<number>()
    const tokens = Array.from({ length: 9000 }, (_, i) => queue.push((i * 7919) % 1000, i))
    for (let i = 0; i < 9000; i++) if (i % 9 !== 0) expect(queue.cancel(tokens[i]!)).toBe(true)
    expect(queue.size).toBe(1000)
    for (let i = 0; i < 500; i++) queue.push(i, 100_000 + i)
    expect(queue.cancel(tokens[1]!)).toBe(false)
    let [last, count] = [-1, 0]
    for (let time = queue.nextTime(); time < Number.POSITIVE_INFINITY; time = queue.nextTime()) {
      const id = queue.pop()!
      const order = time * 1_000_000 + id
      expect(order).toBeGreaterThan(last)
      last = order
      count++
    }
    expect(count).toBe(1500)
  })
})
