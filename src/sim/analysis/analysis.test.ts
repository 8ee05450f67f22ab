// Analysis of recordings made by whole runs: what is lost, when, where and until when; what holds; what must hold.
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { World } from '../cluster/world.ts'
import { Recording } from '../recording/recording.ts'
import type { Entry } from '../recording/types.ts'
import { parseScenario } from '../scenario/parse.ts'
import type { Expectation, Predicate, Scenario } from '../scenario/types.ts'
import { convergenceOf } from './convergence.ts'
import { checkExpectations } from './expect.ts'
import { atRest, checkInvariants } from './invariants.ts'
import { lossOverTime } from './loss.ts'
import { reach } from './reachability.ts'
import { worldAt } from './world-state.ts'

function scenarioOf(text: string): Scenario {
  const parsed = parseScenario(text)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.scenario
}

function runOf(name: string, until: number): { scenario: Scenario; recording: Recording } {
  const scenario = scenarioOf(readFileSync(new URL(`../../../scenarios/${name}.yaml`, import.meta.url), 'utf8'))
  const recording = new Recording()
  new World(scenario, recording.writer).runTo(until * 1e6)
  recording.extendTo(until * 1e6)
  return { scenario, recording }
}

const failure = runOf('node-failure', 700)
const CONTROL = 'calico-cluster-control-plane'
const WORKER = 'calico-cluster-worker'
const WORKER2 = 'calico-cluster-worker2'

describe('loss', () => {
  const { bands, judged, of } = lossOverTime(failure.recording)

  it('opens with the power cut, names the stale line, and closes with the recovery', () => {
    const cut = bands.find((band) => band.from === 60e6)
    expect(cut).toMatchObject({ to: 400e6, lost: 2, total: 4 })
    expect(cut?.pairs[0]).toEqual({
      from: 'default/client',
      to: 'default/web-2',
      host: CONTROL,
      reason: 'neighbour-dead',
      line: '192.167.240.192/26 via 172.18.0.4 dev tunl0 proto bird onlink',
    })
    expect(bands.at(-1)?.to).toBeLessThan(410e6)
    expect([judged, of]).toEqual([6, 6])
  })

  it('begins with everything lost until the first routes are in', () => {
    expect(bands[0]).toMatchObject({ from: 0, lost: 6, total: 6 })
    expect(bands[0]?.to).toBeLessThan(3e6)
  })

  it('agrees with a look at any single time', () => {
    for (const at of [1e6, 5e6, 59e6, 61e6, 180e6, 350e6, 401e6, 450e6]) {
      const world = worldAt(failure.recording, at)
      const band = bands.find((candidate) => candidate.from <= at && (candidate.to === null || at < candidate.to))
      const walks = ['client', 'web-1'].map((from) =>
        reach(world, { from: `pod/default/${from}`, to: 'pod/default/web-2', bothWays: false }),
      )
      expect(walks.some((walk) => !walk.ok)).toBe(band !== undefined)
    }
  })

  it('thins out very large clusters and says so', () => {
    const recording = new Recording()
    const { writer } = recording
    for (let n = 0; n < 150; n++) {
      const pod = {
        namespace: 'a',
        name: `p${n}`,
        node: `n${n}`,
        phase: 'Running',
        address: n + 1,
        interface: 'x',
        block: n,
      } as const
      writer.append(0, {
        kind: 'pod',
        pod: `a/p${n}`,
        value: { ...pod, borrowed: false, reason: null, labels: {}, createdAt: 0 },
      })
    }
    const report = lossOverTime(recording)
    expect(report.of).toBe(150 * 149)
    expect(report.judged).toBeLessThanOrEqual(12_000)
    expect(report.judged).toBeGreaterThan(5_000)
  })
})

describe('convergence', () => {
  it('lasts from the cut to the last hold timer, and from the return to the last route', () => {
    const intervals = convergenceOf(failure.recording, failure.scenario.timeline)
    expect(intervals.map((interval) => interval.from)).toEqual([0, 60e6, 400e6])
    expect(intervals[1]?.to).toBeGreaterThan(160e6)
    expect(intervals[1]?.to).toBeLessThan(302e6)
    expect(intervals[2]?.to).toBeLessThan(410e6)
  })

  it('is open while a silent failure has not been noticed', () => {
    const { recording, scenario } = runOf('node-failure', 90)
    expect(convergenceOf(recording, scenario.timeline).at(-1)).toEqual({ from: 60e6, to: null })
  })
})

