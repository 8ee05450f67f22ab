// Time zero: what the documents say holds, and what calico-node, Felix, IPAM and CNI would have done is in place.
import { describe, expect, test } from 'vitest'
import { reach } from '../analysis/reachability.ts'
import { worldAt } from '../analysis/world-state.ts'
import { ip } from '../net/address.ts'
import { prefix } from '../net/prefix.ts'
import { kindCluster, Run } from '../testing/run-scenario.ts'

const node = (name: string, address: string) =>
  `apiVersion: v1\nkind: Node\nmetadata: { name: ${name}, annotations: { projectcalico.org/IPv4Address: ${address} } }\n---\n`
const pod = (name: string, on: string) =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { nodeName: ${on} }\n---\n`
const pool = (modes: string) =>
  `apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: p }\nspec: { cidr: 192.168.0.0/16, ${modes} }\n`
const RACKS = `networks:
  - { name: rack1, cidr: 172.18.0.0/24, gateway: 172.18.0.1 }
  - { name: rack2, cidr: 172.19.0.0/24, gateway: 172.19.0.1 }`

describe('two racks behind a gateway', () => {
  const racks = (modes: string) =>
    Run.of(
      node('node1', '172.18.0.2/24') +
        node('node2', '172.18.0.3/24') +
        node('node3', '172.19.0.4/24') +
        pod('a', 'node1') +
        pod('c', 'node3') +
        pool(modes),
      RACKS,
    ).to(20)
  const reaches = (run: Run) => {
    const { ok, reason } = reach(worldAt(run.recording, run.now), {
      from: 'pod/default/a',
      to: 'pod/default/c',
      bothWays: true,
    })
    return { ok, reason }
  }

  test('IPIP CrossSubnet: plain inside the rack, tunnel between them (reference 7.3)', () => {
    const run = racks('ipipMode: CrossSubnet')
    expect(run.routes('node1').filter((line) => line.includes('proto bird'))).toEqual([
      '192.168.104.0/26 via 172.18.0.3 dev eth0 proto bird',
      '192.168.135.0/26 via 172.19.0.4 dev tunl0 proto bird onlink',
      'blackhole 192.168.166.128/26 proto bird',
    ])
    expect(reaches(run)).toEqual({ ok: true, reason: null })
  })

  test('no encapsulation: BIRD’s route leads to the gateway, which knows no pod', () => {
    const run = racks('ipipMode: Never')
    expect(run.routes('node1')).toContain('192.168.135.0/26 via 172.18.0.1 dev eth0 proto bird')
    expect(reaches(run)).toEqual({ ok: false, reason: 'gateway-drops' })
  })
})

test('on encapsulated pools every node has block and tunnel address; pods follow in document order', () => {
  const run = Run.of(
    node('node1', '172.18.0.2/16') + pod('b', 'node1') + pod('a', 'node1') + pool('ipipMode: Always'),
  ).to(1)
  expect(run.recording.blocks(0)[0]?.allocations).toEqual({ 0: 'tunnel node1', 1: 'default/b', 2: 'default/a' })
  expect(run.pod('default/b', 0)).toMatchObject({ phase: 'Running', address: ip('192.168.166.129'), createdAt: 0 })
  // None of it is an event of the run.
  expect(run.events('address-assigned')).toEqual([])
  expect(run.events('block-claimed')).toEqual([])
  expect(run.events('powered')).toEqual([])
})

test('a node known by its InternalIP alone is annotated as calico-node would', () => {
  const run = Run.of(
    `apiVersion: v1
kind: List
items:
  - { apiVersion: v1, kind: Node, metadata: { name: n1 }, status: { addresses: [ { type: InternalIP, address: 10.1.0.2 } ] } }
  - { apiVersion: v1, kind: Node, metadata: { name: n2 }, status: { addresses: [ { type: InternalIP, address: 10.1.0.3 } ] } }
`,
  ).to(10)
  expect(run.recording.host(run.now, 0)).toMatchObject({ address: ip('10.1.0.2') })
  expect(run.protocols('n1').Mesh_10_1_0_3).toBe('up Established')
  // calico.yaml makes the default pool when there is none.
  expect(run.recording.resources(0, 'IPPool')).toMatchObject([{ spec: { cidr: '192.168.0.0/16', ipipMode: 'Always' } }])
})

test('a dumped pod keeps the address it has in the dumped blocks', () => {
  const run = Run.of(
    node('node1', '172.18.0.2/16') +
      `apiVersion: v1
kind: Pod
metadata: { name: old }
spec: { nodeName: node1 }
status: { podIP: 192.168.166.140 }
---
` +
      pool('ipipMode: Always'),
  ).to(5)
  expect(run.pod('default/old')).toMatchObject({ address: ip('192.168.166.140'), phase: 'Running' })
})

test('hosts at one instant run in document order', () => {
  const run = Run.of(kindCluster(3)).to(1)
  expect(run.events('bird-started').map((event) => event.host)).toEqual(['c-control-plane', 'c-worker', 'c-worker2'])
  const draws = ['c-worker', 'c-worker2'].map((name) => run.recording.status(run.now, run.host(name))?.bootedAt)
  expect(draws).toEqual([0, 0])
})

test('power cut at time zero: the node never starts', () => {
  const run = Run.of(kindCluster(2), 'timeline:\n  - { at: 0s, action: power-off, target: node/c-worker }').to(5)
  expect(run.recording.host(run.now, 1)).toMatchObject({ powered: false, bird: 'absent', felix: 'absent' })
  expect(run.log('c-worker')).toEqual([])
})

test('changing the pool’s mode rewrites the kernel and says nothing over BGP', () => {
  const run = Run.of(
    node('node1', '172.18.0.2/16') + node('node2', '172.18.0.3/16') + pool('ipipMode: Always'),
    `timeline:
  - at: 20s
    action: apply
    manifest: |
      ${pool('ipipMode: CrossSubnet').replaceAll('\n', '\n      ')}`,
  ).to(30)
  expect(run.routes('node1')).toContain('192.168.104.0/26 via 172.18.0.3 dev eth0 proto bird')
  expect(run.messages('UPDATE').filter((record) => record.sentAt > 20e6)).toEqual([])
  expect(run.fibChanges('node1', prefix('192.168.104.0/26')).map((change) => change.present)).toEqual([
    true,
    false,
    true,
  ])
})
