import { describe, expect, it } from 'vitest'
import { RTPROT } from '../../../kernel/types.ts'
import { ip } from '../../../net/address.ts'
import { prefix } from '../../../net/prefix.ts'
import { runningBed } from '../../../testing/bird-bed.ts'
import { type BirdHost, BirdNet } from '../../../testing/bird-net.ts'

const TUNNELED = '192.168.45.128/26 via 10.192.0.3 dev tunl0 onlink'
const bgpRoute = { prefix: prefix('192.168.45.128/26'), metric: 0, protocol: RTPROT.bird }

function add(host: BirdHost, text: string, over: Record<string, unknown> = {}): void {
  host.kernel.addRoute({
    prefix: prefix(text),
    type: 'blackhole',
    gateway: null,
    dev: null,
    nexthops: null,
    protocol: RTPROT.bird,
    scope: 0,
    metric: 0,
    onlink: false,
    prefsrc: null,
    ...over,
  })
  host.net.armed(host)
}

describe('scan of the kernel table', () => {
  it('puts back what somebody deleted and removes what somebody added as proto bird, within two seconds', () => {
    const { net, n1 } = runningBed()
    n1.kernel.deleteRoute(bgpRoute)
    net.armed(n1)
    add(n1, '10.77.0.0/16')
    expect(n1.kernelRoutes()).not.toContain(TUNNELED)
    net.runSeconds(2)
    expect(n1.kernelRoutes()).toContain(TUNNELED)
    expect(n1.kernelRoutes()).not.toContain('blackhole 10.77.0.0/16')
  })

  it('compares only the interface of a tunnel route', () => {
    const { net, n1 } = runningBed()
    n1.kernel.deleteRoute(bgpRoute)
    add(n1, '192.168.45.128/26', { type: 'unicast', gateway: ip('10.192.0.99'), dev: 'tunl0', onlink: true })
    net.runSeconds(5)
    expect(n1.kernelRoutes()).toContain('192.168.45.128/26 via 10.192.0.99 dev tunl0 onlink')
  })

  it('goes on without tunl0 and back to it', () => {
    const { net, n1 } = runningBed()
    n1.kernel.removeInterface('tunl0')
    net.armed(n1)
    net.runSeconds(2)
    expect(n1.kernelRoutes()).toContain('192.168.45.128/26 via 10.192.0.3 dev eth0')
    n1.tunnel('192.168.221.64')
    net.armed(n1)
    net.runSeconds(2)
    expect(n1.kernelRoutes()).toContain(TUNNELED)
  })
})

describe('alien routes', () => {
  it('are learned at once and told to the peers; gone at once too', () => {
    const { net, n1, n2 } = runningBed()
    n1.pod('192.168.99.7', 'califff')
    net.armed(n1)
    net.runSeconds(0.1)
    expect(n2.routes('192.168.99.7/32')).toHaveLength(1)
    n1.kernel.deleteRoute({ prefix: prefix('192.168.99.7/32') })
    net.armed(n1)
    net.runSeconds(0.1)
    expect(n2.routes('192.168.99.7/32')).toEqual([])
  })

  it('that vanish with their interface are missed until the next scan', () => {
    const { net, n1 } = runningBed()
    n1.kernel.removeInterface('caliaaa')
    net.armed(n1)
    net.runSeconds(2)
    expect(n1.routes('192.168.221.65/32')).toEqual([])
  })

  it('the lowest metric wins', () => {
    const { net, n1 } = runningBed()
    add(n1, '172.30.0.0/16', { protocol: RTPROT.static, metric: 100 })
    add(n1, '172.30.0.0/16', { protocol: RTPROT.static, metric: 50 })
    net.runSeconds(0.1)
    expect(n1.routes('172.30.0.0/16')).toMatchObject([{ kernelAttributes: { source: 4, metric: 50 } }])
  })

  it('with the prefix and metric of a BGP route: File exists, and repaired when they go', () => {
    const { net, n1 } = runningBed()
    n1.kernel.deleteRoute(bgpRoute)
    add(n1, '192.168.45.128/26', { protocol: RTPROT.static })
    net.runSeconds(3)
    expect(n1.routes('192.168.45.128/26')[0]).toMatchObject({ protocol: 'Mesh_10_192_0_3', syncError: true })
    expect(n1.lines()).toContain('Netlink: File exists')
    n1.kernel.deleteRoute({ prefix: prefix('192.168.45.128/26') })
    net.armed(n1)
    net.runSeconds(3)
    expect(n1.routes('192.168.45.128/26')).toMatchObject([{ syncError: false }])
    expect(n1.kernelRoutes()).toContain(TUNNELED)
  })
})

