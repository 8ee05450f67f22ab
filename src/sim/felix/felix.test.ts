import { describe, expect, test } from 'vitest'
import type { IPAMBlock, IPPool, Node } from '../datastore/resources.ts'
import { ResourceStore } from '../datastore/store.ts'
import { formatRoutes } from '../kernel/format-route.ts'
import { Kernel } from '../kernel/kernel.ts'
import { deviceRoute } from '../kernel/routes.ts'
import { RTPROT } from '../kernel/types.ts'
import { ip } from '../net/address.ts'
import { prefix } from '../net/prefix.ts'
import { Felix } from './felix.ts'
import { vethName } from './veth-name.ts'

const pool = (modes: Partial<IPPool['spec']>): IPPool => ({
  apiVersion: 'projectcalico.org/v3',
  kind: 'IPPool',
  metadata: { name: 'pool' },
  spec: {
    cidr: '192.168.0.0/16',
    blockSize: 26,
    ipipMode: 'Never',
    vxlanMode: 'Never',
    nodeSelector: 'all()',
    allowedUses: ['Workload', 'Tunnel'],
    assignmentMode: 'Automatic',
    ...modes,
  },
})
const node = (name: string, address: string, tunnel: string): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: {
    name,
    annotations: {
      'projectcalico.org/IPv4Address': address,
      'projectcalico.org/IPv4IPIPTunnelAddr': tunnel,
      'projectcalico.org/IPv4VXLANTunnelAddr': tunnel,
    },
  },
  spec: {},
})
const block = (cidr: string, owner: string | null, borrowed: Record<number, string> = {}): IPAMBlock => ({
  apiVersion: 'crd.projectcalico.org/v1',
  kind: 'IPAMBlock',
  metadata: { name: cidr.replaceAll(/[./]/g, '-') },
  spec: {
    cidr,
    affinity: owner === null ? null : `host:${owner}`,
    allocations: Array.from({ length: 64 }, (_, i) =>
      i in borrowed ? Object.keys(borrowed).indexOf(String(i)) : null,
    ),
    unallocated: [],
    attributes: Object.values(borrowed).map((name) => ({ secondary: { node: name } })),
  },
})

function cluster(modes: Partial<IPPool['spec']>) {
  const store = new ResourceStore()
  store.put(pool(modes))
  store.put(node('n1', '172.18.0.2/16', '192.168.166.128'))
  store.put(node('n2', '172.18.0.3/16', '192.168.104.0'))
  store.put(node('n3', '172.19.0.4/16', '192.168.135.0'))
  store.put(block('192.168.166.128/26', 'n1'))
  store.put(block('192.168.104.0/26', 'n2'))
  store.put(block('192.168.135.0/26', 'n3'))
  const kernel = new Kernel({ interfaceChanged: () => {}, fibChanged: () => {}, routeNotified: () => {} })
  kernel.addInterface({ name: 'eth0', kind: 'ethernet', addresses: [{ address: ip('172.18.0.2'), prefixLength: 16 }] })
  const felix = new Felix({ node: 'n1', store, kernel })
  felix.datastoreChanged()
  const lines = () => formatRoutes(kernel.routes().filter((route) => route.protocol !== RTPROT.kernel)).split('\n')
  return { store, kernel, felix, lines }
}

test('the interface of default/nginx', () => {
  expect(vethName('default', 'nginx')).toBe('calic440f455693')
})

