// Prefix literals `address/length` of either family.

import { formatIp } from '../../net/address.ts'
import { maskOf, type Prefix } from '../../net/prefix.ts'
import { isPrefix6, parseIp6 } from './ip6.ts'
import type { Reader } from './reader.ts'

export interface PrefixLiteral {
  prefix: Prefix
  length: number
  /** 32 or 128. */
  width: number
}

/** Packs address and length; null when bits behind the length are set or the length is too long. */
export function packPrefix(reader: Reader, address: number, length: number): PrefixLiteral | null {
  if (address >= 0) {
    if (length > 32 || (address & maskOf(length)) >>> 0 !== address) return null
    return { prefix: address * 64 + length, length, width: 32 }
  }
  const text = reader.lexer.ip6Literals[-address - 1]!
  if (length > 128 || !isPrefix6(parseIp6(text)!, length)) return null
  return { prefix: reader.lexer.literal6(`${text}/${length}`), length, width: 128 }
}

export function addressText(reader: Reader, address: number): string {
  return address >= 0 ? formatIp(address) : reader.lexer.ip6Literals[-address - 1]!
}

/** In filters: the `/length` behind an address that has just been read. */
export function parsePrefixLiteral(reader: Reader, address: number): PrefixLiteral {
  reader.expect('/')
  const length = reader.takeNumber()
  const literal = packPrefix(reader, address, length)
  if (literal === null) throw reader.fail(`Invalid network prefix: ${addressText(reader, address)}/${length}.`)
  return literal
}
