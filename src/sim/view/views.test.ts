// The views of real runs: a mesh that forms, loses a node and gets it back; the outside router of the article's lab.
import { describe, expect, test } from 'vitest'
import { kindCluster, Run } from '../testing/run-scenario.ts'
import {
  clusterView,
  hostDetail,
  manifestOf,
  messageDetail,
  prefixDetail,
  routeExplanation,
  sessionDetail,
  timelineIndex,
} from './index.ts'
import type { ClusterView, SessionView } from './types.ts'

const POD = (name: string, node: string) =>
  `---\napiVersion: v1\nkind: Pod\nmetadata: { name: ${name}, namespace: default }\nspec: { nodeName: ${node} }\n`
const TIMELINE = `timeline:
- { at: 60s, action: power-off, target: node/k-worker2 }
- { at: 400s, action: exec, target: node/k-worker, command: birdc disable Mesh_172_18_0_2 }`
const SCENARIO = {
  timeline: [
    { at: 60e6, action: 'power-off' as const, target: { kind: 'node' as const, name: 'k-worker2' } },
    {
      at: 400e6,
      action: 'exec' as const,
      target: { kind: 'node' as const, name: 'k-worker' },
      command: 'birdc disable Mesh_172_18_0_2',
    },
  ],
  narration: [{ at: 0, title: { en: 'Start' }, text: { en: 'BIRD starts.' } }],
}
const run = Run.of(`${kindCluster(3, { name: 'k' })}${POD('a', 'k-worker')}${POD('b', 'k-worker2')}`, TIMELINE).to(420)
const { recording } = run
const CP_W = 'k-control-plane|Mesh_172_18_0_3|k-worker|Mesh_172_18_0_2'
const W_W2 = 'k-worker|Mesh_172_18_0_4|k-worker2|Mesh_172_18_0_3'

const session = (view: ClusterView, id: string): SessionView | undefined =>
  view.sessions.find((candidate) => candidate.id === id)

describe('clusterView', () => {
  test('a converged mesh: every session once, with both ends', () => {
    const view = clusterView(recording, 30e6)
    expect(view.sessions.map(({ id, look, ebgp, hold }) => ({ id, look, ebgp, hold }))).toEqual(
      [CP_W, 'k-control-plane|Mesh_172_18_0_4|k-worker2|Mesh_172_18_0_2', W_W2].map((id) => ({
        id,
        look: 'established',
        ebgp: false,
        hold: null,
      })),
    )
    expect(view.networks).toEqual([{ name: 'kind', cidr: '172.18.0.0/16', gateway: '172.18.0.1' }])
    expect(
      view.hosts.map(({ name, sessionsEstablished, sessionsTotal }) => [name, sessionsEstablished, sessionsTotal]),
    ).toEqual([
      ['k-control-plane', 2, 2],
      ['k-worker', 2, 2],
      ['k-worker2', 2, 2],
    ])
    const [block] = view.hosts[1]?.blocks ?? []
    // The tunnel's own address and the pod's.
    expect(block).toMatchObject({ size: 64, used: 2, state: 'confirmed', pods: [{ id: 'default/a', borrowed: false }] })
    expect(view.hosts[1]?.links).toEqual([{ network: 'kind', interface: 'eth0', address: '172.18.0.3', up: true }])
  })

  test('before the sessions: opening, waiting, and held back by recovery', () => {
    const start = clusterView(recording, 1e6)
    expect(start.sessions.map(({ look }) => look)).toEqual(['active', 'active', 'active'])
    expect(start.hosts[0]?.recovering).toMatchObject({ waitingFor: 2, remainingSeconds: 239 })
    const opening = clusterView(recording, run.messages('OPEN')[0]!.sentAt)
    expect(opening.sessions.some(({ look }) => look === 'opening')).toBe(true)
    expect(opening.messages[0]).toMatchObject({ look: 'OPEN', prefix: null, lost: false })
    expect(opening.messages[0]?.session).toMatch(/^k-/)
  })

  test('a node without power: its sessions keep their names, fall silent, then go', () => {
    const gone = clusterView(recording, 61e6)
    expect(session(gone, W_W2)).toMatchObject({
      look: 'established',
      a: { host: 'k-worker' },
      b: null,
      remoteAddress: '172.18.0.4',
    })
    expect(gone.hosts[2]).toMatchObject({ powered: false, sessionsTotal: 0 })
    // The address of a machine that is off is still known.
    expect(gone.hosts[2]?.links[0]?.address).toBe('172.18.0.4')
    const silent = session(clusterView(recording, 160e6), W_W2)
    expect(silent?.look).toBe('silent')
    expect(silent?.hold).toMatchObject({ nominalSeconds: 240 })
    expect(silent?.hold?.heardSecondsAgo).toBeGreaterThan(82)
    const late = session(clusterView(recording, 170e6), W_W2)
    expect(late?.hold?.remainingSeconds).toBe((silent?.hold?.remainingSeconds ?? 0) - 10)
    expect(session(clusterView(recording, 390e6), W_W2)).toMatchObject({ look: 'active', hold: null, b: null })
  })

  test('disabled by hand is said of the whole session', () => {
    expect(session(clusterView(recording, 410e6), CP_W)?.look).toBe('admin-down')
  })

  test('the order of asking does not matter', () => {
    const times = [5e5, 2.004e6, 30e6, 61e6, 150e6, 300e6, 410e6]
    const fresh = Run.of(
      `${kindCluster(3, { name: 'k' })}${POD('a', 'k-worker')}${POD('b', 'k-worker2')}`,
      TIMELINE,
    ).to(420)
    const forward = times.map((at) => clusterView(recording, at))
    const backward = [...times]
      .reverse()
      .map((at) => clusterView(fresh.recording, at))
      .reverse()
    expect(forward).toEqual(backward)
  })

  test('is plain data', () => {
    const view = clusterView(recording, 160e6)
    expect(structuredClone(view)).toEqual(view)
  })
})

