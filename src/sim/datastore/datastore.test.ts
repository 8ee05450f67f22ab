// The API server: all or nothing, exact refusals, defaults, merges (reference 1.1-1.10).
import { describe, expect, it } from 'vitest'
import { Datastore } from './datastore.ts'
import { bgpNode } from './node.ts'
import type { Problem } from './problem.ts'
import { calicoctlErrors, kubectlErrors } from './tool-errors.ts'

type Spec = Record<string, unknown>
const calico = (kind: string, name: string, spec: Spec) => ({
  apiVersion: 'projectcalico.org/v3',
  kind,
  metadata: { name },
  spec,
})

function problemsOf(documents: unknown[], store = new Datastore()): readonly Problem[] {
  const result = store.apply(documents)
  return result.ok ? [] : result.problems
}
function messagesOf(...documents: unknown[]): string[] {
  return problemsOf(documents).map((problem) => problem.message)
}

describe('apply', () => {
  it('takes a manifest whole or not at all', () => {
    const store = new Datastore()
    const seen: string[] = []
    store.watch((change) => seen.push(`${change.type} ${change.kind} ${change.key}`))
    const good = calico('IPPool', 'a', { cidr: '10.0.0.0/16' })
    expect(problemsOf([good, calico('BGPPeer', 'p', { filters: ['ghost'] })], store)).toMatchObject([
      {
        document: 1,
        path: ['spec', 'filters'],
        message: "error with field BGPPeer.Spec.Filters = '[ghost]' (BGPFilter(s) not found)",
      },
    ])
    expect([store.revision, store.list('IPPool'), seen]).toEqual([0, [], []])
    expect(
      store.apply([good, calico('BGPFilter', 'ghost', {}), calico('BGPPeer', 'p', { filters: ['ghost'] })]),
    ).toMatchObject({ ok: true })
    expect(seen).toEqual(['added IPPool a', 'added BGPFilter ghost', 'added BGPPeer p'])
  })

  it('does not write what does not change', () => {
    const store = new Datastore()
    const pool = calico('IPPool', 'a', { cidr: '10.0.0.0/16' })
    store.apply([pool], { now: '2025-08-12T00:00:00Z' })
    const { revision } = store
    expect(store.apply([pool], { now: '2025-08-12T00:01:00Z' })).toEqual({ ok: true, changes: [], notices: [] })
    expect(store.revision).toBe(revision)
    store.apply([calico('IPPool', 'a', { cidr: '10.0.0.0/16', natOutgoing: true })])
    expect(store.get('IPPool', 'a')?.metadata).toEqual({
      name: 'a',
      creationTimestamp: '2025-08-12T00:00:00Z',
      resourceVersion: String(revision + 1),
    })
  })

  it('opens Lists and keeps their paths', () => {
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [calico('IPPool', 'a', { cidr: '10.0.0.0/16' }), calico('IPPool', 'b', { cidr: 'x' })],
    }
    expect(problemsOf([list])).toMatchObject([
      { document: 0, path: ['items', 1, 'spec', 'cidr'], about: { kind: 'IPPool', name: 'b' } },
    ])
  })

  it('lists in byte order, the same array until the kind changes', () => {
    const store = new Datastore()
    for (const name of ['node10', 'b', 'node2', 'Z'.toLowerCase()])
      store.apply([{ apiVersion: 'v1', kind: 'Node', metadata: { name } }])
    const list = store.list('Node')
    expect(list.map((node) => node.metadata.name)).toEqual(['b', 'node10', 'node2', 'z'])
    store.apply([calico('IPPool', 'a', { cidr: '10.0.0.0/16' })])
    expect(store.list('Node')).toBe(list)
    store.remove('Node', 'node10')
    store.apply([{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'c' } }])
    expect(store.list('Node').map((node) => node.metadata.name)).toEqual(['b', 'c', 'node2', 'z'])
    expect(list).toHaveLength(4)
  })

  it('restores a snapshot', () => {
    const store = new Datastore()
    store.apply([calico('IPPool', 'a', { cidr: '10.0.0.0/16' })])
    const saved = store.snapshot()
    store.remove('IPPool', 'a')
    store.restore(saved)
    expect(store.list('IPPool').map((pool) => pool.metadata.name)).toEqual(['a'])
    expect(store.revision).toBe(saved.revision)
  })

  it('deletes all or nothing', () => {
    const store = new Datastore()
    const peer = calico('BGPPeer', 'p', { peerIP: '10.0.0.1', asNumber: 64512 })
    store.apply([peer])
    const failed = store.deleteManifests([peer, calico('BGPPeer', 'q', {})])
    expect(failed).toMatchObject({ ok: false, problems: [{ message: 'bgppeers.projectcalico.org "q" not found' }] })
    expect(store.list('BGPPeer')).toHaveLength(1)
    expect(store.deleteManifests([peer])).toMatchObject({
      ok: true,
      changes: [{ type: 'deleted', kind: 'BGPPeer', key: 'p' }],
    })
  })
})

