import { describe, expect, test } from 'vitest'
import { formatPrefix, prefix } from '../net/prefix.ts'
import { kindCluster, Run } from '../testing/run-scenario.ts'

const PEERS = { node: 'c-worker', up: 'up Established' }
const plain = { static1: 'up', kernel1: 'up', device1: 'up', direct1: 'up' }

describe('three nodes, IPIP', () => {
  const run = Run.of(kindCluster(3)).to(15)

  test('kernel routes have the form of mesh3-states', () => {
    expect(run.routes('c-worker')).toEqual([
      'default via 172.18.0.1 dev eth0',
      '172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.3',
      '192.167.126.64/26 via 172.18.0.4 dev tunl0 proto bird onlink',
      '192.167.196.64/26 via 172.18.0.2 dev tunl0 proto bird onlink',
      'blackhole 192.167.224.0/26 proto bird',
    ])
  })

  test('every session is up after two seconds and stays', () => {
    for (const host of ['c-control-plane', 'c-worker', 'c-worker2']) {
      const sessions = Object.entries(run.protocols(host)).filter(([name]) => name.startsWith('Mesh_'))
      expect(sessions.map(([, state]) => state)).toEqual([PEERS.up, PEERS.up])
      expect(run.protocols(host)).toMatchObject(plain)
      for (const { snapshot } of run.recording.protocols(run.now, run.host(host))) {
        expect(snapshot.since).toBeLessThan(3_000_000)
      }
    }
  })

  test('tunnel address is ordinal 0 of the own block, and BIRD runs with -R', () => {
    const block = run.recording.blocks(run.now).find((candidate) => candidate.node === 'c-worker')
    expect(block && formatPrefix(block.cidr)).toBe('192.167.224.0/26')
    expect(block?.allocations).toEqual({ 0: 'tunnel c-worker' })
    expect(run.events('bird-started')).toHaveLength(3)
    expect(run.events('bird-started').every((event) => event.code === 'bird-started' && event.recovery)).toBe(true)
  })

  test('the files confd wrote are on record', () => {
    expect([...run.recording.files(run.now, 0).keys()].sort()).toEqual([
      'bird.cfg',
      'bird6.cfg',
      'bird6_aggr.cfg',
      'bird6_ipam.cfg',
      'bird_aggr.cfg',
      'bird_ipam.cfg',
    ])
  })
})

test('a node without power: its routes leave between 100 and 242 s, nothing is sent by it, and it recovers', () => {
  const run = Run.of(
    kindCluster(3),
    `timeline:
  - { at: 60s, action: power-off, target: node/c-worker2 }
  - { at: 400s, action: power-on, target: node/c-worker2 }`,
  ).to(460)
  const block = prefix('192.167.126.64/26')
  for (const host of ['c-control-plane', 'c-worker']) {
    const changes = run.fibChanges(host, block)
    const gone = changes.find((change) => !change.present && change.at > 60)
    expect(gone?.at).toBeGreaterThan(160)
    expect(gone?.at).toBeLessThan(302)
    expect(run.protocols(host, 350_000_000)).toMatchObject({
      Mesh_172_18_0_4: expect.stringMatching(
        /^start (Passive|Connect|Active|Idle) ?.*(Hold timer expired|No route to host)$/,
      ),
    })
    expect(run.protocols(host).Mesh_172_18_0_4).toBe('up Established')
    expect(run.routes(host)).toContain('192.167.126.64/26 via 172.18.0.4 dev tunl0 proto bird onlink')
  }
  const dead = run.host('c-worker2')
  const sent = run.messages().filter((record) => record.from === dead)
  expect(sent.some((record) => record.sentAt >= 60_000_000 && record.sentAt < 400_000_000)).toBe(false)
  expect(run.recording.host(100_000_000, dead)).toMatchObject({ powered: false, phase: 'off', bird: 'absent' })
  expect(run.recording.interfaces(100_000_000, dead)).toEqual([])
  expect(run.recording.protocols(100_000_000, dead)).toEqual([])
  expect(run.routes('c-worker2')).toHaveLength(5)
})

test('a deleted node: its routes leave within a second, IPAM follows', () => {
  const run = Run.of(
    kindCluster(3),
    `timeline:
  - { at: 30s, action: delete, manifest: "{ apiVersion: v1, kind: Node, metadata: { name: c-worker2 } }" }`,
  ).to(45)
  for (const host of ['c-control-plane', 'c-worker']) {
    const gone = run.fibChanges(host, prefix('192.167.126.64/26')).find((change) => !change.present)
    expect(gone?.at).toBeGreaterThanOrEqual(30)
    expect(gone?.at).toBeLessThan(31)
    expect(run.protocols(host)).not.toHaveProperty('Mesh_172_18_0_4')
  }
  // Its own confd cannot render any more: its BIRD goes on dialling.
  expect(run.events('confd-failed').map((event) => event.host)).toEqual(['c-worker2'])
  expect(run.protocols('c-worker2')).toHaveProperty('Mesh_172_18_0_2')
  expect(run.recording.host(run.now, run.host('c-worker2'))?.registered).toBe(false)
  expect(run.recording.blocks(run.now).map((block) => block.node)).not.toContain('c-worker2')
})