describe('reachability', () => {
  const at = (seconds: number) => worldAt(failure.recording, seconds * 1e6)

  it('follows tunnels both ways between pods, nodes and addresses', () => {
    const ends = (from: string, to: string) => ({ from, to, bothWays: true })
    expect(reach(at(50), ends('pod/default/client', 'pod/default/web-2')).ok).toBe(true)
    expect(reach(at(50), ends('node/calico-cluster-worker', 'node/calico-cluster-worker2')).ok).toBe(true)
    expect(reach(at(50), ends('pod/default/client', '172.18.0.4')).ok).toBe(true)
    expect(reach(at(50), ends('pod/default/client', '172.18.0.99'))).toMatchObject({
      ok: false,
      reason: 'neighbour-dead',
    })
    expect(reach(at(50), ends('pod/default/none', '172.18.0.4'))).toMatchObject({ ok: false, reason: 'no-sender' })
    expect(reach(at(50), ends('pod/default/client', 'pod/default/none'))).toMatchObject({
      ok: false,
      reason: 'no-receiver',
    })
  })

  it('tells a lost answer from a lost packet', () => {
    const { recording } = runOf('article-lab-fixed', 300)
    const world = worldAt(recording, 300e6)
    const there = { from: 'pod/default/web', to: 'host/vm2' }
    expect(reach(world, { ...there, bothWays: false }).ok).toBe(true)
    const both = reach(world, { ...there, bothWays: true })
    expect(both).toMatchObject({ ok: false, reason: 'gateway-drops', host: 'vm2' })
    expect(both.line).toMatch(/^192\.167\.11\.192\/26 via 192\.168\.64\.1 dev eth0 proto bird/)
    // vm1 is in the same pool as vm2; an address in no pool is masqueraded, and the answer comes back.
    expect(reach(world, { from: 'pod/default/web', to: 'node/calico-cluster-worker2', bothWays: true }).ok).toBe(true)
  })
})

describe('expectations', () => {
  const check = (predicate: Predicate, when: { at?: number; by?: number; not?: boolean }) => {
    const expectation: Expectation = { not: when.not ?? false, predicate, line: 1 }
    if (when.at !== undefined) expectation.at = when.at * 1e6
    if (when.by !== undefined) expectation.by = when.by * 1e6
    return checkExpectations(failure.recording, [expectation])[0]!
  }
  const session: Predicate = { kind: 'session', host: WORKER, protocol: 'Mesh_172_18_0_4', state: 'Established' }
  const reachable: Predicate = {
    kind: 'reachable',
    from: 'pod/default/client',
    to: 'pod/default/web-2',
    bothWays: true,
  }

  it('at a time and by a time, straight and turned round', () => {
    expect(check(session, { at: 1 }).holds).toBe(false)
    expect(check(session, { at: 50 }).holds).toBe(true)
    expect(check(session, { at: 320 }).holds).toBe(false)
    expect(check(session, { by: 320 }).holds).toBe(true)
    expect(check(session, { by: 1 }).holds).toBe(false)
    expect(check(session, { by: 1, not: true }).holds).toBe(true)
    expect(check(session, { by: 320, not: true })).toMatchObject({
      holds: false,
      message: expect.stringMatching(/it held at 2\.\d+ s$/),
    })
    expect(check(session, { at: 320, not: true }).holds).toBe(true)
    expect(check(reachable, { by: 320 }).holds).toBe(true)
    expect(check(reachable, { by: 1 }).holds).toBe(false)
    expect(check(reachable, { at: 320 })).toMatchObject({
      holds: false,
      message: expect.stringContaining('gateway-drops at calico-cluster-control-plane'),
    })
  })

  it('routes by protocol, next hop, rank and attributes', () => {
    const route = (more: object): Predicate => ({ kind: 'route', host: CONTROL, prefix: '192.167.240.192/26', ...more })
    expect(check(route({}), { at: 50 }).holds).toBe(true)
    expect(check(route({ via: '172.18.0.1' }), { at: 50 }).holds).toBe(false)
    expect(check(route({ protocol: 'Mesh_172_18_0_4', best: true }), { at: 50 }).holds).toBe(true)
    expect(check(route({ best: false }), { at: 50 }).holds).toBe(false)
    expect(
      check(route({ attributes: { 'BGP.local_pref': '100', 'BGP.origin': 'IGP', 'BGP.as_path': '' } }), { at: 50 })
        .holds,
    ).toBe(true)
    expect(check(route({ attributes: { 'BGP.local_pref': '10' } }), { at: 50 })).toMatchObject({
      holds: false,
      message: expect.stringContaining('[Mesh_172_18_0_4] *'),
    })
    expect(check({ kind: 'route', host: CONTROL, prefix: 'default' }, { at: 50 }).holds).toBe(true)
  })

  it('kernel lines with and without the blank that ip prints, and the log', () => {
    const kernel = (line: string): Predicate => ({ kind: 'kernel', host: CONTROL, line })
    expect(check(kernel('^blackhole 192\\.167\\.156\\.64/26 proto bird$'), { at: 50 }).holds).toBe(true)
    expect(check(kernel('^blackhole 192\\.167\\.156\\.64/26 proto bird $'), { at: 50 }).holds).toBe(true)
    expect(check(kernel('^bird'), { at: 50 }).holds).toBe(false)
    const log: Predicate = { kind: 'log', host: WORKER, match: 'Mesh_172_18_0_4: Error: Hold timer expired' }
    expect(check(log, { at: 100 }).holds).toBe(false)
    expect(check(log, { by: 310 }).holds).toBe(true)
  })

  it('messages by type, ends, prefix, time and number', () => {
    const message = (more: object): Predicate => ({
      kind: 'message',
      type: 'OPEN',
      from: WORKER2,
      to: CONTROL,
      ...more,
    })
    expect(check(message({}), { at: 50 }).holds).toBe(true)
    expect(check(message({ count: 1 }), { at: 50 }).holds).toBe(true)
    expect(check(message({ count: 2 }), { at: 50 })).toMatchObject({
      holds: false,
      message: expect.stringContaining('1 such message'),
    })
    expect(check(message({ count: 2 }), { by: 450 }).holds).toBe(true)
    expect(check(message({ after: 60e6, count: 1 }), { at: 450 }).holds).toBe(true)
    expect(check(message({ type: 'ANNOUNCE', prefix: '192.167.240.192/26' }), { at: 50 }).holds).toBe(true)
    expect(check(message({ type: 'WITHDRAW' }), { at: 50 }).holds).toBe(false)
    expect(check(message({ type: 'END-OF-RIB', count: 1 }), { at: 50 }).holds).toBe(true)
    expect(check(message({ type: 'UPDATE', count: 2 }), { at: 50 }).holds).toBe(true)
  })

  it('says so when a host or protocol is not there', () => {
    expect(check({ ...session, host: 'nobody' }, { at: 50 }).message).toContain('there is no host nobody')
    expect(check({ ...session, protocol: 'Mesh_9' }, { at: 50 }).message).toContain(
      'no such protocol; there is static1, kernel1',
    )
  })
})

