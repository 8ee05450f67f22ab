// Addresses and CIDRs of both families as manifests spell them: checks, canonical text, overlap.
// BigInt is fine here at the edge; the running simulation uses sim/net's numbers.
import { IPv6 } from 'ip-num'

export interface Address {
  readonly version: 4 | 6
  readonly value: bigint
}
export interface Cidr extends Address {
  readonly length: number
}

const V4 = /^(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})\.(0|[1-9]\d{0,2})$/

export function widthOf(version: 4 | 6): number {
  return version === 4 ? 32 : 128
}

function parseV4(text: string): bigint | null {
  const parts = V4.exec(text)?.slice(1).map(Number)
  if (parts === undefined || parts.some((part) => part > 255)) return null
  return parts.reduce((value, part) => value * 256n + BigInt(part), 0n)
}

/** Parses what Go's net.ParseIP takes; null otherwise. */
export function parseAddress(text: string): Address | null {
  const v4 = parseV4(text)
  if (v4 !== null) return { version: 4, value: v4 }
  if (!/^[0-9A-Fa-f:]{2,39}$/.test(text) || !text.includes(':')) return null
  try {
    return { version: 6, value: IPv6.fromString(text).value }
  } catch {
    return null
  }
}

// The same few CIDRs are asked about again and again.
const parsed = new Map<string, Cidr | null>()
const PARSED_LIMIT = 5000

/** Parses `address/length`, host bits allowed, as Go's net.ParseCIDR; null otherwise. */
export function parseCidr(text: string): Cidr | null {
  let known = parsed.get(text)
  if (known === undefined) {
    known = readCidr(text)
    if (parsed.size >= PARSED_LIMIT) parsed.clear()
    parsed.set(text, known)
  }
  return known
}

function readCidr(text: string): Cidr | null {
  const slash = text.indexOf('/')
  if (slash < 0) return null
  const address = parseAddress(text.slice(0, slash))
  const tail = text.slice(slash + 1)
  if (address === null || !/^(0|[1-9]\d{0,2})$/.test(tail)) return null
  const length = Number(tail)
  return length > widthOf(address.version) ? null : { ...address, length }
}

/** Parses a CIDR, or an address alone as a host CIDR. */
export function parseCidrOrAddress(text: string): Cidr | null {
  if (text.includes('/')) return parseCidr(text)
  const address = parseAddress(text)
  return address === null ? null : { ...address, length: widthOf(address.version) }
}

export function networkOf(cidr: Cidr): Cidr {
  const shift = BigInt(widthOf(cidr.version) - cidr.length)
  return { ...cidr, value: (cidr.value >> shift) << shift }
}

export function isMasked(cidr: Cidr): boolean {
  return networkOf(cidr).value === cidr.value
}

/** Whether `inner` is `outer` or lies inside it. */
export function covers(outer: Cidr, inner: Cidr): boolean {
  if (outer.version !== inner.version || inner.length < outer.length) return false
  return networkOf({ ...inner, length: outer.length }).value === networkOf(outer).value
}

export function overlap(a: Cidr, b: Cidr): boolean {
  return covers(a, b) || covers(b, a)
}

function formatV6(value: bigint): string {
  const groups = Array.from({ length: 8 }, (_, index) => Number((value >> BigInt(112 - 16 * index)) & 0xffffn))
  let best = { start: -1, size: 1 }
  for (let start = 0; start < 8; start++) {
    let size = 0
    while (start + size < 8 && groups[start + size] === 0) size++
    if (size > best.size) best = { start, size }
  }
  const hex = (part: readonly number[]) => part.map((group) => group.toString(16)).join(':')
  if (best.start < 0) return hex(groups)
  return `${hex(groups.slice(0, best.start))}::${hex(groups.slice(best.start + best.size))}`
}

/** Canonical text (RFC 5952 for IPv6), as Go prints a net.IP. */
export function formatAddress(address: Address): string {
  if (address.version === 6) return formatV6(address.value)
  const value = Number(address.value)
  return `${value >>> 24}.${(value >>> 16) & 255}.${(value >>> 8) & 255}.${value & 255}`
}

export function formatCidr(cidr: Cidr): string {
  return `${formatAddress(cidr)}/${cidr.length}`
}
