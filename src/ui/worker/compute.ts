// Running the simulation in slices, so that the page's other questions get their turn in between.
import type { Micros, Simulation } from '../../sim/index.ts'

/** Tasks per slice, adapted until one takes about `milliseconds`: short enough for a question in between not to be felt. */
const SLICE = { first: 100, least: 10, most: 50_000, milliseconds: 30 }

/** What a long computation needs of the world around it. */
export interface Surroundings {
  /** Milliseconds, for measuring only. */
  now(): number
  /** Lets every question that has arrived be answered first. */
  turn(): Promise<void>
  /** Nobody wants the result any more. */
  cancelled(): boolean
}

/** When to come back before all is computed: after this time, if at least this much is. */
export interface Patience {
  readonly least: Micros
  readonly milliseconds: number
}

/** Computes up to `at`, or as far as patience goes. */
export async function compute(
  simulation: Pick<Simulation, 'until' | 'runSome'>,
  goal: { at: Micros; patience: Patience | null },
  around: Surroundings,
): Promise<void> {
  const began = around.now()
  let tasks = SLICE.first
  while (!around.cancelled()) {
    const started = around.now()
    simulation.runSome(goal.at, tasks)
    const ended = around.now()
    if (simulation.until >= goal.at) return
    const { patience } = goal
    if (patience !== null && simulation.until >= patience.least && ended - began >= patience.milliseconds) return
    const factor = SLICE.milliseconds / Math.max(1, ended - started)
    tasks = Math.round(Math.max(SLICE.least, Math.min(SLICE.most, tasks * Math.max(0.25, Math.min(4, factor)))))
    await around.turn()
  }
}