describe('invariants', () => {
  /** The run with entries changed on the way, as a broken daemon would have left them. */
  function tampered(change: (entry: Entry, at: number) => Entry | null): Recording {
    const copy = new Recording()
    for (const name of failure.recording.hosts) copy.writer.hostId(name)
    const end = failure.recording.indexAfter(50e6)
    for (let index = 0; index < end; index++) {
      const { at, entry } = failure.recording.entryAt(index)
      const changed = change(entry, at)
      if (changed !== null) copy.writer.append(at, changed)
    }
    copy.extendTo(50e6)
    return copy
  }
  const worker2 = failure.recording.hostId(WORKER2) ?? -1

  it('hold of an honest run, and are only asked at rest', () => {
    expect(atRest(failure.recording, 2.005e6)).toBe(false)
    expect(
      checkInvariants(
        tampered((entry) => entry),
        50e6,
      ),
    ).toEqual([])
  })

  it('notice a route that was announced and is not held', () => {
    const recording = tampered((entry) => (entry.kind === 'net' && entry.host === worker2 ? null : entry))
    const messages = checkInvariants(recording, 50e6).map((violation) => violation.message)
    expect(messages).toContain(
      `192.167.11.192/26 was announced from ${WORKER} to ${WORKER2} (Mesh_172_18_0_3) and is not held`,
    )
  })

  it('notice a route that is held and was never announced', () => {
    const recording = tampered((entry) => {
      const update = entry.kind === 'message' && entry.record.message.type === 'UPDATE' && entry.record.to === worker2
      return update ? { ...entry, record: { ...entry.record, delivery: 'lost' } } : entry
    })
    expect(checkInvariants(recording, 50e6).map((violation) => violation.message)).toContain(
      `192.167.11.192/26 is held from ${WORKER} to ${WORKER2} (Mesh_172_18_0_3) and is not announced`,
    )
  })

  it('notice a loop', () => {
    // Every default route points at the next node of a ring.
    const next = [0xac120003, 0xac120004, 0xac120002]
    const recording = tampered((entry) => {
      if (entry.kind !== 'fib' || entry.value === null || entry.prefix !== 0) return entry
      return { ...entry, value: { ...entry.value, gateway: next[entry.host] ?? 0 } }
    })
    expect(checkInvariants(recording, 50e6)[0]?.message).toMatch(
      /^a packet from .* \(0\.0\.0\.0\/0\) goes in circles at /,
    )
  })
})
