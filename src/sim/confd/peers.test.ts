// The three passes of peer computation and what they render to (reference 3.2, 3.3), beyond the conformance cases.
import { describe, expect, it } from 'vitest'
import { Datastore } from '../datastore/datastore.ts'
import { changedFiles, confdOf, renderConfd } from './confd.ts'
import type { ConfdEnv } from './types.ts'

type Spec = Record<string, unknown>
const object = (kind: string, name: string, spec: Spec) => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name },
  spec,
})
const node = (name: string, ipv4: string, bgp: Spec = {}, labels: Spec = {}) => ({
  ...object('Node', name, { bgp: { ipv4Address: ipv4, ...bgp } }),
  metadata: { name, labels },
})
const meshOff = object('BGPConfiguration', 'default', { nodeToNodeMeshEnabled: false })

function storeOf(...documents: unknown[]): Datastore {
  const store = new Datastore()
  const applied = store.apply(documents)
  if (!applied.ok) throw new Error(JSON.stringify(applied.problems))
  return store
}
function fileOf(store: Datastore, name: string, file = 'bird.cfg', env: ConfdEnv = {}): string {
  const result = renderConfd(store, name, env)
  if (!result.ok) throw new Error(result.message)
  return result.files.get(file as 'bird.cfg') ?? ''
}
/** Name, then passive or active, of every protocol. */
function sessions(store: Datastore, name: string): string[] {
  const text = fileOf(store, name)
  return [...text.matchAll(/protocol bgp (\S+) from bgp_template \{([\s\S]*?)\n\}/g)].map(
    ([, protocol, body]) => `${protocol} ${body?.includes('passive on;') ? 'passive' : 'active'}`,
  )
}

describe('mesh', () => {
  it('lets the address that is smaller as text wait', () => {
    const store = storeOf(node('a', '10.0.0.9/24'), node('b', '10.0.0.10/24'))
    expect(sessions(store, 'a')).toEqual(['Mesh_10_0_0_10 active'])
    expect(sessions(store, 'b')).toEqual(['Mesh_10_0_0_9 passive'])
    expect(confdOf(store).explain('b')).toMatchObject([
      {
        protocol: 'Mesh_10_0_0_9',
        section: 'mesh',
        passive: true,
        passiveReason: 'smaller-address-waits',
        origin: null,
        farNode: 'a',
      },
    ])
  })

  it('leaves out reflectors, at both ends, and nodes without an address', () => {
    const bare = { apiVersion: 'v1', kind: 'Node', metadata: { name: 'bare' } }
    const store = storeOf(
      node('a', '10.0.0.1/24'),
      node('b', '10.0.0.2/24'),
      node('rr', '10.0.0.3/24', { routeReflectorClusterID: '224.0.0.1' }),
      bare,
    )
    expect(sessions(store, 'a')).toEqual(['Mesh_10_0_0_2 passive'])
    expect(sessions(store, 'rr')).toEqual([])
  })

  it('carries password, restart time, AS and port of the far node', () => {
    const configuration = object('BGPConfiguration', 'default', {
      nodeMeshMaxRestartTime: '90s',
      nodeMeshPassword: { secretKeyRef: { name: 's', key: 'k' } },
    })
    const secret = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: 's', namespace: 'calico-system' },
      data: { k: 'aHVudGVyMg==' },
    }
    const port = object('BGPConfiguration', 'node.b', { listenPort: 1790 })
    const store = storeOf(
      node('a', '10.0.0.1/24'),
      node('b', '10.0.0.2/24', { asNumber: '1.1' }),
      configuration,
      secret,
      port,
    )
    const text = fileOf(store, 'a', 'bird.cfg', { NAMESPACE: 'calico-system' })
    expect(text).toContain('neighbor 10.0.0.2 port 1790 as 65537;')
    expect(text).toContain('graceful restart time 90;\n  password "hunter2";')
    expect(fileOf(store, 'a')).not.toContain('password')
    expect(fileOf(store, 'b')).toContain('listen bgp port 1790;')
  })

  it('has no password when the Secret lacks the key, whatever the key is called', () => {
    const nodeMeshPassword = { secretKeyRef: { name: 's', key: 'constructor' } }
    const metadata = { name: 's', namespace: 'calico-system' }
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, data: { k: 'aHVudGVyMg==' }, stringData: { k: 'x' } }
    const nodes = [node('a', '10.0.0.1/24'), node('b', '10.0.0.2/24')]
    const store = storeOf(...nodes, object('BGPConfiguration', 'default', { nodeMeshPassword }), secret)
    expect(fileOf(store, 'a', 'bird.cfg', { NAMESPACE: 'calico-system' })).not.toContain('password')
  })
})

