import fc from 'fast-check'
import { IPv4 } from 'ip-num'
import { describe, expect, test } from 'vitest'
import { formatIp, ip, parseIp } from './address.ts'

const anyIp = fc.integer({ min: 0, max: 0xffffffff })

describe('addresses', () => {
  test('print as ip-num prints them, and read back', () => {
    fc.assert(
      fc.property(anyIp, (value) => {
        expect(formatIp(value)).toBe(new IPv4(value).toString())
        expect(parseIp(formatIp(value))).toBe(value)
      }),
    )
  })

  test.each(['', '10.0.0', '10.0.0.256', '10.0.0.1.2', ' 10.0.0.1', '10.0.0.1/32', 'fd00::1', '10.0.0.-1', 'a.b.c.d'])(
    'refuses %j',
    (text) => {
      expect(parseIp(text)).toBeNull()
      expect(() => ip(text)).toThrow('not an IPv4 address')
    },
  )

  test('the edges are unsigned', () => {
    expect(ip('255.255.255.255')).toBe(4294967295)
    expect(ip('128.0.0.0')).toBe(2147483648)
    expect(ip('0.0.0.0')).toBe(0)
  })
})