describe('recovery with a dead peer', () => {
  const run = Run.of(
    kindCluster(3),
    `timeline:
  - { at: 0s, action: power-off, target: node/c-worker2 }`,
  )

  test('nothing for 240 s, kernel1 in wait; then the routes come', () => {
    run.to(200)
    expect(run.protocols('c-worker').kernel1).toBe('wait')
    expect(run.routes('c-worker').filter((line) => line.includes('proto bird'))).toEqual([])
    run.to(245)
    expect(run.protocols('c-worker').kernel1).toBe('up')
    expect(run.routes('c-worker').filter((line) => line.includes('proto bird'))).toEqual([
      '192.167.196.64/26 via 172.18.0.2 dev tunl0 proto bird onlink',
      'blackhole 192.167.224.0/26 proto bird',
    ])
  })
})

test('without encapsulation: no block until the first pod, then a refeed to every peer', () => {
  const run = Run.of(
    kindCluster(3, { encapsulation: 'None' }),
    'timeline:\n  - { at: 20s, action: create-pod, pod: default/web, node: c-worker }',
  ).to(15)
  expect(run.recording.blocks(run.now)).toEqual([])
  expect(run.routes('c-worker')).toHaveLength(2)
  run.to(30)
  expect(run.routes('c-worker').slice(2)).toEqual(
    [
      '192.167.224.0 dev caliacd53aa4120'.replace('caliacd53aa4120', run.pod('default/web')?.interface ?? ''),
      'blackhole 192.167.224.0/26 proto bird',
    ].map((line, index) => (index === 0 ? `${line} scope link` : line)),
  )
  expect(run.routes('c-worker2')).toContain('192.167.224.0/26 via 172.18.0.3 dev eth0 proto bird')
  const worker = run.host('c-worker')
  const feed = run.messages().filter((record) => record.from === worker && record.sentAt > 20_000_000)
  const toFirst = feed.filter((record) => record.to === run.host('c-control-plane')).map((record) => record.message)
  expect(toFirst[0]).toMatchObject({ type: 'ROUTE-REFRESH', subtype: 1 })
  expect(toFirst.some((message) => message.type === 'UPDATE' && message.announced.length > 0)).toBe(true)
  expect(toFirst.some((message) => message.type === 'ROUTE-REFRESH' && message.subtype === 2)).toBe(true)
})

test('VXLANCrossSubnet: pod routes are Felix’s, line for line as the article’s lab has them', () => {
  const run = Run.of(
    kindCluster(3, { name: 'calico-cluster', encapsulation: 'VXLANCrossSubnet' }),
    'timeline:\n  - { at: 20s, action: create-pod, pod: default/web, node: calico-cluster-worker }',
  ).to(30)
  const dev = run.pod('default/web')?.interface ?? ''
  expect(run.routes('calico-cluster-worker')).toEqual([
    'default via 172.18.0.1 dev eth0',
    '172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.3',
    'blackhole 192.167.11.192/26 proto 80',
    `192.167.11.193 dev ${dev} scope link`,
    '192.167.156.64/26 via 172.18.0.2 dev eth0 proto 80 onlink',
    '192.167.240.192/26 via 172.18.0.4 dev eth0 proto 80 onlink',
  ])
})

test('the operator refuses a pool outside kubeadm’s range: no calico-node runs', () => {
  const manifests = kindCluster(3).replace('ipPools: [ { cidr: 192.167.0.0/16', 'ipPools: [ { cidr: 192.168.0.0/16')
  const run = Run.of(
    manifests,
    `timeline:
  - at: 20s
    action: apply
    manifest: |
      apiVersion: projectcalico.org/v3
      kind: IPPool
      metadata: { name: external-pool }
      spec: { cidr: 192.168.64.0/24, blockSize: 29, nodeSelector: "!all()" }`,
  ).to(10)
  expect(run.events('refused')).toMatchObject([
    {
      by: 'operator',
      message:
        "error filling IP pool defaults: Could not resolve CalicoNetwork IPPool and kubeadm configuration: IPPool 192.168.0.0/16 is not within the platform's configured pod network CIDR(s) [192.167.0.0/16]",
    },
    { by: 'operator', message: 'waiting for enabled IP pools to be created' },
  ])
  expect(run.recording.host(run.now, 0)).toMatchObject({ phase: 'registered', bird: 'absent', confd: 'absent' })
  // Any pool lets it go on: the mesh comes up with no block at all.
  run.to(40)
  expect(run.protocols('c-worker')).toMatchObject({
    Mesh_172_18_0_2: 'up Established',
    Mesh_172_18_0_4: 'up Established',
  })
  expect(run.recording.blocks(run.now)).toEqual([])
})
