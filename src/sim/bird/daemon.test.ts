import { describe, expect, it } from 'vitest'
import { linesOf, meshBed, runningBed } from '../testing/bird-bed.ts'

const M3 = 'Mesh_10_192_0_3'
const M4 = 'Mesh_10_192_0_4'

describe('cold start of a mesh', () => {
  it('prints the lines of the capture in their order (mesh3-states)', () => {
    const { n1 } = runningBed()
    expect(n1.lines()).toEqual([
      'device1: Initializing',
      'direct1: Initializing',
      `${M3}: Initializing`,
      `${M4}: Initializing`,
      'device1: Starting',
      'device1: Connected to table master',
      'device1: State changed to feed',
      'direct1: Starting',
      'direct1: Connected to table master',
      'direct1: State changed to feed',
      `${M3}: Starting`,
      `${M3}: State changed to start`,
      `${M4}: Starting`,
      `${M4}: State changed to start`,
      'Graceful restart started',
      'Started',
      'device1: State changed to up',
      'direct1: State changed to up',
      `${M3}: Connected to table master`,
      `${M3}: State changed to feed`,
      `${M3}: State changed to up`,
      `${M4}: Connected to table master`,
      `${M4}: State changed to feed`,
      `${M4}: State changed to up`,
      'Graceful restart done',
    ])
  })

  it('tells both sides of a session as the debug log does (mesh3-debugall)', () => {
    const { n1, n2 } = runningBed({ debug: 'all' })
    expect(linesOf(n1, M3)).toEqual([
      'Initializing',
      'Starting',
      'State changed to start',
      'Started',
      'Incoming connection from 10.192.0.3 (port 40000) accepted',
      'Sending OPEN(ver=4,as=64512,hold=240,id=0ac00002)',
      'Got OPEN(as=64512,hold=240,id=0ac00003)',
      'Sending KEEPALIVE',
      'Got KEEPALIVE',
      'BGP session established',
      'Connected to table master',
      'State changed to feed',
      '< added 192.168.221.64/26 blackhole',
      'State changed to up',
      'Sending UPDATE',
      'Sending END-OF-RIB',
      'Got UPDATE',
      '> added [best] 192.168.45.128/26 via 10.192.0.3 on eth0',
      'Got UPDATE',
      'Got END-OF-RIB',
    ])
    expect(linesOf(n2, 'Mesh_10_192_0_2').slice(3, 9)).toEqual([
      'Started',
      'Connect delayed by 2 seconds',
      'Connecting to 10.192.0.2 from local address 10.192.0.3',
      'Connected',
      'Sending OPEN(ver=4,as=64512,hold=240,id=0ac00003)',
      'Got OPEN(as=64512,hold=240,id=0ac00002)',
    ])
  })

  it('starts the protocols after the event list, the locks last first', () => {
    const { n1 } = runningBed({ debug: 'all' })
    const started = n1.lines().filter((line) => line.endsWith(': Started'))
    expect(started).toEqual([`${M4}: Started`, `${M3}: Started`])
  })

  it('counts and numbers as birdc showed it', () => {
    const { n1 } = runningBed()
    const mesh = n1.protocols.get(M3)
    expect(mesh?.stats).toMatchObject({
      imported: 1,
      exported: 1,
      preferred: 1,
      exportUpdates: { received: 9, rejected: 3, filtered: 5, accepted: 1 },
      exportWithdraws: { received: 0, accepted: 0 },
    })
    expect(n1.protocols.get('kernel1')?.stats?.exportUpdates).toEqual({
      received: 9,
      rejected: 5,
      filtered: 0,
      accepted: 4,
    })
    expect(mesh?.bgp?.neighborCaps?.join(' ')).toBe(
      'refresh enhanced-refresh restart-able llgr-aware AS4 add-path-rx add-path-tx',
    )
    expect(mesh?.bgp?.session?.join(' ')).toBe('internal multihop AS4 add-path-rx add-path-tx')
    expect(n1.routes('192.168.221.64/26')[0]?.pathId).toBe(2)
    expect(n1.routes('0.0.0.0/0')[0]?.pathId).toBe(3)
  })

  it('programs tunnel routes, the own block, and learns what Felix put there', () => {
    const { n1 } = runningBed()
    expect(n1.kernelRoutes().sort()).toEqual([
      '192.168.221.100/32 via 10.192.0.4 dev tunl0 onlink',
      '192.168.45.128/26 via 10.192.0.3 dev tunl0 onlink',
      '192.168.99.0/26 via 10.192.0.4 dev tunl0 onlink',
      'blackhole 192.168.221.64/26',
    ])
    expect(n1.routes('192.168.221.65/32')[0]).toMatchObject({
      protocol: 'kernel1',
      dest: 'device',
      kernelAttributes: { source: 80, metric: 0 },
    })
  })

  it('walks nets in the order of the hash', () => {
    const { n1 } = runningBed()
    const nets = [...n1.nets.values()].sort((a, b) => a.uid - b.uid)
    expect(nets.map((net) => net.routes[0]?.protocol)).toEqual([
      'kernel1',
      M4,
      'direct1',
      M4,
      M3,
      'kernel1',
      'kernel1',
      'static1',
      'direct1',
    ])
  })

  it('is quiet when nothing happens: only keepalives wake it', () => {
    const { net, n1, n2, n3 } = runningBed()
    const before = net.deliveries
    for (const host of [n1, n2, n3]) host.sent.length = 0
    net.runSeconds(3600)
    const kinds = new Set([n1, n2, n3].flatMap((host) => host.sent.map((sent) => sent.message.type)))
    expect([...kinds]).toEqual(['KEEPALIVE'])
    const perEnd = (net.deliveries - before) / 6
    expect(perEnd).toBeGreaterThan(3600 / 80 - 2)
    expect(perEnd).toBeLessThan(3600 / 60 + 2)
  })

  it('gives the same run twice', () => {
    const logs = [1, 2].map(() => {
      const { net, n1, n3 } = runningBed({ debug: 'all' })
      n3.cut = true
      net.runSeconds(300)
      return JSON.stringify(n1.log)
    })
    expect(logs[0]).toBe(logs[1])
  })

  it('refuses to start with a bad configuration', () => {
    const { n1 } = meshBed()
    n1.files = new Map([['bird.cfg', 'router id 1.2.3.4;\nnonsense\n']])
    expect(() => n1.start()).toThrow('bird.cfg:')
  })
})
