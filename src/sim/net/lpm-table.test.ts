import fc from 'fast-check'
import { IPv4CidrRange } from 'ip-num'
import { describe, expect, test } from 'vitest'
import { formatIp, ip } from './address.ts'
import { LpmTable } from './lpm-table.ts'
import { formatPrefix, type Prefix, prefix, prefixOf } from './prefix.ts'

/** Few distinct bits, so that prefixes nest and addresses hit them. */
const address = fc
  .array(fc.constantFrom(0, 1, 64, 128, 192, 255), { minLength: 4, maxLength: 4 })
  .map(([a, b, c, d]) => ((a! << 24) | (b! << 16) | (c! << 8) | d!) >>> 0)
const packed = fc.tuple(address, fc.integer({ min: 0, max: 32 })).map(([a, length]) => prefixOf(a, length))

/** The longest range of ip-num that contains the address. */
function oracle(prefixes: Iterable<Prefix>, value: number): string | null {
  const inside = [...prefixes]
    .map((item) => IPv4CidrRange.fromCidr(formatPrefix(item)))
    .filter((range) => range.contains(IPv4CidrRange.fromCidr(`${formatIp(value)}/32`)))
    .sort((a, b) => Number(b.cidrPrefix.value - a.cidrPrefix.value))
  return inside[0]?.toCidrString() ?? null
}

describe('LpmTable', () => {
  test('finds what ip-num finds, after any inserts and deletes', () => {
    const step = fc.record({ prefix: packed, remove: fc.boolean() })
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.array(address, { maxLength: 10 }), (steps, addresses) => {
        const table = new LpmTable<string>()
        const model = new Set<Prefix>()
        for (const { prefix: item, remove } of steps) {
          if (remove) expect(table.delete(item)).toBe(model.delete(item))
          else {
            table.insert(item, formatPrefix(item))
            model.add(item)
          }
        }
        expect(table.size).toBe(model.size)
        expect([...table.entries()].map(([item]) => item).sort()).toEqual([...model].sort())
        for (const value of addresses) expect(table.lookup(value)?.value ?? null).toBe(oracle(model, value))
      }),
      { numRuns: 150 },
    )
  })

  const table = new LpmTable<string>()
  table.insert(prefix('0.0.0.0/0'), 'default')
  table.insert(prefix('192.168.221.64/26'), 'block')
  table.insert(prefix('192.168.221.100/32'), 'pod')
  table.insert(prefix('10.192.0.0/24'), 'fabric')

  test('the walk names every length tried', () => {
    const walk = table.walk(ip('192.168.221.70')).map((step) => [formatPrefix(step.prefix), step.found])
    expect(walk).toEqual([
      ['192.168.221.70/32', false],
      ['192.168.221.64/26', true],
      ['192.168.221.0/24', false],
      ['0.0.0.0/0', true],
    ])
  })

  test('candidates come longest first', () => {
    expect(table.candidates(ip('192.168.221.100')).map((match) => match.value)).toEqual(['pod', 'block', 'default'])
    expect(table.candidates(ip('8.8.8.8')).map((match) => match.value)).toEqual(['default'])
  })

  test('a value may be undefined, and an insert replaces', () => {
    const small = new LpmTable<string | undefined>()
    small.insert(prefix('10.0.0.0/8'), undefined)
    expect(small.lookup(ip('10.1.1.1'))).toEqual({ prefix: prefix('10.0.0.0/8'), value: undefined })
    small.insert(prefix('10.0.0.0/8'), 'now')
    expect(small.size).toBe(1)
    expect(small.get(prefix('10.0.0.0/8'))).toBe('now')
    expect(small.lookup(ip('11.0.0.0'))).toBeNull()
  })
})