describe('explicit peers', () => {
  const reflectors = object('BGPPeer', 'to-rr', { nodeSelector: 'all()', peerSelector: "rr == 'true'" })
  const rr = (name: string, ip: string, cluster = '224.0.0.1') =>
    node(name, ip, { routeReflectorClusterID: cluster }, { rr: true })

  it('connect both ends actively to a reflector, whose clients are the others', () => {
    const store = storeOf(
      meshOff,
      rr('rr', '10.0.0.1/24'),
      node('a', '10.0.0.2/24'),
      node('b', '10.0.0.3/24'),
      reflectors,
    )
    expect(sessions(store, 'a')).toEqual(['Node_10_0_0_1 active'])
    expect(sessions(store, 'rr')).toEqual(['Node_10_0_0_2 active', 'Node_10_0_0_3 active'])
    expect(fileOf(store, 'rr').match(/rr client;\n {2}rr cluster id 224.0.0.1;/g)).toHaveLength(2)
    expect(fileOf(store, 'a')).not.toContain('rr client')
    expect(
      confdOf(store)
        .explain('rr')
        .map((one) => one.origin),
    ).toEqual([
      { bgpPeer: 'to-rr', direction: 'reverse', farNode: 'a' },
      { bgpPeer: 'to-rr', direction: 'reverse', farNode: 'b' },
    ])
  })

  it('are plain iBGP between reflectors of one cluster, clients across clusters', () => {
    const same = storeOf(meshOff, rr('r1', '10.0.0.1/24'), rr('r2', '10.0.0.2/24'), reflectors)
    expect(fileOf(same, 'r1')).not.toContain('rr client')
    const two = storeOf(meshOff, rr('r1', '10.0.0.1/24'), rr('r2', '10.0.0.2/24', '224.0.0.2'), reflectors)
    expect(fileOf(two, 'r1')).toContain('rr client')
  })

  it('of a global peer that is a node: reverse at that node, text order decides at the others', () => {
    const peer = object('BGPPeer', 'p', { peerIP: '10.0.0.2', asNumber: 64512 })
    const store = storeOf(meshOff, node('a', '10.0.0.1/24'), node('b', '10.0.0.2/24'), node('c', '10.0.0.3/24'), peer)
    expect(sessions(store, 'a')).toEqual(['Global_10_0_0_2 passive'])
    expect(sessions(store, 'c')).toEqual(['Global_10_0_0_2 active'])
    expect(sessions(store, 'b')).toEqual(['Node_10_0_0_1 active', 'Node_10_0_0_3 active'])
  })

  it('have no reverse when the AS number is another', () => {
    const peer = object('BGPPeer', 'p', { peerIP: '10.0.0.2', asNumber: 64999 })
    const store = storeOf(meshOff, node('a', '10.0.0.1/24'), node('b', '10.0.0.2/24'), peer)
    expect(sessions(store, 'b')).toEqual([])
  })

  it('are node-specific with all(), global without a selector; the global one wins', () => {
    const global = object('BGPPeer', 'g', { peerIP: '10.9.0.1', asNumber: 1 })
    const selected = object('BGPPeer', 'a-selected', { peerIP: '10.9.0.1', asNumber: 2, nodeSelector: 'all()' })
    expect(sessions(storeOf(meshOff, node('a', '10.0.0.1/24'), selected), 'a')).toEqual(['Node_10_9_0_1 active'])
    const both = storeOf(meshOff, node('a', '10.0.0.1/24'), selected, global)
    expect(sessions(both, 'a')).toEqual(['Global_10_9_0_1 active'])
    expect(fileOf(both, 'a')).toContain('neighbor 10.9.0.1 as 1;')
  })

  it('that compete for one key: first name wins, and it is reported', () => {
    const two = ['x', 'y'].map((name, index) => object('BGPPeer', name, { peerIP: '10.9.0.1', asNumber: index + 1 }))
    const store = storeOf(meshOff, node('a', '10.0.0.1/24'), ...two)
    expect(fileOf(store, 'a')).toContain('neighbor 10.9.0.1 as 1;')
    expect(confdOf(store).ambiguousPeers()).toEqual([{ key: '10.9.0.1', node: '', winner: 'x', loser: 'y' }])
  })

  it('keep the port in the key and in the name', () => {
    const peers = ['10.9.0.1:180', '10.9.0.1'].map((peerIP, index) =>
      object('BGPPeer', `p${index}`, { peerIP, asNumber: 1 }),
    )
    expect(sessions(storeOf(meshOff, node('a', '10.0.0.1/24'), ...peers), 'a')).toEqual([
      'Global_10_9_0_1 active',
      'Global_10_9_0_1_port_180 active',
    ])
  })

  it('with an AS left out render `as 0`, which BIRD then refuses', () => {
    const store = storeOf(meshOff, node('a', '10.0.0.1/24'), object('BGPPeer', 'p', { peerIP: '10.9.0.1' }))
    expect(fileOf(store, 'a')).toContain('neighbor 10.9.0.1 as 0;')
  })
})

