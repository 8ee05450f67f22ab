import { describe, expect, it } from 'vitest'
import { ip } from '../../../net/address.ts'
import { nodeFiles } from '../../../testing/bird-configs.ts'
import { type BirdHost, BirdNet } from '../../../testing/bird-net.ts'

const plain = (address: string, as: number, peer: string) => ({
  'bird.cfg': `router id ${address};
protocol device { scan time 2; }
protocol direct {}
protocol bgp nb { debug all; local as ${as}; ${peer} error wait time 5,30; connect delay time 2; }`,
})

function pair(
  a: { as: number; peer: string },
  b: { as: number; peer: string },
): { net: BirdNet; a: BirdHost; b: BirdHost } {
  const net = new BirdNet()
  net.run(783_000)
  return {
    net,
    a: net.host({ name: 'a', address: '10.9.0.1', files: plain('10.9.0.1', a.as, a.peer) }).start(),
    b: net.host({ name: 'b', address: '10.9.0.2', files: plain('10.9.0.2', b.as, b.peer) }).start(),
  }
}

describe('errors', () => {
  it('bad peer AS: both ends back off 5, 10, 20 seconds and say why (fsm-errors)', () => {
    const { net, a, b } = pair(
      { as: 65001, peer: 'neighbor 10.9.0.2 as 65002; passive on;' },
      { as: 65003, peer: 'neighbor 10.9.0.1 as 65001;' },
    )
    net.runSeconds(25)
    expect(a.lines().slice(4, 15)).toEqual([
      'nb: Started',
      'nb: Incoming connection from 10.9.0.2 (port 40000) accepted',
      'nb: Sending OPEN(ver=4,as=65001,hold=240,id=0a090001)',
      'nb: Got OPEN(as=65003,hold=240,id=0a090002)',
      'nb: Error: Bad peer AS: 65003',
      'nb: State changed to stop',
      'nb: Sending NOTIFICATION(code=2.2)',
      'nb: Down',
      'nb: State changed to down',
      'nb: Starting',
      'nb: State changed to start',
    ])
    const delays = (host: BirdHost) => host.lines().filter((line) => line.includes('Startup delayed'))
    const expected = [5, 10, 20].map((seconds) => `nb: Startup delayed by ${seconds} seconds due to errors`)
    expect(delays(a)).toEqual(expected)
    expect(delays(b)).toEqual(expected)
    expect(a.state('nb')).toBe('start Idle          BGP Error: Bad peer AS')
    expect(b.state('nb')).toBe('start Idle          Received: Bad peer AS')
    expect(a.protocols.get('nb')?.bgp?.errorWait).toMatchObject({ nominalSeconds: 20 })
  })

  it('the same router id on both sides of iBGP', () => {
    const { net, a } = pair(
      { as: 65001, peer: 'neighbor 10.9.0.2 as 65001; passive on;' },
      { as: 65001, peer: 'neighbor 10.9.0.1 as 65001;' },
    )
    a.do((d, now) =>
      d.reconfigure(
        now,
        new Map(
          Object.entries({
            'bird.cfg': (a.files.get('bird.cfg') ?? '').replace('router id 10.9.0.1', 'router id 10.9.0.2'),
          }),
        ),
        'configure',
      ),
    )
    net.runSeconds(3)
    expect(a.lines()).toContain('nb: Error: Bad BGP identifier: 0a090002')
  })

  it('nobody listens: refused every two seconds, never an error wait', () => {
    const { net, a, b } = pair(
      { as: 65001, peer: 'neighbor 10.9.0.2 as 65002; multihop;' },
      { as: 65002, peer: 'neighbor 10.9.0.1 as 65001; multihop;' },
    )
    b.kill()
    net.runSeconds(9)
    expect(a.state('nb')).toBe('start Active        Socket: Connection refused')
    expect(a.lines().filter((line) => line.includes('Connection lost (Connection refused)'))).toHaveLength(4)
    expect(a.lines().some((line) => line.includes('Startup delayed'))).toBe(false)
  })

  it('different passwords: the SYN is dropped and nothing is said', () => {
    const { net, a } = pair(
      { as: 65001, peer: 'neighbor 10.9.0.2 as 65002; passive on; password "x";' },
      { as: 65002, peer: 'neighbor 10.9.0.1 as 65001; password "y"; connect retry time 5;' },
    )
    net.runSeconds(20)
    expect(a.state('nb')).toBe('start Passive')
  })

  it('capabilities off: those of the peer are ignored, its four-byte AS too', () => {
    const { net, a, b } = pair(
      { as: 4200000001, peer: 'neighbor 10.9.0.2 as 65002; passive on;' },
      { as: 65002, peer: 'neighbor 10.9.0.1 as 23456; capabilities off;' },
    )
    net.runSeconds(5)
    expect([a.state('nb'), b.state('nb')]).toEqual(['up Established', 'up Established'])
    expect(b.protocols.get('nb')?.bgp?.neighborCaps).toEqual([])
  })

  it('both dial at the same moment: one connection of the two survives', () => {
    const gr = 'graceful restart; multihop;'
    const { net, a, b } = pair(
      { as: 65001, peer: `neighbor 10.9.0.2 as 65001; ${gr}` },
      { as: 65001, peer: `neighbor 10.9.0.1 as 65001; ${gr}` },
    )
    net.runSeconds(10)
    expect(a.lines()).toContain('nb: Connection collision, giving up this connection')
    expect(b.lines()).toContain('nb: Connection collision, giving up the other connection')
    expect([a.state('nb'), b.state('nb')]).toEqual(['up Established', 'up Established'])
  })

  it('a second protocol for the same peer waits for the lock for ever', () => {
    const net = new BirdNet()
    const twice = `${plain('10.9.0.1', 65001, 'neighbor 10.9.0.2 as 65002; multihop;')['bird.cfg']}
protocol bgp again { local as 65001; neighbor 10.9.0.2 as 65002; multihop; }`
    const a = net.host({ name: 'a', address: '10.9.0.1', files: { 'bird.cfg': twice } }).start()
    net.runSeconds(5)
    expect([a.state('nb').slice(0, 13), a.state('again')]).toEqual(['start Connect', 'start Idle'])
  })

  it('a direct neighbor that is on no network is waited for', () => {
    const net = new BirdNet()
    const a = net
      .host({ name: 'a', address: '10.9.0.1', files: plain('10.9.0.1', 65001, 'neighbor 10.8.0.2 as 65002;') })
      .start()
    expect(a.lines()).toContain('nb: Waiting for 10.8.0.2 to become my neighbor')
    net.runSeconds(1)
    a.kernel.addInterface({
      name: 'eth1',
      kind: 'ethernet',
      addresses: [{ address: ip('10.8.0.1'), prefixLength: 24 }],
    })
    expect(a.lines()).toContain('nb: Neighbor ready')
    a.kernel.setUp('eth1', false)
    expect(a.lines()).toContain('nb: Neighbor lost')
  })

  it('check link: the session goes with the carrier, backs off, and waits for it', () => {
    const { net, a } = pair(
      { as: 65001, peer: 'neighbor 10.9.0.2 as 65002; check link on;' },
      { as: 65002, peer: 'neighbor 10.9.0.1 as 65001; passive on;' },
    )
    net.runSeconds(5)
    expect(a.state('nb')).toBe('up Established')
    const cut = net.now
    a.kernel.setCarrier('eth0', false)
    expect(a.lines(cut)).toContain('nb: Link down')
    net.runSeconds(10)
    expect(a.state('nb')).toBe('start Idle          Error: Link down')
    expect(a.lines(cut)).toContain('nb: Waiting for link on eth0')
    a.kernel.setCarrier('eth0', true)
    expect(a.lines(cut)).toContain('nb: Neighbor ready')
    expect(a.lines(cut)).toContain('nb: Startup delayed by 5 seconds due to errors')
  })

  it('check link of static routes: what leads out of a dead cable is dormant', () => {
    const net = new BirdNet()
    const conf = `router id 10.9.0.1;
protocol device {}
protocol static { check link on; route 10.1.0.0/24 via 10.9.0.7; route 10.2.0.0/24 multipath via 10.9.0.7 via 10.9.0.8; }
protocol static { route 10.3.0.0/24 via 10.9.0.7; }`
    const a = net.host({ name: 'a', address: '10.9.0.1', files: { 'bird.cfg': conf } }).start()
    const held = () => ['10.1.0.0/24', '10.2.0.0/24', '10.3.0.0/24'].filter((net) => a.routes(net).length > 0)
    net.runSeconds(1)
    expect(held()).toHaveLength(3)
    a.kernel.setCarrier('eth0', false)
    expect(held()).toEqual(['10.3.0.0/24'])
    a.kernel.setCarrier('eth0', true)
    expect(held()).toHaveLength(3)
  })
})

