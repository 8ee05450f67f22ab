import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ip } from '../../net/address.ts'
import { prefix } from '../../net/prefix.ts'
import { anyMessage } from '../../testing/bgp-messages.ts'
import { encodeMessage } from './encode.ts'
import { describeMessage, type Field, leavesOf } from './field-tree.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytesOf = (text: string): Uint8Array => new Uint8Array(Buffer.from(text.replace(/[\s|]/g, ''), 'hex'))

describe('field tree', () => {
  test('leaves tile the message, parents span their children, ids are unique', () => {
    const spans = (field: Field): void => {
      if (field.children.length === 0) return
      expect(field.children[0]!.offset).toBe(field.offset)
      expect(field.children.reduce((sum, child) => sum + child.length, 0)).toBe(field.length)
      field.children.forEach(spans)
    }
    fc.assert(
      fc.property(anyMessage, (item) => {
        const { bytes, root } = describeMessage(item)
        expect(hex(bytes)).toBe(hex(encodeMessage(item)))
        let at = 0
        const leaves = leavesOf(root)
        for (const leaf of leaves) {
          expect(leaf.offset).toBe(at)
          expect(leaf.length).toBeGreaterThan(0)
          at += leaf.length
        }
        expect(at).toBe(bytes.length)
        expect(new Set(leaves.map((leaf) => leaf.id)).size).toBe(leaves.length)
        root.forEach(spans)
      }),
      { numRuns: 300 },
    )
  })

  test('an UPDATE reads as the inspector shows it', () => {
    const { root } = describeMessage({
      type: 'UPDATE',
      withdrawn: [],
      attributes: {
        origin: 0,
        asPath: [{ type: 2, asns: [64512] }],
        nextHop: ip('172.18.0.4'),
        communities: [((64512 << 16) | 100) >>> 0],
      },
      announced: [{ prefix: prefix('192.167.110.128/26'), pathId: 0 }],
      as4: true,
      addPath: false,
    })
    const lines: string[] = []
    const walk = (field: Field, depth: number): void => {
      lines.push(`${' '.repeat(depth)}${field.name}: ${field.value} @${field.offset.toString(16)}+${field.length}`)
      if (depth < 1 || field.name === 'Prefix') for (const child of field.children) walk(child, depth + 1)
    }
    for (const field of root) walk(field, 0)
    expect(lines).toEqual([
      'BGP header: 19 bytes @0+19',
      ' Marker: all ones @0+16',
      ' Length: 55 @10+2',
      ' Type: 2, UPDATE @12+1',
      'Withdrawn routes: none @13+2',
      'Total Path Attribute Length: 27 @15+2',
      'Path attributes: 27 bytes @17+27',
      ' ORIGIN: IGP @17+4',
      ' AS_PATH: 64512 @1b+9',
      ' NEXT_HOP: 172.18.0.4 @24+7',
      ' COMMUNITIES: 64512:100 @2b+7',
      'NLRI: 1 prefix @32+5',
      ' Prefix: 192.167.110.128/26 @32+5',
      '  Length in bits: 26 = 0x1a @32+1',
      '  Address bytes: 192.167.110.128 @33+4',
    ])
  })

  test('a NOTIFICATION shows what its data means', () => {
    const value = (code: number, subcode: number, data: string): string | undefined =>
      describeMessage({ type: 'NOTIFICATION', code, subcode, data: bytesOf(data) }).root.at(-1)?.value
    expect(value(2, 2, '0000fc00')).toBe('64512')
    expect(value(6, 2, '036f6666')).toBe('"off"')
    expect(value(3, 5, '400300')).toBe('400300')
    expect(value(6, 2, '')).toBe('2, Administrative shutdown')
  })
})
