import { describe, expect, test } from 'vitest'
import { ip } from '../net/address.ts'
import { prefix } from '../net/prefix.ts'
import { formatRoute, formatRouteGet, formatRoutes, linkDownOf, routesJson } from './format-route.ts'
import { Kernel } from './kernel.ts'
import { deviceRoute, gatewayRoute, rejectRoute } from './routes.ts'
import { type KernelRoute, type RouteChange, RTPROT } from './types.ts'

function node() {
  const heard: RouteChange[] = []
  const slots: string[] = []
  const kernel = new Kernel({
    interfaceChanged: (name, value) => slots.push(`${name} ${value === null ? 'gone' : value.up ? 'up' : 'down'}`),
    fibChanged: (prefixKey, _metric, value) => slots.push(`${value === null ? '-' : '+'}${prefixKey}`),
    routeNotified: (change) => heard.push(change),
  })
  kernel.addInterface({ name: 'lo', kind: 'loopback', addresses: [{ address: ip('127.0.0.1'), prefixLength: 8 }] })
  kernel.addInterface({
    name: 'eth0',
    kind: 'ethernet',
    addresses: [{ address: ip('172.18.0.2'), prefixLength: 16 }],
  })
  kernel.addRoute(
    gatewayRoute({ prefix: prefix('0.0.0.0/0'), gateway: ip('172.18.0.1'), dev: 'eth0', protocol: RTPROT.boot }),
  )
  return { kernel, heard, slots }
}
const via = (p: string, gateway: string, dev: string, more: Partial<KernelRoute> = {}): KernelRoute => ({
  ...gatewayRoute({ prefix: prefix(p), gateway: ip(gateway), dev, protocol: RTPROT.bird }),
  ...more,
})
const lines = (kernel: Kernel) => formatRoutes(kernel.routes(), linkDownOf(kernel.interfaces())).split('\n')

describe('adding routes', () => {
  test('the errors are the kernel’s', () => {
    const { kernel } = node()
    expect(kernel.addRoute(via('10.5.0.0/16', '172.18.0.77', 'eth0'))).toBeNull()
    expect(kernel.addRoute(via('10.5.0.0/16', '172.18.0.78', 'eth0'))).toBe('EEXIST')
    expect(kernel.addRoute(via('10.5.0.0/16', '172.18.0.78', 'eth0', { metric: 5 }))).toBeNull()
    expect(kernel.addRoute(via('10.6.0.0/16', '10.77.0.77', 'eth0'))).toBe('ENETUNREACH')
    expect(kernel.addRoute(via('10.6.0.0/16', '172.18.0.2', 'eth0'))).toBe('EINVAL')
    expect(kernel.addRoute(via('10.6.0.0/16', '10.77.0.77', 'eth0', { onlink: true }))).toBeNull()
    expect(kernel.addRoute(via('10.7.0.0/16', '172.18.0.3', 'nope'))).toBe('ENODEV')
    expect(kernel.deleteRoute({ prefix: prefix('10.8.0.0/16') })).toBe('ESRCH')
  })

  test('the longest prefix wins, then the lowest metric', () => {
    const { kernel } = node()
    kernel.addRoute(via('10.5.0.0/16', '172.18.0.4', 'eth0', { metric: 5 }))
    kernel.addRoute(via('10.5.0.0/16', '172.18.0.3', 'eth0'))
    kernel.addRoute(rejectRoute(prefix('10.5.1.0/26'), 'blackhole', RTPROT.bird))
    expect(kernel.lookup(ip('10.5.1.3'))?.type).toBe('blackhole')
    expect(kernel.lookup(ip('10.5.1.64'))?.gateway).toBe(ip('172.18.0.3'))
    expect(kernel.lookup(ip('8.8.8.8'))?.gateway).toBe(ip('172.18.0.1'))
    kernel.deleteRoute({ prefix: prefix('10.5.0.0/16'), metric: 0 })
    expect(kernel.lookup(ip('10.5.1.64'))?.gateway).toBe(ip('172.18.0.4'))
    kernel.deleteRoute({ prefix: prefix('10.5.0.0/16') })
    expect(kernel.lookup(ip('10.5.1.64'))?.gateway).toBe(ip('172.18.0.1'))
  })

  test('netlink hears of additions and deletions', () => {
    const { kernel, heard } = node()
    heard.length = 0
    kernel.addRoute(via('10.5.0.0/16', '172.18.0.4', 'eth0'))
    kernel.replaceRoute(via('10.5.0.0/16', '172.18.0.3', 'eth0'))
    kernel.deleteRoute({ prefix: prefix('10.5.0.0/16') })
    expect(heard.map((change) => change.kind)).toEqual(['add', 'delete', 'add', 'delete'])
  })
})