const client = (
  own: string,
  peer: string,
  extra: string,
) => `protocol bgp Node_${peer.replaceAll('.', '_')} from bgp_template {
  neighbor ${peer} as 64512; source address ${own}; ${extra} import all;
  export filter { calico_export_to_bgp_peers(true); reject; };
}
`

describe('route reflection', () => {
  const CLIENTS = [
    { address: '10.192.0.3', block: '192.168.45.128/26' },
    { address: '10.192.0.4', block: '192.168.99.0/26' },
  ]
  function bed() {
    const net = new BirdNet()
    net.run(600_000)
    const own = '10.192.0.2'
    const extra = CLIENTS.map((c) => client(own, c.address, 'rr client; rr cluster id 244.0.0.1; passive on;')).join('')
    const rr = net
      .host({ name: 'rr', address: own, files: nodeFiles({ address: own, block: '192.168.221.64/26', extra }) })
      .start()
    const clients = CLIENTS.map((c, i) =>
      net
        .host({ name: `c${i + 1}`, address: c.address, files: nodeFiles({ ...c, extra: client(c.address, own, '') }) })
        .start(),
    )
    net.runSeconds(8)
    return { net, rr, c1: clients[0]!, c2: clients[1]! }
  }

  it('adds originator and cluster, keeps the next hop, and gives nobody his own route back', () => {
    const { rr, c1 } = bed()
    expect(c1.routes('192.168.99.0/26')[0]).toMatchObject({
      protocol: 'Node_10_192_0_2',
      from: ip('10.192.0.2'),
      gateway: ip('10.192.0.4'),
      attributes: {
        nextHop: ip('10.192.0.4'),
        originatorId: ip('10.192.0.4'),
        clusterList: [ip('244.0.0.1')],
        localPref: 100,
      },
    })
    expect(c1.routes('192.168.221.64/26')[0]?.attributes).toEqual({
      origin: 0,
      asPath: [],
      nextHop: ip('10.192.0.2'),
      localPref: 100,
    })
    expect(c1.routes('192.168.45.128/26')).toHaveLength(1)
    const backToC1 = rr.sent.filter(
      (sent) => sent.to === c1.address && JSON.stringify(sent.message).includes(`"originatorId":${ip('10.192.0.3')}`),
    )
    expect(backToC1).toEqual([])
  })

  it('withdraws with the path id it announced with', () => {
    const { net, rr, c1, c2 } = bed()
    const announced = c1.routes('192.168.99.0/26')[0]?.remotePathId
    c2.do((d, now) => d.disable(now, 'Node_10_192_0_2'))
    net.runSeconds(1)
    const last = rr.sent.filter((sent) => sent.to === c1.address && sent.message.type === 'UPDATE').at(-1)?.message
    expect(last).toMatchObject({ withdrawn: [{ pathId: announced }] })
    expect(c1.routes('192.168.99.0/26')).toEqual([])
  })
})

