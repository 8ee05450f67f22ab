// Which routes have just arrived: those that were not there at the look before, a moment of simulated time ago. They stay
// marked for 1.2 s, or while the playhead rests where they arrived (ux.md 5).
import type { Micros, RibRow } from '../../../sim/index.ts'

const TINT_MS = 1200
/** A larger jump is a seek: then nothing "arrives". */
const MOMENT: Micros = 3_000_000

export const keyOf = (row: RibRow): string => `${row.prefix} ${row.protocol} ${row.nextHop} ${row.via} ${row.mark}`
const contentOf = (row: RibRow): string => `${keyOf(row)} ${row.since} ${row.asPath}`

export class FreshRoutes {
  #host = ''
  #at: Micros = 0
  #seen: ReadonlySet<string> = new Set()
  #fresh: ReadonlySet<string> = new Set()
  #until = 0

  /** `now` is wall time in milliseconds. Gives keys of the rows to mark. */
  look(host: string, answer: { at: Micros; rows: readonly RibRow[] }, now: number): ReadonlySet<string> {
    const { at, rows } = answer
    const content = new Set(rows.map(contentOf))
    const step = at - this.#at
    const follows = host === this.#host && step >= 0 && step <= MOMENT
    if (!follows) this.#fresh = new Set()
    else if (step > 0) {
      const arrived = rows.filter((row) => !this.#seen.has(contentOf(row))).map(keyOf)
      if (arrived.length > 0) {
        this.#fresh = new Set(arrived)
        this.#until = now + TINT_MS
      } else if (now > this.#until) this.#fresh = new Set()
    }
    this.#host = host
    this.#at = at
    this.#seen = content
    return this.#fresh
  }
}
