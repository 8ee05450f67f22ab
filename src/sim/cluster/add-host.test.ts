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

  test('without an address it gets the next free one, without birdConf no BIRD; later actions may name it', () => {
    const run = Run.of(
      kindCluster(3),
      'timeline:\n  - { at: 20s, action: add-host, name: r1 }\n  - { at: 30s, action: power-off, target: host/r1 }',
    ).to(25)
    const id = run.host('r1')
    expect(run.recording.host(run.now, id)).toMatchObject({ address: ip('172.18.0.5'), bird: 'absent', powered: true })
    run.to(31)
    expect(run.recording.host(run.now, id)).toMatchObject({ powered: false, phase: 'off' })
  })

  test('a name that is taken is refused', () => {
    const run = Run.of(kindCluster(3), 'timeline:\n  - { at: 20s, action: add-host, name: c-worker }').to(21)
    expect(run.events('refused')).toMatchObject([{ message: 'host "c-worker" already exists' }])
  })
})
