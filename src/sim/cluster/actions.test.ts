import { describe, expect, test } from 'vitest'
import { ip } from '../net/address.ts'
import { formatPrefix, prefix } from '../net/prefix.ts'
import { kindCluster, Run } from '../testing/run-scenario.ts'

const mesh = (timeline: string) => Run.of(kindCluster(3), `timeline:\n${timeline}`)
const exec = (at: number, command: string, target = 'node/c-worker') =>
  `  - { at: ${at}s, action: exec, target: ${target}, command: '${command}' }\n`

describe('add-node', () => {
  test('a machine boots, registers, gets its tunnel address, and its daemons come up', () => {
    const run = mesh('  - { at: 20s, action: add-node, name: n4, labels: { rack: b } }').to(30)
    const id = run.host('n4')
    const phases = [20.5, 21.2, 22.5, 24].map((at) => run.recording.host(at * 1e6, id)?.phase)
    expect(phases).toEqual(['booting', 'registered', 'starting', 'running'])
    expect(run.recording.host(run.now, id)).toMatchObject({
      address: ip('172.18.0.5'),
      registered: true,
      labels: { rack: 'b', 'kubernetes.io/hostname': 'n4' },
    })
    // runit starts BIRD before confd has written anything, and again a second later.
    expect(run.events('bird-stopped')).toMatchObject([{ host: 'n4', how: 'config-error' }])
    expect(run.log('n4')[0]).toContain('Unable to open configuration file')
    expect(run.protocols('c-worker').Mesh_172_18_0_5).toBe('up Established')
    expect(run.routes('c-worker').some((line) => line.includes('via 172.18.0.5 dev tunl0'))).toBe(true)
    expect(run.recording.blocks(run.now).filter((block) => block.node === 'n4')).toHaveLength(1)
  })

  test('an applied Node of a new name is a machine, too', () => {
    const run = mesh(
      `  - at: 20s
    action: apply
    manifest: |
      apiVersion: v1
      kind: Node
      metadata: { name: n5, annotations: { projectcalico.org/IPv4Address: 172.18.0.77/16 } }`,
    ).to(30)
    expect(run.recording.host(run.now, run.host('n5'))).toMatchObject({ address: ip('172.18.0.77'), phase: 'running' })
    expect(run.protocols('c-worker').Mesh_172_18_0_77).toBe('up Established')
  })

  test('a name that is taken is refused; a deleted node joins again', () => {
    const run = mesh(
      `  - { at: 20s, action: add-node, name: c-worker2 }
  - { at: 30s, action: delete, manifest: "{ apiVersion: v1, kind: Node, metadata: { name: c-worker2 } }" }
  - { at: 50s, action: add-node, name: c-worker2 }`,
    ).to(65)
    expect(run.events('refused')).toMatchObject([{ by: 'api', message: 'nodes "c-worker2" already exists' }])
    expect(run.protocols('c-worker').Mesh_172_18_0_4).toBe('up Established')
    expect(run.routes('c-worker')).toContain('192.167.126.64/26 via 172.18.0.4 dev tunl0 proto bird onlink')
  })
})

