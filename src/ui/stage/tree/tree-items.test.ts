import { describe, expect, it } from 'vitest'
import type { ClusterView, HostView } from '../../../sim/index.ts'
import { stage as text } from '../../i18n/en/stage.ts'
import { layOut } from '../layout/layout.ts'
import { pickAt } from '../pick.ts'
import { toScreen } from '../viewport.ts'
import { pickedOfKey } from './item-key.ts'
import { nearestInDirection } from './nearest.ts'
import { treeItems } from './tree-items.ts'

const node = (name: string, address: string): HostView => ({
  name,
  kind: 'node',
  phase: 'running',
  powered: true,
  registered: true,
  bird: 'running',
  felix: 'running',
  confd: 'running',
  address,
  asNumber: 64512,
  rrClusterId: null,
  links: [{ network: 'kind', interface: 'eth0', address, up: true }],
  sessionsEstablished: 1,
  sessionsTotal: 1,
  recovering: null,
  blocks: [
    {
      cidr: `10.${address.slice(-1)}.0.0/26`,
      size: 64,
      used: 1,
      state: 'confirmed',
      pods: [{ id: `default/on-${name}`, phase: 'Running', address: '10.0.0.1', borrowed: false }],
    },
  ],
  prefixes: [],
})
const end = (host: string) => ({
  host,
  protocol: 'p',
  state: 'up' as const,
  bgpState: 'Established' as const,
  info: '',
})
const view: ClusterView = {
  at: 1500,
  networks: [{ name: 'kind', cidr: '172.18.0.0/16', gateway: null }],
  hosts: [node('worker', '172.18.0.3'), node('worker2', '172.18.0.4')],
  sessions: [
    {
      id: 's',
      a: end('worker'),
      b: end('worker2'),
      remoteAddress: '172.18.0.4',
      ebgp: false,
      look: 'silent',
      hold: { remainingSeconds: 222, nominalSeconds: 240, heardSecondsAgo: 17.8 },
    },
  ],
  messages: [
    {
      id: 7,
      look: 'UPDATE',
      from: 'worker2',
      to: 'worker',
      session: 's',
      sentAt: 1000,
      arrivesAt: 3500,
      lost: false,
      prefix: '192.167.110.128/26',
      prefixCount: 1,
      nextHop: null,
      detail: null,
    },
  ],
}
const layout = layOut(view, new Map())
const items = (open: string[] = []) =>
  treeItems({ view, layout, at: 1500, text, expanded: new Set(open), states: () => '' })

describe('stage as a tree', () => {
  it('names objects as the specification does', () => {
    const names = items(['host worker', 'messages']).map(({ name }) => name)
    expect(names).toContain('worker, Kubernetes node, 172.18.0.3, AS 64512, 1 of 1 session Established, 1 block, 1 pod')
    expect(names).toContain(
      'Session worker to worker2, iBGP, Established, silent for 17.8 seconds, hold timer 222 seconds left',
    )
    expect(names).toContain('UPDATE from worker2 to worker, announces 192.167.110.128/26, lands in 2 ms')
  })

  it('shows what belongs to a host only while it is open, with places in their sets', () => {
    expect(items().map(({ level }) => level)).toEqual([1, 2, 2, 1])
    const open = items(['host worker']).filter(({ level }) => level === 3)
    expect(open.map(({ key }) => key.split(' ')[0])).toEqual(['session', 'block', 'pod', 'link'])
    expect(open.map(({ position }) => position)).toEqual([1, 2, 3, 4])
    expect(open.every(({ setSize }) => setSize === 4)).toBe(true)
  })

  it('leads from a key back to its object', () => {
    for (const item of items(['host worker', 'messages'])) {
      const picked = pickedOfKey(item.key)
      if (item.picked) expect(picked).toMatchObject({ type: item.picked.type })
    }
  })

  it('finds the neighbour in a direction', () => {
    const [, worker, worker2] = items()
    expect(nearestInDirection(items(), worker!, [1, 0])?.key).toBe(worker2!.key)
    expect(nearestInDirection(items(), worker!, [-1, 0])).toBeUndefined()
  })
})

describe('what lies under a point', () => {
  const viewport = { x: 20, y: 20, k: 1, width: 900, height: 600, ratio: 1 }
  const world = { view, layout, level: 2 as const, viewport, flights: [], selectedHost: null, showPods: true }
  const box = layout.places.get('worker')!.box
  const at = (dx: number, dy: number) => pickAt(world, toScreen(viewport, { x: box.x + dx, y: box.y + dy }))

  it('is the card, its block, its pod, the session or the plate', () => {
    expect(at(100, 20)).toEqual({ type: 'host', name: 'worker' })
    expect(at(150, 66)).toMatchObject({ type: 'block', cidr: '10.3.0.0/26' })
    expect(at(28, 94)).toMatchObject({ type: 'pod', id: 'default/on-worker' })
    const { curve } = layout.sessions.get('s')!
    expect(pickAt(world, toScreen(viewport, { x: curve.x0, y: curve.y0 + 10 }))).toEqual({ type: 'session', id: 's' })
    expect(at(100, 175)).toEqual({ type: 'plate', network: 'kind' })
    expect(pickAt(world, { x: 890, y: 590 })).toBeNull()
  })
})
