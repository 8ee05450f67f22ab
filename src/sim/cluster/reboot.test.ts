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

// bird-1.6.8.md 3.10: the same messages in the same order, at the same distances as far as latency and processing allow.
describe('timelines of a session', () => {
  const networks = 'networks: [ { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1, latency: 0.00005 } ]'
  const sent = (run: Run, after: number) => {
    const [a, b] = [run.host('c-worker2'), run.host('c-control-plane')]
    const between = run
      .messages()
      .filter((record) => record.from + (record.to ?? -1) === a + b && record.sentAt > after)
    const start = between[0]?.sentAt ?? 0
    return between.slice(0, 8).map((record) => {
      const { message } = record
      const end = message.type === 'UPDATE' && message.announced.length + message.withdrawn.length === 0
      const who = record.from === a ? 'dials' : 'waits'
      return `${((record.sentAt - start) / 1000).toFixed(2)} ${who} ${end ? 'EoR' : message.type}`
    })
  }

  test('cold start: UPDATE and End-of-RIB of the dialling side leave together, the other’s is acknowledged by them', () => {
    const run = Run.of(kindCluster(3), networks).to(5)
    expect(sent(run, 0)).toEqual([
      '0.00 dials OPEN',
      '0.05 waits OPEN',
      '0.35 waits KEEPALIVE',
      '0.40 dials KEEPALIVE',
      '0.75 waits UPDATE',
      '0.80 dials UPDATE',
      '0.80 dials EoR',
      '0.85 waits EoR',
    ])
  })

  test('restart with -R: a second small message waits 40 ms for its acknowledgement', () => {
    const run = Run.of(
      kindCluster(3),
      `${networks}
timeline:
  - { at: 20s, action: stop-bird, target: node/c-worker2 }
  - { at: 28.7s, action: start-bird, target: node/c-worker2 }`,
    ).to(40)
    const lines = sent(run, 25e6)
    expect(lines.slice(0, 6)).toEqual([
      '0.00 dials OPEN',
      '0.05 waits OPEN',
      '0.35 waits KEEPALIVE',
      '0.40 dials KEEPALIVE',
      '0.75 waits UPDATE',
      '40.85 waits EoR',
    ])
    // Recovery ends with the last End-of-RIB; the feed comes a second later, its End-of-RIB 40 ms behind.
    const [update = '', end = ''] = lines.slice(6)
    expect(update).toMatch(/^10\d\d\.\d\d dials UPDATE$/)
    expect(end).toMatch(/ dials EoR$/)
    expect(Number.parseFloat(end) - Number.parseFloat(update)).toBeCloseTo(40.1, 1)
  })
})
