// The camera: how world units become CSS pixels of the canvas.
import type { Box, Curve, Point } from './geometry.ts'

export interface Viewport {
  /** Screen position of the world's origin. */
  x: number
  y: number
  /** Pixels per world unit; 1 is 100 %. */
  k: number
  width: number
  height: number
  /** Device pixels per CSS pixel. */
  ratio: number
}

export const MIN_ZOOM = 0.04
export const MAX_ZOOM = 1.5

export const toScreen = (v: Viewport, p: Point): Point => ({ x: p.x * v.k + v.x, y: p.y * v.k + v.y })
export const toWorld = (v: Viewport, p: Point): Point => ({ x: (p.x - v.x) / v.k, y: (p.y - v.y) / v.k })

export const boxToScreen = (v: Viewport, b: Box): Box => ({
  x: b.x * v.k + v.x,
  y: b.y * v.k + v.y,
  w: b.w * v.k,
  h: b.h * v.k,
})

export const curveToScreen = (v: Viewport, c: Curve): Curve => ({
  x0: c.x0 * v.k + v.x,
  y0: c.y0 * v.k + v.y,
  x1: c.x1 * v.k + v.x,
  y1: c.y1 * v.k + v.y,
  x2: c.x2 * v.k + v.x,
  y2: c.y2 * v.k + v.y,
  x3: c.x3 * v.k + v.x,
  y3: c.y3 * v.k + v.y,
})

export interface Insets {
  top: number
  right: number
  bottom: number
  left: number
}

/** The camera that shows a box as large as it fits, never larger than `most`, centred in what the insets leave. */
export function fitBox(
  bounds: Box,
  screen: { width: number; height: number },
  insets: Insets,
  most = 1,
): {
  x: number
  y: number
  k: number
} {
  const width = Math.max(40, screen.width - insets.left - insets.right)
  const height = Math.max(40, screen.height - insets.top - insets.bottom)
  const k = Math.max(MIN_ZOOM, Math.min(most, width / Math.max(1, bounds.w), height / Math.max(1, bounds.h), MAX_ZOOM))
  return {
    k,
    x: insets.left + (width - bounds.w * k) / 2 - bounds.x * k,
    y: insets.top + (height - bounds.h * k) / 2 - bounds.y * k,
  }
}
