import { expect, test } from 'vitest'
import { ip } from '../net/address.ts'
import { prefix } from '../net/prefix.ts'
import { Kernel } from './kernel.ts'
import { type WalkPod, type WalkStart, type WalkWorld, walkPacket } from './packet-walk.ts'
import { deviceRoute, gatewayRoute, rejectRoute } from './routes.ts'
import { RTPROT } from './types.ts'

const quiet = { interfaceChanged: () => {}, fibChanged: () => {}, routeNotified: () => {} }

/** Two nodes a and b on 172.18.0.0/16, c on 172.19.0.0/16, both networks with a gateway. */
class Lab implements WalkWorld {
  readonly kernels = new Map<string, Kernel>()
  readonly off = new Set<string>()
  readonly cut = new Set<string>()
  readonly pods = new Map<string, WalkPod>()
  readonly vteps = new Map<number, number>()
  masquerade = false

  constructor() {
    this.add('a', '172.18.0.2', '172.18.0.1')
    this.add('b', '172.18.0.3', '172.18.0.1')
    this.add('c', '172.19.0.4', '172.19.0.1')
  }

  add(name: string, address: string, gateway: string) {
    const kernel = new Kernel(quiet)
    kernel.addInterface({ name: 'eth0', kind: 'ethernet', addresses: [{ address: ip(address), prefixLength: 16 }] })
    kernel.addInterface({ name: 'tunl0', kind: 'ipip' })
    kernel.addInterface({ name: 'vxlan.calico', kind: 'vxlan' })
    kernel.addRoute(gatewayRoute({ prefix: 0, gateway: ip(gateway), dev: 'eth0', protocol: RTPROT.boot }))
    this.kernels.set(name, kernel)
  }

  addPod(host: string, address: string) {
    const dev = `cali${host}`
    const kernel = this.kernels.get(host)!
    kernel.addInterface({ name: dev, kind: 'veth' })
    kernel.addRoute(deviceRoute({ prefix: prefix(`${address}/32`), dev, protocol: RTPROT.boot }))
    this.pods.set(`${host} ${dev}`, { name: `default/${host}`, address: ip(address) })
  }

  route(host: string, to: string, spec: { via: string; dev: string; onlink?: boolean }) {
    const error = this.kernels.get(host)!.addRoute(
      gatewayRoute({
        prefix: prefix(to),
        gateway: ip(spec.via),
        dev: spec.dev,
        protocol: RTPROT.bird,
        onlink: spec.onlink ?? false,
      }),
    )
    expect(error).toBeNull()
  }

  host(name: string) {
    const kernel = this.kernels.get(name)
    if (kernel === undefined) return null
    return {
      name,
      powered: !this.off.has(name),
      interfaces: kernel.interfaces(),
      lookup: (address: number) => kernel.lookup(address),
    }
  }
  attachment(host: string, dev: string) {
    return dev === 'eth0' ? { network: host === 'c' ? 'net19' : 'net18', up: !this.cut.has(host) } : null
  }
  neighbour(network: string, address: number) {
    for (const [host, kernel] of this.kernels) {
      if (this.attachment(host, 'eth0')!.network === network && kernel.isLocal(address)) return { host }
    }
    return address === ip(network === 'net18' ? '172.18.0.1' : '172.19.0.1') ? ('gateway' as const) : null
  }
  gatewayNetwork(address: number) {
    return address >>> 16 === 0xac12 ? 'net18' : address >>> 16 === 0xac13 ? 'net19' : null
  }
  pod(host: string, dev: string) {
    return this.pods.get(`${host} ${dev}`) ?? null
  }
  vtep(_host: string, address: number) {
    return this.vteps.get(address) ?? null
  }
  masquerades() {
    return this.masquerade
  }
  walk(from: string, source: string, destination: string) {
    const start: WalkStart = { from, source: ip(source), destination: ip(destination) }
    return walkPacket(this, start)
  }
}