describe('delete', () => {
  it('of a Calico Node is not supported: it is a Kubernetes Node', () => {
    const store = new Datastore()
    const node = calico('Node', 'n', { bgp: { ipv4Address: '10.0.0.1/24' } })
    store.apply([node])
    expect(store.deleteManifests([node])).toMatchObject({
      problems: [{ message: 'operation Delete is not supported on Node(n)' }],
    })
    expect(store.deleteManifests([{ ...node, apiVersion: 'v1' }]).ok).toBe(true)
  })
})

describe('strict decoding', () => {
  const article = calico('BGPConfiguration', 'default', {
    nodeToNodeMeshEnabled: false,
    exportFilter: [{ action: 'accept' }],
  })

  it('refuses the exportFilter of the article as both tools do, and hints at BGPFilter', () => {
    const problems = problemsOf([article])
    expect(problems).toMatchObject([{ path: ['spec', 'exportFilter'], hint: { code: 'use-bgpfilter' } }])
    expect(kubectlErrors(problems, 'bgp.yaml')).toEqual([
      'Error from server (BadRequest): error when creating "bgp.yaml": BGPConfiguration in version "v3" cannot be handled as a ' +
        'BGPConfiguration: strict decoding error: unknown field "spec.exportFilter"',
    ])
    expect(calicoctlErrors(problems)).toEqual([
      'Failed to execute command: error parsing document: field in document is not recognized or is in the wrong location: exportFilter',
    ])
  })

  it('counts unknown keys as calicoctl does', () => {
    const many = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, index) => [`x${index}`, 1]))
    expect(calicoctlErrors(problemsOf([calico('BGPPeer', 'p', many(2))]))[0]).toMatch(
      /fields in document .* location: x0, x1$/,
    )
    expect(calicoctlErrors(problemsOf([calico('BGPPeer', 'p', many(6))]))[0]).toMatch(
      /location: x0, x1, x2, x3 \(\+ 2 more\)$/,
    )
  })

  it('names later versions of fields that exist by now', () => {
    expect(problemsOf([calico('BGPPeer', 'p', { localASNumber: 65000 })])).toMatchObject([
      { hint: { code: 'since-version', version: 'v3.31.0' } },
    ])
    const filter = calico('BGPFilter', 'f', { importV4: [{ action: 'Accept', communities: {} }] })
    expect(problemsOf([filter])).toMatchObject([
      { path: ['spec', 'importV4', 0, 'communities'], hint: { version: 'v3.32.0' } },
    ])
  })

  it('turns scalars into text and refuses other types', () => {
    expect(messagesOf({ ...calico('Node', 'n', {}), metadata: { name: 'n', labels: { rr: true } } })).toEqual([])
    expect(messagesOf(calico('BGPPeer', 'p', { numAllowedLocalASNumbers: 'two' }))).toEqual([
      "cannot parse string 'two' into field BGPPeerSpec.numAllowedLocalASNumbers of type int",
    ])
  })

  it('refuses unknown kinds and versions, and policies by name', () => {
    expect(messagesOf({ apiVersion: 'projectcalico.org/v1', kind: 'BGPPeer', metadata: { name: 'p' } })).toEqual([
      'no matches for kind "BGPPeer" in version "projectcalico.org/v1"',
    ])
    expect(messagesOf({ apiVersion: 'v1', kind: 'Ghost', metadata: { name: 'p' } })).toEqual([
      'no matches for kind "Ghost" in version "v1"',
    ])
    expect(messagesOf({ apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy', metadata: { name: 'p' } })).toEqual([
      'NetworkPolicy is not simulated: policy rules are not simulated',
    ])
  })

  it('accepts what changes no route, and says so', () => {
    const result = new Datastore().apply([
      { apiVersion: 'operator.tigera.io/v1', kind: 'Whisker', metadata: { name: 'default' } },
    ])
    expect(result).toMatchObject({ ok: true, notices: [{ message: 'Whisker is accepted and not simulated' }] })
  })
})

