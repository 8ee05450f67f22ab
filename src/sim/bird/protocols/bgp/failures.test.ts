import { describe, expect, it } from 'vitest'
import { linesOf, meshBed, runningBed } from '../../../testing/bird-bed.ts'

const M4 = 'Mesh_10_192_0_4'
const SECOND = 1_000_000

describe('a node disappears', () => {
  it('is noticed by the hold timer only, and the routes go with it', () => {
    const { net, n1, n3 } = runningBed({ debug: 'all' })
    const cut = net.now
    n3.cut = true
    net.runSeconds(260)
    const expired = n1.at(`${M4}: Error: Hold timer expired`)
    expect(expired).not.toBeNull()
    expect((expired ?? 0) - cut).toBeGreaterThan(100 * SECOND)
    expect((expired ?? 0) - cut).toBeLessThan(240 * SECOND)
    const lines = linesOf(n1, M4, cut)
    const from = lines.indexOf('Error: Hold timer expired')
    expect(lines.slice(from, from + 10)).toEqual([
      'Error: Hold timer expired',
      'BGP session closed',
      'State changed to stop',
      '> removed [sole] 192.168.99.0/26 via 10.192.0.4 on eth0',
      '> removed [sole] 192.168.221.100/32 via 10.192.0.4 on eth0',
      'Sending NOTIFICATION(code=4.0)',
      'Down',
      'State changed to down',
      'Starting',
      'State changed to start',
    ])
    expect(lines[from + 10]).toBe('Startup delayed by 5 seconds due to errors')
    // The flush waits for the next turn of the loop.
    const removed = n1.at(`${M4} > removed [sole] 192.168.99.0/26 via 10.192.0.4 on eth0`) ?? 0
    expect(removed - (expired ?? 0)).toBe(SECOND)
    expect(n1.state(M4)).toBe('start Passive       BGP Error: Hold timer expired')
  })

  it('keeps its routes when only the daemon is killed and comes back with -R', () => {
    const { net, n1, n3 } = runningBed({ debug: 'all' })
    const killed = net.now
    n1.kernelChanges = []
    n3.kernelChanges = []
    n3.kill()
    net.runSeconds(8)
    expect(n1.state(M4)).toBe('start Passive       Socket: Connection closed')
    expect(n1.protocols.get(M4)?.bgp?.gracefulRestart).toMatchObject({ active: true })
    expect(n1.routes('192.168.99.0/26')[0]).toMatchObject({ stale: true })
    n3.start(true)
    net.runSeconds(10)
    expect(linesOf(n1, M4, killed)).toEqual([
      'Connection closed',
      'Neighbor graceful restart detected',
      'State changed to start',
      'BGP session closed',
      'Incoming connection from 10.192.0.4 (port 40004) accepted',
      'Sending OPEN(ver=4,as=64512,hold=240,id=0ac00002)',
      'Got OPEN(as=64512,hold=240,id=0ac00004)',
      'Sending KEEPALIVE',
      'Got KEEPALIVE',
      'BGP session established',
      'State changed to feed',
      '< added 192.168.221.64/26 blackhole',
      'State changed to up',
      'Sending UPDATE',
      'Sending END-OF-RIB',
      'Got UPDATE',
      '> ignored 192.168.99.0/26 via 10.192.0.4 on eth0',
      '> ignored 192.168.221.100/32 via 10.192.0.4 on eth0',
      'Got UPDATE',
      'Got END-OF-RIB',
      'Neighbor graceful restart done',
    ])
    expect(n1.kernelChanges).toEqual([])
    expect(n3.kernelChanges).toEqual([])
    expect(n1.routes('192.168.99.0/26')[0]).toMatchObject({ stale: false })
  })

  it('loses them for a moment when it comes back without -R', () => {
    const { net, n1, n3 } = runningBed({ debug: 'all' })
    n3.kill()
    n1.kernelChanges = []
    net.runSeconds(8)
    n3.start(false)
    net.runSeconds(10)
    const lines = linesOf(n1, M4)
    const done = lines.indexOf('Neighbor graceful restart done')
    expect(lines[done - 1]).toBe('BGP session established')
    expect(lines.slice(done + 1, done + 4)).toEqual([
      'State changed to feed',
      '> removed [sole] 192.168.99.0/26 via 10.192.0.4 on eth0',
      '> removed [sole] 192.168.221.100/32 via 10.192.0.4 on eth0',
    ])
    expect(n1.kernelChanges).toEqual([
      'del 192.168.99.0/26',
      'del 192.168.221.100/32',
      'add 192.168.99.0/26',
      'add 192.168.221.100/32',
    ])
  })

  it('loses them 120 s after the kill when it does not come back', () => {
    const { net, n1, n3 } = runningBed({ debug: 'all' })
    const killed = net.now
    n3.kill()
    net.runSeconds(125)
    const timeout = n1.at(`${M4}: Neighbor graceful restart timeout`) ?? 0
    expect(Math.floor((timeout - killed) / SECOND)).toBe(120)
    const removed = n1.at(`${M4} > removed [sole] 192.168.99.0/26 via 10.192.0.4 on eth0`) ?? 0
    expect(removed - timeout).toBeLessThanOrEqual(2 * SECOND)
    expect(n1.kernelRoutes()).not.toContain('192.168.99.0/26 via 10.192.0.4 dev tunl0 onlink')
  })

  it('says goodbye with a cease on SIGTERM, and leaves its kernel routes', () => {
    const { net, n1, n3 } = runningBed({ debug: 'all' })
    const at = net.now
    n3.do((daemon, now) => daemon.terminate(now))
    net.runSeconds(1)
    expect(n3.lines(at).at(-1)).toBe('Shutdown completed')
    expect(n3.status).toBeNull()
    expect(n3.protocols.size).toBe(0)
    expect(n3.kernelRoutes()).toContain('192.168.221.64/26 via 10.192.0.2 dev tunl0 onlink')
    expect(linesOf(n1, M4, at).slice(0, 6)).toEqual([
      'Received: Administrative shutdown',
      'BGP session closed',
      'State changed to stop',
      '> removed [sole] 192.168.99.0/26 via 10.192.0.4 on eth0',
      '> removed [sole] 192.168.221.100/32 via 10.192.0.4 on eth0',
      'Down',
    ])
    expect(n1.state(M4)).toBe('start Passive       Received: Administrative shutdown')
  })
})

