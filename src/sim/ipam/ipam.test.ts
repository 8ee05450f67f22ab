// Blocks and addresses against the measured vectors of reference 6.2 and article-lab, and the rules of 6.3-6.8.
import { describe, expect, it } from 'vitest'
import { Datastore } from '../datastore/datastore.ts'
import { bgpNode } from '../datastore/node.ts'
import type { IPPool } from '../datastore/resources.ts'
import { allocationsOf, firstBlock, startIndex } from './blocks.ts'
import { fnv1 } from './go-rand.ts'
import { cniFailure, Ipam } from './ipam.ts'

function poolDocument(cidr: string, spec: Record<string, unknown> = {}, name = 'pool') {
  return { apiVersion: 'projectcalico.org/v3', kind: 'IPPool', metadata: { name }, spec: { cidr, ...spec } }
}

function nodeDocument(name: string, labels: Record<string, string> = {}) {
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels } }
}

function world(...documents: unknown[]) {
  const store = new Datastore()
  const applied = store.apply(documents)
  if (!applied.ok) throw new Error(JSON.stringify(applied.problems))
  return { store, ipam: new Ipam(store) }
}

function pod(node: string, id: string, extra: { pools?: string[] } = {}) {
  return {
    node,
    use: 'Workload' as const,
    handle: `k8s-pod-network.${id}`,
    attributes: { node, pod: id, namespace: 'default' },
    ...extra,
  }
}

function firstIn(cidr: string, node: string): string | null {
  const { store } = world(poolDocument(cidr))
  return firstBlock(node, store.get('IPPool', 'pool') as IPPool)
}

describe('start index', () => {
  const counts = [4, 16, 64, 256, 1024, 4096]
  const vectors: [string, number[]][] = [
    ['node1', [2, 7, 26, 154, 666, 2887]],
    ['node2', [0, 0, 32, 44, 416, 1621]],
    ['node3', [2, 2, 28, 28, 540, 2588]],
    ['node4', [1, 9, 41, 41, 13, 467]],
    ['node5', [3, 6, 6, 134, 134, 134]],
    ['node6', [3, 12, 44, 44, 556, 295]],
    ['node-1', [2, 15, 48, 25, 338, 1492]],
    ['node-2', [0, 5, 5, 5, 988, 988]],
    ['node-3', [0, 13, 45, 45, 557, 2605]],
    ['worker1', [1, 14, 46, 166, 942, 2726]],
    ['worker2', [1, 7, 39, 244, 757, 1845]],
    ['worker3', [0, 12, 52, 76, 728, 1100]],
    ['master', [0, 6, 6, 134, 877, 1670]],
    ['control-plane', [0, 14, 46, 224, 942, 942]],
    ['kind-control-plane', [0, 8, 14, 232, 328, 1294]],
    ['kind-worker', [2, 10, 10, 138, 650, 650]],
    ['kind-worker2', [0, 8, 31, 104, 442, 1901]],
    ['kind-worker3', [3, 15, 18, 115, 783, 3699]],
    ['rr1', [3, 15, 51, 51, 879, 2927]],
    ['rr2', [2, 15, 47, 192, 356, 1995]],
    ['rack1-node1', [2, 10, 62, 190, 702, 702]],
    ['rack1-node2', [1, 4, 8, 196, 110, 3065]],
    ['rack2-node1', [2, 4, 49, 196, 986, 3268]],
    ['rack2-node2', [2, 2, 58, 145, 954, 3002]],
  ]
  it.each(vectors)('of %s is a function of its name and the number of blocks', (name, expected) => {
    expect(counts.map((count) => startIndex(name, count))).toEqual(expected)
  })

  it('is seeded with FNV-1, not FNV-1a', () => {
    expect([fnv1('node1'), fnv1('worker1'), fnv1('kind-control-plane')]).toEqual([3957252814, 1927789516, 2016776422])
  })

  it.each([
    ['node1', '192.168.0.0/16', '192.168.166.128/26'],
    ['kind-worker2', '192.168.0.0/16', '192.168.110.128/26'],
    ['calico-cluster-control-plane', '192.167.0.0/16', '192.167.156.64/26'],
    ['calico-cluster-worker', '192.167.0.0/16', '192.167.11.192/26'],
    ['calico-cluster-worker2', '192.167.0.0/16', '192.167.240.192/26'],
    ['calico-cluster-worker3', '192.167.0.0/16', '192.167.253.192/26'],
  ])('gives %s in %s the block %s', (node, cidr, block) => {
    expect(firstIn(cidr, node)).toBe(block)
  })
})