describe('recursive next hops', () => {
  it('follow the kernel default, and become unreachable without it (crosssubnet)', () => {
    const { net, n1 } = runningBed()
    const far = '192.168.45.128/26'
    expect(n1.routes(far)[0]).toMatchObject({ igpMetric: 0, dest: 'router' })
    n1.kernel.setAddresses('eth0', [{ address: ip('10.192.0.2'), prefixLength: 32 }])
    net.armed(n1)
    net.runSeconds(3)
    expect(n1.routes(far)[0]).toMatchObject({ igpMetric: 'unknown', gateway: ip('10.192.0.1') })
    n1.kernel.deleteRoute({ prefix: prefix('0.0.0.0/0') })
    net.armed(n1)
    net.runSeconds(3)
    expect(n1.routes(far)[0]).toMatchObject({ igpMetric: 'unreachable', dest: 'unreachable' })
    expect(n1.kernelRoutes()).toContain('unreachable 192.168.45.128/26')
  })
})

describe('static and pipe', () => {
  const host = (body: string) => {
    const net = new BirdNet()
    const h = net
      .host({
        name: 'r',
        address: '10.9.0.1',
        files: {
          'bird.cfg': `router id 10.9.0.1; protocol device { scan time 2; } protocol direct {} protocol kernel { scan time 2; export all; }\n${body}`,
        },
      })
      .start()
    net.runSeconds(3)
    return { net, h }
  }

  it('routes come and go with their next hop', () => {
    const { net, h } = host(`protocol static {
  route 172.16.0.0/16 via 10.9.0.9; route 172.17.0.0/16 via 10.8.0.9; route 172.18.0.0/16 via "eth1";
  route 172.19.0.0/16 multipath via 10.9.0.9 weight 2 via 10.8.0.9; route 172.20.0.0/16 prohibit;
  route 172.21.0.0/16 recursive 10.9.0.7; route 172.22.0.0/16 blackhole { krt_metric = 77; };
}`)
    expect(h.kernelRoutes().sort()).toEqual([
      '172.16.0.0/16 via 10.9.0.9 dev eth0',
      '172.19.0.0/16 via 10.9.0.9 dev eth0',
      '172.21.0.0/16 via 10.9.0.7 dev eth0',
      'blackhole 172.22.0.0/16',
      'prohibit 172.20.0.0/16',
    ])
    expect(h.kernel.routes().find((r) => r.prefix === prefix('172.22.0.0/16'))?.metric).toBe(77)
    h.kernel.addInterface({
      name: 'eth1',
      kind: 'ethernet',
      addresses: [{ address: ip('10.8.0.1'), prefixLength: 24 }],
    })
    net.armed(h)
    net.runSeconds(3)
    expect(h.kernelRoutes()).toEqual(
      expect.arrayContaining(['172.17.0.0/16 via 10.8.0.9 dev eth1', '172.18.0.0/16 eth1', '172.19.0.0/16 multipath']),
    )
  })

  it('a pipe copies to its peer table and takes back', () => {
    const { net, h } = host(`table t2; protocol pipe p { peer table t2; export all; import none; }
protocol static s2 { route 172.16.0.0/16 blackhole; }`)
    expect(h.protocols.get('p')).toMatchObject({ state: 'up', info: '=> t2', stats: { exported: 2 } })
    h.do((d, now) => d.disable(now, 's2'))
    net.runSeconds(1)
    expect(h.protocols.get('p')?.stats?.exported).toBe(1)
  })
})
