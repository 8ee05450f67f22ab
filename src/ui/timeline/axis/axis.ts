// The activity-warped axis (section 10): a monotone, invertible, piecewise linear map between time and pixels. Busy moments
// are stretched, gaps of more than 3 s without anything but KEEPALIVE are folded into bands. Ticks always carry true times.
import type { Micros } from '../../../sim/index.ts'

interface AxisSpan {
  kind: 'active' | 'quiet'
  from: Micros
  to: Micros
  x0: number
  x1: number
}

export interface Axis {
  width: number
  until: Micros
  spans: readonly AxisSpan[]
  toX(at: Micros): number
  toTime(x: number): Micros
}

export interface AxisInput {
  until: Micros
  /** Times of everything that is not a KEEPALIVE, ascending. */
  times: readonly Micros[]
  width: number
  mode: 'activity' | 'linear'
}

const GAP: Micros = 3_000_000
const MARGIN: Micros = 120_000
const BAND = { least: 28, most: 56, doublings: 7 } as const
/** Bands never take more than this share of the width. */
const BAND_SHARE = 0.45
const BINS = 64
const BASE_WEIGHT = 0.08

export function buildAxis(input: AxisInput): Axis {
  const until = Math.max(1, input.until)
  const width = Math.max(1, input.width)
  if (input.mode === 'linear')
    return fromKnots([0, until], [0, width], [{ kind: 'active', from: 0, to: until, x0: 0, x1: width }])
  const pieces = cutAtGaps(until, input.times)
  const wished = pieces.map((piece) => (piece.kind === 'quiet' ? bandWidth(piece.to - piece.from) : 0))
  const bands = wished.reduce((sum, each) => sum + each, 0)
  const allActive = pieces.every((piece) => piece.kind === 'active')
  const most = pieces.some((piece) => piece.kind === 'active') ? width * BAND_SHARE : width
  const shrink = allActive || bands <= most ? 1 : most / bands
  const bins = pieces.map((piece) => (piece.kind === 'active' ? binsOf(piece, input.times) : null))
  const weight = bins.reduce((sum, each) => sum + (each ? each.weights.reduce((a, b) => a + b, 0) : 0), 0)
  const perWeight = weight === 0 ? 0 : (width - bands * shrink) / weight

  const ts: Micros[] = [0]
  const xs: number[] = [0]
  const spans: AxisSpan[] = []
  const knot = (at: Micros, x: number) => {
    if (at <= ts[ts.length - 1]!) return
    ts.push(at)
    xs.push(x)
  }
  let x = 0
  pieces.forEach((piece, i) => {
    const start = x
    const binned = bins[i]
    if (binned) {
      binned.weights.forEach((each, bin) => {
        x += each * perWeight
        knot(piece.from + ((piece.to - piece.from) * (bin + 1)) / binned.weights.length, x)
      })
    } else {
      x += (weight === 0 ? width / bands : shrink) * wished[i]!
      knot(piece.to, x)
    }
    spans.push({ kind: piece.kind, from: piece.from, to: piece.to, x0: start, x1: x })
  })
  xs[xs.length - 1] = width
  return fromKnots(ts, xs, spans)
}

interface Piece {
  kind: 'active' | 'quiet'
  from: Micros
  to: Micros
}

function cutAtGaps(until: Micros, times: readonly Micros[]): Piece[] {
  const pieces: Piece[] = []
  let activeFrom: Micros = 0
  let last: Micros = 0
  const gap = (from: Micros, to: Micros) => {
    if (from > activeFrom) pieces.push({ kind: 'active', from: activeFrom, to: from })
    pieces.push({ kind: 'quiet', from, to })
    activeFrom = to
  }
  for (const at of times) {
    if (at > until) break
    if (at - last > GAP) gap(last + MARGIN, at - MARGIN)
    last = at
  }
  if (until - last > GAP) gap(last + MARGIN, until)
  if (until > activeFrom) pieces.push({ kind: 'active', from: activeFrom, to: until })
  return pieces
}

function bandWidth(gap: Micros): number {
  const doublings = Math.log2(Math.max(1, gap / GAP))
  return BAND.least + (BAND.most - BAND.least) * Math.min(1, doublings / BAND.doublings)
}

function binsOf(piece: Piece, times: readonly Micros[]): { weights: number[] } {
  const first = firstAtOrAfter(times, piece.from)
  const end = firstAtOrAfter(times, piece.to + 1)
  const count = Math.min(BINS, Math.max(4, (end - first) * 2))
  const hits = new Array<number>(count).fill(0)
  const length = piece.to - piece.from
  for (let i = first; i < end; i++) {
    const bin = Math.min(count - 1, Math.floor(((times[i]! - piece.from) / length) * count))
    hits[bin] = hits[bin]! + 1
  }
  // Bins are 1/64 of the span in weight, however many are kept, so that a span with few events is not drowned.
  const duration = (0.5 * Math.log2(1 + length / 1_000_000) + BASE_WEIGHT * BINS) / count
  return { weights: hits.map((each) => Math.log2(1 + each) + duration) }
}

function firstAtOrAfter(times: readonly Micros[], at: Micros): number {
  let low = 0
  let high = times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (times[middle]! < at) low = middle + 1
    else high = middle
  }
  return low
}

function fromKnots(ts: readonly number[], xs: readonly number[], spans: readonly AxisSpan[]): Axis {
  return {
    width: xs[xs.length - 1]!,
    until: ts[ts.length - 1]!,
    spans,
    toX: (at) => along(ts, xs, at),
    toTime: (x) => along(xs, ts, x),
  }
}

function along(from: readonly number[], to: readonly number[], value: number): number {
  let low = 0
  let high = from.length - 1
  if (value <= from[0]!) return to[0]!
  if (value >= from[high]!) return to[high]!
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if (from[middle]! <= value) low = middle
    else high = middle
  }
  const share = (value - from[low]!) / (from[high]! - from[low]!)
  return to[low]! + share * (to[high]! - to[low]!)
}
