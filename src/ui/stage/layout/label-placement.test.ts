import { describe, expect, it } from 'vitest'
import type { MessageLook } from '../../../sim/index.ts'
import { overlap } from '../geometry.ts'
import { type PillWish, placePills } from './label-placement.ts'

const bounds = { x: 0, y: 0, w: 1000, h: 600 }
const wish = (id: number, look: MessageLook, x = 100 + id * 110, y = 300): PillWish => ({
  id,
  look,
  at: { x, y },
  sizes: [
    { w: 90, h: 20 },
    { w: 40, h: 20 },
  ],
  outward: 1,
})
const place = (wishes: PillWish[], obstacles = [] as { x: number; y: number; w: number; h: number }[]) =>
  placePills(wishes, { obstacles, bounds, before: new Map() })

describe('label placement', () => {
  it('shows at most six and drops KEEPALIVE first', () => {
    const looks: MessageLook[] = [
      'KEEPALIVE',
      'UPDATE',
      'OPEN',
      'NOTIFICATION',
      'WITHDRAW',
      'ROUTE-REFRESH',
      'UPDATE',
      'UPDATE',
    ]
    const placed = place(looks.map((look, i) => wish(i, look)))
    expect(placed).toHaveLength(6)
    expect(placed[0]!.id).toBe(3)
    expect(placed.some(({ id }) => id === 0)).toBe(false)
  })

  it('shows a KEEPALIVE while fewer than three others do', () => {
    expect(place([wish(0, 'KEEPALIVE'), wish(1, 'UPDATE')])).toHaveLength(2)
  })

  it('tries above, then below, then the outer side, then drops it', () => {
    const above = { x: 0, y: 200, w: 1000, h: 90 }
    const below = { x: 0, y: 310, w: 1000, h: 90 }
    expect(place([wish(1, 'UPDATE')])[0]!.slot).toBe('above')
    expect(place([wish(1, 'UPDATE')], [above])[0]!.slot).toBe('below')
    expect(place([wish(1, 'UPDATE')], [above, below])[0]!.slot).toBe('outer')
    expect(place([wish(1, 'UPDATE')], [above, below, { x: 215, y: 280, w: 100, h: 40 }])).toHaveLength(0)
  })

  it('takes the short form when only that fits', () => {
    const wall = (x: number) => ({ x, y: 0, w: 60, h: 600 })
    expect(place([wish(1, 'UPDATE')], [wall(120), wall(240)])[0]!.form).toBe(1)
  })

  it('never lets pills cover each other or a glyph', () => {
    const placed = place([1, 2, 3, 4, 5].map((id) => wish(id, 'UPDATE', 300 + id * 8, 300 + id * 5)))
    placed.forEach((a, i) => {
      for (const b of placed.slice(i + 1)) expect(overlap(a.box, b.box)).toBe(false)
    })
  })

  it('keeps the side a pill had', () => {
    const placed = placePills([wish(1, 'UPDATE')], { obstacles: [], bounds, before: new Map([[1, 'below']]) })
    expect(placed[0]!.slot).toBe('below')
  })
})
