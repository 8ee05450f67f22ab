import { describe, expect, test } from 'vitest'
import { ip } from '../net/address.ts'
import { kindCluster, Run } from '../testing/run-scenario.ts'

const CONF = `        protocol device { }
        protocol kernel { export all; }
        protocol static { route 10.80.0.0/16 blackhole; }
        protocol bgp worker { local as 64511; neighbor 172.18.0.3 as 64512; import all; export all; }
`
const PEER = `  - at: 25s
    action: apply
    manifest: |
      apiVersion: projectcalico.org/v3
      kind: BGPPeer
      metadata: { name: r1 }
      spec: { peerIP: 172.18.0.9, asNumber: 64511 }
`

const CONNECTED = '172.18.0.0/16 dev eth0 proto kernel scope link src 172.18.0.5'
const added = (...actions: string[]) => Run.of(kindCluster(3), `timeline: [ ${actions.join(', ')} ]`)

describe('add-host', () => {
  test('a router is up at once with its address, the default route and its BIRD, and peers', () => {
    const run = Run.of(
      kindCluster(3),
      `timeline:\n  - at: 20s\n    action: add-host\n    name: r1\n    address: 172.18.0.9/16\n    birdConf: |\n${CONF}${PEER}`,
    ).to(21)
    const id = run.host('r1')
    expect(run.recording.host(run.now, id)).toMatchObject({
      kind: 'router',
      phase: 'running',
      bird: 'running',
      address: ip('172.18.0.9'),
    })
    expect(run.routes('r1').some((line) => line.startsWith('default via 172.18.0.1 dev eth0'))).toBe(true)
    run.to(60)
    expect(run.protocols('r1').worker).toBe('up Established')
    expect(run.routes('c-worker').some((line) => line.startsWith('10.80.0.0/16 via 172.18.0.9'))).toBe(true)
  })

  test('without an address it gets the next free one, without birdConf a BIRD that has no session yet', () => {
    const run = added('{ at: 20s, action: add-host, name: r1 }', '{ at: 30s, action: power-off, target: host/r1 }')
    run.to(25)
    const id = run.host('r1')
    expect(run.recording.host(run.now, id)).toMatchObject({
      address: ip('172.18.0.5'),
      routerId: ip('172.18.0.5'),
      bird: 'running',
      powered: true,
    })
    expect(run.protocols('r1')).toEqual({ device1: 'up', kernel1: 'up' })
    expect(run.routes('r1')).toEqual(['default via 172.18.0.1 dev eth0', CONNECTED])
    run.to(31)
    expect(run.recording.host(run.now, id)).toMatchObject({ powered: false, phase: 'off' })
  })

  test('the example in the bird.conf it gets is one that peers', () => {
    const add = '{ at: 20s, action: add-host, name: r1 }'
    const conf = added(add).to(21).recording.files(21e6, 3).get('bird.conf') ?? ''
    expect(conf).toContain('#  neighbor 172.18.0.3 as 64512;')
    const edited = conf.replaceAll(/^#(?=\S| {2})/gm, '')
    const indented = edited.replaceAll(/^(?=.)/gm, '      ')
    const peer = PEER.replace('172.18.0.9', '172.18.0.5')
    const edit = `at: 22s\n    action: set-bird-conf\n    target: host/r1\n    text: |\n${indented}`
    const run = Run.of(kindCluster(3), `timeline:\n  - ${add}\n  - ${edit}${peer}`).to(60)
    expect(run.protocols('r1').peer_c_worker).toBe('up Established')
    expect(run.routes('c-worker').some((line) => line.startsWith('10.80.0.0/16 via 172.18.0.5'))).toBe(true)
    expect(run.routes('c-worker').filter((line) => line.startsWith('default'))).toHaveLength(1)
  })

  test('the AS number it shows is that of its file, after an edit, too', () => {
    const conf = (as: number) => `protocol device {} protocol bgp up { local as ${as}; neighbor 172.18.0.3 as 64512; }`
    const run = added(
      `{ at: 20s, action: add-host, name: r1, birdConf: "${conf(64_999)}" }`,
      `{ at: 25s, action: set-bird-conf, target: host/r1, text: "${conf(65_001)}" }`,
    ).to(30)
    const shown = (at: number) => run.recording.host(at, run.host('r1'))?.asNumber
    expect([shown(24e6), shown(26e6)]).toEqual([64_999, 65_001])
  })

  test('an empty birdConf is no BIRD; own routes stand in for the gateway', () => {
    const run = added(
      '{ at: 20s, action: add-host, name: r1, birdConf: "", routes: [ { dst: 10.0.0.0/8, via: 172.18.0.3 } ] }',
    ).to(21)
    expect(run.recording.host(run.now, run.host('r1'))).toMatchObject({ bird: 'absent', powered: true })
    expect(run.routes('r1')).toEqual(['10.0.0.0/8 via 172.18.0.3 dev eth0', CONNECTED])
  })

  test('it goes to the first network that no node is on, and never takes the gateway', () => {
    const networks =
      'networks: [ { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1 }, { name: vms, cidr: 192.168.64.0/24, gateway: 192.168.64.1 } ]'
    const run = Run.of(kindCluster(2), `${networks}\ntimeline: [ { at: 5s, action: add-host, name: r1 } ]`).to(6)
    expect(run.recording.host(run.now, run.host('r1'))).toMatchObject({ address: ip('192.168.64.2') })
    expect(run.routes('r1')[0]).toBe('default via 192.168.64.1 dev eth0')
    const conf = run.recording.files(run.now, run.host('r1')).get('bird.conf') ?? ''
    expect(conf).toContain('#  neighbor 172.18.0.3 as 64512;\n#  multihop;')
  })

  test('an address that somebody has is refused, and so is one too many', () => {
    const run = added('{ at: 20s, action: add-host, name: r1, address: 172.18.0.3 }').to(21)
    expect(run.events('refused')).toMatchObject([{ by: 'scenario', message: '172.18.0.3 is taken: c-worker has it' }])
    expect(run.recording.hostId('r1')).toBeNull()
    const full = 'networks: [ { name: kind, cidr: 172.18.0.0/30 } ]'
    const add = ['r1', 'r2'].map((name) => `{ at: 5s, action: add-host, name: ${name} }`)
    const node = '{ at: 6s, action: add-node, name: n9 }'
    const small = Run.of(kindCluster(1), `${full}\ntimeline: [ ${[...add, node].join(', ')} ]`).to(7)
    expect(small.events('refused')).toMatchObject([
      { message: 'the network has no address left for r2' },
      { message: 'the network has no address left for n9' },
    ])
  })

  test('a Node with the name of a router is refused', () => {
    const run = added(
      '{ at: 5s, action: add-host, name: r1 }',
      '{ at: 6s, action: apply, manifest: "{ apiVersion: v1, kind: List, items: [ { apiVersion: v1, kind: Node, metadata: { name: r1 } } ] }" }',
    )
    expect(() => run.to(8)).not.toThrow()
    expect(run.events('refused')).toMatchObject([{ message: 'the name r1 is taken: a host has it' }])
  })

  test('the same document gives the same run, and without the action the run is as before', () => {
    const hash = (...actions: string[]) => {
      const run = added(...actions).to(40)
      return run.recording.hash(run.now)
    }
    const add = '{ at: 20s, action: add-host, name: r1 }'
    const none = '{ at: 39s, action: power-off, target: node/c-worker }'
    expect(hash(add, none)).toBe(hash(add, none))
    expect(hash(none)).not.toBe(hash(add, none))
    const early = (...actions: string[]) =>
      added(...actions)
        .to(40)
        .recording.hash(19_999_999)
    expect(early(add, none)).toBe(early(none))
  })
})

describe('remove-host', () => {
  const ADD = '{ at: 20s, action: add-host, name: r1 }'

  test('the host is gone with its cable, and its peers notice by their hold timer', () => {
    const run = Run.of(
      kindCluster(3),
      `timeline:\n  - at: 20s\n    action: add-host\n    name: r1\n    address: 172.18.0.9/16\n    birdConf: |\n${CONF}${PEER}  - { at: 60s, action: remove-host, target: host/r1 }`,
    ).to(61)
    expect(run.recording.host(run.now, run.host('r1'))).toBeNull()
    expect(run.recording.host(59e6, run.host('r1'))).not.toBeNull()
    expect(run.recording.links(run.now).some((link) => link.host === 'r1')).toBe(false)
    expect(run.recording.interfaces(run.now, run.host('r1'))).toEqual([])
    expect(run.recording.files(run.now, run.host('r1')).size).toBe(0)
    expect(run.protocols('c-worker').Global_172_18_0_9).toBe('up Established')
    run.to(320)
    expect(run.protocols('c-worker').Global_172_18_0_9).toMatch(/^start (Active|Connect|Idle)/)
    expect(run.routes('c-worker').some((line) => line.startsWith('10.80.0.0/16'))).toBe(false)
  })

  test('another router at the same address meets the peers that still look for the first', () => {
    const add = (at: number, name: string) =>
      `  - at: ${at}s\n    action: add-host\n    name: ${name}\n    address: 172.18.0.9/16\n    birdConf: |\n${CONF}`
    const remove = '  - { at: 60s, action: remove-host, target: host/r1 }\n'
    const run = Run.of(kindCluster(3), `timeline:\n${add(20, 'r1')}${PEER}${remove}${add(62, 'r2')}`).to(61)
    expect(run.protocols('c-worker').Global_172_18_0_9).toBe('up Established')
    // The kernel that has the address now answers what was meant for the first with RST, long before the hold timer.
    run.to(120)
    expect(run.events('refused')).toEqual([])
    expect(run.protocols('r2').worker).toBe('up Established')
    expect(run.protocols('c-worker').Global_172_18_0_9).toBe('up Established')
  })

  test('name and address are free again, for a host of the document as well', () => {
    const run = added(ADD, '{ at: 30s, action: remove-host, target: host/r1 }', ADD.replace('20s', '40s')).to(41)
    expect(run.recording.host(35e6, run.host('r1'))).toBeNull()
    expect(run.recording.host(run.now, run.host('r1'))).toMatchObject({ address: ip('172.18.0.5'), bird: 'running' })
    const vm = 'hosts: [ { name: vm, interfaces: [ { network: kind, address: 172.18.0.9/16 } ] } ]'
    const actions = '{ at: 0, action: remove-host, target: host/vm }, { at: 5s, action: power-on, target: host/vm }'
    const gone = Run.of(kindCluster(2), `${vm}\ntimeline: [ ${actions} ]`).to(6)
    expect(gone.recording.host(gone.now, gone.host('vm'))).toBeNull()
    expect(gone.events('refused')).toMatchObject([{ message: 'there is no host vm at this time' }])
  })
})
