import { describe, expect, it } from 'vitest'
import type { RibRow } from '../../../sim/index.ts'
import { filterRib } from './filter.ts'
import { foldRib } from './fold.ts'
import { FreshRoutes, keyOf } from './fresh.ts'

const row = (prefix: string, more: Partial<RibRow> = {}): RibRow => ({
  prefix,
  protocol: 'kernel1',
  nextHop: null,
  via: 'dev cali1',
  asPath: null,
  localPref: null,
  mark: 'best',
  rejected: null,
  stale: false,
  since: 0,
  line: '',
  attributes: [],
  ...more,
})
const rows = [
  row('0.0.0.0/0', { via: '172.18.0.1 on eth0', nextHop: '172.18.0.1' }),
  row('10.80.0.0/16', { protocol: 'Global_192_168_64_6', asPath: '64511 64512' }),
  row('10.80.0.0/16', { protocol: 'Mesh_172_18_0_2', asPath: '', mark: 'valid' }),
  row('192.167.203.0/26', { protocol: 'static1', via: 'blackhole' }),
  row('192.167.203.1/32'),
  row('192.167.203.2/32'),
  row('192.167.203.3/32'),
  row('192.167.9.65/32'),
]
const prefixes = (list: readonly RibRow[]) => list.map(({ prefix }) => prefix)

describe('the filter of the RIB', () => {
  it('takes prefixes, addresses inside, protocols and AS numbers, all at once', () => {
    expect(prefixes(filterRib(rows, 'as:64511', false))).toEqual(['10.80.0.0/16'])
    expect(filterRib(rows, 'as:645', false)).toEqual([])
    expect(prefixes(filterRib(rows, '203.2', false))).toEqual(['192.167.203.2/32'])
    expect(prefixes(filterRib(rows, '192.167.203.63', false))).toEqual(['0.0.0.0/0', '192.167.203.0/26'])
    expect(prefixes(filterRib(rows, 'mesh 10.80', false))).toEqual(['10.80.0.0/16'])
    expect(filterRib(rows, '', false)).toEqual(rows)
  })

  it('shows only what is used when asked for the best', () => {
    expect(filterRib(rows, '10.80', true).map(({ protocol }) => protocol)).toEqual(['Global_192_168_64_6'])
  })
})

describe('folding pod routes', () => {
  const blocks = ['192.167.203.0/26', '192.167.9.64/26']

  it('keeps one row per block and says how many it hides', () => {
    const folded = foldRib(rows, blocks, new Set())
    expect(folded.map(({ row: { prefix }, fold }) => [prefix, fold?.hidden ?? 0])).toEqual([
      ['0.0.0.0/0', 0],
      ['10.80.0.0/16', 0],
      ['10.80.0.0/16', 0],
      ['192.167.203.0/26', 0],
      ['192.167.203.1/32', 2],
      ['192.167.9.65/32', 0],
    ])
  })

  it('shows all of a block that is open', () => {
    const open = foldRib(rows, blocks, new Set(['192.167.203.0/26']))
    expect(open).toHaveLength(rows.length)
    expect(open[4]?.fold).toEqual({ block: '192.167.203.0/26', hidden: 2, open: true })
  })

  it('never folds a rejected path away', () => {
    const rejected = [row('192.167.203.1/32', { mark: 'rejected' }), row('192.167.203.2/32', { mark: 'rejected' })]
    expect(foldRib(rejected, blocks, new Set())).toHaveLength(2)
  })
})

describe('routes that have just arrived', () => {
  const before = rows.slice(0, 2)
  const after = [...before, row('192.167.110.128/26', { since: 41_000_000 })]
  const key = keyOf(after[2]!)

  it('are marked while the playhead rests and for a moment after', () => {
    const fresh = new FreshRoutes()
    expect(fresh.look('worker', { at: 41_000_000, rows: before }, 0).size).toBe(0)
    expect([...fresh.look('worker', { at: 41_001_000, rows: after }, 10)]).toEqual([key])
    expect([...fresh.look('worker', { at: 41_001_000, rows: after }, 9000)]).toEqual([key])
    expect([...fresh.look('worker', { at: 41_002_000, rows: after }, 9100)]).toEqual([])
  })

  it('are not marked after a jump, backwards, or on another host', () => {
    const fresh = new FreshRoutes()
    fresh.look('worker', { at: 0, rows: before }, 0)
    expect(fresh.look('worker', { at: 41_000_000, rows: after }, 10).size).toBe(0)
    expect(fresh.look('worker', { at: 40_999_000, rows: before }, 20).size).toBe(0)
    expect(fresh.look('worker2', { at: 41_000_000, rows: after }, 30).size).toBe(0)
  })
})
