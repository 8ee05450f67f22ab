// IPv4 prefixes packed into one safe integer, address * 64 + length: they compare, hash and travel as numbers
// and need no intern table that would have to be shared, cleared or replayed.
import { formatIp, type Ip, parseIp } from './address.ts'

/** A prefix: `address * 64 + length`, host bits zero unless said otherwise. */
export type Prefix = number

/** Netmask of a prefix length, as an unsigned integer. */
export function maskOf(length: number): Ip {
  return length === 0 ? 0 : (0xffffffff << (32 - length)) >>> 0
}

/** Packs address and length; host bits are cleared. */
export function prefixOf(address: Ip, length: number): Prefix {
  return ((address & maskOf(length)) >>> 0) * 64 + length
}

export function prefixAddress(prefix: Prefix): Ip {
  return Math.floor(prefix / 64)
}

export function prefixLength(prefix: Prefix): number {
  return prefix % 64
}

/** Parses `a.b.c.d/len` (or a bare address as /32); null when malformed or when host bits are set. */
export function parsePrefix(text: string): Prefix | null {
  const slash = text.indexOf('/')
  const address = parseIp(slash < 0 ? text : text.slice(0, slash))
  const tail = slash < 0 ? '32' : text.slice(slash + 1)
  if (address === null || !/^\d{1,2}$/.test(tail)) return null
  const length = Number(tail)
  if (length > 32 || (address & maskOf(length)) >>> 0 !== address) return null
  return address * 64 + length
}

/** Parses a prefix the caller knows to be one; throws otherwise. */
export function prefix(text: string): Prefix {
  const value = parsePrefix(text)
  if (value === null) throw new Error(`not an IPv4 prefix: ${text}`)
  return value
}

export function formatPrefix(value: Prefix): string {
  return `${formatIp(prefixAddress(value))}/${prefixLength(value)}`
}

/** Whether `address` lies inside `outer`. */
export function prefixHas(outer: Prefix, address: Ip): boolean {
  return (address & maskOf(prefixLength(outer))) >>> 0 === prefixAddress(outer)
}

/** Whether `inner` is `outer` or lies inside it. */
export function prefixCovers(outer: Prefix, inner: Prefix): boolean {
  return prefixLength(inner) >= prefixLength(outer) && prefixHas(outer, prefixAddress(inner))
}
