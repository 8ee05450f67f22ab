import { describe, expect, test } from 'vitest'
import { Scheduler } from './scheduler.ts'

/** Three tasks at each of the times 0, 10 and 20; the first at 10 asks for one more at its own instant. */
function busy() {
  const scheduler = new Scheduler()
  const ran: string[] = []
  for (const at of [0, 10, 20]) {
    for (const order of [3, 1, 2]) scheduler.schedule(at, order, { run: () => void ran.push(`${at}:${order}`) })
  }
  scheduler.schedule(10, 0, {
    run: (now) => {
      ran.push('10:0')
      scheduler.schedule(now, 4, { run: () => void ran.push('10:4') })
    },
  })
  return { scheduler, ran }
}

describe('Scheduler', () => {
  test('runs what is due at one instant in the order of hosts', () => {
    const { scheduler, ran } = busy()
    scheduler.runTo(15)
    expect(ran).toEqual(['0:1', '0:2', '0:3', '10:0', '10:1', '10:2', '10:3', '10:4'])
    expect(scheduler.now).toBe(15)
  })

  test('some tasks: the instant they end in is run to its end, and the rest comes later in the same order', () => {
    const whole = busy()
    whole.scheduler.runTo(30)
    const { scheduler, ran } = busy()
    expect(scheduler.runSome(30, 1)).toBe(0)
    expect(ran).toHaveLength(3)
    expect(scheduler.runSome(30, 2)).toBe(10)
    expect(ran).toHaveLength(8)
    expect(scheduler.runSome(30, 100)).toBe(30)
    expect(ran).toEqual(whole.ran)
    expect(scheduler.runSome(40, 1)).toBe(40)
  })
})
