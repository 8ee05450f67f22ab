import { describe, expect, it } from 'vitest'
import { compute } from './compute.ts'

/** A simulation in which every task takes a millisecond and a simulated second, and the clock that shows it. */
function work(length: number) {
  let clock = 0
  const simulation = {
    until: 0,
    runSome(at: number, tasks: number): void {
      const done = Math.min(tasks, at - this.until)
      this.until += done
      clock += done
    },
  }
  const slices: number[] = []
  const around = {
    now: () => clock,
    turn: async () => void slices.push(clock),
    cancelled: () => false,
  }
  return {
    simulation,
    around,
    slices,
    goal: { at: length, patience: null as null | { least: number; milliseconds: number } },
  }
}

describe('computing in slices', () => {
  it('lets others in after every slice and finds out how long one may be', async () => {
    const { simulation, around, slices, goal } = work(1_000)
    await compute(simulation, goal, around)
    expect(simulation.until).toBe(1_000)
    const lengths = slices.map((at, i) => at - (slices[i - 1] ?? 0))
    expect(lengths.length).toBeGreaterThan(25)
    expect(Math.max(...lengths.slice(1))).toBeLessThanOrEqual(50)
  })

  it('comes back when patience is over, but not before the least is there', async () => {
    const soon = work(10_000)
    await compute(soon.simulation, { ...soon.goal, patience: { least: 0, milliseconds: 200 } }, soon.around)
    expect(soon.simulation.until).toBeGreaterThanOrEqual(200)
    expect(soon.simulation.until).toBeLessThan(300)
    const far = work(10_000)
    await compute(far.simulation, { ...far.goal, patience: { least: 5_000, milliseconds: 200 } }, far.around)
    expect(far.simulation.until).toBeGreaterThanOrEqual(5_000)
    expect(far.simulation.until).toBeLessThan(5_200)
  })

  it('stops when nobody wants it any more', async () => {
    const { simulation, around, goal } = work(10_000)
    let turns = 0
    await compute(simulation, goal, { ...around, turn: async () => void turns++, cancelled: () => turns === 3 })
    expect(simulation.until).toBeLessThan(1_000)
  })
})
