// Where plates, cards and gateways stand: nodes in a row (more than six: a ring) on their network's plate, outside routers
// on plates above, gateways at the right between them. Nodes keep their places when others join after them.
import { type Box, type Point, union } from '../geometry.ts'
import { CARD, ROUTER } from '../levels.ts'
import { ringSlots, slotsFor } from './ring.ts'
import type { LayoutHost, LayoutNetwork, Place, Plate } from './types.ts'

const ROW_LIMIT = 6
const GAP = 40
const PAD = 36
const HEAD = 66
const BUS = 38
const ROUTER_GAP = 50
const PLATE_GAP = 90
const LABEL_ROOM = 190
const LABEL = 118
const OUTSIDE = { pad: 60, top: 12, bottom: 10 } as const
const PILL = { w: 192, h: 34 } as const

/** How far below the cards an iBGP line between row neighbours at this distance hangs. */
export function bowDepth(span: number, rowLength: number): number {
  const step = rowLength > 3 ? Math.max(34, 134 / (rowLength - 2)) : 67
  return 57 + (span - 1) * step
}

export interface Placement {
  plates: Plate[]
  places: Map<string, Place>
}

interface Group {
  network: LayoutNetwork
  nodes: LayoutHost[]
  routers: LayoutHost[]
}

function isGateway(host: LayoutHost): boolean {
  return host.kind === 'router' && host.bird === 'absent' && host.links.length > 1
}

function groupByNetwork(networks: readonly LayoutNetwork[], hosts: readonly LayoutHost[]): Group[] {
  const groups = new Map(networks.map((network) => [network.name, { network, nodes: [], routers: [] } as Group]))
  for (const host of hosts) {
    if (isGateway(host)) continue
    const standing = host.links[0]?.network ?? networks[0]?.name ?? ''
    let group = groups.get(standing)
    if (!group) {
      group = { network: { name: standing, cidr: '', gateway: null }, nodes: [], routers: [] }
      groups.set(standing, group)
    }
    if (host.kind === 'node') group.nodes.push(host)
    else group.routers.push(host)
  }
  return [...groups.values()]
}

const rowWidth = (count: number, width: number, gap: number): number => count * width + Math.max(0, count - 1) * gap

interface Sized {
  group: Group
  w: number
  h: number
  slots: Point[] | null
}

function sizeCluster(group: Group): Sized {
  const count = group.nodes.length
  const routerRow = group.routers.length > 0 ? ROUTER.h + 64 : 0
  const routersWide = rowWidth(group.routers.length, ROUTER.w, ROUTER_GAP)
  if (count <= ROW_LIMIT) {
    const w = Math.max(rowWidth(Math.max(1, count), CARD.w, GAP), routersWide) + 2 * PAD
    const below = count > 1 ? bowDepth(count - 1, count) + 26 : PAD
    return { group, w, h: HEAD + routerRow + CARD.h + below, slots: null }
  }
  const slots = ringSlots(slotsFor(count))
  const reach = union(slots.map((p) => ({ x: p.x - CARD.w / 2, y: p.y - CARD.h / 2, ...CARD })))
  const w = Math.max(reach.w, routersWide) + 2 * PAD
  return { group, w, h: HEAD + routerRow + reach.h + PAD, slots }
}

function sizeOutside(group: Group): Sized {
  const count = Math.max(1, group.routers.length)
  const w = rowWidth(count, ROUTER.w, ROUTER_GAP) + 2 * OUTSIDE.pad
  return { group, w, h: OUTSIDE.top + ROUTER.h + OUTSIDE.bottom, slots: null }
}