describe('IPPool', () => {
  const pool = (spec: Spec, name = 'pool') => calico('IPPool', name, { cidr: '192.168.0.0/16', ...spec })

  it('reads back with its defaults', () => {
    const store = new Datastore()
    store.apply([pool({}), calico('IPPool', 'six', { cidr: 'fd00::/64' })])
    expect(store.get('IPPool', 'pool')?.spec).toEqual({
      cidr: '192.168.0.0/16',
      blockSize: 26,
      ipipMode: 'Never',
      vxlanMode: 'Never',
      nodeSelector: 'all()',
      allowedUses: ['Workload', 'Tunnel'],
      assignmentMode: 'Automatic',
    })
    expect(store.get('IPPool', 'six')?.spec.blockSize).toBe(122)
  })

  it.each<[Spec, string]>([
    [{ cidr: '' }, "error with field IPPool.Spec.CIDR = '' (IPPool CIDR must be specified)"],
    [
      { cidr: '10.0.0.300/8' },
      "error with field IPPool.Spec.CIDR = '10.0.0.300/8' (IPPool CIDR must be a valid subnet)",
    ],
    [{ cidr: '10.0.0.1/24' }, "error with field IPPool.Spec.CIDR = '10.0.0.1/24' (IPPool CIDR is not strictly masked)"],
    [{ blockSize: 19 }, "error with field IPPool.Spec.BlockSize = '19' (IPv4 block size must be between 20 and 32)"],
    [
      { cidr: 'fd00::/64', blockSize: 64 },
      "error with field IPPool.Spec.BlockSize = '64' (IPv6 block size must be between 116 and 128)",
    ],
    [
      { cidr: '10.0.0.0/28' },
      "error with field IPPool.Spec.CIDR = '10.0.0.0/28' (IP pool size is too small for use with Calico IPAM. It must be equal to or greater than the block size.)",
    ],
    [
      { ipipMode: 'Always', vxlanMode: 'CrossSubnet' },
      "error with field IPPool.Spec.VXLANMode = 'CrossSubnet' (Cannot enable both VXLAN and IPIP on the same IPPool)",
    ],
    [
      { cidr: 'fd00::/64', ipipMode: 'Always' },
      "error with field IPPool.Spec.IPIPMode = 'Always' (IPIP is not supported on an IPv6 IP pool)",
    ],
    [
      { nodeSelector: "a = 'b'" },
      "error with field NodeSelector = 'a = 'b'' (Reason: failed to validate Field: NodeSelector because of Tag: selector )",
    ],
    [
      { ipipMode: 'always' },
      "error with field IPIPMode = 'always' (Reason: failed to validate Field: IPIPMode because of Tag: ipIpMode )",
    ],
  ])('%j is refused', (spec, message) => {
    expect(messagesOf(pool(spec))).toEqual([message])
  })

  it('keeps cidr and blockSize for ever, and pools apart', () => {
    const store = new Datastore()
    store.apply([calico('IPPool', 'external-pool', { cidr: '192.168.64.0/24', blockSize: 29 })])
    const change = calico('IPPool', 'external-pool', { cidr: '10.0.0.0/16', blockSize: 26 })
    expect(problemsOf([change], store).map((problem) => problem.message)).toEqual([
      "error with field IPPool.Spec.CIDR = '10.0.0.0/16' (IPPool CIDR cannot be modified)",
    ])
    expect(
      problemsOf([calico('IPPool', 'external-pool', { cidr: '192.168.64.0/24' })], store).map(
        (problem) => problem.field?.reason,
      ),
    ).toEqual(['IPPool BlockSize cannot be modified'])
    expect(problemsOf([pool({}, 'default-ipv4-ippool')], store).map((problem) => problem.field?.reason)).toEqual([
      'IPPool(default-ipv4-ippool) CIDR overlaps with IPPool(external-pool) CIDR 192.168.64.0/24',
    ])
  })

  it('joins several fields as libcalico-go does', () => {
    const problems = problemsOf([pool({ blockSize: 5, ipipMode: 'Always', vxlanMode: 'Always' })])
    expect(calicoctlErrors(problems)).toEqual([
      "Failed to apply 'IPPool' resource: [error with the following fields:\n" +
        "-  IPPool.Spec.BlockSize = '5' (IPv4 block size must be between 20 and 32)\n" +
        "-  IPPool.Spec.VXLANMode = 'Always' (Cannot enable both VXLAN and IPIP on the same IPPool)\n]",
    ])
  })
})

