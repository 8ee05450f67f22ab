// Times as birdc shows them (sysdep/unix/io.c, tm_format_datetime): route and protocol times as a clock time while they
// are younger than 20 hours and as a date afterwards, status times in full. BIRD's clock ticks in whole seconds.
import type { Micros } from '../ports.ts'

/** Turns a time of the run into UTC texts; made by the caller, who knows when the run starts. */
export interface WallClock {
  /** `07:05:34` */
  time(at: Micros): string
  /** `2026-11-24` */
  date(at: Micros): string
}

const TWENTY_HOURS: Micros = 20 * 3600 * 1_000_000

/** The whole second BIRD's clock shows at `at`, in microseconds. */
export function tick(at: Micros): Micros {
  return Math.floor(at / 1_000_000) * 1_000_000
}

/** Column since, and the time in `[...]` of show route. */
export function shortTime(clock: WallClock, event: Micros, now: Micros): string {
  return tick(now) - tick(event) < TWENTY_HOURS ? clock.time(event) : clock.date(event)
}

export function fullTime(clock: WallClock, at: Micros): string {
  return `${clock.date(at)} ${clock.time(at)}`
}

/** Whole seconds until a timer fires, as `show protocols all` counts them. */
export function remaining(deadline: Micros, now: Micros): number {
  return Math.max(0, Math.ceil((deadline - tick(now)) / 1_000_000))
}