describe('BIRD as a process', () => {
  test('stop-bird says goodbye and the routes leave at once; start-bird brings them back', () => {
    const run = mesh(
      `  - { at: 20s, action: stop-bird, target: node/c-worker }
  - { at: 40s, action: start-bird, target: node/c-worker }`,
    ).to(30)
    expect(run.events('bird-stopped')).toMatchObject([{ how: 'terminated' }])
    expect(run.recording.host(run.now, 1)).toMatchObject({ bird: 'stopped', confd: 'running' })
    expect(run.recording.status(run.now, 1)).toBeNull()
    expect(run.recording.nets(run.now, 1, 'master')).toEqual([])
    expect(run.routes('c-worker2').some((line) => line.includes('via 172.18.0.3'))).toBe(false)
    // Its own kernel routes persist.
    expect(run.routes('c-worker').filter((line) => line.includes('proto bird'))).toHaveLength(3)
    run.to(55)
    expect(run.routes('c-worker2').some((line) => line.includes('via 172.18.0.3'))).toBe(true)
  })

  test('kill-bird and restart-calico-node: graceful restart, no kernel route changes on the peers', () => {
    const run = mesh(
      `  - { at: 20s, action: restart-calico-node, target: node/c-worker, down: 5s }
  - { at: 60s, action: kill-bird, target: node/c-worker }
  - { at: 66s, action: start-bird, target: node/c-worker }`,
    ).to(80)
    expect(run.events('bird-stopped')).toMatchObject([{ how: 'killed' }, { how: 'killed' }])
    expect(run.recording.host(22e6, 1)).toMatchObject({ bird: 'stopped', felix: 'stopped', confd: 'stopped' })
    const block = prefix('192.167.224.0/26')
    for (const peer of ['c-control-plane', 'c-worker2']) {
      expect(run.fibChanges(peer, block).filter((change) => change.at > 20)).toEqual([])
      expect(run.protocols(peer).Mesh_172_18_0_3).toBe('up Established')
    }
  })

  test('killed and never started again: the routes leave 120 to 122 s later', () => {
    const run = mesh('  - { at: 20s, action: kill-bird, target: node/c-worker }').to(150)
    const gone = run.fibChanges('c-worker2', prefix('192.167.224.0/26')).find((change) => !change.present)
    expect(gone?.at).toBeGreaterThanOrEqual(139)
    expect(gone?.at).toBeLessThanOrEqual(143)
  })
})

test('a rebooted node is back with its addresses, routes and pods', () => {
  const run = mesh(
    `  - { at: 10s, action: create-pod, pod: default/web, node: c-worker }
  - { at: 20s, action: power-off, target: node/c-worker }
  - { at: 40s, action: power-on, target: node/c-worker }`,
  ).to(15)
  const before = run.routes('c-worker')
  expect(run.to(30).routes('c-worker')).toEqual([])
  run.to(140)
  expect(run.routes('c-worker')).toEqual(before)
  expect(run.pod('default/web')?.phase).toBe('Running')
})

test('a cable out for ten seconds: sessions survive, routes say linkdown', () => {
  const run = mesh(
    `  - { at: 20s, action: cut-link, target: link/c-worker/kind }
  - { at: 30s, action: mend-link, target: link/c-worker/kind }`,
  ).to(25)
  expect(run.recording.links(run.now).filter((link) => !link.up)).toMatchObject([
    { host: 'c-worker', interface: 'eth0' },
  ])
  expect(run.routes('c-worker')[0]).toBe('default via 172.18.0.1 dev eth0 linkdown')
  run.to(200)
  expect(run.protocols('c-worker')).toMatchObject({
    Mesh_172_18_0_2: 'up Established',
    Mesh_172_18_0_4: 'up Established',
  })
  const since = run.recording.protocol(run.now, 1, 'Mesh_172_18_0_2')?.since ?? 0
  expect(since).toBeLessThan(3e6)
})

test('birdc disable, enable, restart, reload, down, and what they answer', () => {
  const run = mesh(
    exec(20, 'birdc disable Mesh_172_18_0_2') +
      exec(30, 'birdc enable Mesh_172_18_0_2') +
      exec(40, 'birdcl -s /var/run/calico/bird.ctl restart "Mesh_172_18_0_2"') +
      exec(50, 'birdc reload in Mesh_172_18_0_2') +
      exec(51, 'birdc reload') +
      exec(52, 'birdc configure') +
      exec(53, 'birdc show protocols') +
      exec(60, 'birdc down') +
      exec(61, 'birdc down'),
  ).to(25)
  expect(run.protocols('c-worker').Mesh_172_18_0_2).toBe('down')
  expect(run.to(35).protocols('c-worker').Mesh_172_18_0_2).toBe('up Established')
  run.to(65)
  expect(run.replies()).toEqual([
    'Mesh_172_18_0_2: disabled',
    'Mesh_172_18_0_2: enabled',
    'Mesh_172_18_0_2: restarted',
    'Mesh_172_18_0_2: reloading',
    'syntax error',
    'Reading configuration from /etc/calico/confd/config/bird.cfg\nReconfigured',
    '',
    'Shutdown requested',
    'Unable to connect to server control socket (/var/run/calico/bird.ctl): Connection refused',
  ])
  expect(run.messages('ROUTE-REFRESH').filter((record) => record.sentAt >= 50e6).length).toBeGreaterThan(0)
})