describe('a recording that grows', () => {
  test('is the same at every time as one that was whole from the start', () => {
    const growing = Run.of(`${kindCluster(3, { name: 'k' })}${POD('a', 'k-worker')}${POD('b', 'k-worker2')}`, TIMELINE)
    for (const seconds of [1, 2.004, 70, 420]) {
      growing.to(seconds)
      clusterView(growing.recording, growing.now)
      timelineIndex(growing.recording, SCENARIO)
    }
    for (const at of [1e6, 1.5e6, 2.004e6, 69e6, 70e6, 71e6, 160e6, 420e6]) {
      expect(clusterView(growing.recording, at)).toEqual(clusterView(recording, at))
    }
    expect(timelineIndex(growing.recording, SCENARIO)).toEqual(timelineIndex(recording, SCENARIO))
  })
})

describe('timelineIndex', () => {
  const index = timelineIndex(recording, SCENARIO)

  test('flags, beats and lanes in stage order', () => {
    expect(index.flags.map(({ at, index: place }) => [at, place])).toEqual([
      [60e6, 0],
      [400e6, 1],
    ])
    expect(index.beats).toBe(SCENARIO.narration)
    expect(index.lanes.map(({ host }) => host)).toEqual(['k-control-plane', 'k-worker', 'k-worker2'])
    const [first] = index.lanes
    expect(first?.health.find(({ established }) => established === 2)?.total).toBe(2)
    expect(first?.health.at(-1)).toMatchObject({ established: 0 })
    const glyphs = first?.glyphs.map(({ at }) => at) ?? []
    expect(glyphs).toEqual([...glyphs].sort((a, b) => a - b))
  })

  test('copies of one message are one row, KEEPALIVEs none', () => {
    const messages = index.events.flatMap(({ body }) => (body.type === 'message' ? [body] : []))
    expect(messages.some(({ look }) => look === 'KEEPALIVE')).toBe(false)
    const opens = messages.filter(({ look, from }) => look === 'OPEN' && from === 'k-control-plane')
    expect(opens[0]?.receivers).toBe(2)
    expect(index.events.every(({ at }, i) => i === 0 || at >= (index.events[i - 1]?.at ?? 0))).toBe(true)
  })

  test('letters go to blocks in order of the hosts', () => {
    const blocks = clusterView(recording, 30e6).hosts.map(({ blocks: [block] }) => block?.cidr)
    expect(index.swatches).toEqual(blocks)
  })

  test('loss begins with the power cut and names the stale route', () => {
    const band = index.loss.find(({ from }) => from >= 60e6)
    expect(band?.from).toBe(60e6)
    expect(band?.pairs[0]).toMatchObject({ from: 'default/a', to: 'default/b' })
    expect(index.convergence[0]?.from).toBe(0)
  })

  test('it settles although KEEPALIVEs go on', () => {
    expect(index.settledAt).toBeLessThan(index.until)
    expect(index.until).toBe(420e6)
  })
})

