// UTC times without the platform's clock or calendar: civil-date arithmetic on milliseconds since 1970 (proleptic
// Gregorian, after Howard Hinnant's days_from_civil and civil_from_days).

const DAY_MS = 86_400_000

function floorDiv(a: number, b: number): number {
  return Math.floor(a / b)
}

function daysFromCivil(year: number, month: number, day: number): number {
  const y = month <= 2 ? year - 1 : year
  const era = floorDiv(y, 400)
  const yearOfEra = y - era * 400
  const dayOfYear = floorDiv(153 * (month + (month > 2 ? -3 : 9)) + 2, 5) + day - 1
  const dayOfEra = yearOfEra * 365 + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100) + dayOfYear
  return era * 146_097 + dayOfEra - 719_468
}

export interface CivilTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
  millisecond: number
}

export function civilTime(epochMs: number): CivilTime {
  const days = floorDiv(epochMs, DAY_MS)
  const rest = epochMs - days * DAY_MS
  const shifted = days + 719_468
  const era = floorDiv(shifted, 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = floorDiv(
    dayOfEra - floorDiv(dayOfEra, 1_460) + floorDiv(dayOfEra, 36_524) - floorDiv(dayOfEra, 146_096),
    365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + floorDiv(yearOfEra, 4) - floorDiv(yearOfEra, 100))
  const shiftedMonth = floorDiv(5 * dayOfYear + 2, 153)
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - floorDiv(153 * shiftedMonth + 2, 5) + 1,
    hour: floorDiv(rest, 3_600_000),
    minute: floorDiv(rest, 60_000) % 60,
    second: floorDiv(rest, 1_000) % 60,
    millisecond: Math.floor(rest % 1_000),
  }
}

const two = (value: number): string => String(value).padStart(2, '0')

/** `2025-08-12T00:01:30Z` for a time of the run, whole seconds as they have ticked. */
export function isoTime(startEpochMs: number, at: number): string {
  const t = civilTime(startEpochMs + Math.floor(at / 1_000))
  return `${String(t.year).padStart(4, '0')}-${two(t.month)}-${two(t.day)}T${two(t.hour)}:${two(t.minute)}:${two(t.second)}Z`
}

const UTC = /^(\d{4})-(\d{2})-(\d{2})[Tt ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,3})\d*)?[Zz]$/

function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** Milliseconds since the epoch of an RFC 3339 time in UTC; null when it is not one. */
export function parseUtc(text: string): number | null {
  const match = UTC.exec(text)
  if (match === null) return null
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ]
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return null
  if (hour > 23 || minute > 59 || second > 59) return null
  const millis = Number((match[7] ?? '').padEnd(3, '0'))
  return daysFromCivil(year, month, day) * DAY_MS + ((hour * 60 + minute) * 60 + second) * 1_000 + millis
}
