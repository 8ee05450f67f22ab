// A layout between two layouts, so that a change of structure moves everything together (400 ms) instead of jumping.
import type { Box, Curve } from '../geometry.ts'
import type { Layout, Place, Plate, SessionPath } from './types.ts'

const mix = (a: number, b: number, u: number): number => a + (b - a) * u

const mixBox = (a: Box, b: Box, u: number): Box => ({
  x: mix(a.x, b.x, u),
  y: mix(a.y, b.y, u),
  w: mix(a.w, b.w, u),
  h: mix(a.h, b.h, u),
})

const mixCurve = (a: Curve, b: Curve, u: number): Curve => ({
  x0: mix(a.x0, b.x0, u),
  y0: mix(a.y0, b.y0, u),
  x1: mix(a.x1, b.x1, u),
  y1: mix(a.y1, b.y1, u),
  x2: mix(a.x2, b.x2, u),
  y2: mix(a.y2, b.y2, u),
  x3: mix(a.x3, b.x3, u),
  y3: mix(a.y3, b.y3, u),
})

export function blend(from: Layout, to: Layout, u: number): Layout {
  if (u >= 1) return to
  const places = new Map<string, Place>()
  for (const [name, place] of to.places) {
    const old = from.places.get(name)
    places.set(name, old ? { ...place, box: mixBox(old.box, place.box, u) } : place)
  }
  const plates: Plate[] = to.plates.map((plate) => {
    const old = from.plates.find((candidate) => candidate.network === plate.network)
    if (!old) return plate
    const bus =
      plate.bus && old.bus
        ? {
            y: mix(old.bus.y, plate.bus.y, u),
            from: mix(old.bus.from, plate.bus.from, u),
            to: mix(old.bus.to, plate.bus.to, u),
          }
        : plate.bus
    const loneGateway =
      plate.loneGateway && old.loneGateway
        ? { ...plate.loneGateway, box: mixBox(old.loneGateway.box, plate.loneGateway.box, u) }
        : plate.loneGateway
    return { ...plate, box: mixBox(old.box, plate.box, u), bus, loneGateway }
  })
  const sessions = new Map<string, SessionPath>()
  for (const [id, path] of to.sessions) {
    const old = from.sessions.get(id)
    sessions.set(id, old ? { ...path, curve: mixCurve(old.curve, path.curve, u) } : path)
  }
  return { ...to, places, plates, sessions, bounds: mixBox(from.bounds, to.bounds, u) }
}

/** cubic-bezier(.3, 0, .1, 1), near enough for a move of less than half a second. */
export function ease(u: number): number {
  return u < 0.5 ? 4 * u * u * u : 1 - (-2 * u + 2) ** 3 / 2
}
