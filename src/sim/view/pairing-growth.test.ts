import { expect, test } from 'vitest'
import { kindCluster, Run } from '../testing/run-scenario.ts'
import { viewReader } from './reader.ts'

const SECOND = 1_000_000
const JOIN = `timeline:
- { at: 100s, action: add-node, name: k-late }`

test('pairs are worked out anew only when a recording that grows has new ends or addresses', () => {
  const run = Run.of(kindCluster(3, { name: 'k' }), JOIN).to(10)
  const { pairings } = viewReader(run.recording)
  const before = pairings.at(10 * SECOND)
  expect(before.pairs).toHaveLength(3)
  run.to(90)
  expect(pairings.at(10 * SECOND)).toBe(before)
  expect(pairings.at(90 * SECOND)).toBe(before)
  run.to(200)
  expect(pairings.at(200 * SECOND).pairs).toHaveLength(6)
  expect(pairings.at(90 * SECOND).pairs).toEqual(before.pairs)
})