test('ip: links, addresses and routes, with iproute2’s complaints', () => {
  const run = mesh(
    exec(20, 'ip route add 10.9.0.0/16 via 172.18.0.9') +
      exec(21, 'ip route add 10.9.0.0/16 via 172.18.0.8') +
      exec(22, 'ip route del 10.9.0.0/16') +
      exec(23, 'ip route del 10.9.0.0/16') +
      exec(24, 'ip route add 10.9.0.0/16 via 10.77.0.1') +
      exec(25, 'ip link set nope up') +
      exec(26, 'ip route add blackhole 10.8.0.0/16 metric 5') +
      exec(27, 'ip link set dev eth0 down') +
      exec(30, 'ip link set eth0 up') +
      exec(31, 'ip route add default via 172.18.0.1'),
  ).to(28)
  expect(run.routes('c-worker').some((line) => line.includes('eth0'))).toBe(false)
  expect(run.routes('c-worker')).toContain('blackhole 10.8.0.0/16 metric 5')
  run.to(60)
  expect(run.replies().slice(0, 7)).toEqual([
    '',
    'RTNETLINK answers: File exists',
    '',
    'RTNETLINK answers: No such process',
    'Error: Nexthop has invalid gateway.',
    'Cannot find device "nope"',
    '',
  ])
  expect(run.protocols('c-worker').Mesh_172_18_0_2).toBe('up Established')
  expect(run.routes('c-worker')).toContain('192.167.196.64/26 via 172.18.0.2 dev tunl0 proto bird onlink')
})

test('BIRD puts a route back that somebody deleted, within two seconds', () => {
  const run = mesh(exec(20, 'ip route del 192.167.196.64/26')).to(23)
  expect(run.routes('c-worker')).toContain('192.167.196.64/26 via 172.18.0.2 dev tunl0 proto bird onlink')
  expect(run.fibChanges('c-worker', prefix('192.167.196.64/26')).map((change) => change.present)).toEqual([
    true,
    false,
    true,
  ])
})

