import { describe, expect, it } from 'vitest'
import { contains, formatAddress, holderOf, readCidr } from './prefixes.ts'

describe('prefixes as text', () => {
  it('reads addresses and prefixes and nothing else', () => {
    expect(readCidr('192.167.203.1')).toEqual({ address: 0xc0a7cb01, length: 32 })
    expect(readCidr('0.0.0.0/0')).toEqual({ address: 0, length: 0 })
    for (const wrong of ['', '10.0.0', '10.0.0.256', '10.0.0.0/33', 'worker', 'fd00::1'])
      expect(readCidr(wrong)).toBeNull()
  })

  it('finds the longest holder', () => {
    const list = ['192.167.0.0/16', '192.167.203.0/26', '10.80.0.0/16']
    expect(holderOf(list, '192.167.203.63/32')).toBe('192.167.203.0/26')
    expect(holderOf(list, '192.167.203.64/32')).toBe('192.167.0.0/16')
    expect(holderOf(list, '10.80.0.0/16')).toBe('10.80.0.0/16')
    expect(holderOf(list, '172.18.0.2')).toBeNull()
  })

  it('keeps the sign out of high addresses', () => {
    expect(contains(readCidr('240.0.0.0/4')!, readCidr('255.255.255.255')!)).toBe(true)
    expect(formatAddress(readCidr('255.255.255.254')!.address)).toBe('255.255.255.254')
  })
})
