// Small line icons for the canvas, as path data in a 24 x 24 box, stroked with 2 px and round caps.
import { pathOf } from '../../theme/glyphs.ts'

const icons = {
  server:
    'M5 4h14a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2V6a2 2 0 0 1 2-2zM5 13h14a2 2 0 0 1 2 2v3a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-3a2 2 0 0 1 2-2zM7 7.5h.01M7 16.5h.01M11.5 7.5H17M11.5 16.5H17',
  router:
    'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 9.5a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM12 3v6.5M12 14.5V21M3 12h6.5M14.5 12H21',
  reflector:
    'M12 9a3 3 0 1 0 0 6a3 3 0 1 0 0-6zM20 12a8 8 0 0 1-13.5 5.8M4 12A8 8 0 0 1 17.5 6.200M17.5 3v3.400h-3.400M6.5 21v-3.400h3.4',
  gateway: 'M3 12h18M7 8l-4 4 4 4M17 8l4 4-4 4',
  check: 'M5 12.500l4.5 4.500L19 7.5',
  cross: 'M6 6l12 12M18 6L6 18',
  triangle: 'M12 4L2.5 20h19zM12 10v4.500M12 17.200v.1',
  power: 'M12 3v9M6.3 6.800a8 8 0 1 0 11.4 0',
  clock: 'M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18zM12 7v5l3.2 2',
  dots: 'M5 12h.01M12 12h.01M19 12h.01',
  retry: 'M20 12a8 8 0 1 1-2.5-5.800M20 3.500v4h-4',
  scissors:
    'M6 3.500a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM6 15.500a2.5 2.5 0 1 0 0 5a2.5 2.5 0 1 0 0-5zM8.2 7.500L20 18M8.2 16.500L20 6',
  bar: 'M6 12h12',
  spinner: 'M12 3.500a8.5 8.5 0 1 0 8.5 8.5',
  network: 'M4 7h16a2 2 0 0 1 2 2v6a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2zM7 12h4M14 12h3',
} as const

export type IconName = keyof typeof icons

export function drawIcon(
  ctx: CanvasRenderingContext2D,
  name: IconName,
  at: { x: number; y: number; size: number; ink: string; width?: number },
): void {
  const scale = at.size / 24
  ctx.save()
  ctx.translate(at.x - at.size / 2, at.y - at.size / 2)
  ctx.scale(scale, scale)
  ctx.strokeStyle = at.ink
  ctx.lineWidth = (at.width ?? 1.6) / scale
  ctx.lineCap = 'round'
  ctx.lineJoin = 'round'
  ctx.setLineDash([])
  ctx.stroke(pathOf(icons[name]))
  ctx.restore()
}
