import { describe, expect, it } from 'vitest'
import { boxToScreen, fitBox, toScreen, toWorld } from './viewport.ts'

const insets = { top: 16, right: 16, bottom: 58, left: 16 }

describe('camera', () => {
  it('fits a box into what the bars leave, centred, and never larger than asked', () => {
    const bounds = { x: -100, y: 50, w: 2000, h: 400 }
    const { x, y, k } = fitBox(bounds, { width: 992, height: 612 }, insets)
    const box = boxToScreen({ x, y, k, width: 992, height: 612, ratio: 1 }, bounds)
    expect(box.w).toBeCloseTo(960)
    expect(box.x).toBeCloseTo(16)
    expect(box.y + box.h / 2).toBeCloseTo(16 + (612 - 16 - 58) / 2)
    expect(fitBox({ x: 0, y: 0, w: 10, h: 10 }, { width: 992, height: 612 }, insets).k).toBe(1)
  })

  it('leads back from screen to world', () => {
    const viewport = { x: 30, y: -20, k: 0.7, width: 800, height: 600, ratio: 2 }
    const point = { x: 123, y: 456 }
    const back = toWorld(viewport, toScreen(viewport, point))
    expect(back.x).toBeCloseTo(point.x)
    expect(back.y).toBeCloseTo(point.y)
  })
})
