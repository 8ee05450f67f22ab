import { describe, expect, test } from 'vitest'
import type { BgpSnapshot, BgpState, ProtocolSnapshot } from '../bird/ports.ts'
import { EndHistory } from './end-history.ts'
import { lookOf, quietAt } from './session-look.ts'

const end = (bgpState: BgpState, more: { disabled?: boolean; quiet?: boolean } = {}) => ({
  bgpState,
  disabled: false,
  quiet: false,
  ...more,
})

describe('the look of a line', () => {
  test.each([
    ['Established', 'Established', 'established'],
    ['Established', null, 'established'],
    ['Active', 'Passive', 'active'],
    ['Connect', 'Passive', 'opening'],
    ['OpenConfirm', 'Established', 'opening'],
    ['Established', 'Passive', 'active'],
    ['Passive', null, 'active'],
    ['Idle', 'Passive', 'idle'],
    ['Idle', 'Active', 'active'],
    ['Down', null, 'idle'],
    ['Close', null, 'idle'],
  ] as const)('%s and %s', (a, b, look) => {
    expect(lookOf(end(a), b === null ? null : end(b))).toBe(look)
    if (b !== null) expect(lookOf(end(b), end(a))).toBe(look)
  })

  test('disabled at either end, and silent while both believe in it', () => {
    expect(lookOf(end('Active'), end('Down', { disabled: true }))).toBe('admin-down')
    expect(lookOf(end('Established'), end('Established', { quiet: true }))).toBe('silent')
    expect(lookOf(end('Established', { quiet: true }), end('Active'))).toBe('active')
  })
})

const bgp = (lastHeardAt: number, state: BgpState = 'Established') =>
  ({
    state,
    localAs: 1,
    neighborAs: 1,
    lastHeardAt,
    holdTimer: { deadline: lastHeardAt + 240e6, nominalSeconds: 240 },
    keepaliveTimer: { deadline: 0, nominalSeconds: 80 },
  }) as BgpSnapshot
const snapshot = (heard: number, state: BgpState = 'Established') =>
  ({ state: 'up', info: state, disabled: false, bgp: bgp(heard, state) }) as ProtocolSnapshot

describe('the history of an end', () => {
  test('keeps what is seen, not every timer', () => {
    const history = new EndHistory(0, 'p')
    for (const at of [0, 60e6, 120e6]) history.add(at, snapshot(at))
    expect(history.times).toEqual([0])
    expect(history.endOf(0)).toBe((quietAt(bgp(120e6)) ?? 0) + 1)
  })

  test('a silence that is over stays in the past', () => {
    const history = new EndHistory(0, 'p')
    history.add(0, snapshot(0))
    history.add(100e6, snapshot(100e6))
    history.add(300e6, null)
    const quiet = (at: number) => history.at(history.indexAt(at), at)?.quiet ?? null
    expect([82e6, 82e6 + 1, 99e6, 100e6, 182e6, 183e6, 299e6, 300e6].map(quiet)).toEqual([
      false,
      true,
      true,
      false,
      false,
      true,
      true,
      null,
    ])
    expect(history.at(history.indexAt(-1), -1)).toBeNull()
  })

  test('an open silence begins behind the newest snapshot', () => {
    const history = new EndHistory(0, 'p')
    history.add(0, snapshot(0))
    const index = history.indexAt(90e6)
    expect(history.at(index, 82e6)?.quiet).toBe(false)
    expect(history.at(index, 90e6)?.quiet).toBe(true)
  })

  test('a session without hold timer is never missed', () => {
    expect(quietAt({ ...bgp(0), holdTimer: null })).toBeNull()
    expect(quietAt(bgp(0, 'Active'))).toBeNull()
  })
})
