// Outside routers: sessions with two different names for the two ends, refused paths, competing routes, letters.
import { describe, expect, test } from 'vitest'
import { kindCluster, Run } from '../testing/run-scenario.ts'
import { clusterView, hostDetail, routeExplanation, sessionDetail, timelineIndex } from './index.ts'

const router = (name: string, address: string, as: number) => `- name: ${name}
  interfaces: [ { name: eth0, network: kind, address: ${address}/16 } ]
  birdConf: |
    router id ${address};
    protocol device { }
    protocol static originated { route 203.0.113.0/24 blackhole; }
    protocol kernel { import none; export none; }
    protocol bgp k8s {
      local as ${as};
      neighbor 172.18.0.2 as 64512;
      import all;
      export where source = RTS_STATIC || source = RTS_BGP;
    }`

const SPEC = `networks: [ { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1 } ]
hosts:
${router('tor1', '172.18.0.101', 64601)}
${router('tor2', '172.18.0.102', 64602)}`

const peer = (name: string, ip: string, as: number) => `---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: { name: ${name} }
spec: { node: r-control-plane, peerIP: ${ip}, asNumber: ${as} }
`
const run = Run.of(
  `${kindCluster(2, { name: 'r' })}${peer('to-tor1', '172.18.0.101', 64601)}${peer('to-tor2', '172.18.0.102', 64602)}`,
  SPEC,
).to(60)
const { recording } = run
const ID = 'r-control-plane|Node_172_18_0_101|tor1|k8s'

describe('an outside router', () => {
  const view = clusterView(recording, 60e6)

  test('its session is paired with the node although both call it differently', () => {
    const session = view.sessions.find(({ id }) => id === ID)
    expect(session).toMatchObject({
      look: 'established',
      ebgp: true,
      a: { host: 'r-control-plane', protocol: 'Node_172_18_0_101' },
      b: { host: 'tor1', protocol: 'k8s' },
    })
  })

  test('its tray holds what it originates, not what it learned', () => {
    expect(view.hosts.find(({ name }) => name === 'tor1')?.prefixes).toEqual(['203.0.113.0/24'])
    expect(view.hosts[0]?.prefixes).toEqual([])
  })

  test('its prefix has the letter behind those of the blocks', () => {
    const { swatches } = timelineIndex(recording, { timeline: [], narration: [] })
    expect(swatches.at(-1)).toBe('203.0.113.0/24')
    expect(swatches).toHaveLength(3)
  })

  test('the session says which BGPPeer made it', () => {
    const detail = sessionDetail(recording, { at: 60e6, id: ID, startEpochMs: 0 })
    expect(detail?.ends.map(({ host, origin }) => [host, origin])).toEqual([
      ['r-control-plane', 'to-tor1'],
      ['tor1', 'bird.conf'],
    ])
  })

  test('two paths: the rule that decided, with both values', () => {
    const explained = routeExplanation(recording, { at: 60e6, host: 'r-control-plane', prefix: '203.0.113.0/24' })
    expect(explained?.candidates.map(({ protocol, best }) => [protocol, best])).toEqual([
      ['Node_172_18_0_101', true],
      ['Node_172_18_0_102', false],
    ])
    expect(explained?.decisions).toEqual([
      {
        loser: 'Node_172_18_0_102',
        step: 'router-id',
        bestValue: '172.18.0.101',
        loserValue: '172.18.0.102',
      },
    ])
  })
})

describe('a path that comes back to its own AS', () => {
  const second = '    protocol bgp other { local as 64601; neighbor 172.18.0.3 as 64512; import all; export all; }'
  const everywhere = peer('to-tor', '172.18.0.101', 64601).replace('node: r-control-plane', 'nodeSelector: all()')
  const chain = Run.of(
    `${kindCluster(2, { name: 'r' })}${everywhere}`,
    `networks: [ { name: kind, cidr: 172.18.0.0/16, gateway: 172.18.0.1 } ]
timeline: [ { at: 60s, action: exec, target: host/tor1, command: birdc disable k8s } ]
hosts:
${router('tor1', '172.18.0.101', 64601)}
${second}`,
  ).to(90)
  const block = clusterView(chain.recording, 50e6).hosts[0]?.blocks[0]?.cidr ?? ''
  const refused = (at: number) =>
    hostDetail(chain.recording, { at, name: 'r-worker', parts: ['rib'], startEpochMs: 0 })?.rib.filter(
      ({ mark, prefix }) => mark === 'rejected' && prefix === block,
    )

  test('stands in the table of the inspector with the reason, behind the paths that count', () => {
    expect(refused(50e6)).toMatchObject([
      { protocol: 'Node_172_18_0_101', rejected: 'own-as', asPath: '64601 64512', line: '' },
    ])
    const id = 'r-worker|Node_172_18_0_101|tor1|other'
    const detail = sessionDetail(chain.recording, { at: 50e6, id, startEpochMs: 0 })
    expect(detail?.ends[0]?.rejected).toContainEqual({ prefix: block, reason: 'own-as' })
  })

  test('goes when the peer withdraws it', () => {
    expect(refused(80e6)).toEqual([])
  })
})
