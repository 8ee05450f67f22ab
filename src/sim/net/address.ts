// IPv4 addresses as unsigned 32-bit integers: the form every table, message and comparison carries.
// ip-num is the judge of what an address is; it stays at this edge and in tests, since the hot path never parses.
import { IPv4 } from 'ip-num'

/** An IPv4 address, 0 to 4294967295. */
export type Ip = number

const DOTTED = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/

/** Parses a dotted quad; null when it is not one. */
export function parseIp(text: string): Ip | null {
  if (!DOTTED.test(text)) return null
  try {
    return Number(IPv4.fromString(text).value)
  } catch {
    return null
  }
}

/** Parses an address the caller knows to be one (a constant, a checked field); throws otherwise. */
export function ip(text: string): Ip {
  const value = parseIp(text)
  if (value === null) throw new Error(`not an IPv4 address: ${text}`)
  return value
}

export function formatIp(value: Ip): string {
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}
