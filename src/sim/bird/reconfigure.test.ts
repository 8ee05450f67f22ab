import { describe, expect, it } from 'vitest'
import { linesOf, MESH, runningBed } from '../testing/bird-bed.ts'
import { nodeFiles } from '../testing/bird-configs.ts'

const M3 = 'Mesh_10_192_0_3'
const M4 = 'Mesh_10_192_0_4'
const TWO_BLOCKS = `protocol static { route 192.168.221.64/26 blackhole; route 192.168.10.0/26 blackhole; }
function calico_aggr () {
  if ( net = 192.168.221.64/26 ) then { accept; }
  if ( net ~ 192.168.221.64/26 ) then { reject; }
  if ( net = 192.168.10.0/26 ) then { accept; }
  if ( net ~ 192.168.10.0/26 ) then { reject; }
}`

const kinds = (messages: readonly { message: { type: string } }[]): string[] =>
  messages.map(({ message }) => {
    if (message.type !== 'UPDATE') return `${message.type} ${(message as { subtype?: number }).subtype}`
    const update = message as unknown as { withdrawn: unknown[]; announced: unknown[] }
    return update.announced.length > 0 ? `announce ${update.announced.length}` : `withdraw ${update.withdrawn.length}`
  })

describe('SIGHUP', () => {
  it('with another block: static difference first, then every session is fed again (reconfig A)', () => {
    const { net, n1, n2 } = runningBed({ debug: 'all' })
    const at = net.now
    n1.hup({ 'bird_aggr.cfg': TWO_BLOCKS })
    net.runSeconds(1)
    const lines = n1.lines(at)
    expect(lines.slice(0, 13)).toEqual([
      'Reconfiguration requested by SIGHUP',
      'Reconfiguring',
      `${M3} < added 192.168.10.0/26 blackhole`,
      `${M4} < added 192.168.10.0/26 blackhole`,
      'device1: Reconfigured',
      'direct1: Reconfigured',
      `${M3}: Reconfigured`,
      `Reloading protocol ${M3}`,
      `${M3}: State changed to feed`,
      `${M4}: Reconfigured`,
      `Reloading protocol ${M4}`,
      `${M4}: State changed to feed`,
      'Reconfigured',
    ])
    expect(linesOf(n1, M3, at).slice(3)).toEqual([
      'Sending BEGIN-OF-RR',
      'Sending UPDATE',
      '< removed 0.0.0.0/0 via 10.192.0.1 on eth0',
      '< removed 192.168.99.0/26 via 10.192.0.4 on eth0',
      '< removed 10.192.0.0/24 dev eth0',
      '< removed 192.168.221.100/32 via 10.192.0.4 on eth0',
      '< removed 192.168.45.128/26 via 10.192.0.3 on eth0',
      '< replaced 192.168.10.0/26 blackhole',
      '< removed 192.168.221.66/32 dev calibbb',
      '< removed 192.168.221.65/32 dev caliaaa',
      '< replaced 192.168.221.64/26 blackhole',
      '< removed 192.168.221.64/32 dev tunl0',
      'State changed to up',
      'Sending UPDATE',
      'Sending UPDATE',
      'Sending END-OF-RR',
    ])
    const toN2 = n1.sent.filter((sent) => sent.at >= at && sent.to === n2.address)
    expect(kinds(toN2)).toEqual(['ROUTE-REFRESH 1', 'announce 1', 'withdraw 8', 'announce 2', 'ROUTE-REFRESH 2'])
    expect(linesOf(n2, 'Mesh_10_192_0_2', at)).toEqual([
      'Got BEGIN-OF-RR',
      'Got UPDATE',
      '> added [best] 192.168.10.0/26 via 10.192.0.2 on eth0',
      'Got UPDATE',
      'Got UPDATE',
      '> ignored 192.168.10.0/26 via 10.192.0.2 on eth0',
      '> ignored 192.168.221.64/26 via 10.192.0.2 on eth0',
      'Got END-OF-RR',
    ])
  })

  it('with another kernel filter reloads only kernel1, and the kernel follows', () => {
    const { net, n1 } = runningBed()
    const at = net.now
    n1.hup({ 'bird_ipam.cfg': nodeFiles({ address: '10.192.0.2', block: null, tunnel: '' })['bird_ipam.cfg'] ?? '' })
    net.runSeconds(3)
    expect(n1.lines(at).filter((line) => line.startsWith('Reloading'))).toEqual(['Reloading protocol kernel1'])
    expect(n1.kernelRoutes()).toContain('192.168.45.128/26 via 10.192.0.3 dev eth0')
  })

  it('without a peer ceases 6.3 and withdraws its routes unseen from the other peer (reconfig F)', () => {
    const { net, n1, n2, n3 } = runningBed({ debug: 'all' })
    n1.hup({ 'bird_aggr.cfg': TWO_BLOCKS })
    net.runSeconds(2)
    const at = net.now
    const smaller = nodeFiles({ address: '10.192.0.2', block: null, mesh: MESH.slice(0, 2), debug: 'all' })
    n1.hup({ 'bird.cfg': smaller['bird.cfg'] ?? '' })
    net.runSeconds(3)
    expect(linesOf(n1, M4, at)).toEqual([
      'Shutting down',
      'Shutdown requested',
      'State changed to stop',
      'BGP session closed',
      '> removed [sole] 192.168.99.0/26 via 10.192.0.4 on eth0',
      '> removed [sole] 192.168.221.100/32 via 10.192.0.4 on eth0',
      'Sending NOTIFICATION(code=6.3)',
      'Down',
      'State changed to down',
    ])
    expect(
      n1.lines(at).some((line) => line.startsWith('BGP: Unexpected connect from unknown address 10.192.0.4')),
    ).toBe(true)
    expect(linesOf(n3, 'Mesh_10_192_0_2', at)[0]).toBe('Received: Peer de-configured')
    expect(n1.protocols.has(M4)).toBe(false)
    expect(n2.state('Mesh_10_192_0_2')).toBe('up Established')
  })

  it('with another router id restarts every session, the flush of the second after the first NOTIFICATIONs (reconfig H)', () => {
    const { net, n1 } = runningBed({ debug: 'all' })
    const at = net.now
    n1.hup({ 'bird.cfg': (n1.files.get('bird.cfg') ?? '').replace('router id 10.192.0.2', 'router id 10.99.99.99') })
    net.runSeconds(5)
    const lines = n1.lines(at)
    const from = lines.indexOf(`${M3} > removed [sole] 192.168.45.128/26 via 10.192.0.3 on eth0`)
    expect(lines.slice(from, from + 10)).toEqual([
      `${M3} > removed [sole] 192.168.45.128/26 via 10.192.0.3 on eth0`,
      `${M3}: Sending NOTIFICATION(code=6.6)`,
      `${M4}: Sending NOTIFICATION(code=6.6)`,
      `${M4} > removed [sole] 192.168.99.0/26 via 10.192.0.4 on eth0`,
      `${M4} > removed [sole] 192.168.221.100/32 via 10.192.0.4 on eth0`,
      `${M3}: Down`,
      `${M3}: State changed to down`,
      `${M3}: Initializing`,
      `${M3}: Starting`,
      `${M3}: State changed to start`,
    ])
    expect(n1.state(M3)).toBe('up Established')
  })

  it('with a mistake changes nothing', () => {
    const { net, n1 } = runningBed()
    const at = net.now
    n1.hup({ 'bird.cfg': `${n1.files.get('bird.cfg')}\nfoo` })
    net.runSeconds(1)
    expect(n1.lines(at)[0]).toBe('Reconfiguration requested by SIGHUP')
    expect(n1.lines(at)[1]).toMatch(/^bird\.cfg:\d+:\d+ syntax error$/)
    expect(n1.lines(at)).toHaveLength(2)
    expect(n1.state(M3)).toBe('up Established')
  })
})

