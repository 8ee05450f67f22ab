// Durations and times of the scenario document: `250ms`, `90s`, `1.5m`, `2h`, or a bare number of seconds; in whole
// microseconds once read.

const UNITS: Readonly<Record<string, number>> = { ms: 1_000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000 }
const DURATION = /^(\d+(?:\.\d+)?|\.\d+)(ms|s|m|h)?$/

/** Longest time that stays exact and useful: ten thousand hours. */
const LONGEST = 10_000 * 3_600_000_000

/** Microseconds; null when it is not a duration. A number (or text of one) counts seconds. */
export function parseDuration(value: unknown): number | null {
  if (typeof value !== 'number' && typeof value !== 'string') return null
  const match = DURATION.exec(String(value).trim())
  if (match === null) return null
  const micros = Math.round(Number(match[1]) * (UNITS[match[2] ?? 's'] ?? 0))
  return micros <= LONGEST ? micros : null
}

/** The shortest spelling that reads back as the same number of microseconds. */
export function formatDuration(micros: number): string {
  if (micros !== 0 && micros % 1_000_000 !== 0 && micros < 1_000_000) return `${micros / 1_000}ms`
  return `${micros / 1_000_000}s`
}