describe('assignment', () => {
  it('claims in three steps: pending, block, confirmed; then takes ordinal 0', () => {
    const { store, ipam } = world(poolDocument('192.168.0.0/16'), nodeDocument('node1'))
    const result = ipam.assign(pod('node1', 'a'))
    expect(result.steps.map((step) => step.step)).toEqual([
      'affinity-pending',
      'block-created',
      'affinity-confirmed',
      'address-assigned',
    ])
    expect(result).toMatchObject({
      ok: true,
      address: '192.168.166.128',
      block: '192.168.166.128/26',
      claimed: true,
      borrowed: false,
    })
    expect(store.list('IPAMBlock')).toEqual([])
    const states = result.steps.map((step) => {
      expect(ipam.commit(step)).toBe(true)
      return store.get('BlockAffinity', 'node1-192-168-166-128-26')?.spec.state
    })
    expect(states).toEqual(['pending', 'pending', 'confirmed', 'confirmed'])
  })

  it('is refused when somebody claimed the block between plan and write, and goes elsewhere after', () => {
    const { store, ipam } = world(
      poolDocument('192.168.0.0/16'),
      nodeDocument('worker1'),
      nodeDocument('control-plane'),
    )
    const slow = ipam.assign(pod('worker1', 'a'))
    expect(ipam.commit(slow.steps[0]!)).toBe(true)
    expect(ipam.assignNow(pod('control-plane', 'b'))).toMatchObject({ block: '192.168.235.128/26' })
    expect(ipam.commit(slow.steps[1]!)).toBe(false)
    const again = ipam.assignNow(pod('worker1', 'a'))
    expect(again).toMatchObject({ ok: true, block: '192.168.235.192/26' })
    expect(store.list('BlockAffinity').map((one) => `${one.metadata.name} ${one.spec.state}`)).toEqual([
      'control-plane-192-168-235-128-26 confirmed',
      'worker1-192-168-235-192-26 confirmed',
    ])
  })

  it('takes from the head and gives back to the tail', () => {
    const { ipam } = world(poolDocument('10.0.0.0/30', { blockSize: 30 }), nodeDocument('node1'))
    const next = (id: string) => (ipam.assignNow(pod('node1', id)) as { address: string }).address
    expect([next('a'), next('b')]).toEqual(['10.0.0.0', '10.0.0.1'])
    ipam.release('k8s-pod-network.a', 'node1')
    expect([next('c'), next('d'), next('e')]).toEqual(['10.0.0.2', '10.0.0.3', '10.0.0.0'])
  })

  it('uses own blocks in the text order of their names', () => {
    const { store, ipam } = world(poolDocument('10.0.0.0/24', { blockSize: 31 }), nodeDocument('node1'))
    for (let index = 0; index < 6; index++) ipam.assignNow(pod('node1', `p${index}`))
    const names = store.list('BlockAffinity').map((one) => one.metadata.name)
    expect(names).toEqual([...names].sort())
    const first = store.list('IPAMBlock').find((one) => `node1-${one.metadata.name}` === names[0])!
    for (const allocation of allocationsOf(first)) ipam.release(allocation.handle, 'node1')
    expect(ipam.assignNow(pod('node1', 'again'))).toMatchObject({ block: first.spec.cidr })
  })

  it('borrows when every block is taken, and exports nothing of the owner', () => {
    const { ipam } = world(poolDocument('10.0.0.0/30', { blockSize: 30 }), nodeDocument('node1'), nodeDocument('node2'))
    ipam.assignNow(pod('node1', 'a'))
    expect(ipam.assignNow(pod('node2', 'b'))).toMatchObject({
      ok: true,
      address: '10.0.0.1',
      borrowed: true,
      claimed: false,
    })
  })

  it('fails in the words of Calico', () => {
    const { ipam, store } = world(
      poolDocument('192.168.0.0/31', { blockSize: 31 }),
      nodeDocument('node1'),
      nodeDocument('node2'),
    )
    ipam.assignNow(pod('node1', 'a'))
    ipam.assignNow(pod('node1', 'b'))
    const full = ipam.assign(pod('node2', 'c'))
    expect(full.ok ? '' : cniFailure(full.message)).toBe(
      'failed to request IPv4 addresses: Assigned 0 out of 1 requested IPv4 addresses; No IPs available in pools: [192.168.0.0/31]',
    )
    store.apply([
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'IPAMConfig',
        metadata: { name: 'default' },
        spec: { strictAffinity: true },
      },
    ])
    expect(ipam.assign(pod('node2', 'c'))).toMatchObject({
      message: 'Assigned 0 out of 1 requested IPv4 addresses; No more free affine blocks and strict affinity enabled',
    })
  })

  it('stops at the block limit without borrowing', () => {
    const { ipam } = world(poolDocument('10.0.0.0/24', { blockSize: 32 }), nodeDocument('node1'))
    for (let index = 0; index < 20; index++) expect(ipam.assignNow(pod('node1', `p${index}`)).ok).toBe(true)
    expect(ipam.assign(pod('node1', 'one-more'))).toMatchObject({
      message: 'Assigned 0 out of 1 requested IPv4 addresses; cannot allocate new block due to per host block limit',
    })
  })

  it('says why no pool fits', () => {
    const none = world(nodeDocument('node1')).ipam
    expect(none.assign(pod('node1', 'a'))).toMatchObject({ message: 'cannot find a qualified ippool' })
    const { ipam } = world(
      poolDocument('192.168.64.0/24', { nodeSelector: '!all()', allowedUses: ['Workload'] }),
      nodeDocument('node1'),
    )
    expect(ipam.assign(pod('node1', 'a'))).toMatchObject({ message: 'no configured Calico pools for node node1' })
    expect(ipam.assign(pod('node1', 'a', { pools: ['ghost'] }))).toMatchObject({
      message: 'the given pool (ghost) does not exist, or is not enabled',
    })
    expect(ipam.assign({ ...pod('node1', 'a', { pools: ['pool'] }), use: 'Tunnel' })).toMatchObject({
      message: 'cannot find a qualified ippool, no pools match the required use (Tunnel)',
    })
  })

  it('never gives reserved addresses', () => {
    const reservation = {
      apiVersion: 'projectcalico.org/v3',
      kind: 'IPReservation',
      metadata: { name: 'r' },
      spec: { reservedCIDRs: ['192.168.166.128/31'] },
    }
    const { ipam } = world(poolDocument('192.168.0.0/16'), nodeDocument('node1'), reservation)
    expect(ipam.assignNow(pod('node1', 'a'))).toMatchObject({ address: '192.168.166.130' })
  })

  it('assigns a given address, from a block claimed for it', () => {
    const { ipam, store } = world(poolDocument('192.168.0.0/16'), nodeDocument('node1'))
    const result = ipam.assignAddress(pod('node1', 'a'), '192.168.5.7')
    for (const step of result.steps) ipam.commit(step)
    expect(result).toMatchObject({ ok: true, address: '192.168.5.7', block: '192.168.5.0/26' })
    expect(ipam.assignAddress(pod('node1', 'b'), '192.168.5.7').ok).toBe(false)
    expect(store.get('IPAMHandle', 'k8s-pod-network.a')?.spec.block).toEqual({ '192.168.5.0/26': 1 })
  })
})

