// The lines of BGP sessions (section 6): iBGP between row neighbours hangs below the cards, longer spans outside shorter
// ones; eBGP leaves toward the peer; on a ring lines are chords. No line passes through a card where another way exists.
import { type Box, type Curve, centre, crosses, edgeToward, type Point } from '../geometry.ts'
import { bowDepth } from './places.ts'
import type { LayoutHost, LayoutSession, Place, Plate, SessionPath } from './types.ts'

type Side = 'top' | 'bottom'
interface End {
  session: string
  host: string
  side: Side
  /** Order along the side, left to right. */
  rank: number
}

interface Plan {
  session: LayoutSession
  a: Place
  b: Place | null
  shape: 'bow' | 'fall' | 'chord' | 'stub'
  span: number
}

/** Above this many hosts lines no longer look for a way around cards: they are drawn faintly and below them. */
const CAREFUL_UP_TO = 24

export function laySessions(
  sessions: readonly LayoutSession[],
  hosts: readonly LayoutHost[],
  placement: { plates: readonly Plate[]; places: ReadonlyMap<string, Place> },
): Map<string, SessionPath> {
  const { plates, places } = placement
  const byAddress = new Map(hosts.flatMap((host) => host.links.map((link) => [link.address, host.name] as const)))
  const rows = rowsOf(plates, places)
  const plans: Plan[] = []
  for (const session of sessions) {
    const a = places.get(session.a.host)
    if (!a) continue
    const other = session.b?.host ?? byAddress.get(session.remoteAddress) ?? null
    const b = other === null || other === session.a.host ? null : (places.get(other) ?? null)
    plans.push(planOf(session, a, b, rows))
  }
  const ports = spreadPorts(plans, places)
  const cards = places.size <= CAREFUL_UP_TO ? [...places.values()] : []
  const out = new Map<string, SessionPath>()
  for (const plan of plans) {
    const { session, a, b } = plan
    out.set(session.id, {
      id: session.id,
      a: a.name,
      b: b?.name ?? null,
      ebgp: session.ebgp,
      curve: curveOf(plan, ports, rows, cards),
    })
  }
  return out
}

interface Rows {
  /** Of a settled row card: its row (by height) and place in it. */
  at: ReadonlyMap<string, { row: number; column: number; length: number }>
}

function rowsOf(plates: readonly Plate[], places: ReadonlyMap<string, Place>): Rows {
  const ring = new Set(plates.filter((plate) => plate.shape === 'ring').map((plate) => plate.network))
  const rows = new Map<number, Place[]>()
  for (const place of places.values()) {
    if (!place.settled || place.role !== 'node' || (place.plate !== null && ring.has(place.plate))) continue
    const row = rows.get(place.box.y) ?? []
    row.push(place)
    rows.set(place.box.y, row)
  }
  const at = new Map<string, { row: number; column: number; length: number }>()
  for (const [y, row] of rows) {
    row.sort((a, b) => a.box.x - b.box.x)
    for (const [column, place] of row.entries()) at.set(place.name, { row: y, column, length: row.length })
  }
  return { at }
}

function planOf(session: LayoutSession, a: Place, b: Place | null, rows: Rows): Plan {
  if (!b) return { session, a, b, shape: 'stub', span: 0 }
  const rowA = rows.at.get(a.name)
  const rowB = rows.at.get(b.name)
  if (rowA && rowB && rowA.row === rowB.row)
    return { session, a, b, shape: 'bow', span: Math.abs(rowA.column - rowB.column) }
  const apart = a.box.y + a.box.h + 24 < b.box.y || b.box.y + b.box.h + 24 < a.box.y
  const onRing = (place: Place, row: typeof rowA) => place.role === 'node' && place.settled && !row
  const shape = apart && !onRing(a, rowA) && !onRing(b, rowB) ? 'fall' : 'chord'
  return { session, a, b, shape, span: 0 }
}

const key = (session: string, host: string) => `${session}\n${host}`