describe('birdc commands', () => {
  it('disable sends the words, keeps it down, refuses the peer; enable lets it come back', () => {
    const { net, n1, n2 } = runningBed()
    expect(n1.do((d, now) => d.disable(now, M3, 'maintenance'))).toEqual([`${M3}: disabled`])
    net.runSeconds(5)
    expect(n1.protocols.get(M3)).toMatchObject({ state: 'down', info: '', disabled: true, stats: null })
    expect(n2.lines()).toContain('Mesh_10_192_0_2: Received: Administrative shutdown: "maintenance"')
    expect(n2.routes('192.168.221.64/26')).toEqual([])
    expect(n1.do((d, now) => d.disable(now, M3))).toEqual([`${M3}: already disabled`])
    expect(n1.do((d, now) => d.enable(now, M3))).toEqual([`${M3}: enabled`])
    net.runSeconds(5)
    expect(n1.state(M3)).toBe('up Established')
    expect(n1.do((d, now) => d.enable(now, 'nosuch'))).toEqual(['nosuch is not a protocol'])
    expect(n1.do((d, now) => d.enable(now, '"x*"'))).toEqual(['No protocols match'])
  })

  it('restart loses the routes at both ends at once', () => {
    const { net, n1, n2 } = runningBed()
    n2.kernelChanges = []
    expect(n1.do((d, now) => d.restart(now, M3))).toEqual([`${M3}: restarted`])
    net.runSeconds(5)
    expect(n2.lines()).toContain('Mesh_10_192_0_2: Received: Administrative reset')
    expect(n2.kernelChanges).toEqual(['del 192.168.221.64/26', 'add 192.168.221.64/26'])
  })

  it('reload asks for a refresh and feeds again; what cannot says so', () => {
    const { net, n1, n2 } = runningBed()
    const at = net.now
    expect(n1.do((d, now) => d.reload(now, 'all', 'both'))).toEqual([
      'static1: reload failed',
      'kernel1: reloading',
      'device1: reload failed',
      'direct1: reload failed',
      `${M3}: reloading`,
      `${M4}: reloading`,
    ])
    net.runSeconds(2)
    const toN2 = n1.sent.filter((sent) => sent.at >= at && sent.to === n2.address)
    expect(kinds(toN2)).toEqual(['ROUTE-REFRESH 0', 'ROUTE-REFRESH 1', 'withdraw 8', 'announce 1', 'ROUTE-REFRESH 2'])
  })

  it('configure undo goes back', () => {
    const { net, n1 } = runningBed()
    const files = new Map([...n1.files, ['bird_aggr.cfg', TWO_BLOCKS]])
    expect(n1.do((d, now) => d.reconfigure(now, files, 'configure'))).toEqual([
      'Reading configuration from bird.cfg',
      'Reconfigured',
    ])
    expect(n1.routes('192.168.10.0/26')).toHaveLength(1)
    expect(n1.do((d, now) => d.reconfigure(now, files, 'undo'))).toEqual(['Undo requested', 'Reconfigured'])
    net.runSeconds(1)
    expect(n1.routes('192.168.10.0/26')).toHaveLength(0)
    expect(n1.do((d, now) => d.reconfigure(now, files, 'undo'))).toEqual(['Undo requested', 'Nothing to do'])
  })

  it('configure timeout goes back by itself, unless it is confirmed', () => {
    const { net, n1 } = runningBed()
    const files = new Map([...n1.files, ['bird_aggr.cfg', TWO_BLOCKS]])
    const at = net.now
    expect(n1.do((d, now) => d.reconfigure(now, files, 'soft', { timeout: 5, file: null }))).toEqual([
      'Reading configuration from bird.cfg',
      'Undo scheduled in 5 s',
      'Reconfigured',
    ])
    net.runSeconds(4)
    expect(n1.routes('192.168.10.0/26')).toHaveLength(1)
    net.runSeconds(2)
    expect(n1.routes('192.168.10.0/26')).toHaveLength(0)
    expect(n1.lines(at).filter((line) => !line.includes(':') && !line.startsWith('Reloading'))).toEqual([
      'Reconfiguring',
      'Reconfigured',
      'Config timeout expired, starting undo',
      'Reconfiguring',
      'Reconfigured',
    ])
    n1.do((d, now) => d.reconfigure(now, files, 'configure', { timeout: 5, file: null }))
    expect(n1.do((d, now) => d.reconfigure(now, files, 'confirm'))).toEqual(['Reconfiguration confirmed'])
    expect(n1.do((d, now) => d.reconfigure(now, files, 'confirm'))).toEqual(['Nothing to do'])
    net.runSeconds(8)
    expect(n1.routes('192.168.10.0/26')).toHaveLength(1)
    // One that asks for no timeout takes away the one that was asked for before.
    n1.do((d, now) => d.reconfigure(now, n1.files, 'configure', { timeout: 5, file: null }))
    n1.do((d, now) => d.reconfigure(now, files, 'configure'))
    net.runSeconds(8)
    expect(n1.routes('192.168.10.0/26')).toHaveLength(1)
  })
})
