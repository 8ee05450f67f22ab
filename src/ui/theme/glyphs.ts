// Message shapes (section 3.1) as path data in a 20 x 20 box, one source for canvas (Path2D) and DOM (kit/MessageGlyph).
import type { MessageLook } from '../../sim/index.ts'

export interface Glyph {
  /** Filled in the type's colour. */
  body: string
  /** Stroked over the body in the surface colour, 2 px, round caps. */
  mark: string
  /** Only stroked in the type's colour, not filled. */
  hollow?: true
  /** A mark that is stroked in the type's own colour (on hollow bodies). */
  markInk?: true
}

const square = 'M6 2h8a4 4 0 0 1 4 4v8a4 4 0 0 1-4 4H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4z'
const circle = (r: number) => `M${10 - r} 10a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`

export const glyphs: Record<MessageLook, Glyph> = {
  OPEN: {
    body: circle(8),
    mark: 'M10 10h.01M8.8 10a1.2 1.2 0 1 0 2.4 0a1.2 1.2 0 1 0-2.4 0',
    hollow: true,
    markInk: true,
  },
  KEEPALIVE: { body: circle(4.5), mark: '' },
  UPDATE: { body: square, mark: 'M10 6v8M6 10h8' },
  WITHDRAW: {
    body: 'M8.6 1.6a2 2 0 0 1 2.8 0l7 7a2 2 0 0 1 0 2.8l-7 7a2 2 0 0 1-2.8 0l-7-7a2 2 0 0 1 0-2.8z',
    mark: 'M6.5 10h7',
  },
  'UPDATE+WITHDRAW': {
    body: 'M6 2h8a4 4 0 0 1 4 4v5l-7 7H6a4 4 0 0 1-4-4V6a4 4 0 0 1 4-4zM18 13.6L13.6 18h.4a4 4 0 0 0 4-4z',
    mark: 'M8 4.5v6M5 7.5h6M9 13.5h4',
  },
  'END-OF-RIB': { body: square, mark: 'M12.5 6.5h-5v7h5M7.5 10h4', hollow: true, markInk: true },
  NOTIFICATION: { body: 'M6.5 1.5h7l5 5v7l-5 5h-7l-5-5v-7z', mark: 'M10 5.5v5.5M10 14.4v.1' },
  'ROUTE-REFRESH': { body: 'M2 4l8 5.2L18 4v12l-8-5.2L2 16z', mark: '' },
}

const paths = new Map<string, Path2D>()

/** Path2D of a piece of path data, made once. */
export function pathOf(data: string): Path2D {
  let path = paths.get(data)
  if (!path) {
    path = new Path2D(data)
    paths.set(data, path)
  }
  return path
}