describe('tunnel addresses', () => {
  it('take ordinal 0 before any pod, and follow the pools', () => {
    const { ipam, store } = world(poolDocument('192.168.0.0/16', { ipipMode: 'Always' }), nodeDocument('node1'))
    ipam.ensureTunnels('node1')
    expect(bgpNode(store.get('Node', 'node1')!).ipv4IPIPTunnelAddr).toBe('192.168.166.128')
    expect(ipam.assignNow(pod('node1', 'a'))).toMatchObject({ address: '192.168.166.129' })
    store.apply([poolDocument('192.168.0.0/16', { vxlanMode: 'CrossSubnet' })])
    ipam.ensureTunnels('node1')
    const node = bgpNode(store.get('Node', 'node1')!)
    expect([node.ipv4IPIPTunnelAddr, node.ipv4VXLANTunnelAddr]).toEqual(['', '192.168.166.130'])
    expect(store.get('IPAMHandle', 'ipip-tunnel-addr-node1')).toBe(null)
  })

  it('move to another pool when theirs is disabled', () => {
    const first = poolDocument('192.168.0.0/16', { ipipMode: 'Always' }, 'a')
    const second = poolDocument('10.0.0.0/16', { ipipMode: 'Always' }, 'b')
    const { ipam, store } = world(first, nodeDocument('node1'))
    ipam.ensureTunnels('node1')
    store.apply([poolDocument('192.168.0.0/16', { ipipMode: 'Always', disabled: true }, 'a'), second])
    ipam.ensureTunnels('node1')
    expect(bgpNode(store.get('Node', 'node1')!).ipv4IPIPTunnelAddr).toBe('10.0.166.128')
    expect(store.get('IPAMHandle', 'ipip-tunnel-addr-node1')?.spec.block).toEqual({ '10.0.166.128/26': 1 })
  })
})

