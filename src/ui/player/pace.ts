// The Auto speed (ux.md 10) as a map between simulated and wall time: monotone, piecewise linear, invertible. Around a
// message that is not a KEEPALIVE time is stretched so that its flight lasts 700 ms; a quiet gap is crossed in at most 0.8 s.
// A map instead of a speed that chases a target cannot overshoot a burst at the end of a long gap.
import type { Micros, TimelineIndex } from '../../sim/index.ts'

const FLIGHT_MS = 700
const GAP_MS = 800
/** A run whose bursts would take longer than this together is compressed to it (a mesh of 100 sends for seconds on end). */
const BURSTS_MS = 75_000

export interface Pace {
  wallAt(at: Micros): number
  simAt(wall: number): Micros
}

/** Times at which a message that is not a KEEPALIVE was sent, ascending. */
function busyTimes(index: TimelineIndex): number[] {
  const times: number[] = []
  for (const lane of index.lanes) for (const glyph of lane.glyphs) if (glyph.look !== 'KEEPALIVE') times.push(glyph.at)
  return times.sort((a, b) => a - b)
}

function burstsOf(times: readonly number[], flight: Micros): { from: Micros; to: Micros }[] {
  const bursts: { from: Micros; to: Micros }[] = []
  for (const at of times) {
    const open = bursts.at(-1)
    if (open && at <= open.to + 2 * flight) open.to = at + flight
    else bursts.push({ from: at, to: at + flight })
  }
  return bursts
}

/** `flight`: how long a message is under way, in simulated time. */
export function buildPace(index: TimelineIndex, flight: Micros): Pace {
  const bursts = burstsOf(busyTimes(index), flight)
  const busy = bursts.reduce((sum, { from, to }) => sum + (to - from), 0)
  const msPerMicro = Math.min(FLIGHT_MS / flight, BURSTS_MS / Math.max(1, busy))
  const sims: Micros[] = [0]
  const walls: number[] = [0]
  const add = (at: Micros, wall: number) => {
    const before = sims.at(-1) ?? 0
    if (at <= before) return
    sims.push(at)
    walls.push((walls.at(-1) ?? 0) + wall)
  }
  const gap = (until: Micros) => add(until, Math.min(GAP_MS, (until - (sims.at(-1) ?? 0)) / 1000))
  for (const { from, to } of bursts) {
    gap(from)
    add(to, (to - from) * msPerMicro)
  }
  gap(index.until)
  return { wallAt: (at) => along(sims, walls, at), simAt: (wall) => along(walls, sims, wall) }
}

/** Straight line between the two neighbours in `xs`; beyond the last, one millisecond of wall for one of simulated time. */
function along(xs: readonly number[], ys: readonly number[], x: number): number {
  let low = 0
  let high = xs.length - 1
  const lastX = xs[high] ?? 0
  const lastY = ys[high] ?? 0
  if (x >= lastX) return lastY + (x - lastX) * (lastX > lastY ? 0.001 : 1000)
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((xs[middle] ?? 0) <= x) low = middle
    else high = middle
  }
  const [x0, x1, y0, y1] = [xs[low] ?? 0, xs[high] ?? 0, ys[low] ?? 0, ys[high] ?? 0]
  return x1 === x0 ? y0 : y0 + ((x - x0) / (x1 - x0)) * (y1 - y0)
}
