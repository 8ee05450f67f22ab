import { expect, it } from 'vitest'
import type { BirdEvent } from '../bird/ports.ts'
import { SharedValues } from './shared-values.ts'

const EVENTS: readonly BirdEvent[] = [
  { code: 'protocol-state', protocol: 'p', from: 'start', to: 'up' },
  { code: 'bgp-state', protocol: 'p', from: 'Idle', to: 'Active', reason: 'r' },
  { code: 'session-established', protocol: 'p' },
  { code: 'graceful-restart-done', protocol: 'p' },
  { code: 'best-changed', table: 'master', prefix: 64, protocol: 'p', step: 'first' },
  { code: 'recovery-started', waitingFor: 2 },
]

it('events that say the same are one, and every word counts', () => {
  const shared = new SharedValues()
  for (const event of EVENTS) {
    expect(shared.event(event)).toBe(event)
    expect(shared.event({ ...event })).toEqual(event)
    for (const word of Object.keys(event).filter((name) => name !== 'code')) {
      const other = { ...event, [word]: word === 'prefix' || word === 'waitingFor' ? 96 : 'else' } as BirdEvent
      expect(shared.event(other), word).toEqual(other)
    }
  }
  expect(shared.event({ ...(EVENTS[0] as BirdEvent) })).toBe(EVENTS[0])
})

it('lines stay what they are', () => {
  const shared = new SharedValues()
  expect([shared.line('a'), shared.line('b'), shared.line('a')]).toEqual(['a', 'b', 'a'])
})
