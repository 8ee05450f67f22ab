import { describe, expect, it } from 'vitest'
import type { HostView, SessionView } from '../../../sim/index.ts'
import { inside } from '../geometry.ts'
import { planCard } from './card-geometry.ts'
import { cardState, tallySessions } from './card-state.ts'

const host = (change: Partial<HostView> = {}): HostView => ({
  name: 'a',
  kind: 'node',
  phase: 'running',
  powered: true,
  registered: true,
  bird: 'running',
  felix: 'running',
  confd: 'running',
  address: '172.18.0.2',
  asNumber: 64512,
  rrClusterId: null,
  links: [],
  sessionsEstablished: 3,
  sessionsTotal: 3,
  recovering: null,
  blocks: [],
  prefixes: [],
  ...change,
})
const session = (look: SessionView['look'], b: string | null = 'b'): SessionView => ({
  id: look,
  a: { host: 'a', protocol: 'p', state: 'up', bgpState: 'Established', info: '' },
  b: b === null ? null : { host: b, protocol: 'q', state: 'up', bgpState: 'Established', info: '' },
  remoteAddress: '',
  ebgp: false,
  look,
  hold: null,
})
const block = (pods: number) => ({
  cidr: '10.0.0.0/26',
  size: 64,
  used: pods,
  state: 'confirmed' as const,
  pods: Array.from({ length: pods }, (_, i) => ({ id: `ns/p${i}`, phase: 'Running', address: null, borrowed: false })),
})

describe('state of a card', () => {
  const stateOf = (change: Partial<HostView>, ...sessions: SessionView[]) =>
    cardState(host(change), tallySessions(sessions).get('a'))

  it('is the worst that holds', () => {
    expect(stateOf({ powered: false, recovering: { waitingFor: 1, remainingSeconds: 9 } }).kind).toBe('off')
    expect(stateOf({ phase: 'booting' }).kind).toBe('booting')
    expect(stateOf({ bird: 'stopped' }).kind).toBe('bird-stopped')
    expect(stateOf({ recovering: { waitingFor: 1, remainingSeconds: 238.2 } })).toEqual({ kind: 'wait', seconds: 239 })
    expect(stateOf({}, session('silent'), session('established'))).toEqual({ kind: 'heard', up: 2, total: 3 })
    expect(stateOf({ sessionsEstablished: 2 }, session('opening')).kind).toBe('opening')
    expect(stateOf({ sessionsEstablished: 2 }, session('active'), session('opening')).kind).toBe('some-up')
    expect(stateOf({}).kind).toBe('all-up')
    expect(stateOf({ sessionsTotal: 0, sessionsEstablished: 0 }).kind).toBe('no-session')
  })

  it('counts a session at both ends, at one when the other is unknown', () => {
    const tallies = tallySessions([session('established'), session('active', null)])
    expect(tallies.get('a')?.total).toBe(2)
    expect(tallies.get('b')?.total).toBe(1)
  })
})

describe('inside of a card', () => {
  const sizes = [
    { w: 264, h: 152 },
    { w: 220, h: 127 },
    { w: 180, h: 104 },
    { w: 140, h: 81 },
    { w: 110, h: 63 },
    { w: 60, h: 35 },
  ]

  it('keeps trays and dots within it at every size, however many there are', () => {
    for (const size of sizes)
      for (const blocks of [[], [block(3)], [block(40)], [block(2), block(9), block(1), block(7)]]) {
        const box = { x: 10, y: 20, ...size }
        const plan = planCard(host({ blocks }), box, size.w >= 140 ? 2 : 1)
        for (const tray of plan.trays) {
          expect(inside(box, tray.box) && inside(box, { x: tray.box.x + tray.box.w, y: tray.box.y + tray.box.h })).toBe(
            true,
          )
          for (const dot of tray.dots)
            expect(inside(tray.box, { x: dot.box.x + dot.box.w, y: dot.box.y + dot.box.h }, 1)).toBe(true)
          expect(tray.dots.length + tray.more).toBe(tray.block.pods.length)
        }
        if (plan.trays.length > 0) expect(plan.trays.length + plan.moreBlocks).toBe(blocks.length)
      }
  })

  it('drops the component line below 220 px', () => {
    expect(planCard(host(), { x: 0, y: 0, w: 264, h: 152 }, 2).components).not.toBeNull()
    expect(planCard(host(), { x: 0, y: 0, w: 210, h: 121 }, 2).components).toBeNull()
  })
})