describe('interface changes', () => {
  test('down takes every route of the device, silently; tunnel routes and rejects stay; up brings the connected one', () => {
    const { kernel, heard } = node()
    kernel.addInterface({ name: 'tunl0', kind: 'ipip', addresses: [{ address: ip('10.0.0.0'), prefixLength: 32 }] })
    kernel.addRoute(via('10.5.0.0/16', '172.18.0.3', 'tunl0', { onlink: true }))
    kernel.addRoute(rejectRoute(prefix('10.6.0.0/26'), 'blackhole', RTPROT.bird))
    heard.length = 0
    kernel.setUp('eth0', false)
    expect(lines(kernel)).toEqual([
      '10.5.0.0/16 via 172.18.0.3 dev tunl0 proto bird onlink ',
      'blackhole 10.6.0.0/26 proto bird ',
    ])
    expect(heard).toEqual([])
    expect(kernel.isLocal(ip('172.18.0.2'))).toBe(false)
    kernel.setUp('eth0', true)
    expect(lines(kernel)).toContain('172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.2 ')
    expect(lines(kernel).some((line) => line.startsWith('default'))).toBe(false)
  })

  test('without carrier routes stay and say linkdown', () => {
    const { kernel } = node()
    kernel.setCarrier('eth0', false)
    expect(lines(kernel)).toEqual([
      'default via 172.18.0.1 dev eth0 linkdown ',
      '172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.2 linkdown ',
    ])
    expect(routesJson(kernel.routes(), linkDownOf(kernel.interfaces()))[0]?.flags).toEqual(['linkdown'])
  })

  test('the last address takes the routes with it, the connected route follows the address', () => {
    const { kernel } = node()
    kernel.setAddresses('eth0', [{ address: ip('172.18.0.9'), prefixLength: 16 }])
    expect(lines(kernel)).toEqual([
      'default via 172.18.0.1 dev eth0 ',
      '172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.9 ',
    ])
    kernel.setAddresses('eth0', [])
    expect(kernel.routes()).toEqual([])
  })

  test('an index is never used again', () => {
    const { kernel } = node()
    expect(kernel.addInterface({ name: 'calia', kind: 'veth' }).index).toBe(3)
    kernel.removeInterface('calia')
    expect(kernel.addInterface({ name: 'calib', kind: 'veth' }).index).toBe(4)
    expect(kernel.interface('calia')).toBeNull()
  })
})

