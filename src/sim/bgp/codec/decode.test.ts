import { describe, expect, test } from 'vitest'
import { prefix } from '../../net/prefix.ts'
import { decodeMessage } from './decode.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/[\s|]/g, ''), 'hex'))
const MARKER = 'ff'.repeat(16)

describe('what each malformed message earns', () => {
  const header = (type: number, body: string): string => {
    const length = 19 + bytesOf(body).length
    return `${MARKER}${length.toString(16).padStart(4, '0')}0${type}${body}`
  }
  const attributes = (list: string, announced = ''): string => {
    const bytes = bytesOf(list)
    return header(2, `0000${bytes.length.toString(16).padStart(4, '0')}${hex(bytes)}${announced}`)
  }
  const mandatory = '40010100 400200 4003040a000001'
  test.each([
    ['marker', `00${MARKER.slice(2)}001304`, 1, 1, ''],
    ['length below 19', `${MARKER}001204`, 1, 2, '0012'],
    ['type', header(6, ''), 1, 3, '06'],
    ['UPDATE of 22 bytes', header(2, '000000'), 1, 2, '0016'],
    ['short NOTIFICATION', header(3, '06'), 1, 2, '0014'],
    ['short OPEN', header(1, '04fc0000f00ac00002'), 1, 2, '001c'],
    ['OPEN version', header(1, '03fc0000f00ac0000200'), 2, 1, '03'],
    ['OPEN with an unknown parameter', header(1, '04fc0000f00ac00002040102abcd'), 2, 4, '0102'],
    ['OPEN with a parameter cut short', header(1, '04fc0000f00ac00002020205'), 2, 0, ''],
    ['OPEN with a capability cut short', header(1, '04fc0000f00ac000020402024104'), 2, 0, ''],
    ['OPEN hold time 2', header(1, '04fc0000020ac0000200'), 2, 6, '0002'],
    ['OPEN identifier 0', header(1, '04fc0000f00000000000'), 2, 3, '00000000'],
    ['withdrawn length beyond the end', header(2, '00090000'), 3, 1, ''],
    ['attribute length beyond the end', header(2, '00000009'), 3, 1, ''],
    ['prefixes without attributes', header(2, '00000000180a0000'), 3, 1, ''],
    ['withdrawn prefix of 33 bits', header(2, '0006210a000000000000'), 3, 10, ''],
    ['announced prefix of 33 bits', attributes(mandatory, '210a00000000'), 3, 10, ''],
    ['announced prefix cut short', attributes(mandatory, '180a'), 3, 1, ''],
    ['attribute twice', attributes('40010100 40010100'), 3, 1, ''],
    ['attribute cut short', attributes('400104'), 3, 1, ''],
    ['unknown well-known attribute', attributes('40630100'), 3, 2, '40630100'],
    ['no NEXT_HOP', attributes('40010100 400200', '180a0000'), 3, 3, '03'],
    ['ORIGIN flags', attributes('80010100'), 3, 4, '80010100'],
    ['NEXT_HOP length', attributes('4003030a0000'), 3, 5, '4003030a0000'],
    ['ORIGIN 3', attributes('40010103'), 3, 6, '40010103'],
    ['NEXT_HOP multicast', attributes('400304e0000001'), 3, 8, '400304e0000001'],
    ['AS_PATH segment type', attributes('4002060901 0000fc00'), 3, 11, '40020609010000fc00'],
    ['AS_PATH segment count', attributes('4002060202 0000fc00'), 3, 11, '40020602020000fc00'],
    ['ROUTE-REFRESH too long', header(5, '0001000100'), 7, 1, header(5, '0001000100')],
    ['ROUTE-REFRESH too short', header(5, '0001'), 1, 2, '0015'],
  ])('%s', (_, bytes, code, subcode, data) => {
    const result = decodeMessage(bytesOf(bytes), { as4: true, addPath: false })
    expect(result.ok ? result : { ...result, data: hex(result.data) }).toEqual({ ok: false, code, subcode, data })
  })

  test('a set of odd length only costs the routes', () => {
    const result = decodeMessage(bytesOf(attributes(`${mandatory} c008030000ff`, '180a0000')), {
      as4: true,
      addPath: false,
    })
    expect(result).toMatchObject({ ok: true, treatAsWithdraw: ['COMMUNITIES'] })
  })

  test('an unknown subtype of ROUTE-REFRESH is no mistake of the message', () => {
    const result = decodeMessage(bytesOf(header(5, '0001ff01')), { as4: true, addPath: false })
    expect(result).toMatchObject({ ok: true, message: { afi: 1, safi: 1, subtype: 255 } })
  })

  test('host bits are masked off', () => {
    const result = decodeMessage(bytesOf(header(2, '0004 140a00ff 0000')), { as4: true, addPath: false })
    expect(result).toMatchObject({ ok: true, message: { withdrawn: [{ prefix: prefix('10.0.240.0/20') }] } })
  })
})