describe('manifests', () => {
  test('a refused one changes nothing and says why, in the API’s words', () => {
    const run = mesh(
      `  - at: 20s
    action: apply
    manifest: |
      apiVersion: projectcalico.org/v3
      kind: BGPConfiguration
      metadata: { name: default }
      spec: { exportFilter: all }`,
    ).to(25)
    expect(run.events('refused')[0]).toMatchObject({ by: 'api', message: expect.stringContaining('exportFilter') })
    expect(run.recording.resources(run.now, 'BGPConfiguration')).toEqual([])
  })

  test('the mesh goes and comes back with BGPConfiguration', () => {
    const doc = (enabled: boolean) =>
      `{ apiVersion: projectcalico.org/v3, kind: BGPConfiguration, metadata: { name: default }, spec: { nodeToNodeMeshEnabled: ${enabled} } }`
    const run = mesh(
      `  - { at: 20s, action: apply, manifest: '${doc(false)}' }
  - { at: 40s, action: apply, manifest: '${doc(true)}' }`,
    ).to(25)
    expect(Object.keys(run.protocols('c-worker'))).toEqual(['static1', 'kernel1', 'device1', 'direct1'])
    expect(run.routes('c-worker')).toHaveLength(3)
    expect(run.to(50).routes('c-worker')).toHaveLength(5)
  })

  test('a deleted pool: blocks lose their owner, peers withdraw', () => {
    const cluster = kindCluster(3).split('---')[0]
    const pool =
      'apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: { name: p }\nspec: { cidr: 192.167.0.0/16, ipipMode: Always }'
    const run = Run.of(
      `${cluster}---\n${pool}\n`,
      `timeline:\n  - { at: 20s, action: delete, manifest: "{ apiVersion: projectcalico.org/v3, kind: IPPool, metadata: { name: p } }" }`,
    ).to(15)
    expect(run.routes('c-worker').filter((line) => line.includes('proto bird'))).toHaveLength(3)
    run.to(40)
    // Tunnel addresses go back as well, so that the blocks are empty and go.
    expect(run.recording.blocks(run.now)).toEqual([])
    expect(run.recording.interfaces(run.now, 1).find((iface) => iface.name === 'tunl0')?.addresses).toEqual([])
    expect(run.routes('c-worker').filter((line) => line.includes('proto bird'))).toEqual([])
  })

  test('the operator makes its pool again', () => {
    const run = mesh(
      '  - { at: 20s, action: delete, manifest: "{ apiVersion: projectcalico.org/v3, kind: IPPool, metadata: { name: default-ipv4-ippool } }" }',
    ).to(30)
    expect(run.recording.resources(run.now, 'IPPool')).toHaveLength(1)
  })
})

describe('outside routers', () => {
  const lab = (conf: string, timeline: string) =>
    Run.of(
      kindCluster(3),
      `networks:
  - { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1 }
  - { name: vmnet, cidr: 192.168.64.0/24, gateway: 192.168.64.1 }
hosts:
  - name: vm2
    interfaces: [ { name: eth0, network: vmnet, address: 192.168.64.6/24 } ]
    routes: [ { dst: default, via: 192.168.64.1 } ]
${conf === '' ? '' : `    birdConf: |\n${conf.replaceAll(/^/gm, '      ')}\n`}timeline:
  - at: 10s
    action: apply
    manifest: |
      apiVersion: projectcalico.org/v3
      kind: BGPPeer
      metadata: { name: vm2 }
      spec: { peerIP: 192.168.64.6, asNumber: 64512, nodeSelector: all() }
${timeline}`,
    )
  const conf = (as: number) => `router id 192.168.64.6;
protocol kernel { learn; import all; export all; }
protocol device { }
protocol bgp k8s { local as 64512; neighbor 172.18.0.3 as ${as}; import all; export none; multihop; }`

  test('without BIRD: connection refused; its first bird.conf starts it', () => {
    const run = lab(
      '',
      `  - { at: 30s, action: set-bird-conf, target: host/vm2, text: "${conf(64512).replaceAll('\n', ' ')}" }`,
    ).to(25)
    expect(run.protocols('c-worker').Node_192_168_64_6).toMatch(/Socket: Connection refused$/)
    expect(run.recording.host(run.now, run.host('vm2'))?.bird).toBe('absent')
    run.to(60)
    expect(run.protocols('vm2').k8s).toBe('up Established')
    expect(run.routes('vm2')).toContain('192.167.224.0/26 via 192.168.64.1 dev eth0 proto bird')
    expect(run.protocols('c-control-plane').Node_192_168_64_6).toMatch(/Connection (closed|reset by peer)$/)
  })

  test('a wrong AS is a NOTIFICATION 2/2 and waits; set-bird-conf repairs it', () => {
    const run = lab(
      conf(64511),
      `  - { at: 40s, action: set-bird-conf, target: host/vm2, text: "${conf(64512).replaceAll('\n', ' ')}" }`,
    ).to(35)
    expect(run.protocols('vm2').k8s).toBe('start Idle BGP Error: Bad peer AS')
    const notifications = run.messages('NOTIFICATION').map((record) => record.message)
    expect(notifications[0]).toMatchObject({ code: 2, subcode: 2 })
    run.to(110)
    expect(run.replies()[0]).toContain('Reconfiguration in progress')
    expect(run.protocols('vm2').k8s).toBe('up Established')
  })
})