// Every cell of the table in the Calico reference, section 7.3, and what else iproute2 6.1 was seen to print.
describe('ip route text', () => {
  const block = prefix('192.168.166.128/26')
  test.each([
    ['default via 172.18.0.1 dev eth0 ', via('0.0.0.0/0', '172.18.0.1', 'eth0', { protocol: RTPROT.boot })],
    [
      '172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.2 ',
      deviceRoute({ prefix: prefix('172.18.0.0/16'), dev: 'eth0', protocol: RTPROT.kernel, prefsrc: ip('172.18.0.2') }),
    ],
    [
      '192.168.166.129 dev calic440f455693 scope link ',
      deviceRoute({ prefix: prefix('192.168.166.129/32'), dev: 'calic440f455693', protocol: RTPROT.boot }),
    ],
    ['blackhole 192.168.166.128/26 proto bird ', rejectRoute(block, 'blackhole', RTPROT.bird)],
    ['blackhole 192.168.166.128/26 proto 80 ', rejectRoute(block, 'blackhole', RTPROT.felix)],
    ['192.168.104.0/26 via 172.18.0.3 dev eth0 proto bird ', via('192.168.104.0/26', '172.18.0.3', 'eth0')],
    ['192.168.135.0/26 via 172.18.0.1 dev eth0 proto bird ', via('192.168.135.0/26', '172.18.0.1', 'eth0')],
    [
      '192.168.104.0/26 via 172.18.0.3 dev tunl0 proto bird onlink ',
      via('192.168.104.0/26', '172.18.0.3', 'tunl0', { onlink: true }),
    ],
    [
      '192.168.135.0/26 via 192.168.135.0 dev vxlan.calico onlink ',
      via('192.168.135.0/26', '192.168.135.0', 'vxlan.calico', { onlink: true, protocol: RTPROT.boot }),
    ],
    [
      '192.168.104.0/26 via 172.18.0.3 dev eth0 proto 80 onlink ',
      via('192.168.104.0/26', '172.18.0.3', 'eth0', { onlink: true, protocol: RTPROT.felix }),
    ],
    ['unreachable 192.168.99.0/26 proto bird ', rejectRoute(prefix('192.168.99.0/26'), 'unreachable', RTPROT.bird)],
    ['prohibit 172.16.7.0/24 proto bird ', rejectRoute(prefix('172.16.7.0/24'), 'prohibit', RTPROT.bird)],
    [
      'blackhole 172.16.12.0/24 proto bird metric 77 ',
      { ...rejectRoute(prefix('172.16.12.0/24'), 'blackhole', RTPROT.bird), metric: 77 },
    ],
    ['blackhole default proto bird ', rejectRoute(prefix('0.0.0.0/0'), 'blackhole', RTPROT.bird)],
    [
      '172.16.5.0/24 dev eth0 proto bird scope link ',
      deviceRoute({ prefix: prefix('172.16.5.0/24'), dev: 'eth0', protocol: RTPROT.bird }),
    ],
    [
      'default via 10.1.0.254 dev eth0 proto dhcp metric 100 ',
      via('0.0.0.0/0', '10.1.0.254', 'eth0', { protocol: 16, metric: 100 }),
    ],
  ] as const)('%s', (text, route) => {
    expect(formatRoute(route)).toBe(text)
  })

  const multipath: KernelRoute = {
    ...via('192.168.5.5/32', '0.0.0.0', 'eth0'),
    gateway: null,
    dev: null,
    nexthops: [
      { gateway: ip('10.192.0.3'), dev: 'eth0', weight: 1 },
      { gateway: ip('10.192.0.4'), dev: 'eth0', weight: 1 },
    ],
  }
  test('several next hops', () => {
    expect(formatRoute(multipath)).toBe(
      '192.168.5.5 proto bird \n\tnexthop via 10.192.0.3 dev eth0 weight 1 \n\tnexthop via 10.192.0.4 dev eth0 weight 1 ',
    )
  })

  test('JSON keeps flags, leaves out boot and the length of a /32', () => {
    const routes = [
      deviceRoute({ prefix: prefix('192.168.166.129/32'), dev: 'calia', protocol: RTPROT.boot }),
      rejectRoute(block, 'blackhole', RTPROT.bird),
      via('192.168.104.0/26', '172.18.0.3', 'tunl0', { onlink: true }),
      multipath,
    ]
    expect(JSON.stringify(routesJson(routes))).toBe(
      '[{"dst":"192.168.166.129","dev":"calia","scope":"link","flags":[]},' +
        '{"type":"blackhole","dst":"192.168.166.128/26","protocol":"bird","flags":[]},' +
        '{"dst":"192.168.104.0/26","gateway":"172.18.0.3","dev":"tunl0","protocol":"bird","flags":["onlink"]},' +
        '{"dst":"192.168.5.5","protocol":"bird","flags":[],"nexthops":[' +
        '{"gateway":"10.192.0.3","dev":"eth0","weight":1,"flags":[]},{"gateway":"10.192.0.4","dev":"eth0","weight":1,"flags":[]}]}]',
    )
  })

  test('a dump ascends by address, longest prefix first', () => {
    const { kernel } = node()
    kernel.addRoute(rejectRoute(block, 'blackhole', RTPROT.bird))
    kernel.addInterface({ name: 'calia', kind: 'veth' })
    kernel.addRoute(deviceRoute({ prefix: prefix('192.168.166.128/32'), dev: 'calia', protocol: RTPROT.boot }))
    kernel.addRoute(via('10.0.0.0/8', '172.18.0.3', 'eth0'))
    expect(lines(kernel)).toEqual([
      'default via 172.18.0.1 dev eth0 ',
      '10.0.0.0/8 via 172.18.0.3 dev eth0 proto bird ',
      '172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.2 ',
      '192.168.166.128 dev calia scope link ',
      'blackhole 192.168.166.128/26 proto bird ',
    ])
  })

  test('ip route get', () => {
    const { kernel } = node()
    const get = (address: string) =>
      formatRouteGet(ip(address), { interfaces: kernel.interfaces(), route: kernel.lookup(ip(address)) })
    kernel.addRoute(rejectRoute(block, 'blackhole', RTPROT.bird))
    expect(get('8.8.8.8').text).toBe('8.8.8.8 via 172.18.0.1 dev eth0 src 172.18.0.2 uid 0 \n    cache ')
    expect(get('172.18.0.9').text).toBe('172.18.0.9 dev eth0 src 172.18.0.2 uid 0 \n    cache ')
    expect(get('172.18.0.2').text).toBe('local 172.18.0.2 dev lo src 172.18.0.2 uid 0 \n    cache <local> ')
    expect(get('192.168.166.129')).toEqual({ ok: false, text: 'RTNETLINK answers: Invalid argument' })
    kernel.deleteRoute({ prefix: 0 })
    expect(get('8.8.8.8')).toEqual({ ok: false, text: 'RTNETLINK answers: Network is unreachable' })
  })
})
