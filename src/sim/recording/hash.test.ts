import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CanonicalWriter } from './canonical.ts'
import { Recording } from './recording.ts'
import type { Entry } from './types.ts'

const canonical = (...values: unknown[]): string => {
  const writer = new CanonicalWriter(8)
  for (const value of values) writer.write(value)
  return Buffer.from(writer.take()).toString('hex')
}
const log = (line: string): Entry => ({ kind: 'log', host: 0, line })

function recordingOf(lines: readonly string[]): Recording {
  const recording = new Recording()
  recording.writer.hostId('n1')
  for (let at = 0; at < lines.length; at++) recording.writer.append(at, log(lines[at]!))
  return recording
}

describe('canonical bytes', () => {
  test('are as documented', () => {
    expect(canonical(null, false, true)).toBe('000102')
    expect(canonical(0, 127, 128, 2 ** 40, -1)).toBe('0300' + '037f' + '038001' + '03808080808020' + '0401')
    expect(canonical(-0)).toBe('0300')
    expect(canonical(0.5)).toBe('053fe0000000000000')
    expect(canonical('', 'é')).toBe('0600' + '0602c3a9')
    expect(canonical(Uint8Array.of(1, 255))).toBe('070201ff')
    expect(canonical([1, 'a'])).toBe('0802' + '0301' + '060161')
    expect(canonical({ b: 1, a: null, c: undefined })).toBe('0900' + '02' + '060161' + '060162' + '00' + '0301')
    expect(canonical({ b: 1, a: 2 }, { a: 3, b: 4 }, {})).toBe(
      '0900' + '02060161060162' + '03020301' + '0900' + '03030304' + '090100',
    )
  })

  test('equal values give equal bytes, different ones different bytes', () => {
    const value = fc.jsonValue({ maxDepth: 4 })
    const shuffled = (item: unknown): unknown => {
      if (Array.isArray(item)) return item.map(shuffled)
      if (typeof item !== 'object' || item === null) return item
      return Object.fromEntries(
        Object.entries(item)
          .reverse()
          .map(([key, member]) => [key, shuffled(member)]),
      )
    }
    fc.assert(
      fc.property(value, value, (a, b) => {
        expect(canonical(shuffled(a))).toBe(canonical(a))
        const plain = (item: unknown): unknown => JSON.parse(JSON.stringify(item))
        const same = (() => {
          try {
            expect(plain(a)).toEqual(plain(b))
            return true
          } catch {
            return false
          }
        })()
        expect(canonical(plain(a)) === canonical(plain(b))).toBe(same)
      }),
    )
  })

  test('many member lists do not confuse it', () => {
    const names = Array.from({ length: 200 }, (_, i) => `k${(i * 37) % 200}`)
    for (const name of names) expect(canonical({ z: 1, [name]: 2 })).toBe(canonical({ [name]: 2, z: 1 }))
  })

  test('what cannot be recorded is refused', () => {
    expect(() => canonical(() => 1)).toThrow('cannot be recorded')
  })
})

describe('hash of a recording', () => {
  test('is SHA-256 over time and entry, one after the other', () => {
    const writer = new CanonicalWriter()
    for (const [at, line] of ['a', 'b'].entries()) {
      writer.write(at)
      writer.write({ line, kind: 'log', host: 0 })
    }
    const expected = createHash('sha256').update(writer.take()).digest('hex')
    expect(recordingOf(['a', 'b']).hash(1)).toBe(expected)
    expect(new Recording().hash(0)).toBe(createHash('sha256').digest('hex'))
  })

  test('a known recording has a known hash, here and in a browser', () => {
    const recording = recordingOf(['starting', '路由 🐦'])
    recording.writer.append(1_000_000_000, { kind: 'file', host: 0, name: 'bird.cfg', value: null })
    expect(recording.hash(1_000_000_000)).toBe('0b6216e67c563096ed3646149cd5c2b3782531e55cabcc6de00331120f6bd8da')
  })

  test('does not depend on what was asked before', () => {
    const lines = Array.from({ length: 10_000 }, (_, i) => `line ${i}`)
    const asked = recordingOf(lines)
    const times = [9_999, 5_000, 4_095, 4_096, 0, 8_192, 5_001, 9_999]
    for (const at of times) expect(asked.hash(at)).toBe(recordingOf(lines).hash(at))
    // New shapes after a kept state, asked for backwards.
    const shaped = (): Recording => {
      const recording = recordingOf(lines.slice(0, 5_000))
      for (let at = 5_000; at < 10_000; at++) {
        recording.writer.append(at, {
          kind: 'resource',
          resource: 'r',
          namespace: '',
          name: '',
          value: { [`k${at % 70}`]: at },
        })
      }
      return recording
    }
    const back = shaped()
    for (const at of [9_999, 5_050, 8_192, 5_000, 5_071, 4_999]) expect(back.hash(at)).toBe(shaped().hash(at))
    expect(asked.hash(5_000)).toBe(recordingOf(lines.slice(0, 5_001)).hash(5_000))
    expect(new Set(times.map((at) => asked.hash(at))).size).toBe(new Set(times).size)
  })

  test('goes on when the recording does, also at the same time', () => {
    const recording = recordingOf(['a'])
    const before = recording.hash(0)
    recording.writer.append(0, log('b'))
    const after = recording.hash(0)
    expect(after).not.toBe(before)
    const whole = new Recording()
    whole.writer.hostId('n1')
    for (const line of ['a', 'b']) whole.writer.append(0, log(line))
    expect(after).toBe(whole.hash(0))
  })
})
