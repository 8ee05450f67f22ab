import { describe, expect, it } from 'vitest'
import type { EventView, TimelineIndex } from '../../sim/index.ts'
import { filterRows, KINDS, rowAt, rowsOf } from './rows.ts'

const message = (at: number, to: string, change: Record<string, unknown> = {}): EventView => ({
  at,
  host: 'w2',
  body: {
    type: 'message',
    look: 'UPDATE',
    id: at,
    from: 'w2',
    to,
    prefix: '10.0.0.0/26',
    prefixCount: 1,
    detail: null,
    ...change,
  } as never,
})
const powered: EventView = { at: 5000, host: 'w2', body: { type: 'cluster', event: { code: 'powered', on: false } } }
const index = (events: EventView[], more: Partial<TimelineIndex> = {}): TimelineIndex => ({
  until: 1e8,
  settledAt: 0,
  flags: [],
  lanes: [],
  convergence: [],
  loss: [],
  events,
  beats: [],
  warnings: [],
  swatches: [],
  ...more,
})
const everything = { host: null, kinds: new Set(KINDS), hiddenLooks: new Set<string>() }

describe('rows of the event list', () => {
  it('join what one host sends to several at one moment', () => {
    const rows = rowsOf(index([message(0, 'a'), message(400, 'b'), powered, message(5100, 'c')]))
    expect(rows.map(({ statement }) => (statement.type === 'messages' ? statement.group.to : statement.type))).toEqual([
      ['a', 'b'],
      'event',
      ['c'],
    ])
  })

  it('do not join different prefixes, types or a second message to the same host', () => {
    const rows = rowsOf(
      index([
        message(0, 'a'),
        message(1, 'b', { prefix: '10.1.0.0/26' }),
        message(2, 'c', { look: 'WITHDRAW' }),
        message(3, 'a'),
      ]),
    )
    expect(rows).toHaveLength(4)
  })

  it('put loss and convergence at their times', () => {
    const loss = [{ from: 2000, to: 6000, lost: 66, total: 156, pairs: [] }]
    const rows = rowsOf(index([message(0, 'a'), powered], { loss, convergence: [{ from: 0, to: 7000 }] }))
    expect(rows.map(({ at, statement }) => [at, statement.type])).toEqual([
      [0, 'messages'],
      [2000, 'loss-begins'],
      [5000, 'event'],
      [6000, 'loss-ends'],
      [7000, 'converged'],
    ])
  })

  it('are filtered by host, kind and message type', () => {
    const rows = rowsOf(index([message(0, 'a'), powered]))
    expect(filterRows(rows, { ...everything, host: 'a' })).toHaveLength(1)
    expect(filterRows(rows, { ...everything, kinds: new Set(['actions']) })).toHaveLength(1)
    expect(filterRows(rows, { ...everything, hiddenLooks: new Set(['UPDATE']) })).toHaveLength(1)
  })

  it('find the one at the playhead', () => {
    const rows = rowsOf(index([message(10, 'a'), powered]))
    expect([rowAt(rows, 0), rowAt(rows, 10), rowAt(rows, 4999), rowAt(rows, 1e9)]).toEqual([-1, 0, 0, 1])
  })
})
