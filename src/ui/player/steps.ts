// Where one step goes: the nearest moment at which something happened, or a person's action.
import type { Micros, TimelineIndex } from '../../sim/index.ts'

function firstAfter(times: readonly { at: Micros }[], at: Micros): Micros | null {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return times[low]?.at ?? null
}

function lastBefore(times: readonly { at: Micros }[], at: Micros): Micros | null {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((times[middle]?.at ?? 0) < at) low = middle + 1
    else high = middle
  }
  return times[low - 1]?.at ?? null
}

export type StepUnit = 'event' | 'action'

/** null: nothing more in that direction. */
export function stepTarget(
  index: TimelineIndex,
  at: Micros,
  direction: 1 | -1,
  unit: StepUnit = 'event',
): Micros | null {
  const times = unit === 'event' ? index.events : index.flags
  return direction === 1 ? firstAfter(times, at) : lastBefore(times, at)
}