describe('release', () => {
  it('of a node frees its addresses, borrowed ones too, and its empty blocks', () => {
    const { ipam, store } = world(
      poolDocument('10.0.0.0/30', { blockSize: 30 }),
      nodeDocument('node1'),
      nodeDocument('node2'),
    )
    ipam.assignNow(pod('node1', 'a'))
    ipam.assignNow(pod('node2', 'b'))
    expect(ipam.releaseNode('node1')).toMatchObject({ ok: true })
    const block = store.get('IPAMBlock', '10-0-0-0-30')
    expect(block?.spec.affinity).toBe(null)
    expect(allocationsOf(block!).map((one) => one.address)).toEqual(['10.0.0.1'])
    expect(store.list('BlockAffinity')).toEqual([])
    ipam.release('k8s-pod-network.b', 'node2')
    expect(store.list('IPAMBlock')).toEqual([])
    expect(store.list('IPAMHandle')).toEqual([])
  })

  it('of a node waits for its pods', () => {
    const podObject = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'web' }, spec: { nodeName: 'node1' } }
    const { ipam } = world(poolDocument('10.0.0.0/24'), nodeDocument('node1'), podObject)
    expect(ipam.releaseNode('node1')).toEqual({
      ok: false,
      message: "Can't cleanup node yet - IPs still in use on this node",
    })
  })

  it('of a pool leaves used blocks without owner', () => {
    const { ipam, store } = world(poolDocument('10.0.0.0/24'), nodeDocument('node1'))
    ipam.assignNow(pod('node1', 'a'))
    ipam.releasePool(store.get('IPPool', 'pool') as IPPool)
    expect(store.list('IPAMBlock').map((block) => block.spec.affinity)).toEqual([null])
    expect(store.list('BlockAffinity')).toEqual([])
  })
})
