import { describe, expect, it } from 'vitest'
import { crosses, inside, overlap, pointAlong, pointAt } from '../geometry.ts'
import { layOut, sameStructure } from './layout.ts'
import { slotsFor } from './ring.ts'
import type { LayoutHost, LayoutSession } from './types.ts'

const kind = { name: 'kind', cidr: '172.18.0.0/16', gateway: '172.18.0.1' }
const vmnet = { name: 'vmnet', cidr: '192.168.64.0/24', gateway: null }
const node = (i: number): LayoutHost => ({
  name: `n${i}`,
  kind: 'node',
  bird: 'running',
  links: [{ network: 'kind', interface: 'eth0', address: `172.18.0.${i + 2}`, up: true }],
})
const nodes = (count: number) => Array.from({ length: count }, (_, i) => node(i))
const router: LayoutHost = {
  name: 'rtr-1',
  kind: 'router',
  bird: 'running',
  links: [{ network: 'vmnet', interface: 'eth0', address: '192.168.64.6', up: true }],
}
const gateway: LayoutHost = {
  name: 'gw',
  kind: 'router',
  bird: 'absent',
  links: [
    { network: 'kind', interface: 'eth0', address: '172.18.0.1', up: true },
    { network: 'vmnet', interface: 'eth1', address: '192.168.64.1', up: true },
  ],
}
const session = (a: string, b: string, ebgp = false): LayoutSession => ({
  id: `${a}|x|${b}|y`,
  a: { host: a },
  b: { host: b },
  remoteAddress: '',
  ebgp,
})
const mesh = (hosts: readonly LayoutHost[]) =>
  hosts.flatMap((a, i) => hosts.slice(i + 1).map((b) => session(a.name, b.name)))
const none = new Map()

describe('layout: places', () => {
  it('never lets two cards overlap and keeps each on its plate, from 1 to 120 nodes', () => {
    for (const count of [1, 2, 3, 6, 7, 8, 13, 40, 100, 120]) {
      const { places, plates } = layOut({ networks: [kind], hosts: nodes(count), sessions: [] }, none)
      const boxes = [...places.values()].map((place) => place.box)
      expect(boxes).toHaveLength(count)
      boxes.forEach((a, i) => {
        for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false)
        const plate = plates[0]!.box
        expect(inside(plate, a) && inside(plate, { x: a.x + a.w, y: a.y + a.h })).toBe(true)
      })
    }
  })

  it('leaves nodes where they are when another joins the row or the ring', () => {
    for (const count of [2, 5, 8, 10, 30]) {
      if (slotsFor(count) < count + 1 && count > 6) continue
      const before = layOut({ networks: [kind], hosts: nodes(count), sessions: [] }, none)
      const after = layOut({ networks: [kind], hosts: nodes(count + 1), sessions: [] }, none)
      for (const [name, place] of before.places) expect(after.places.get(name)!.box).toEqual(place.box)
    }
  })

  it('stands outside routers on a plate above and a BIRD-less router of two networks as a gateway', () => {
    const { places, plates } = layOut(
      { networks: [kind, vmnet], hosts: [...nodes(3), router, gateway], sessions: [] },
      none,
    )
    expect(places.get('rtr-1')).toMatchObject({ role: 'router', plate: 'vmnet' })
    expect(places.get('gw')).toMatchObject({ role: 'gateway', plate: null })
    const [cluster, outside] = [plates.find((p) => p.kind === 'cluster')!, plates.find((p) => p.kind === 'outside')!]
    expect(outside.box.y + outside.box.h).toBeLessThan(cluster.box.y)
    expect(cluster.loneGateway).toBeNull()
  })

  it('draws a gateway address that no host bears on the plate', () => {
    const { plates } = layOut({ networks: [kind], hosts: nodes(3), sessions: [] }, none)
    expect(plates[0]!.loneGateway?.address).toBe('172.18.0.1')
  })

  it('keeps a position the person chose and stretches the plate to it', () => {
    const moved = new Map([['n1', { x: -500, y: 700 }]])
    const { places, plates } = layOut({ networks: [kind], hosts: nodes(3), sessions: [] }, moved)
    expect(places.get('n1')!.box).toMatchObject({ x: -500, y: 700 })
    expect(inside(plates[0]!.box, { x: -500, y: 852 })).toBe(true)
  })
})

