// Several tables, pipes between them, and static routes with several next hops, as the lab showed them on real daemons.
import { describe, expect, it } from 'vitest'
import { formatIp, ip } from '../../net/address.ts'
import { BirdNet } from '../../testing/bird-net.ts'

const HEAD = 'protocol device { scan time 2; } protocol direct { interface "eth0"; }'

function pair(a: string, b: string) {
  const net = new BirdNet()
  const host = (name: string, address: string, conf: string) =>
    net.host({ name, address, files: { 'bird.cfg': `router id ${address}; ${HEAD} ${conf}` } }).start()
  const hosts = { net, a: host('a', '10.9.0.1', a), b: host('b', '10.9.0.2', b) }
  net.runSeconds(5)
  return hosts
}

const SPEAKER = `protocol static { route 10.22.0.0/16 blackhole; }
protocol bgp up { local as 65002; neighbor 10.9.0.1 as 65001; connect delay time 1; export where source = RTS_STATIC; }`

describe('a pipe', () => {
  const hub = (mode: string) => `table cust; protocol kernel { export all; scan time 2; }
protocol pipe c2m { peer table cust; mode ${mode}; import all; export none; }
protocol bgp p { table cust; local as 65001; neighbor 10.9.0.2 as 65002; passive on; import all; }`

  it('passes on what comes into its peer table later', () => {
    const { net, a, b } = pair(hub('transparent'), SPEAKER)
    // The kernel has what the table master has.
    const line = '10.22.0.0/16 via 10.9.0.2 dev eth0'
    expect(a.kernelRoutes()).toContain(line)
    b.kill()
    net.runSeconds(3)
    expect(a.kernelRoutes()).not.toContain(line)
  })

  it.each([
    ['transparent', '=> cust'],
    ['opaque', '-> cust'],
  ])('%s is shown as %s', (mode, shown) => {
    const { a } = pair(hub(mode), SPEAKER)
    expect(a.state('c2m')).toBe(`up ${shown}`)
  })
})

describe('a static route with several next hops', () => {
  it('has the heaviest first, then the lowest gateway', () => {
    const { a } = pair(
      'protocol static { route 10.5.0.0/24 multipath via 10.9.0.7 via 10.9.0.2 via 10.9.0.3 weight 2; }',
      SPEAKER,
    )
    const [route] = a.routes('10.5.0.0/24')
    expect(route?.nexthops?.map(({ gateway, weight }) => `${formatIp(gateway)} ${weight}`)).toEqual([
      '10.9.0.3 2',
      '10.9.0.2 1',
      '10.9.0.7 1',
    ])
  })
})

describe('the device protocol', () => {
  it('takes the interfaces with it, and brings them back', () => {
    const { net, a, b } = pair('', SPEAKER.replace('export', 'hold time 9; error wait time 1,2; export'))
    const command = (verb: 'disable' | 'enable') => b.do((d, now) => d[verb](now, 'device1'))
    expect(a.routes('10.9.0.0/24')).toHaveLength(1)
    expect(b.routes('10.9.0.0/24')).toHaveLength(1)
    command('disable')
    net.runSeconds(2)
    expect(b.routes('10.9.0.0/24')).toEqual([])
    expect(b.state('up')).toMatch(/Error: Neighbor lost$/)
    command('enable')
    net.runSeconds(6)
    expect(b.routes('10.9.0.0/24')).toHaveLength(1)
  })

  const disabled = (rest: string) => {
    const net = new BirdNet()
    const files = { 'bird.cfg': `${rest} protocol device { disabled; } protocol direct { } protocol kernel { learn; }` }
    return { net, host: net.host({ name: 'a', address: '10.9.0.1', files }) }
  }

  it('that does not run sees nothing, whoever else scans', () => {
    const { net, host } = disabled('router id 10.9.0.1;')
    host.start()
    net.runSeconds(70)
    expect(host.state('direct1')).toBe('up')
    expect(host.routes('10.9.0.0/24')).toEqual([])
  })

  it('that does not run finds no router id', () => {
    const { host } = disabled('')
    expect(() => host.start()).toThrow('Cannot determine router ID')
  })
})

describe('the kernel protocol', () => {
  it('finds what it left under the metric of an earlier configuration', () => {
    const conf = (metric: number, target: string) => ({
      'bird.cfg': `router id 10.9.0.1; ${HEAD} protocol kernel { persist; export all; scan time 2; metric ${metric}; }
protocol static { route 10.5.0.0/24 via 10.9.0.${target}; }`,
    })
    const net = new BirdNet()
    const a = net.host({ name: 'a', address: '10.9.0.1', files: conf(0, '7') }).start()
    net.runSeconds(5)
    const configure = (metric: number, target: string) => {
      a.do((d, now) => d.reconfigure(now, new Map(Object.entries(conf(metric, target))), 'configure'))
      net.runSeconds(10)
      return a.kernelRoutes().filter((line) => line.startsWith('10.5.0.0/24'))
    }
    // The daemon looks at the next hop alone, so that the old one counts as its own until something changes.
    expect(configure(20, '7')).toEqual(['10.5.0.0/24 via 10.9.0.7 dev eth0'])
    expect(configure(20, '8')).toHaveLength(1)
    expect(a.kernel.routes().find((route) => route.gateway === ip('10.9.0.8'))?.metric).toBe(20)
    expect(a.routes('10.5.0.0/24')[0]?.syncError).toBe(false)
  })
})