describe('inspectors', () => {
  const startEpochMs = 0

  test('host: only the parts asked for', () => {
    const detail = hostDetail(recording, {
      at: 30e6,
      name: 'k-worker',
      parts: ['sessions', 'fib', 'pods'],
      startEpochMs,
    })
    expect(detail?.rib).toEqual([])
    expect(detail?.sessions.map(({ name, session: id }) => [name, id])).toContainEqual(['Mesh_172_18_0_2', CP_W])
    const up = detail?.sessions.find(({ name }) => name === 'Mesh_172_18_0_2')?.up
    expect(up).toMatchObject({ imported: 1, exported: 1, hold: { nominalSeconds: 240 } })
    expect(up?.hold?.remainingSeconds).toBeGreaterThan(150)
    expect(detail?.sessions.find(({ kind }) => kind === 'Kernel')).not.toHaveProperty('up')
    const owners = Object.fromEntries(detail?.fib.map(({ line, owner }) => [line.split(' ')[0], owner]) ?? [])
    expect(owners).toMatchObject({ default: 'admin', '172.18.0.0/16': 'kernel', blackhole: 'BIRD' })
    expect(detail?.fib.find(({ line }) => line.includes(' dev cali'))?.owner).toBe('CNI')
    expect(detail?.fib.find(({ line }) => line.includes('via 172.18.0.2'))?.since).toBeGreaterThan(2e6)
    expect(detail?.pods).toMatchObject([{ id: 'default/a', phase: 'Running', borrowed: false }])
    expect(hostDetail(recording, { at: 30e6, name: 'nobody', parts: [], startEpochMs })).toBeNull()
  })

  test('host: files with what they were, table and log', () => {
    const parts = ['files', 'rib', 'log', 'overview'] as const
    const detail = hostDetail(recording, { at: 30e6, name: 'k-worker', parts, startEpochMs })
    expect(detail?.files.find(({ name }) => name === 'bird.cfg')).toMatchObject({ previous: null, changedAt: 0 })
    expect(detail?.rib.find(({ protocol }) => protocol === 'Mesh_172_18_0_2')).toMatchObject({
      mark: 'best',
      nextHop: '172.18.0.2',
      asPath: '',
      localPref: 100,
      rejected: null,
    })
    expect(detail?.log[0]?.line).toBe('device1: Initializing')
    expect(detail?.overview).toContainEqual({ label: 'asNumber', value: '64512' })
  })

  test('session: birdc lines, path, timers, routes both ways', () => {
    const detail = sessionDetail(recording, { at: 30e6, id: CP_W, startEpochMs })
    expect(detail?.ends.map(({ host, origin }) => [host, origin])).toEqual([
      ['k-control-plane', 'node-to-node mesh'],
      ['k-worker', 'node-to-node mesh'],
    ])
    const [low, high] = detail?.ends ?? []
    expect(low?.lines[0]).toBe('Mesh_172_18_0_3 BGP      master   up     00:00:02    Established   ')
    expect(low?.path.map(({ to }) => to)).toEqual(['Idle', 'Passive', 'OpenSent', 'OpenConfirm', 'Established'])
    expect(low?.routesIn).toEqual(high?.routesOut)
    expect(high?.routesIn).toEqual(low?.routesOut)
    expect(low?.routesIn).toHaveLength(1)
    expect(low?.timers.find(({ name }) => name === 'hold')?.nominalSeconds).toBe(240)
    expect(detail?.messages[0]?.text).toMatch(/^OPEN as 64512 hold 240/)
    expect(sessionDetail(recording, { at: 30e6, id: 'x|y|z|w', startEpochMs })).toBeNull()
  })

  test('message: its bytes, its place, and what followed', () => {
    const update = run
      .messages('UPDATE')
      .find(({ message }) => message.type === 'UPDATE' && message.announced.length > 0)!
    const detail = messageDetail(recording, update.id)
    expect(detail?.bytes.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => 255))
    expect(detail?.root.map(({ id }) => id)).toContain('nlri')
    expect(detail?.position).toBeGreaterThan(1)
    expect(detail?.connection.source).toMatch(/^172\.18\.0\.\d:\d+$/)
    expect(messageDetail(recording, detail?.previous ?? -1)?.next).toBe(update.id)
    expect(detail?.effects.map(({ event }) => event.body)).toContainEqual(
      expect.objectContaining({
        event: expect.objectContaining({ code: 'best-changed', prefix: detail?.message.prefix }),
      }),
    )
    expect(messageDetail(recording, 1e9)).toBeNull()
    expect(structuredClone(detail)).toEqual(detail)
  })

  test('route: through what a next hop is reached', () => {
    const prefix = clusterView(recording, 30e6).hosts[0]?.blocks[0]?.cidr ?? ''
    expect(routeExplanation(recording, { at: 30e6, host: 'k-worker', prefix })).toEqual({
      prefix,
      candidates: [{ protocol: 'Mesh_172_18_0_2', via: 'via 172.18.0.2 on eth0', best: true }],
      decisions: [],
      resolvesThrough: '172.18.0.0/16 dev eth0',
    })
    expect(routeExplanation(recording, { at: 30e6, host: 'k-worker', prefix: '1.2.3.0/24' })).toBeNull()
  })

  test('manifest: without what the server added', () => {
    const pool = manifestOf(recording, { at: 30e6, kind: 'IPPool', name: 'default-ipv4-ippool' })
    expect(pool).toMatch(/^apiVersion: projectcalico.org\/v3\nkind: IPPool\nmetadata:\n/)
    expect(pool).not.toContain('resourceVersion')
    expect(manifestOf(recording, { at: 30e6, kind: 'node', name: 'k-worker' })).toContain('ipv4Address: 172.18.0.3/16')
    expect(manifestOf(recording, { at: 30e6, kind: 'Pod', name: 'default/a' })).not.toContain('status')
    expect(manifestOf(recording, { at: 30e6, kind: 'BGPPeer', name: 'none' })).toBeNull()
  })
})