test('set-address: monitor-addresses finds it within a minute, and every session moves', () => {
  const run = mesh(
    '  - { at: 20s, action: set-address, target: node/c-worker, interface: eth0, address: 172.18.0.33/16 }',
  ).to(59)
  expect(run.recording.host(run.now, 1)?.address).toBe(ip('172.18.0.3'))
  run.to(75)
  expect(run.recording.host(run.now, 1)?.address).toBe(ip('172.18.0.33'))
  expect(run.protocols('c-worker2')).toMatchObject({ Mesh_172_18_0_33: 'up Established' })
  expect(run.routes('c-worker2')).toContain('192.167.224.0/26 via 172.18.0.33 dev tunl0 proto bird onlink')
})

describe('pods', () => {
  test('scheduler, CNI, address, route; nothing is announced for an ordinary pod', () => {
    const run = mesh(
      `  - { at: 20s, action: create-pod, pod: default/a, labels: { app: a } }
  - { at: 21s, action: create-pod, pod: default/b }
  - { at: 22s, action: create-pod, pod: default/c }
  - { at: 30s, action: delete-pod, pod: default/b }`,
    ).to(25)
    expect(['a', 'b', 'c'].map((name) => run.pod(`default/${name}`)?.node)).toEqual([
      'c-control-plane',
      'c-worker',
      'c-worker2',
    ])
    expect(run.pod('default/a')).toMatchObject({
      phase: 'Running',
      labels: { app: 'a' },
      address: ip('192.167.196.65'),
    })
    expect(run.routes('c-worker')).toContain(`192.167.224.1 dev ${run.pod('default/b')?.interface} scope link`)
    run.to(35)
    expect(run.pod('default/b')).toBeNull()
    expect(run.routes('c-worker')).toHaveLength(5)
    expect(run.messages('UPDATE').filter((record) => record.sentAt > 20e6)).toEqual([])
  })

  test('a block that is full: the next block, then a borrowed address as a /32', () => {
    const manifests = kindCluster(2)
      .replace('encapsulation: IPIP', 'encapsulation: IPIP, blockSize: 31')
      .replaceAll('192.167.0.0/16', '192.167.0.0/29')
    const pods = ['p1', 'p2', 'p3', 'p4', 'p5', 'p6', 'p7']
    const timeline = pods.map(
      (name, i) => `  - { at: ${20 + i}s, action: create-pod, pod: default/${name}, node: c-worker }\n`,
    )
    const run = Run.of(manifests, `timeline:\n${timeline.join('')}`).to(60)
    const blocks = run.recording.blocks(run.now).filter((block) => block.node === 'c-worker')
    expect(blocks.map((block) => formatPrefix(block.cidr))).toHaveLength(3)
    const borrowed = pods.map((name) => run.pod(`default/${name}`)).find((pod) => pod?.borrowed)
    expect(borrowed?.phase).toBe('Running')
    expect(
      run
        .routes('c-control-plane')
        .some((line) => /^192\.167\.0\.\d+ via 172\.18\.0\.3 dev tunl0 proto bird onlink$/.test(line)),
    ).toBe(true)
    expect(run.pod('default/p7')).toMatchObject({
      phase: 'ContainerCreating',
      reason:
        'plugin type="calico" failed (add): failed to request IPv4 addresses: Assigned 0 out of 1 requested IPv4 addresses; No IPs available in pools: [192.167.0.0/29]',
    })
    expect(run.events('pod-failed')).toHaveLength(1)
  })
})
