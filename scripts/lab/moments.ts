// When a scenario is looked at: at rest, just before every action and behind the last.
import type { Scenario } from '../../src/sim/scenario/types.ts'

const MICROS = 1_000_000
/** Before the next action, so that it is not seen by one side alone. */
const BEFORE_ACTION = 0.7
/** Rest behind the last action. */
const TAIL = 20
const EARLIEST = 5
/** What follows an action sooner than this finds nothing at rest. */
const SHORTEST_REST = 5

/** In seconds after the start. */
export function moments(scenario: Scenario): number[] {
  const times = [...new Set(scenario.timeline.map((action) => action.at / MICROS))].sort((a, b) => a - b)
  const before = times
    .filter((at, index) => at - (times[index - 1] ?? 0) > SHORTEST_REST)
    .map((at) => at - BEFORE_ACTION)
    .filter((at) => at > EARLIEST)
  return [...before, (times.at(-1) ?? 0) + TAIL]
}
