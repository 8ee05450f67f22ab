// Times and durations as written everywhere on the page, the same in both languages.
import type { Micros } from '../../sim/index.ts'

const pad = (value: number, width: number) => String(value).padStart(width, '0')

/** `mm:ss.mmm`; one more digit when `fine`. Hours join the minutes: 61:05.000. */
export function clock(at: Micros, fine = false): string {
  const minutes = Math.floor(at / 60_000_000)
  const rest = at - minutes * 60_000_000
  const seconds = Math.floor(rest / 1_000_000)
  const micros = rest - seconds * 1_000_000
  const digits = fine ? pad(Math.floor(micros / 100), 4) : pad(Math.floor(micros / 1000), 3)
  return `${pad(minutes, 2)}:${pad(seconds, 2)}.${digits}`
}

/** `0.4 ms`, `231 ms`, `2.7 s`, `4 min 10 s`: a space before the unit, three figures at most. */
export function duration(micros: Micros): string {
  if (micros < 10_000) return `${+(micros / 1000).toFixed(1)} ms`
  if (micros < 1_000_000) return `${Math.round(micros / 1000)} ms`
  if (micros < 60_000_000) return `${+(micros / 1_000_000).toFixed(1)} s`
  const minutes = Math.floor(micros / 60_000_000)
  const seconds = Math.round((micros - minutes * 60_000_000) / 1_000_000)
  return seconds === 0 ? `${minutes} min` : `${minutes} min ${seconds} s`
}

/** Reads `90`, `90s`, `1:30`, `01:30.250`, `250ms`, `2m`. null when it is none of these. */
export function parseTime(input: string): Micros | null {
  const text = input.trim()
  const parts = /^(\d+):(\d{1,2}(?:\.\d+)?)$/.exec(text)
  if (parts) return Math.round(Number(parts[1]) * 60_000_000 + Number(parts[2]) * 1_000_000)
  const plain = /^(\d+(?:\.\d+)?)\s*(us|ms|s|m|h)?$/.exec(text)
  if (!plain) return null
  const unit = { us: 1, ms: 1e3, s: 1e6, m: 6e7, h: 3.6e9 }[plain[2] ?? 's'] ?? 1e6
  return Math.round(Number(plain[1]) * unit)
}