describe('layout: session lines', () => {
  const hosts = [...nodes(5), router, gateway]
  const sessions = [...mesh(nodes(5)), ...nodes(5).map((n) => session(n.name, 'rtr-1', true))]
  const layout = layOut({ networks: [kind, vmnet], hosts, sessions }, none)

  it('passes no line through a card', () => {
    for (const path of layout.sessions.values())
      for (const place of layout.places.values())
        if (place.name !== path.a && place.name !== path.b) expect(crosses(path.curve, place.box)).toBe(false)
  })

  it('nests longer spans outside shorter ones, all inside the plate', () => {
    const depth = (a: string, b: string) => pointAt(layout.sessions.get(`${a}|x|${b}|y`)!.curve, 0.5).y
    expect(depth('n0', 'n1')).toBeLessThan(depth('n0', 'n2'))
    expect(depth('n0', 'n2')).toBeLessThan(depth('n0', 'n4'))
    const plate = layout.plates.find((p) => p.kind === 'cluster')!.box
    expect(depth('n0', 'n4')).toBeLessThan(plate.y + plate.h)
  })

  it('gives each session its own port', () => {
    const ends = [...layout.sessions.values()].flatMap(({ curve: c }) => [`${c.x0},${c.y0}`, `${c.x3},${c.y3}`])
    expect(new Set(ends).size).toBe(ends.length)
  })

  it('leads a session without a second end to the host that bears the address, or into the open', () => {
    const half = { ...session('n0', 'gone'), b: null }
    const found = layOut(
      { networks: [kind, vmnet], hosts, sessions: [{ ...half, remoteAddress: '192.168.64.6' }] },
      none,
    )
    expect([...found.sessions.values()][0]!.b).toBe('rtr-1')
    const open = layOut({ networks: [kind, vmnet], hosts, sessions: [{ ...half, remoteAddress: '10.9.9.9' }] }, none)
    expect([...open.sessions.values()][0]!.b).toBeNull()
  })

  it('finds a way around cards for a node that was moved', () => {
    const moved = new Map([['n4', { x: 608, y: 800 }]])
    const { sessions: paths, places } = layOut({ networks: [kind, vmnet], hosts, sessions }, moved)
    const path = paths.get('n4|x|rtr-1|y')!
    for (const place of places.values())
      if (place.name !== 'n4' && place.name !== 'rtr-1') expect(crosses(path.curve, place.box)).toBe(false)
  })
})

describe('layout: lines below a row', () => {
  it('hang deeper where a moved card stands in their way', () => {
    const hosts = nodes(3)
    const moved = new Map([['n1', { x: 440, y: 280 }]])
    const { sessions, places } = layOut({ networks: [kind], hosts, sessions: mesh(hosts) }, moved)
    expect(crosses(sessions.get('n0|x|n2|y')!.curve, places.get('n1')!.box)).toBe(false)
  })
})

describe('layout: when it runs again', () => {
  it('tells a change of structure from a change of state', () => {
    const a = { networks: [kind], hosts: nodes(3), sessions: mesh(nodes(3)) }
    const stopped = nodes(3).map((host) => ({ ...host, bird: 'stopped' as const }))
    expect(sameStructure(a, { ...a, hosts: stopped })).toBe(true)
    expect(sameStructure(a, { ...a, hosts: nodes(4) })).toBe(false)
    expect(sameStructure(a, { ...a, sessions: [] })).toBe(false)
  })
})

describe('geometry', () => {
  it('moves along a curve at one speed', () => {
    const curve = { x0: 0, y0: 0, x1: 0, y1: 100, x2: 10, y2: 100, x3: 300, y3: 0 }
    const steps = Array.from({ length: 21 }, (_, i) => pointAlong(curve, i / 20))
    const lengths = steps.slice(1).map((p, i) => Math.hypot(p.x - steps[i]!.x, p.y - steps[i]!.y))
    expect(Math.max(...lengths) / Math.min(...lengths)).toBeLessThan(1.25)
  })
})
