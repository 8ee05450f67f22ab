import { describe, expect, it } from 'vitest'
import type { FieldView } from '../../../sim/index.ts'
import { boxesOf, fieldById, leafAt, openAtFirst, pathTo, rowsOf, segmentsOf, textOf } from './field-rows.ts'

function field(id: string, offset: number, length: number, children: FieldView[] = []): FieldView {
  return { id, name: id, value: '', offset, length, code: null, data: {}, children }
}
const root = [
  field('header', 0, 19, [field('header.marker', 0, 16), field('header.length', 16, 2), field('header.type', 18, 1)]),
  field('withdrawn', 19, 2),
  field('attributes-length', 21, 2),
  field('attributes', 23, 13, [
    field('attributes.1', 23, 4, [field('attributes.1.flags', 23, 1), field('attributes.1.value', 24, 3)]),
    field('attributes.2', 27, 9),
  ]),
  field('nlri', 36, 5, [field('nlri.0', 36, 5, [field('nlri.0.length', 36, 1), field('nlri.0.address', 37, 4)])]),
]
const ids = (fields: readonly { id: string }[]) => fields.map(({ id }) => id)

describe('the field tree as rows', () => {
  it('opens the top level and the first prefix', () => {
    const rows = rowsOf(root, openAtFirst(root))
    expect(rows.map(({ field: { id }, level }) => `${level} ${id}`)).toEqual([
      '1 header',
      '2 header.marker',
      '2 header.length',
      '2 header.type',
      '1 withdrawn',
      '1 attributes-length',
      '1 attributes',
      '2 attributes.1',
      '2 attributes.2',
      '1 nlri',
      '2 nlri.0',
      '3 nlri.0.length',
      '3 nlri.0.address',
    ])
    expect(rows.at(-1)?.parent).toBe('nlri.0')
  })

  it('finds fields, their ancestors, and the deepest one at a byte', () => {
    expect(pathTo(root, 'attributes.1.flags')).toEqual(['attributes', 'attributes.1', 'attributes.1.flags'])
    expect(pathTo(root, 'nothing')).toEqual([])
    expect(fieldById(root, 'nlri.0.address')?.offset).toBe(37)
    expect(leafAt(root, 23)?.id).toBe('attributes.1.flags')
    expect(leafAt(root, 40)?.id).toBe('nlri.0.address')
    expect(leafAt(root, 41)).toBeNull()
  })
})

describe('boxes around bytes', () => {
  it('are one per header field, attribute and prefix, and cover the message', () => {
    const boxes = boxesOf(root)
    expect(ids(boxes)).toEqual([
      'header.marker',
      'header.length',
      'header.type',
      'withdrawn',
      'attributes-length',
      'attributes.1',
      'attributes.2',
      'nlri.0',
    ])
    expect(boxes.reduce((sum, { length }) => sum + length, 0)).toBe(41)
  })

  it('break at the end of a line and carry their name under the longest piece', () => {
    const rows = segmentsOf(boxesOf(root), 41, 16)
    expect(
      rows.map((row) => row.map(({ box, from, to, captioned }) => `${box.id} ${from}-${to}${captioned ? ' *' : ''}`)),
    ).toEqual([
      ['header.marker 0-16 *'],
      [
        'header.length 16-18 *',
        'header.type 18-19 *',
        'withdrawn 19-21 *',
        'attributes-length 21-23 *',
        'attributes.1 23-27 *',
        'attributes.2 27-32 *',
      ],
      ['attributes.2 32-36', 'nlri.0 36-41 *'],
    ])
  })

  it('show printable bytes as text', () => {
    expect(textOf([0, 0x37, 0x40, 0x20, 0xff])).toBe('·7@··')
  })
})