describe('prefixDetail', () => {
  const view = clusterView(recording, 30e6)
  const prefix = view.hosts[1]?.blocks[0]?.cidr ?? ''

  test('the owner of a block has it as a blackhole, its peers by their sessions, each with the kernel line', () => {
    const knowers = prefixDetail(recording, { at: 30e6, prefix })
    expect(knowers.map(({ host, best }) => [host, best?.protocol])).toEqual([
      ['k-control-plane', 'Mesh_172_18_0_3'],
      ['k-worker', 'static1'],
      ['k-worker2', 'Mesh_172_18_0_3'],
    ])
    expect(knowers[0]?.fib).toEqual([{ line: `${prefix} via 172.18.0.3 dev tunl0 proto bird onlink`, owner: 'BIRD' }])
    expect(knowers[1]?.fib).toEqual([{ line: `blackhole ${prefix} proto bird`, owner: 'BIRD' }])
  })

  test('a host without power knows nothing, and what is no prefix nobody knows', () => {
    const off = prefixDetail(recording, { at: 70e6, prefix }).find(({ host }) => host === 'k-worker2')
    expect(off).toEqual({ host: 'k-worker2', bird: 'absent', best: null, otherPaths: 0, rejected: null, fib: [] })
    expect(prefixDetail(recording, { at: 30e6, prefix: 'somewhere' })).toEqual([])
  })
})