export function placeHosts(networks: readonly LayoutNetwork[], hosts: readonly LayoutHost[]): Placement {
  const groups = groupByNetwork(networks, hosts)
  const clusters = groups.filter((group) => group.nodes.length > 0 || groups.length === 1).map(sizeCluster)
  const outsides = groups.filter((group) => group.nodes.length === 0 && groups.length > 1).map(sizeOutside)
  const gateways = hosts.filter(isGateway)
  const out: Placement = { plates: [], places: new Map() }

  const perRow = clusters.length <= 3 ? clusters.length : Math.ceil(Math.sqrt(clusters.length))
  const rows: Sized[][] = []
  for (let i = 0; i < clusters.length; i += perRow) rows.push(clusters.slice(i, i + perRow))
  const wideOf = (row: Sized[]) => row.reduce((sum, sized) => sum + sized.w, 0) + (row.length - 1) * PLATE_GAP
  const wide = Math.max(0, ...rows.map(wideOf))
  const outsideWide = outsides.reduce((sum, sized) => sum + sized.w, 0) + Math.max(0, outsides.length - 1) * LABEL_ROOM

  const top = outsides.length > 0 || gateways.length > 0 ? ROUTER.h + OUTSIDE.top + OUTSIDE.bottom + 52 : 0
  let y = top
  for (const row of rows) {
    let x = 0
    for (const sized of row) {
      putCluster(out, sized, { x, y })
      x += sized.w + PLATE_GAP
    }
    y += Math.max(...row.map((sized) => sized.h)) + PLATE_GAP
  }
  let x = (wide - outsideWide) / 2
  for (const sized of outsides) {
    putOutside(out, sized, { x, y: 0 })
    x += sized.w + LABEL_ROOM
  }
  const pillX = Math.max(wide - PILL.w, outsides.length > 0 ? x - LABEL_ROOM + LABEL : 0)
  gateways.forEach((host, index) => {
    const box = { x: pillX, y: 59 + index * (PILL.h + 12), ...PILL }
    out.places.set(host.name, { name: host.name, role: 'gateway', box, plate: null, settled: true })
  })
  addLoneGateways(out, networks, hosts)
  return out
}

function putCluster(out: Placement, sized: Sized, at: Point): void {
  const { group, w, h } = sized
  const routerRow = group.routers.length > 0 ? ROUTER.h + 64 : 0
  const box: Box = { ...at, w, h }
  putRow(
    out,
    group.routers,
    { x: at.x + (w - rowWidth(group.routers.length, ROUTER.w, ROUTER_GAP)) / 2, y: at.y + 34 },
    group.network.name,
  )
  const put = (host: LayoutHost, x: number, y: number) =>
    out.places.set(host.name, {
      name: host.name,
      role: 'node',
      box: { x, y, ...CARD },
      plate: group.network.name,
      settled: true,
    })
  const first = at.y + HEAD + routerRow
  if (sized.slots) {
    const middle = { x: at.x + w / 2, y: first + (h - HEAD - routerRow - PAD) / 2 }
    group.nodes.forEach((host, i) => {
      const slot = sized.slots?.[i]
      if (slot) put(host, middle.x + slot.x - CARD.w / 2, middle.y + slot.y - CARD.h / 2)
    })
  } else for (const [i, host] of group.nodes.entries()) put(host, at.x + PAD + i * (CARD.w + GAP), first)
  out.plates.push({
    network: group.network.name,
    cidr: group.network.cidr,
    box,
    kind: 'cluster',
    shape: sized.slots ? 'ring' : 'row',
    bus: sized.slots ? null : { y: at.y + BUS + routerRow, from: at.x + PAD, to: at.x + w - PAD },
    loneGateway: null,
  })
}

function putOutside(out: Placement, sized: Sized, at: Point): void {
  const { group, w, h } = sized
  putRow(out, group.routers, { x: at.x + OUTSIDE.pad, y: at.y + OUTSIDE.top }, group.network.name)
  out.plates.push({
    network: group.network.name,
    cidr: group.network.cidr,
    box: { ...at, w, h },
    kind: 'outside',
    shape: 'row',
    bus: { y: at.y + OUTSIDE.top + ROUTER.h / 2 + 16, from: at.x + OUTSIDE.pad, to: at.x + w },
    loneGateway: null,
  })
}

function putRow(out: Placement, hosts: readonly LayoutHost[], at: Point, plate: string): void {
  hosts.forEach((host, i) => {
    const box = { x: at.x + i * (ROUTER.w + ROUTER_GAP), y: at.y, ...ROUTER }
    out.places.set(host.name, { name: host.name, role: 'router', box, plate, settled: true })
  })
}

/** A gateway address that no host bears still stands on the plate's edge: it is the nodes' default route. */
function addLoneGateways(out: Placement, networks: readonly LayoutNetwork[], hosts: readonly LayoutHost[]): void {
  const borne = new Set(hosts.flatMap((host) => host.links.map((link) => link.address)))
  for (const plate of out.plates) {
    const address = networks.find((network) => network.name === plate.network)?.gateway ?? null
    if (address === null || borne.has(address) || plate.kind !== 'cluster') continue
    const w = 156
    plate.loneGateway = { address, box: { x: plate.box.x + plate.box.w - w - 24, y: plate.box.y - 14, w, h: 28 } }
  }
}