describe('BGP resources', () => {
  it.each<[string, unknown, string]>([
    [
      'mesh on node.X',
      calico('BGPConfiguration', 'node.a', { nodeToNodeMeshEnabled: true }),
      'Cannot set nodeToNodeMeshEnabled on a non default BGP Configuration.',
    ],
    [
      'AS on node.X',
      calico('BGPConfiguration', 'node.a', { asNumber: 1 }),
      'Cannot set ASNumber on a non default BGP Configuration.',
    ],
    [
      'communities unused',
      calico('BGPConfiguration', 'default', { communities: [{ name: 'c', value: '1:2' }] }),
      'communities are defined but not used in Spec.PrefixAdvertisement[].',
    ],
    [
      'community unknown',
      calico('BGPConfiguration', 'default', { prefixAdvertisements: [{ cidr: '10.0.0.0/8', communities: ['c'] }] }),
      'community used is invalid or not defined.',
    ],
    [
      'password without mesh',
      calico('BGPConfiguration', 'default', { nodeToNodeMeshEnabled: false, nodeMeshMaxRestartTime: '10s' }),
      'spec.NodeMeshMaxRestartTime cannot be set if spec.NodeToNodeMesh is disabled',
    ],
    [
      'node and selector',
      calico('BGPPeer', 'p', { node: 'a', nodeSelector: 'all()', peerIP: '1.2.3.4' }),
      'Node field must be empty when NodeSelector is specified',
    ],
    [
      'AS with peerSelector',
      calico('BGPPeer', 'p', { asNumber: 1, peerSelector: 'all()' }),
      'ASNumber field must be empty when PeerSelector is specified',
    ],
    [
      'reachableBy alone',
      calico('BGPPeer', 'p', { reachableBy: '1.2.3.4', peerSelector: 'all()' }),
      'ReachablyBy field must be empty when PeerIP is empty',
    ],
    [
      'cidr without operator',
      calico('BGPFilter', 'f', { exportV4: [{ action: 'Accept', cidr: '10.0.0.0/8' }] }),
      'MatchOperator cannot be empty when CIDR is not',
    ],
    ['empty bgp', calico('Node', 'n', { bgp: {} }), 'Spec.BGP should not be empty'],
    [
      'blocks without strictness',
      calico('IPAMConfig', 'default', { maxBlocksPerHost: 2 }),
      'MaxBlocksPerHost requires StrictAffinity to be enabled',
    ],
  ])('%s', (_, document, reason) => {
    expect(problemsOf([document]).map((problem) => problem.field?.reason)).toEqual([reason])
  })

  it('takes addresses with ports, and AS numbers in every spelling', () => {
    const peer = (peerIP: string, asNumber: number | string) => messagesOf(calico('BGPPeer', 'p', { peerIP, asNumber }))
    expect([peer('10.0.0.1:180', '1.10'), peer('[fd00::1]:180', '64512'), peer('fd00::1', 64512)]).toEqual([[], [], []])
    expect(peer('10.0.0.1:70000', 64512)).toEqual([
      "error with field PeerIP = '10.0.0.1:70000' (Reason: failed to validate Field: PeerIP because of Tag: IP:port )",
    ])
    expect(peer('10.0.0.1', '1.70000')).toEqual(['invalid AS Number format (1.70000)'])
  })
})

