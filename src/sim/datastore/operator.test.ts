// The operator's pools and its refusal (article-lab 1-3), and the nodes kind makes.
import { describe, expect, it } from 'vitest'
import { Datastore } from './datastore.ts'
import { joinKindNodes, kindNodes } from './kind-cluster.ts'
import { poolsOf, reconcileOperator } from './operator.ts'
import type { Installation, KindCluster } from './resources.ts'

const cluster = {
  apiVersion: 'kind.x-k8s.io/v1alpha4',
  kind: 'Cluster',
  name: 'calico-cluster',
  nodes: [{ role: 'control-plane' }, { role: 'worker' }, { role: 'worker' }],
  networking: { podSubnet: '192.167.0.0/16' },
}
const installation = (spec: Record<string, unknown>) => ({
  apiVersion: 'operator.tigera.io/v1',
  kind: 'Installation',
  metadata: { name: 'default' },
  spec,
})
const stock = {
  calicoNetwork: {
    ipPools: [
      {
        name: 'default-ipv4-ippool',
        blockSize: 26,
        cidr: '192.168.0.0/16',
        encapsulation: 'VXLANCrossSubnet',
        natOutgoing: 'Enabled',
        nodeSelector: 'all()',
      },
    ],
  },
}

function reconcile(spec: Record<string, unknown>, kind: unknown = cluster) {
  const store = new Datastore()
  const applied = store.apply(kind === null ? [installation(spec)] : [kind, installation(spec)])
  if (!applied.ok) throw new Error(JSON.stringify(applied.problems))
  return poolsOf(
    store.list('Installation')[0] as Installation,
    (store.list('Cluster')[0] as KindCluster | undefined) ?? null,
  )
}

describe('operator', () => {
  it('refuses the article as written', () => {
    expect(reconcile(stock)).toEqual({
      ok: false,
      degraded:
        'error filling IP pool defaults: Could not resolve CalicoNetwork IPPool and kubeadm configuration: IPPool 192.168.0.0/16 is not within ' +
        "the platform's configured pod network CIDR(s) [192.167.0.0/16]",
      waiting: 'waiting for enabled IP pools to be created',
    })
  })

  it('refuses an encapsulation that there is not', () => {
    for (const encapsulation of ['Vxlan', 'constructor']) {
      const spec = { calicoNetwork: { ipPools: [{ cidr: '192.167.0.0/16', encapsulation }] } }
      expect(reconcile(spec)).toMatchObject({
        ok: false,
        degraded: `${encapsulation} is invalid for ipPool.encapsulation, should be one of IPIP, VXLAN, IPIPCrossSubnet, VXLANCrossSubnet, None`,
      })
    }
  })

  it('makes the stock pool when it fits', () => {
    const fixed = { calicoNetwork: { ipPools: [{ ...stock.calicoNetwork.ipPools[0], cidr: '192.167.0.0/16' }] } }
    expect(reconcile(fixed)).toMatchObject({
      ok: true,
      pools: [
        {
          metadata: { name: 'default-ipv4-ippool' },
          spec: {
            cidr: '192.167.0.0/16',
            vxlanMode: 'CrossSubnet',
            ipipMode: 'Never',
            natOutgoing: true,
            blockSize: 26,
          },
        },
      ],
    })
  })

  it('derives an IPIP pool from the pod subnet when none is named', () => {
    expect(reconcile({})).toMatchObject({
      ok: true,
      bgp: true,
      pools: [{ spec: { cidr: '192.167.0.0/16', ipipMode: 'Always', vxlanMode: 'Never' } }],
    })
    expect(reconcile({}, null)).toMatchObject({ pools: [{ spec: { cidr: '192.168.0.0/16' } }] })
    expect(reconcile({ calicoNetwork: { bgp: 'Disabled' } })).toMatchObject({ bgp: false })
  })
})

describe('reconcileOperator', () => {
  const external = {
    apiVersion: 'projectcalico.org/v3',
    kind: 'IPPool',
    metadata: { name: 'external-pool' },
    spec: { cidr: '192.168.64.0/24', blockSize: 29, nodeSelector: '!all()' },
  }

  it('creates the pools, once', () => {
    const store = new Datastore()
    store.apply([cluster, installation({})])
    expect(reconcileOperator(store)).toMatchObject({ ok: true, pools: [{ spec: { cidr: '192.167.0.0/16' } }] })
    expect(reconcileOperator(store)).toMatchObject({ ok: true, pools: [] })
    expect(store.list('IPPool').map((pool) => pool.metadata.name)).toEqual(['default-ipv4-ippool'])
  })

  it('stops waiting when another pool exists, and cannot create one that overlaps it', () => {
    const store = new Datastore()
    store.apply([cluster, installation(stock), external])
    expect(reconcileOperator(store)).toMatchObject({ ok: false, waiting: '' })
    const plain = new Datastore()
    plain.apply([installation(stock), external])
    expect(reconcileOperator(plain)).toMatchObject({
      degraded:
        'error creating IP pools: IPPool(default-ipv4-ippool) CIDR overlaps with IPPool(external-pool) CIDR 192.168.64.0/24',
    })
  })

  it('has nothing to do without an Installation', () => {
    expect(reconcileOperator(new Datastore())).toBe(null)
  })
})

describe('kind', () => {
  it('names and numbers its nodes in order', () => {
    const store = new Datastore()
    store.apply([cluster])
    const nodes = kindNodes(store.list('Cluster')[0] as KindCluster)
    expect(
      nodes.map((node) => [
        node.metadata.name,
        node.metadata.annotations?.['projectcalico.org/IPv4Address'],
        node.spec.podCIDR,
      ]),
    ).toEqual([
      ['calico-cluster-control-plane', '172.18.0.2/16', '192.167.0.0/24'],
      ['calico-cluster-worker', '172.18.0.3/16', '192.167.1.0/24'],
      ['calico-cluster-worker2', '172.18.0.4/16', '192.167.2.0/24'],
    ])
  })

  it('keeps their address whatever is applied to them', () => {
    const store = new Datastore()
    const labelled = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'calico-cluster-worker', labels: { rr: 'true' } },
    }
    store.apply([cluster, labelled])
    joinKindNodes(store, store.list('Cluster')[0] as KindCluster)
    store.apply([{ ...labelled, metadata: { name: 'calico-cluster-worker' } }])
    const node = store.get('Node', 'calico-cluster-worker')
    expect(node?.metadata.annotations?.['projectcalico.org/IPv4Address']).toBe('172.18.0.3/16')
    expect(node?.metadata.labels).toMatchObject({ 'kubernetes.io/os': 'linux' })
    expect(node?.metadata.labels).not.toHaveProperty('rr')
    expect(store.list('Node')).toHaveLength(3)
  })
})
