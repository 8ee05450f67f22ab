// AS numbers as Calico's API reads them: integer, decimal text or asdot `1.10`; always printed as decimal.

const MAX = 0xffffffff

/** The AS number, or null when the value is none. */
export function asNumberOf(value: number | string): number | null {
  if (typeof value === 'number') return Number.isInteger(value) && value >= 0 && value <= MAX ? value : null
  const dot = /^(\d{1,5})\.(\d{1,5})$/.exec(value)
  if (dot !== null) {
    const [high, low] = [Number(dot[1]), Number(dot[2])]
    return high > 65535 || low > 65535 ? null : high * 65536 + low
  }
  return /^\d{1,10}$/.test(value) && Number(value) <= MAX ? Number(value) : null
}
