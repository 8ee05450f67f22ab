import { describe, expect, test } from 'vitest'
import { decodeUtf8, encodeUtf8 } from './utf8.ts'

describe('UTF-8', () => {
  test.each(['', 'ascii', 'ü', '路由', '🐦 BIRD', '\ud800x', 'x\udc00', '\u07ff\u0800\uffff'])(
    '%j as the platform does it',
    (text) => {
      const expected = new TextEncoder().encode(text)
      expect(encodeUtf8(text)).toEqual(expected)
      expect(decodeUtf8(expected)).toBe(new TextDecoder().decode(expected))
    },
  )

  test('bytes that are no text become U+FFFD', () => {
    expect(decodeUtf8(Uint8Array.of(0x41, 0xff, 0x42, 0xc3))).toBe('A\ufffdB\ufffd')
    expect(decodeUtf8(Uint8Array.of(0xc0, 0x80))).toBe('\ufffd\ufffd')
    expect(decodeUtf8(Uint8Array.of(0xed, 0xa0, 0x80))).toContain('\ufffd')
  })
})
