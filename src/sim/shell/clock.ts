// Times of a run as UTC texts, for birdc, logs and kubectl.
import type { WallClock } from '../bird/control/clock.ts'
import type { Micros } from '../bird/ports.ts'
import { civilTime, isoTime } from '../scenario/time.ts'

export function wallClock(startEpochMs: number): WallClock {
  return {
    time: (at) => isoTime(startEpochMs, at).slice(11, 19),
    date: (at) => isoTime(startEpochMs, at).slice(0, 10),
  }
}

/** svlogd's stamp (option -tt): `2025-08-12_00:00:02.00123`. */
export function svlogdTime(startEpochMs: number, at: Micros): string {
  const iso = isoTime(startEpochMs, at)
  const micros = (civilTime(startEpochMs).millisecond * 1_000 + at) % 1_000_000
  return `${iso.slice(0, 10)}_${iso.slice(11, 19)}.${String(Math.floor(micros / 10)).padStart(5, '0')}`
}

/** Age as kubectl prints it (apimachinery duration.HumanDuration): two units at most, coarser with age. */
export function age(span: Micros): string {
  const seconds = Math.max(0, Math.floor(span / 1_000_000))
  if (seconds < 120) return `${seconds}s`
  const minutes = Math.floor(seconds / 60)
  if (minutes < 10) return seconds % 60 === 0 ? `${minutes}m` : `${minutes}m${seconds % 60}s`
  if (minutes < 180) return `${minutes}m`
  const hours = Math.floor(minutes / 60)
  if (hours < 8) return minutes % 60 === 0 ? `${hours}h` : `${hours}h${minutes % 60}m`
  if (hours < 48) return `${hours}h`
  const days = Math.floor(hours / 24)
  if (hours < 192) return hours % 24 === 0 ? `${days}d` : `${days}d${hours % 24}h`
  return `${days}d`
}