describe('filters', () => {
  it('have prefix lengths clamped to the CIDR and the family, and long names hashed', () => {
    const name = `${'n'.repeat(40)}-longer`
    const filter = object('BGPFilter', name, {
      exportV4: [{ action: 'Reject', cidr: '10.0.0.0/16', matchOperator: 'In', prefixLength: { min: 8, max: 24 } }],
    })
    const text = fileOf(storeOf(node('a', '10.0.0.1/24'), filter), 'a')
    expect(text).toMatch(
      /function 'bgp_n{28}_[0-9A-F]{16}_exportFilterV4'\(\) \{\n {2}if \(\(net ~ \[ 10\.0\.0\.0\/16\{16,24\} \]\)\) then \{ reject; \}/,
    )
  })
})

describe('kernel filter', () => {
  it('decides CrossSubnet by the own network and the next hop', () => {
    const pool = object('IPPool', 'p', { cidr: '192.168.0.0/16', ipipMode: 'CrossSubnet' })
    const text = fileOf(storeOf(node('a', '10.0.5.1/24'), pool), 'a', 'bird_ipam.cfg')
    expect(text).toContain(
      'if defined(bgp_next_hop) && ( bgp_next_hop ~ 10.0.5.0/24 ) then\n      krt_tunnel = "";\n    else\n      krt_tunnel = "tunl0";\n    accept;',
    )
  })
})

describe('router id', () => {
  it.each([
    ['hash', '25.79.212.8'],
    ['1.2.3.4', '1.2.3.4'],
    ['', '10.0.0.1'],
  ])('%j gives %s', (wanted, id) => {
    const store = storeOf(node('kube-master', '10.0.0.1/24'))
    expect(fileOf(store, 'kube-master', 'bird.cfg', { CALICO_ROUTER_ID: wanted })).toContain(`router id ${id};`)
  })
})

describe('services', () => {
  const cidrs = (spec: Spec) => object('BGPConfiguration', 'default', spec)
  const service = (spec: Spec) => ({
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web' },
    spec: { clusterIP: '10.96.0.7', ...spec },
  })
  const endpoints = {
    apiVersion: 'v1',
    kind: 'Endpoints',
    metadata: { name: 'web' },
    subsets: [{ addresses: [{ ip: '10.1.0.1', nodeName: 'b' }] }],
  }
  const routes = (store: Datastore, name: string) =>
    [...fileOf(store, name, 'bird_aggr.cfg').matchAll(/route (\S+) blackhole/g)].map((found) => found[1])
  const nodes = [node('a', '10.0.0.1/24'), node('b', '10.0.0.2/24')]

  it('give a single address only where a ready endpoint is, with policy Local', () => {
    const config = cidrs({ serviceClusterIPs: [{ cidr: '10.96.0.0/12' }] })
    const store = storeOf(...nodes, config, service({ type: 'NodePort', externalTrafficPolicy: 'Local' }), endpoints)
    expect([routes(store, 'a'), routes(store, 'b')]).toEqual([['10.96.0.0/12'], ['10.96.0.0/12', '10.96.0.7/32']])
  })

  it('give single external addresses everywhere with policy Cluster, and leave them in the kernel', () => {
    const config = cidrs({ serviceExternalIPs: [{ cidr: '5.5.5.5/32' }] })
    const spec = { type: 'NodePort', externalTrafficPolicy: 'Cluster', externalIPs: ['5.5.5.5'] }
    const store = storeOf(...nodes, config, service(spec), endpoints)
    expect(routes(store, 'a')).toEqual(['5.5.5.5/32'])
    expect(fileOf(store, 'a', 'bird_ipam.cfg')).not.toContain('5.5.5.5/32 ) then { reject; }')
  })

  it('reach a reflector as load balancer ranges', () => {
    const config = cidrs({ serviceLoadBalancerIPs: [{ cidr: '80.0.0.0/24' }] })
    const excluded = { 'node.kubernetes.io/exclude-from-external-load-balancers': 'true' }
    const store = storeOf(node('rr', '10.0.0.9/24', { routeReflectorClusterID: '1.1.1.1' }, excluded), config)
    expect(routes(store, 'rr')).toEqual([])
    const text = fileOf(store, 'rr', 'bird_ipam.cfg')
    expect(text).toContain('if ( net ~ 80.0.0.0/24 ) then { accept; }')
    expect(text).toContain('if ( net ~ 80.0.0.0/24 ) then { reject; }')
  })

  it('obey CALICO_ADVERTISE_CLUSTER_IPS', () => {
    const store = storeOf(...nodes)
    expect(fileOf(store, 'a', 'bird_aggr.cfg', { CALICO_ADVERTISE_CLUSTER_IPS: '10.96.0.0/12' })).toContain(
      'route 10.96.0.0/12 blackhole;',
    )
  })
})

describe('rendering again', () => {
  const affinity = (state: string, owner = 'a') => ({
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'BlockAffinity',
    metadata: { name: `${owner}-192-168-0-0-26` },
    spec: { node: owner, cidr: '192.168.0.0/26', state, deleted: 'false' },
  })
  const files = (store: Datastore, name: string) => {
    const result = renderConfd(store, name)
    if (!result.ok) throw new Error(result.message)
    return result.files
  }

  it('changes the block file alone, and only once the claim is confirmed', () => {
    const store = storeOf(node('a', '10.0.0.1/24'), node('b', '10.0.0.2/24'))
    const [before, other] = [files(store, 'a'), files(store, 'b')]
    store.apply([affinity('pending')])
    expect(files(store, 'a')).toBe(before)
    store.apply([affinity('confirmed')])
    expect(changedFiles(before, files(store, 'a'))).toEqual(['bird_aggr.cfg'])
    expect(files(store, 'b')).toBe(other)
    store.apply([affinity('pendingDeletion')])
    expect(files(store, 'a').get('bird_aggr.cfg')).toContain('route 192.168.0.0/26 blackhole;')
    expect(files(store, 'a').get('bird_aggr.cfg')).not.toContain('accept')
  })

  it('does not care for tunnel addresses', () => {
    const store = storeOf(node('a', '10.0.0.1/24'))
    const before = files(store, 'a')
    store.apply([node('a', '10.0.0.1/24', { ipv4IPIPTunnelAddr: '192.168.0.1' })])
    expect(files(store, 'a')).toBe(before)
  })

  it('fails for a node that is gone, so that its old files stay', () => {
    const store = storeOf(node('a', '10.0.0.1/24'), node('b', '10.0.0.2/24'))
    store.remove('Node', 'a')
    expect(renderConfd(store, 'a')).toMatchObject({ ok: false })
    expect(sessions(store, 'b')).toEqual([])
  })
})
