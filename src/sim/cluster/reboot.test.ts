// Reboots and restarts within the hold time, against what bird-captures/mesh3-reboot and mesh3-gr measured
// (bird-1.6.8.md 6.5, rows 2, 4, 8, 9).
import { describe, expect, test } from 'vitest'
import { prefix } from '../net/prefix.ts'
import { kindCluster, Run } from '../testing/run-scenario.ts'

const BLOCKS = {
  'c-control-plane': prefix('192.167.196.64/26'),
  'c-worker': prefix('192.167.224.0/26'),
  'c-worker2': prefix('192.167.126.64/26'),
}
type Name = keyof typeof BLOCKS
const NAMES = Object.keys(BLOCKS) as Name[]

function reboot(name: Name) {
  const run = Run.of(
    kindCluster(3),
    `timeline:
  - { at: 80s, action: power-off, target: node/${name} }
  - { at: 100s, action: power-on, target: node/${name} }`,
  ).to(230)
  const others = NAMES.filter((other) => other !== name)
  const lost = others.flatMap((other) => run.fibChanges(other, BLOCKS[name]).filter((change) => change.at > 80))
  const back = others.map((other) => run.fibChanges(name, BLOCKS[other]).findLast((change) => change.present)?.at ?? 0)
  return { run, lost, back }
}

describe('a reboot within the hold time', () => {
  test('of the node that dials: its SYN is a graceful restart, and it has its routes within seconds', () => {
    const { lost, back } = reboot('c-worker2')
    expect(lost).toEqual([])
    for (const at of back) {
      expect(at).toBeGreaterThan(102)
      expect(at).toBeLessThan(105)
    }
  })

  test('of the node that waits: the peers find out with their next KEEPALIVE, and no route is lost meanwhile', () => {
    const { run, lost, back } = reboot('c-control-plane')
    expect(lost).toEqual([])
    for (const at of back) {
      expect(at).toBeGreaterThan(105)
      expect(at).toBeLessThan(185)
    }
    const resets = [...Array(run.recording.length).keys()].flatMap((index) => {
      const { at, entry } = run.recording.entryAt(index)
      return entry.kind === 'tcp' && entry.record.what === 'rst' ? [at / 1e6] : []
    })
    expect(resets.length).toBeGreaterThanOrEqual(2)
  })
})

test('SIGKILL and a start without recovery of the session’s far end: nothing changes in any kernel', () => {
  const run = Run.of(
    kindCluster(3),
    `timeline:
  - { at: 20s, action: kill-bird, target: node/c-control-plane }
  - { at: 26s, action: start-bird, target: node/c-control-plane }`,
  ).to(40)
  for (const name of NAMES) {
    for (const other of NAMES) {
      expect(run.fibChanges(name, BLOCKS[other]).filter((change) => change.at > 19)).toEqual([])
    }
    const sessions = Object.values(run.protocols(name)).filter((state) => state === 'up Established')
    expect(sessions).toHaveLength(2)
  }
})

test('SIGTERM: NOTIFICATION and FIN together, and the routes go within milliseconds', () => {
  const run = Run.of(kindCluster(3), 'timeline:\n  - { at: 20s, action: stop-bird, target: node/c-worker2 }').to(25)
  const notifications = run.messages('NOTIFICATION')
  expect(notifications.map((record) => record.message)).toMatchObject([
    { code: 6, subcode: 2 },
    { code: 6, subcode: 2 },
  ])
  for (const name of ['c-control-plane', 'c-worker'] as const) {
    const gone = run.fibChanges(name, BLOCKS['c-worker2']).find((change) => !change.present)
    expect(gone?.at).toBeGreaterThan(20)
    expect(gone?.at).toBeLessThan(20.01)
  }
})
