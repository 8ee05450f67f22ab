import { describe, expect, it } from 'vitest'
import { fitClear } from './clear-corner.ts'
import { fitBox } from './viewport.ts'

const insets = { top: 16, right: 16, bottom: 58, left: 16 }
const screen = { width: 992, height: 612 }
const corner = { width: 334, height: 160 }
const bounds = { x: 0, y: 0, w: 940, h: 370 }

describe('the camera beside the narrator', () => {
  it('stays centred when the card covers nothing', () => {
    const keep = [{ x: 400, y: 0, w: 200, h: 80 }]
    expect(fitClear(bounds, screen, insets, corner, keep)).toEqual(fitBox(bounds, screen, insets))
  })

  it('moves down, as large as before, when there is room below', () => {
    const keep = [{ x: 20, y: 10, w: 200, h: 20 }]
    const { x, y, k } = fitClear(bounds, screen, insets, corner, keep)
    expect(k).toBe(1)
    expect(x).toBe(fitBox(bounds, screen, insets).x)
    expect(y + 10).toBeGreaterThan(corner.height)
    expect(y + bounds.h).toBeLessThanOrEqual(screen.height - insets.bottom)
  })

  it('becomes no smaller than moving aside takes', () => {
    const tall = { ...bounds, h: 530 }
    const keep = [{ x: 230, y: 10, w: 200, h: 80 }]
    const { x, k } = fitClear(tall, screen, insets, corner, keep)
    expect(k).toBeLessThan(1)
    expect(k).toBeGreaterThan(0.85)
    expect(x + 230 * k).toBeGreaterThanOrEqual(corner.width)
    expect(x + tall.w * k).toBeCloseTo(screen.width - insets.right)
  })

  it('leaves the picture as it is when nothing of use would be left', () => {
    const keep = [bounds]
    const narrow = { width: 320, height: 200 }
    expect(fitClear(bounds, narrow, insets, corner, keep)).toEqual(fitBox(bounds, narrow, insets))
  })
})
