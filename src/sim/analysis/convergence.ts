// Convergence: from the first cause (the start, an action) to the last change of a RIB or FIB that follows from it.
// Between them timers may run in silence, as a hold timer does after a power cut; the interval stays open over them.
import type { Entry, RecordingReader } from '../recording/types.ts'
import type { ActionName } from '../scenario/types.ts'

export interface ConvergenceInterval {
  from: number
  /** null: a timer that will change routes may still run at the end of the recording. */
  to: number | null
}

/** Actions that nobody hears of until a timer fires. */
const SILENT: ReadonlySet<ActionName> = new Set(['power-off', 'cut-link', 'kill-bird', 'restart-calico-node'])
/** No timer that follows from an action takes longer: hold 240 s with its jitter, restart 120 s, connect retries. */
const LONGEST_SILENCE = 400_000_000

interface Cause {
  at: number
  silent: boolean
}

type TimedActions = readonly { at: number; action: ActionName }[]

/** Takes the entries of a recording in their order, as it grows. */
export class ConvergenceScan {
  readonly #causes: Cause[] = [{ at: 0, silent: false }]
  readonly #changes: number[] = []

  take(at: number, entry: Entry, actions: TimedActions): void {
    if (entry.kind === 'net' || entry.kind === 'fib') {
      if (this.#changes[this.#changes.length - 1] !== at) this.#changes.push(at)
    } else if (entry.kind === 'action') {
      const name = actions[entry.index]?.action
      this.#causes.push({ at, silent: name !== undefined && SILENT.has(name) })
    }
  }

  intervals(until: number): ConvergenceInterval[] {
    return intervalsOf(this.#causes, { changes: this.#changes, until })
  }
}

export function convergenceOf(recording: RecordingReader, actions: TimedActions): ConvergenceInterval[] {
  const scan = new ConvergenceScan()
  for (let index = 0; index < recording.length; index++) {
    const { at, entry } = recording.entryAt(index)
    scan.take(at, entry, actions)
  }
  return scan.intervals(recording.until)
}

function intervalsOf(
  causes: readonly Cause[],
  run: { changes: readonly number[]; until: number },
): ConvergenceInterval[] {
  const found: ConvergenceInterval[] = []
  let waiting: Cause | null = null
  let next = 0
  causes.forEach((cause, index) => {
    if (waiting !== null && cause.at - waiting.at > LONGEST_SILENCE) waiting = null
    const end = causes[index + 1]?.at ?? Number.POSITIVE_INFINITY
    let last: number | null = null
    for (; next < run.changes.length && (run.changes[next] ?? 0) < end; next++) last = run.changes[next] ?? null
    const opened: Cause = waiting ?? cause
    if (last !== null) add(found, { from: opened.at, to: last })
    const settled = last !== null && last - cause.at > SETTLED_AFTER
    waiting = settled ? null : cause.silent ? opened : waiting
  })
  const pending = waiting as Cause | null
  if (pending !== null && run.until - pending.at < LONGEST_SILENCE) {
    const open = found.at(-1)
    if (open?.from === pending.at) open.to = null
    else found.push({ from: pending.at, to: null })
  }
  return found
}

/** A change this late after a silent cause is its timer firing, not the cause itself. */
const SETTLED_AFTER = 30_000_000

/** Intervals that touch become one. */
function add(found: ConvergenceInterval[], interval: ConvergenceInterval): void {
  const last = found.at(-1)
  if (last !== undefined && last.to !== null && interval.from <= last.to) last.to = interval.to
  else found.push(interval)
}
