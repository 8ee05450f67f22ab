import { describe, expect, it } from 'vitest'
import type { EventView, MessageLook, MessageView, TimelineIndex } from '../../../sim/index.ts'
import { layOut } from '../layout/layout.ts'
import { endingsBetween, wasRejected } from './endings.ts'
import { flightsAt } from './flight.ts'

const host = (name: string, address: string) => ({
  name,
  kind: 'node' as const,
  bird: 'running' as const,
  links: [{ network: 'kind', interface: 'eth0', address, up: true }],
})
const session = { id: 's', a: { host: 'a' }, b: { host: 'b' }, remoteAddress: '', ebgp: false }
const networks = [{ name: 'kind', cidr: '172.18.0.0/16', gateway: null }]
const hosts = [host('a', '172.18.0.2'), host('b', '172.18.0.3')]
const layout = layOut({ networks, hosts, sessions: [session] }, new Map())

const message = (id: number, from: string, change: Partial<MessageView> = {}): MessageView => ({
  id,
  look: 'UPDATE',
  from,
  to: from === 'a' ? 'b' : 'a',
  session: 's',
  sentAt: 1000,
  arrivesAt: 2000,
  lost: false,
  prefix: '10.0.0.0/26',
  prefixCount: 1,
  nextHop: null,
  detail: null,
  ...change,
})
const index = (events: EventView[] = []): TimelineIndex => ({
  until: 10_000,
  settledAt: 0,
  flags: [],
  lanes: [],
  convergence: [],
  loss: [],
  events,
  beats: [],
  warnings: [],
  swatches: [],
})
const fly = (messages: MessageView[], at: number, hidden: MessageLook[] = []) =>
  flightsAt({ messages, layout, at, hidden: new Set(hidden), reducedMotion: false })

describe('messages in flight', () => {
  it('start at the sender and end at the receiver, in either direction', () => {
    const { curve } = layout.sessions.get('s')!
    const [forth] = fly([message(1, 'a')], 1000)
    const [back] = fly([message(2, 'b')], 1000)
    expect(forth!.at).toEqual({ x: curve.x0, y: curve.y0 })
    expect(back!.at.x).toBeCloseTo(curve.x3)
    expect(fly([message(1, 'a')], 2000)).toHaveLength(0)
    expect(fly([message(1, 'a')], 999)).toHaveLength(0)
  })

  it('stack when more than three of one type go one way', () => {
    const four = [1, 2, 3, 4].map((id) => message(id, 'a'))
    expect(fly(four.slice(0, 3), 1500).map(({ count }) => count)).toEqual([1, 1, 1])
    expect(fly([...four, message(9, 'b')], 1500).map(({ count }) => count)).toEqual([4, 1])
  })

  it('leave out types that are filtered away', () => {
    expect(fly([message(1, 'a'), message(2, 'a', { look: 'KEEPALIVE' })], 1500, ['KEEPALIVE'])).toHaveLength(1)
  })

  it('stay at mid-path without motion, and still know how far they are', () => {
    const [flight] = flightsAt({
      messages: [message(1, 'a')],
      layout,
      at: 1900,
      hidden: new Set(),
      reducedMotion: true,
    })
    expect(flight!.share).toBeCloseTo(0.9)
    expect(flight!.at.x).toBeCloseTo((layout.sessions.get('s')!.curve.x0 + layout.sessions.get('s')!.curve.x3) / 2, 0)
  })
})

describe('endings of messages', () => {
  const rejected: EventView = {
    at: 2000,
    host: 'b',
    body: { type: 'bird', event: { code: 'route-rejected', prefix: '10.0.0.0/26', reason: 'own-as' } },
  }

  it('are rejections when the receiver refused the prefix it brought', () => {
    expect(wasRejected(message(1, 'a'), index([rejected]))).toBe(true)
    expect(wasRejected(message(1, 'a', { prefix: '10.9.0.0/26' }), index([rejected]))).toBe(false)
    expect(wasRejected(message(1, 'b'), index([rejected]))).toBe(false)
  })

  it('come from messages that landed while time ran, lost ones as lost, calm ones not at all', () => {
    const all = [
      message(1, 'a'),
      message(2, 'a', { lost: true }),
      message(3, 'a', { look: 'KEEPALIVE' }),
      message(4, 'a', { arrivesAt: 5000 }),
    ]
    const endings = endingsBetween(all, { from: 1900, to: 2100, now: 0 }, { layout, index: index() })
    expect(endings.map(({ message: { id }, kind }) => [id, kind])).toEqual([
      [1, 'accepted'],
      [2, 'lost'],
    ])
  })
})