describe('recovery of the restarting daemon (-R)', () => {
  it('freezes kernel and exports for 240 s when a configured peer is dead (gr-missing-peer)', () => {
    const { net, n1, n2 } = meshBed({ debug: 'all' })
    n2.start(false)
    net.runSeconds(5)
    n1.start(true)
    const started = net.now
    net.runSeconds(100)
    expect(n1.state('kernel1')).toBe('wait')
    expect(n1.state('Mesh_10_192_0_3')).toBe('wait Established')
    expect(n1.status?.recovery).toMatchObject({ waitingFor: 1, nominalSeconds: 240 })
    expect(n1.kernelRoutes()).toEqual([])
    expect(n2.routes('192.168.221.64/26')).toEqual([])
    net.runSeconds(145)
    const done = n1.at('Graceful restart done') ?? 0
    expect(Math.floor((done - started) / SECOND)).toBe(240)
    expect(n1.status?.recovery).toBeNull()
    expect(n1.kernelRoutes()).toContain('192.168.45.128/26 via 10.192.0.3 dev tunl0 onlink')
    expect(n2.routes('192.168.221.64/26')).toHaveLength(1)
  })

  it('sets R and F only while it recovers', () => {
    const { n1 } = runningBed()
    const open = n1.sent.find((sent) => sent.message.type === 'OPEN')?.message
    expect(open).toMatchObject({
      capabilities: [
        { code: 1 },
        { code: 2 },
        { code: 64, restarting: true, timeSeconds: 120, families: [{ forwarding: true }] },
        { code: 65, as: 64512 },
        { code: 69, families: [{ mode: 3 }] },
        { code: 70 },
        { code: 71, families: [] },
      ],
    })
    n1.do((daemon, now) => daemon.restart(now, 'all'))
    n1.net.runSeconds(10)
    const again = n1.sent.filter((sent) => sent.message.type === 'OPEN').at(-1)?.message
    expect(again).toMatchObject({
      capabilities: [{}, {}, { code: 64, restarting: false, families: [{ forwarding: false }] }, {}, {}, {}, {}],
    })
  })
})