describe('a ToR over eBGP (ebgp-tor)', () => {
  const tor = (name: string, peer: string) =>
    `protocol bgp ${name} { local as 64513; neighbor ${peer} as 64512; import all; connect delay time 2;
  export filter { if source = RTS_STATIC then { bgp_med = 50; accept; } reject; }; }\n`
  function bed() {
    const net = new BirdNet()
    net.run(600_000)
    const nodes = [
      { address: '10.192.0.2', block: '192.168.221.64/26' },
      { address: '10.192.0.3', block: '192.168.45.128/26' },
    ]
    const mesh = nodes.map((n) => n.address)
    const global = (
      own: string,
    ) => `protocol bgp Global from bgp_template { multihop; neighbor 10.192.0.1 as 64513; source address ${own};
  import all; export filter { calico_export_to_bgp_peers(false); reject; }; }\n`
    const hosts = nodes.map((n, i) =>
      net
        .host({ name: `n${i + 1}`, address: n.address, files: nodeFiles({ ...n, mesh, extra: global(n.address) }) })
        .defaultVia('10.192.0.1')
        .tunnel(n.block.replace(/\/.*/, ''))
        .start(),
    )
    const config = `router id 10.192.0.1; protocol device { scan time 2; } protocol direct { interface "eth0"; }
protocol kernel { export all; scan time 2; } protocol static { route 0.0.0.0/0 unreachable; route 203.0.113.0/24 unreachable; }
${tor('n1', '10.192.0.2')}${tor('n2', '10.192.0.3')}`
    const router = net
      .host({ name: 'tor', address: '10.192.0.1', version: '1.6.8', files: { 'bird.cfg': config } })
      .start()
    net.runSeconds(10)
    return { net, n1: hosts[0]!, n2: hosts[1]!, tor: router }
  }

  it('hears every block from every node and takes the lowest router id', () => {
    const { tor: t } = bed()
    const paths = t.routes('192.168.45.128/26')
    expect(paths.map((path) => [path.protocol, path.gateway])).toEqual([
      ['n1', ip('10.192.0.2')],
      ['n2', ip('10.192.0.3')],
    ])
    expect(paths[0]?.attributes).toEqual({
      origin: 0,
      asPath: [{ type: 2, asns: [64512] }],
      nextHop: ip('10.192.0.2'),
      localPref: 100,
    })
  })

  it('its default beats the learned one in the table but not in the kernel: File exists and !', () => {
    const { n1 } = bed()
    const [best, other] = n1.routes('0.0.0.0/0')
    expect(best).toMatchObject({ protocol: 'Global', syncError: true, attributes: { med: 50, localPref: 100 } })
    expect(other).toMatchObject({ protocol: 'kernel1', syncError: false })
    expect(n1.lines()).toContain('Netlink: File exists')
    expect(n1.kernelRoutes()).toContain('203.0.113.0/24 via 10.192.0.1 dev eth0')
  })

  it('its routes go at once when it dies, since it was only restart-aware', () => {
    const { net, n1, tor: t } = bed()
    expect(n1.protocols.get('Global')?.bgp?.neighborCaps?.join(' ')).toBe(
      'refresh enhanced-refresh restart-aware llgr-aware AS4',
    )
    t.kill()
    net.runSeconds(3)
    expect(n1.routes('203.0.113.0/24')).toEqual([])
    expect(n1.routes('0.0.0.0/0').map((route) => [route.protocol, route.syncError])).toEqual([['kernel1', false]])
    expect(n1.state('Global')).toBe('start Active        Socket: Connection refused')
  })
})

describe('without protocol device', () => {
  const conf = (head: string) => `${head}
protocol direct {}
protocol static { route 10.1.0.0/24 via 10.9.0.7; route 10.2.0.0/24 blackhole; }
protocol bgp nb { local as 1; neighbor 10.9.0.2 as 2; }`

  it('no interface is seen: nothing is connected, and a direct neighbor is waited for', () => {
    const net = new BirdNet()
    const files = { 'bird.cfg': conf('router id 10.9.0.1;') }
    const a = net.host({ name: 'a', address: '10.9.0.1', files }).start()
    net.runSeconds(3)
    expect(['10.9.0.0/24', '10.1.0.0/24', '10.2.0.0/24'].map((net) => a.routes(net).length)).toEqual([0, 0, 1])
    expect(a.state('nb')).toBe('start Idle')
  })
})