describe('routes for remote blocks', () => {
  test('VXLAN Always: everything through the tunnel device', () => {
    const { kernel, lines } = cluster({ vxlanMode: 'Always' })
    expect(lines()).toEqual([
      '192.168.104.0/26 via 192.168.104.0 dev vxlan.calico onlink ',
      '192.168.135.0/26 via 192.168.135.0 dev vxlan.calico onlink ',
      'blackhole 192.168.166.128/26 proto 80 ',
    ])
    expect(kernel.interface('vxlan.calico')).toMatchObject({ mtu: 1450, up: true, kind: 'vxlan' })
    expect(kernel.interface('tunl0')).toBeNull()
  })

  test('VXLAN CrossSubnet: plain routes on one subnet, the tunnel beyond', () => {
    const { lines } = cluster({ vxlanMode: 'CrossSubnet' })
    expect(lines()).toEqual([
      '192.168.104.0/26 via 172.18.0.3 dev eth0 proto 80 onlink ',
      '192.168.135.0/26 via 192.168.135.0 dev vxlan.calico onlink ',
      'blackhole 192.168.166.128/26 proto 80 ',
    ])
  })

  test.each([{ ipipMode: 'Always' }, { ipipMode: 'Never' }] as const)('none without VXLAN: %o', (modes) => {
    const { kernel, lines } = cluster(modes)
    expect(lines()).toEqual([''])
    expect(kernel.interface('tunl0')?.addresses).toEqual(
      modes.ipipMode === 'Always' ? [{ address: ip('192.168.166.128'), prefixLength: 32 }] : undefined,
    )
    expect(kernel.interface('vxlan.calico')).toBeNull()
  })

  test('a borrowed address has a route of its own', () => {
    const { store, felix, lines } = cluster({ vxlanMode: 'Always' })
    store.put(block('192.168.104.0/26', 'n2', { 5: 'n3' }))
    felix.datastoreChanged()
    expect(lines()).toContain('192.168.104.5 via 192.168.135.0 dev vxlan.calico onlink ')
  })

  test('a deleted node takes its routes with it, and a deleted pool the device', () => {
    const { store, kernel, felix, lines } = cluster({ vxlanMode: 'Always' })
    store.remove('Node', 'n2')
    felix.datastoreChanged()
    expect(lines()).toEqual([
      '192.168.135.0/26 via 192.168.135.0 dev vxlan.calico onlink ',
      'blackhole 192.168.166.128/26 proto 80 ',
    ])
    store.remove('IPPool', 'pool')
    felix.datastoreChanged()
    expect(lines()).toEqual([''])
    expect(kernel.interface('vxlan.calico')).toBeNull()
  })

  test('a new Felix keeps what is still wanted of the old one’s and removes the rest', () => {
    const { store, kernel, lines } = cluster({ vxlanMode: 'CrossSubnet' })
    store.remove('Node', 'n2')
    const later = new Felix({ node: 'n1', store, kernel })
    later.datastoreChanged()
    expect(lines()).toEqual([
      '192.168.135.0/26 via 192.168.135.0 dev vxlan.calico onlink ',
      'blackhole 192.168.166.128/26 proto 80 ',
    ])
  })

  test('after the NIC was down Felix puts its routes back', () => {
    const { kernel, felix, lines } = cluster({ vxlanMode: 'CrossSubnet' })
    const before = lines()
    kernel.setUp('eth0', false)
    felix.resync()
    expect(lines()).toHaveLength(2)
    kernel.setUp('eth0', true)
    felix.resync()
    expect(lines()).toEqual(before)
  })
})

test('a local pod’s route is restored, and given up with the pod', () => {
  const { kernel, felix, lines } = cluster({})
  kernel.addInterface({ name: 'calia', kind: 'veth' })
  kernel.addRoute(deviceRoute({ prefix: prefix('192.168.166.129/32'), dev: 'calia', protocol: RTPROT.boot }))
  felix.endpointAdded({ dev: 'calia', address: ip('192.168.166.129') })
  felix.resync()
  expect(felix.owns(prefix('192.168.166.129/32'))).toBe(true)
  kernel.deleteRoute({ prefix: prefix('192.168.166.129/32') })
  felix.resync()
  expect(lines()).toEqual(['192.168.166.129 dev calia scope link '])
  felix.endpointRemoved('calia')
  kernel.removeInterface('calia')
  felix.resync()
  expect(lines()).toEqual([''])
})