describe('Node', () => {
  const kubernetes = (annotations: Record<string, string>, labels: Record<string, string> = {}) => ({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'n', annotations, labels },
    spec: { podCIDR: '10.244.0.0/24' },
  })
  const v4 = 'projectcalico.org/IPv4Address'

  it('is one object for Kubernetes and Calico, in either order', () => {
    const calicoNode = {
      ...calico('Node', 'n', {
        bgp: { ipv4Address: '10.0.0.1/24', asNumber: '1.1', routeReflectorClusterID: '224.0.0.1' },
      }),
    }
    const labelled = { ...calicoNode, metadata: { name: 'n', labels: { a: 'calico', b: 'calico' } } }
    for (const order of [
      [kubernetes({}, { a: 'k8s' }), labelled],
      [labelled, kubernetes({}, { a: 'k8s' })],
    ]) {
      const store = new Datastore()
      store.apply(order)
      const node = store.get('Node', 'n')!
      expect(node.spec.podCIDR).toBe('10.244.0.0/24')
      expect(bgpNode(node)).toMatchObject({
        ipv4: '10.0.0.1',
        ipv4Length: 24,
        ipv4Network: '10.0.0.0/24',
        asNumber: '65537',
        routeReflectorClusterID: '224.0.0.1',
        labels: { a: 'k8s', b: 'calico' },
      })
    }
  })

  it('lets each manifest take back only its own keys', () => {
    const store = new Datastore()
    store.apply([
      kubernetes({ mine: '1' }),
      calico('Node', 'n', { bgp: { ipv4Address: '10.0.0.1/24', routeReflectorClusterID: '224.0.0.1' } }),
    ])
    store.apply([kubernetes({})])
    expect(store.get('Node', 'n')?.metadata.annotations).toEqual({
      [v4]: '10.0.0.1/24',
      'projectcalico.org/RouteReflectorClusterID': '224.0.0.1',
    })
    store.apply([calico('Node', 'n', { bgp: { ipv4Address: '10.0.0.1/24' } })])
    expect(store.get('Node', 'n')?.metadata.annotations).toEqual({ [v4]: '10.0.0.1/24' })
  })

  it('ignores annotations that do not validate, and takes a bare address as a host', () => {
    const store = new Datastore()
    store.apply([kubernetes({ [v4]: 'nonsense' })])
    expect(bgpNode(store.get('Node', 'n')!).ipv4).toBe('')
    store.apply([kubernetes({ [v4]: '10.0.0.1' })])
    expect(bgpNode(store.get('Node', 'n')!)).toMatchObject({
      ipv4: '10.0.0.1',
      ipv4Length: 32,
      ipv4Network: '10.0.0.1/32',
    })
  })
})

describe('names that every object of JavaScript has', () => {
  const names = ['__proto__', 'constructor', 'toString', 'hasOwnProperty']
  const withAll = (value: unknown) => Object.fromEntries(names.map((name) => [name, value]))

  it('are unknown fields like any others', () => {
    const spec = { cidr: '10.0.0.0/16', ...withAll({ polluted: true }) }
    expect(messagesOf({ ...calico('IPPool', 'a', spec) })).toEqual(names.map((name) => `unknown field "spec.${name}"`))
    expect({}).not.toHaveProperty('polluted')
  })

  it('are labels like any others, and are taken back with the document that set them', () => {
    const store = new Datastore()
    const node = (labels: object) => ({ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n', labels } })
    expect(problemsOf([node(withAll('x'))], store)).toEqual([])
    expect(Object.entries(store.get('Node', 'n')?.metadata.labels ?? {})).toEqual(names.map((name) => [name, 'x']))
    expect(problemsOf([node({ a: 'b' })], store)).toEqual([])
    expect(store.get('Node', 'n')?.metadata.labels).toEqual({ a: 'b' })
  })

  it('are no kinds', () => {
    const foreign = names.map((kind) => ({ apiVersion: 'v1', kind, metadata: { name: 'a' } }))
    expect(messagesOf(...foreign)).toEqual(names.map((kind) => `no matches for kind "${kind}" in version "v1"`))
  })
})
