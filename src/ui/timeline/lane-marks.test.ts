import { describe, expect, it } from 'vitest'
import type { MessageLook } from '../../sim/index.ts'
import { buildAxis } from './axis/axis.ts'
import { marksOf } from './lane-marks.ts'

const axis = buildAxis({ until: 1000, times: [], width: 1000, mode: 'linear' })
const glyph = (at: number, look: MessageLook) => ({ at, id: at, look })
const marks = (glyphs: ReturnType<typeof glyph>[], hidden: string[] = []) =>
  marksOf({ glyphs, axis, from: 0, to: 1000, hidden: new Set(hidden) })

describe('marks of a lane', () => {
  it('merge glyphs of one type that are closer than 9 px and count them', () => {
    const { marks: found } = marks([
      glyph(100, 'UPDATE'),
      glyph(104, 'UPDATE'),
      glyph(108, 'UPDATE'),
      glyph(112, 'UPDATE'),
    ])
    expect(found.map(({ x, count }) => [x, count])).toEqual([
      [100, 3],
      [112, 1],
    ])
  })

  it('show the weightier type where two would cover each other', () => {
    expect(marks([glyph(100, 'UPDATE'), glyph(103, 'NOTIFICATION'), glyph(105, 'OPEN')]).marks).toMatchObject([
      { look: 'NOTIFICATION', id: 103 },
    ])
  })

  it('draw KEEPALIVE as ticks that give way to glyphs', () => {
    const { ticks } = marks([glyph(100, 'UPDATE'), glyph(104, 'KEEPALIVE'), glyph(150, 'KEEPALIVE')])
    expect(ticks).toEqual([150])
  })

  it('leave out hidden types and what is out of sight', () => {
    expect(marks([glyph(100, 'UPDATE')], ['UPDATE']).marks).toHaveLength(0)
    const seen = marksOf({
      glyphs: [glyph(100, 'UPDATE'), glyph(900, 'UPDATE')],
      axis,
      from: 500,
      to: 1000,
      hidden: new Set(),
    })
    expect(seen.marks.map(({ x }) => x)).toEqual([900])
  })
})