test('plain routes: from a pod to a pod on the other node, with the lines used', () => {
  const lab = new Lab()
  lab.addPod('b', '10.0.1.1')
  lab.route('a', '10.0.1.0/26', { via: '172.18.0.3', dev: 'eth0' })
  const walk = lab.walk('a', '10.0.0.1', '10.0.1.1')
  expect(walk.verdict).toBe('delivered')
  expect(walk.takenBy).toBe('default/b')
  expect(walk.hops.map((hop) => hop.line)).toEqual([
    '10.0.1.0/26 via 172.18.0.3 dev eth0 proto bird',
    '10.0.1.1 dev calib scope link',
  ])
})

test('IPIP across the gateway: the outer header finds its own way', () => {
  const lab = new Lab()
  lab.addPod('c', '10.0.2.1')
  lab.route('a', '10.0.2.0/26', { via: '172.19.0.4', dev: 'tunl0', onlink: true })
  const walk = lab.walk('a', '10.0.0.1', '10.0.2.1')
  expect(walk.verdict).toBe('delivered')
  expect(walk.hops[1]?.encapsulation).toEqual({ kind: 'ipip', source: ip('172.18.0.2'), destination: ip('172.19.0.4') })
  expect(walk.hops.map((hop) => hop.to)).toEqual(['172.19.0.4', 'c', 'default/c'])
})

test('without a tunnel the gateway knows no pod route', () => {
  const lab = new Lab()
  lab.addPod('c', '10.0.2.1')
  lab.route('a', '10.0.2.0/26', { via: '172.18.0.1', dev: 'eth0' })
  const walk = lab.walk('a', '10.0.0.1', '10.0.2.1')
  expect([walk.verdict, walk.host]).toEqual(['gateway-drops', 'gateway'])
})

test('VXLAN needs the forwarding entry of the remote VTEP', () => {
  const lab = new Lab()
  lab.addPod('b', '10.0.1.1')
  lab.route('a', '10.0.1.0/26', { via: '10.0.1.0', dev: 'vxlan.calico', onlink: true })
  expect(lab.walk('a', '10.0.0.1', '10.0.1.1').verdict).toBe('no-tunnel')
  lab.vteps.set(ip('10.0.1.0'), ip('172.18.0.3'))
  expect(lab.walk('a', '10.0.0.1', '10.0.1.1').verdict).toBe('delivered')
})

test('every way to lose a packet names the host and the line', () => {
  const lab = new Lab()
  const ends = (destination: string) => {
    const walk = lab.walk('a', '10.0.0.1', destination)
    return [walk.verdict, walk.host, walk.line]
  }
  lab.kernels.get('a')!.addRoute(rejectRoute(prefix('10.9.0.0/26'), 'blackhole', RTPROT.bird))
  lab.kernels.get('a')!.addRoute(rejectRoute(prefix('10.9.1.0/26'), 'unreachable', RTPROT.bird))
  lab.route('a', '10.0.1.0/26', { via: '172.18.0.3', dev: 'eth0' })
  expect(ends('10.9.0.1')).toEqual(['blackhole', 'a', 'blackhole 10.9.0.0/26 proto bird'])
  expect(ends('10.9.1.1')).toEqual(['unreachable', 'a', 'unreachable 10.9.1.0/26 proto bird'])
  expect(ends('172.18.0.77')[0]).toBe('neighbour-dead')
  lab.route('b', '10.0.1.0/26', { via: '172.18.0.2', dev: 'eth0' })
  expect(ends('10.0.1.1')).toEqual(['loop', 'a', '10.0.1.0/26 via 172.18.0.2 dev eth0 proto bird'])
  lab.off.add('b')
  expect(ends('10.0.1.1')).toEqual(['host-down', 'b', '10.0.1.0/26 via 172.18.0.3 dev eth0 proto bird'])
  lab.off.clear()
  lab.cut.add('b')
  expect(ends('10.0.1.1')[0]).toBe('link-down')
  lab.kernels.get('a')!.setUp('eth0', false)
  expect(ends('10.0.1.1')).toEqual(['no-route', 'a', null])
})

test('natOutgoing changes the source that the receiver sees', () => {
  const lab = new Lab()
  lab.masquerade = true
  const walk = lab.walk('a', '10.0.0.1', '172.18.0.3')
  expect([walk.verdict, walk.source]).toEqual(['delivered', ip('172.18.0.2')])
})
