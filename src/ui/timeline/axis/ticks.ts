// Times written on the ruler: round values of the scale that rules where they stand.
import type { Micros } from '../../../sim/index.ts'
import type { Axis } from './axis.ts'

export interface Tick {
  at: Micros
  x: number
  /** null: a short mark without text. */
  label: string | null
}

const STEPS: readonly Micros[] = [
  100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 2e6, 5e6, 1e7, 1.5e7, 3e7, 6e7, 1.2e8, 3e8, 6e8,
  1.8e9, 3.6e9,
]

const MINUTE: Micros = 60_000_000

/** Distance that labels keep from each other. */
const APART = 78

/** Room that a label takes at most, right of its tick. */
const LABEL = 70

/** `taken`: stretches of the axis, by x, that flags stand on; ticks there have no label. */
export function ticksOf(
  axis: Axis,
  from: number,
  to: number,
  taken: readonly { x: number; width: number }[] = [],
): Tick[] {
  const ticks: Tick[] = []
  let lastLabel = Number.NEGATIVE_INFINITY
  let lastMinute = -1
  for (const span of axis.spans) {
    if (span.kind === 'quiet' || span.x1 < from || span.x0 > to) continue
    for (let x = Math.max(span.x0, from); x <= Math.min(span.x1, to); ) {
      const next = nextTick(axis, x, span.to)
      if (!next || next.x > Math.min(span.x1, to)) break
      const covered = taken.some((flag) => next.x < flag.x + flag.width && flag.x < next.x + LABEL)
      const labelled = next.x - lastLabel >= APART && !covered
      const minute = Math.floor(next.at / MINUTE)
      // The minute is said again where it is not the one of the label before.
      const label = labelled ? tickLabel(next.at, next.step, minute !== lastMinute && minute > 0) : null
      ticks.push({ at: next.at, x: next.x, label })
      if (labelled) {
        lastLabel = next.x
        lastMinute = minute
      }
      x = next.x + APART / 2
    }
  }
  return ticks
}

/** The first round time at or after x, round as the scale just there allows. */
function nextTick(axis: Axis, x: number, last: Micros): { at: Micros; x: number; step: Micros } | null {
  const here = axis.toTime(x)
  const reach = Math.max(1, axis.toTime(x + APART / 2) - here)
  const step = STEPS.find((each) => each >= reach) ?? STEPS.at(-1)!
  const at = Math.ceil((here - 0.5) / step) * step
  return at > last ? null : { at, x: axis.toX(at), step }
}

/** `00:14` for whole seconds, `41.230` or `41.2304` below, `04:27.600` with its minute. */
export function tickLabel(at: Micros, step: Micros, withMinute = false): string {
  const minutes = Math.floor(at / MINUTE)
  const rest = at - minutes * MINUTE
  const two = (value: number) => String(value).padStart(2, '0')
  if (step >= 1_000_000) return `${two(minutes)}:${two(Math.round(rest / 1_000_000))}`
  const seconds = (rest / 1_000_000).toFixed(step >= 1000 ? 3 : 4).padStart(step >= 1000 ? 6 : 7, '0')
  return withMinute ? `${two(minutes)}:${seconds}` : seconds
}

/** Length of a folded gap: `9 s`, `3 min`, `2 h`. */
export function gapLabel(length: Micros): string {
  const seconds = length / 1_000_000
  if (seconds < 99.5) return `${Math.round(seconds)} s`
  const minutes = seconds / 60
  return minutes < 99.5 ? `${Math.round(minutes)} min` : `${Math.round(minutes / 60)} h`
}
