import fc from 'fast-check'
import { IPv4CidrRange } from 'ip-num'
import { describe, expect, test } from 'vitest'
import { formatIp, ip } from './address.ts'
import {
  formatPrefix,
  maskOf,
  parsePrefix,
  prefix,
  prefixAddress,
  prefixCovers,
  prefixHas,
  prefixLength,
  prefixOf,
} from './prefix.ts'

const anyIp = fc.integer({ min: 0, max: 0xffffffff })
const anyLength = fc.integer({ min: 0, max: 32 })
const range = (text: string): IPv4CidrRange => IPv4CidrRange.fromCidr(text)

describe('prefixes', () => {
  test('have the first address and mask of ip-num', () => {
    fc.assert(
      fc.property(anyIp, anyLength, (address, length) => {
        const value = prefixOf(address, length)
        const expected = range(`${formatIp(address)}/${length}`)
        expect(formatIp(prefixAddress(value))).toBe(expected.getFirst().toString())
        expect(formatIp(maskOf(length))).toBe(expected.cidrPrefix.toMask().toString())
        expect(prefixLength(value)).toBe(length)
        expect(parsePrefix(formatPrefix(value))).toBe(value)
      }),
    )
  })

  test('cover what ip-num says they contain', () => {
    const near = fc.tuple(fc.integer({ min: 0, max: 255 }), fc.integer({ min: 20, max: 32 }))
    fc.assert(
      fc.property(near, near, ([a, aLength], [b, bLength]) => {
        const outer = prefixOf(ip('10.1.2.0') + a, aLength)
        const inner = prefixOf(ip('10.1.2.0') + b, bLength)
        expect(prefixCovers(outer, inner)).toBe(range(formatPrefix(outer)).contains(range(formatPrefix(inner))))
        expect(prefixHas(outer, prefixAddress(inner))).toBe(
          range(formatPrefix(outer)).contains(range(`${formatIp(prefixAddress(inner))}/32`)),
        )
      }),
    )
  })

  test('the number orders by address, then by length', () => {
    const ordered = ['0.0.0.0/0', '10.0.0.0/8', '10.0.0.0/24', '10.0.1.0/24', '192.168.0.0/16', '255.255.255.255/32']
    const numbers = ordered.map(prefix)
    expect([...numbers].reverse().sort((a, b) => a - b)).toEqual(numbers)
    expect(Number.isSafeInteger(numbers.at(-1))).toBe(true)
  })

  test.each(['10.0.0.1/24', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '10.0.0/8', '10.0.0.0/-1', ''])(
    'refuses %j',
    (text) => {
      expect(parsePrefix(text)).toBeNull()
      expect(() => prefix(text)).toThrow('not an IPv4 prefix')
    },
  )

  test('a bare address is a /32', () => {
    expect(prefix('10.0.0.1')).toBe(prefix('10.0.0.1/32'))
  })
})