function spreadPorts(plans: readonly Plan[], places: ReadonlyMap<string, Place>): Map<string, Point> {
  const sides = new Map<string, End[]>()
  const add = (end: End) => {
    const id = `${end.host}\n${end.side}`
    const ends = sides.get(id)
    if (ends) ends.push(end)
    else sides.set(id, [end])
  }
  for (const { session, a, b, shape, span } of plans) {
    if (shape === 'stub')
      add({ session: session.id, host: a.name, side: a.role === 'node' ? 'top' : 'bottom', rank: 1e7 })
    if (!b || shape === 'chord' || shape === 'stub') continue
    for (const [here, there] of [
      [a, b],
      [b, a],
    ] as const) {
      const toward = centre(there.box).x - centre(here.box).x
      if (shape === 'bow') {
        const rank = toward < 0 ? -1e6 + span : 1e6 - span
        add({ session: session.id, host: here.name, side: 'bottom', rank })
      } else {
        const side = there.box.y < here.box.y ? 'top' : 'bottom'
        add({ session: session.id, host: here.name, side, rank: toward })
      }
    }
  }
  const ports = new Map<string, Point>()
  for (const ends of sides.values()) {
    const first = ends[0]!
    const { box, role } = places.get(first.host)!
    ends.sort((p, q) => p.rank - q.rank)
    const wished = role === 'node' && first.side === 'bottom' ? 80 : 50
    const step = Math.min(wished, (box.w - 56) / Math.max(1, ends.length - 1))
    ends.forEach((end, i) => {
      const x = box.x + box.w / 2 + (i - (ends.length - 1) / 2) * step
      ports.set(key(end.session, end.host), { x, y: end.side === 'top' ? box.y : box.y + box.h })
    })
  }
  return ports
}

function curveOf(plan: Plan, ports: ReadonlyMap<string, Point>, rows: Rows, cards: readonly Place[]): Curve {
  const { session, a, b, shape } = plan
  const from = ports.get(key(session.id, a.name)) ?? edgeToward(a.box, b ? centre(b.box) : centre(a.box))
  if (!b || shape === 'stub') return stub(from, a.box)
  const to = ports.get(key(session.id, b.name)) ?? edgeToward(b.box, centre(a.box))
  const others = cards.filter((card) => card !== a && card !== b).map((card) => card.box)
  const free = (curve: Curve) => !others.some((box) => crosses(curve, box))
  if (shape === 'bow') {
    const depth = bowDepth(plan.span, rows.at.get(a.name)?.length ?? 2) / 0.75
    const ways = [1, 1.6, 2.4, 3.4, 5].map((times) => hanging(from, to, depth * times))
    return ways.find(free) ?? ways[0]!
  }
  const start = shape === 'chord' ? edgeToward(a.box, centre(b.box)) : from
  const end = shape === 'chord' ? edgeToward(b.box, centre(a.box)) : to
  const plain = shape === 'chord' ? bowed(start, end, 0) : falling(start, end)
  if (free(plain)) return plain
  for (const bow of [90, -90, 180, -180, 300, -300, 440, -440, 640, -640, 900, -900]) {
    const way = bowed(start, end, bow)
    if (free(way)) return way
  }
  return plain
}

function hanging(from: Point, to: Point, depth: number): Curve {
  return { x0: from.x, y0: from.y, x1: from.x, y1: from.y + depth, x2: to.x, y2: to.y + depth, x3: to.x, y3: to.y }
}

function falling(from: Point, to: Point): Curve {
  const half = (to.y - from.y) * 0.52
  return { x0: from.x, y0: from.y, x1: from.x, y1: from.y + half, x2: to.x, y2: to.y - half, x3: to.x, y3: to.y }
}

function bowed(from: Point, to: Point, bow: number): Curve {
  const dx = to.x - from.x
  const dy = to.y - from.y
  const length = Math.hypot(dx, dy) || 1
  const nx = (-dy / length) * bow * 1.33
  const ny = (dx / length) * bow * 1.33
  return {
    x0: from.x,
    y0: from.y,
    x1: from.x + dx / 3 + nx,
    y1: from.y + dy / 3 + ny,
    x2: from.x + (dx * 2) / 3 + nx,
    y2: from.y + (dy * 2) / 3 + ny,
    x3: to.x,
    y3: to.y,
  }
}

/** A session whose other end is no host here: a short line into the open. */
function stub(from: Point, box: Box): Curve {
  const up = from.y <= box.y + 1
  const dy = up ? -46 : 46
  return {
    x0: from.x,
    y0: from.y,
    x1: from.x,
    y1: from.y + dy / 3,
    x2: from.x,
    y2: from.y + dy / 2,
    x3: from.x,
    y3: from.y + dy,
  }
}
