// Lines as the daemons printed them (bird-1.6.8.md 8, bird-captures/cli/cli-all.txt), from snapshots made by hand.
import { describe, expect, test } from 'vitest'
import { ip } from '../../net/address.ts'
import { prefix } from '../../net/prefix.ts'
import type { BgpSnapshot, ProtocolSnapshot, RouteSnapshot } from '../ports.ts'
import { remaining, shortTime, tick } from './clock.ts'
import { formatRoute, routeDetails } from './format-route.ts'
import { newRouteRequest } from './route-request.ts'
import { protocolDetails, showProtocols } from './show-protocols.ts'
import { longestMatch, showRoute } from './show-route.ts'
import { greeting, showStatus } from './show-status.ts'

const clock = {
  time: (at: number) => new Date(at / 1000).toISOString().slice(11, 19),
  date: (at: number) => new Date(at / 1000).toISOString().slice(0, 10),
}
const at = (text: string) => Date.parse(`2026-11-24T${text}Z`) * 1000
const now = at('07:19:34.6')

describe('times', () => {
  test('BIRD counts in whole seconds', () => {
    expect(tick(1_999_999)).toBe(1_000_000)
    expect(remaining(12_000_000, 10_900_000)).toBe(2)
    expect(remaining(5_000_000, 10_000_000)).toBe(0)
  })

  test('a date after twenty hours', () => {
    expect(shortTime(clock, 0, 71_999_000_000)).toBe('00:00:00')
    expect(shortTime(clock, 0, 72_000_000_000)).toBe('1970-01-01')
  })
})

const zeros = {
  imported: 0,
  filtered: 0,
  exported: 0,
  preferred: 0,
  importUpdates: { received: 0, rejected: 0, filtered: 0, ignored: 0, accepted: 0 },
  importWithdraws: { received: 0, rejected: 0, ignored: 0, accepted: 0 },
  exportUpdates: { received: 0, rejected: 0, filtered: 0, accepted: 0 },
  exportWithdraws: { received: 0, accepted: 0 },
}
const bgp: BgpSnapshot = {
  state: 'Down',
  lastError: '',
  neighborAddress: ip('10.192.0.3'),
  neighborAs: 64512,
  localAs: 64512,
  passive: false,
  rrClient: false,
  rrClusterId: null,
  sourceAddress: null,
  neighborId: null,
  neighborCaps: null,
  session: null,
  holdTimer: null,
  keepaliveTimer: null,
  connectDelay: null,
  connectRetry: null,
  errorWait: null,
  gracefulRestart: null,
  recovery: null,
  lastHeardAt: null,
  sockets: [],
}
const peer: ProtocolSnapshot = {
  kind: 'BGP',
  table: 'master',
  state: 'down',
  since: at('07:19:33'),
  info: '',
  description: 'Connection to BGP peer',
  message: 'maintenance window',
  preference: 100,
  importFilter: 'ACCEPT',
  exportFilter: '(unnamed)',
  disabled: true,
  stats: null,
  bgp,
}
const details = (snapshot: ProtocolSnapshot) => protocolDetails({ name: 'Mesh_10_192_0_3', snapshot }, now, clock)

describe('show protocols', () => {
  test('a protocol disabled with a text', () => {
    expect(details(peer)).toEqual([
      'Mesh_10_192_0_3 BGP      master   down   07:19:33    ',
      '  Description:    Connection to BGP peer',
      '  Message:        maintenance window',
      '  Preference:     100',
      '  Input filter:   ACCEPT',
      '  Output filter:  (unnamed)',
      '  BGP state:          Down',
      '    Neighbor address: 10.192.0.3',
      '    Neighbor AS:      64512',
      '',
    ])
  })

  test('a session that starts again after an error', () => {
    const snapshot: ProtocolSnapshot = {
      ...peer,
      state: 'start',
      disabled: false,
      stats: zeros,
      info: 'Active        Received: Administrative shutdown',
      bgp: {
        ...bgp,
        state: 'Active',
        lastError: 'Received: Administrative shutdown',
        connectDelay: { deadline: at('07:19:35'), nominalSeconds: 2 },
      },
    }
    expect(details(snapshot).slice(6)).toEqual([
      '  Routes:         0 imported, 0 exported, 0 preferred',
      '  Route change stats:     received   rejected   filtered    ignored   accepted',
      '    Import updates:              0          0          0          0          0',
      '    Import withdraws:            0          0        ---          0          0',
      '    Export updates:              0          0          0        ---          0',
      '    Export withdraws:            0        ---        ---        ---          0',
      '  BGP state:          Active',
      '    Neighbor address: 10.192.0.3',
      '    Neighbor AS:      64512',
      '    Connect delay:    1/2',
      '    Last error:       Received: Administrative shutdown',
      '',
    ])
  })

  test('recovery and a peer that restarts', () => {
    const lines = details({
      ...peer,
      state: 'start',
      stats: zeros,
      bgp: {
        ...bgp,
        state: 'Passive',
        recovery: { pending: true, waiting: true },
        gracefulRestart: { active: true, timer: { deadline: at('07:21:29'), nominalSeconds: 120 } },
        errorWait: { deadline: at('07:19:46'), nominalSeconds: 20 },
      },
    })
    expect(lines).toContain('  GR recovery:    pending waiting')
    expect(lines).toContain('    Neighbor graceful restart active')
    expect(lines).toContain('    Restart timer:    115/-')
    expect(lines).toContain('    Error wait:       12/20')
  })

  test('patterns', () => {
    const options = { all: false, now, clock }
    const list = [{ name: 'a1', snapshot: peer }]
    expect(showProtocols(list, { ...options, target: { text: 'nosuch', pattern: false } })).toEqual([
      'nosuch is not a protocol',
    ])
    expect(showProtocols(list, { ...options, target: { text: 'zz*', pattern: true } })).toEqual(['No protocols match'])
    expect(showProtocols(list, { ...options, target: { text: 'a?', pattern: true } })).toHaveLength(2)
    expect(showProtocols([], { ...options, target: null })).toEqual([
      'name     proto    table    state  since       info',
    ])
  })
})

describe('show status', () => {
  const status = {
    routerId: ip('10.192.0.2'),
    version: 'v0.3.3+birdv1.6.8',
    bootedAt: at('07:05:34'),
    reconfiguredAt: at('07:05:34'),
    configuration: { file: 'bird.cfg', readAt: at('07:05:34') },
    recovery: null,
    shuttingDown: false,
  }

  test('in recovery three lines come before the last', () => {
    const recovery = { waitingFor: 1, deadline: at('07:23:26'), nominalSeconds: 240 }
    expect(greeting(status.version)).toBe('BIRD v0.3.3+birdv1.6.8 ready.')
    expect(showStatus({ ...status, recovery }, now, clock)).toEqual([
      'BIRD v0.3.3+birdv1.6.8',
      'Router ID is 10.192.0.2',
      'Current server time is 2026-11-24 07:19:34',
      'Last reboot on 2026-11-24 07:05:34',
      'Last reconfiguration on 2026-11-24 07:05:34',
      'Graceful restart recovery in progress',
      '  Waiting for 1 protocols to recover',
      '  Wait timer is 232/240',
      'Daemon is up and running',
    ])
    expect(showStatus({ ...status, shuttingDown: true }, now, clock).at(-1)).toBe('Shutdown in progress')
  })
})

const route = (more: Partial<RouteSnapshot>): RouteSnapshot => ({
  protocol: 'Mesh_10_192_0_4',
  source: 'BGP',
  dest: 'router',
  gateway: ip('10.192.0.4'),
  iface: 'eth0',
  nexthops: null,
  from: ip('10.192.0.4'),
  preference: 100,
  igpMetric: 0,
  lastModified: at('07:05:36'),
  attributes: { origin: 0, asPath: [], nextHop: ip('10.192.0.4'), localPref: 100 },
  kernelAttributes: null,
  pathId: 1,
  remotePathId: 0,
  stale: false,
  syncError: false,
  ...more,
})
const line = (
  text: string,
  more: Partial<RouteSnapshot>,
  place: { first: boolean; best: boolean } = { first: true, best: true },
) => formatRoute(prefix(text), route(more), { ...place, now, clock })

describe('show route', () => {
  test.each([
    ['192.168.99.0/26', {}, '192.168.99.0/26    via 10.192.0.4 on eth0 [Mesh_10_192_0_4 07:05:36] * (100/0) [i]'],
    [
      '192.168.99.0/26',
      { protocol: 'Node_10_192_0_2', from: ip('10.192.0.2') },
      '192.168.99.0/26    via 10.192.0.4 on eth0 [Node_10_192_0_2 07:05:36 from 10.192.0.2] * (100/0) [i]',
    ],
    [
      '0.0.0.0/0',
      {
        protocol: 'Global_10_192_0_1',
        gateway: ip('10.192.0.1'),
        from: ip('10.192.0.1'),
        syncError: true,
        attributes: { origin: 0, asPath: [{ type: 2, asns: [64513] }] },
      },
      '0.0.0.0/0          via 10.192.0.1 on eth0 [Global_10_192_0_1 07:05:36] ! (100/0) [AS64513i]',
    ],
    [
      '192.168.99.0/26',
      { dest: 'unreachable', gateway: null, protocol: 'Mesh_10_2_0_2', from: ip('10.2.0.2'), igpMetric: 'unreachable' },
      '192.168.99.0/26    unreachable [Mesh_10_2_0_2 07:05:36 from 10.2.0.2] * (100/-) [i]',
    ],
    [
      '192.168.99.0/26',
      { gateway: ip('10.1.0.254'), from: ip('10.2.0.2'), protocol: 'Mesh_10_2_0_2', igpMetric: 'unknown' },
      '192.168.99.0/26    via 10.1.0.254 on eth0 [Mesh_10_2_0_2 07:05:36 from 10.2.0.2] * (100/?) [i]',
    ],
    [
      '192.168.221.64/26',
      { source: 'static', dest: 'blackhole', protocol: 'static1', from: null, preference: 200, attributes: null },
      '192.168.221.64/26  blackhole [static1 07:05:36] * (200)',
    ],
  ] as const)('%s %#', (text, more, printed) => {
    expect(line(text, more as Partial<RouteSnapshot>)).toEqual([printed])
  })

  test('second paths leave the prefix out, next hops follow a multipath route', () => {
    expect(line('192.168.45.128/26', {}, { first: false, best: false })[0]).toBe(
      '                   via 10.192.0.4 on eth0 [Mesh_10_192_0_4 07:05:36] (100/0) [i]',
    )
    const nexthops = [{ gateway: ip('10.9.0.2'), iface: 'eth0', weight: 2 }]
    expect(line('172.16.8.0/24', { dest: 'multipath', nexthops })[1]).toBe('\tvia 10.9.0.2 on eth0 weight 2')
  })

  test('attributes in order of their codes', () => {
    const attributes = {
      origin: 0,
      asPath: [{ type: 2 as const, asns: [64513, 64512] }],
      nextHop: ip('10.192.0.4'),
      med: 50,
      localPref: 100,
      communities: [((64512 << 16) | 100) >>> 0],
      originatorId: ip('10.192.0.4'),
      clusterList: [ip('244.0.0.1')],
      largeCommunities: [[64512, 1, 2]] as const,
    }
    expect(routeDetails(route({ attributes }))).toEqual([
      '\tType: BGP unicast univ',
      '\tBGP.origin: IGP',
      '\tBGP.as_path: 64513 64512',
      '\tBGP.next_hop: 10.192.0.4',
      '\tBGP.med: 50',
      '\tBGP.local_pref: 100',
      '\tBGP.community: (64512,100)',
      '\tBGP.originator_id: 10.192.0.4',
      '\tBGP.cluster_list: 244.0.0.1',
      '\tBGP.large_community: (64512, 1, 2)',
    ])
    const learned = route({ source: 'inherit', attributes: null, kernelAttributes: { metric: 0, source: 80 } })
    expect(routeDetails(learned)).toEqual(['\tType: inherit unicast univ', '\tKernel.source: 80', '\tKernel.metric: 0'])
  })

  test('long lists wrap', () => {
    const communities = Array.from({ length: 12 }, (_, i) => ((64512 << 16) | (1000 + i)) >>> 0)
    const text = routeDetails(route({ attributes: { communities } }))[1] ?? ''
    expect(text).toMatch(/^\tBGP\.community: \(64512,1000\).*\n\t\t\(64512,\d+\)/)
  })
})

describe('selections of show route', () => {
  const nets = [
    { prefix: prefix('10.0.0.0/8'), uid: 2, routes: [route({}), route({ protocol: 'b' })] },
    { prefix: prefix('10.1.0.0/16'), uid: 1, routes: [route({ protocol: 'b' })] },
    { prefix: prefix('10.1.1.0/24'), uid: 3, routes: [] },
  ]
  const query = newRouteRequest()
  const environment = {
    log: () => {},
    runtimeError: () => {},
    intern: <T>(attributes: T): T => attributes,
    neighbor: () => null,
    interfaceIndex: () => null,
  }
  const show = (change: Partial<typeof query>) =>
    showRoute({ ...query, ...change }, { nets, now, clock, environment, exporter: 'down' })

  test('the longest net that has a route', () => {
    expect(longestMatch(nets, prefix('10.1.1.1/32'))?.uid).toBe(1)
    expect(longestMatch(nets, prefix('11.0.0.0/8'))).toBeNull()
    expect(show({ net: prefix('11.0.0.0/8'), longest: true })).toEqual(['Network not in table'])
  })

  test('by uid, by protocol, best only, counted', () => {
    expect(show({}).map((text) => text.slice(0, 11))).toEqual(['10.1.0.0/16', '10.0.0.0/8 ', '           '])
    // The prefix stands on the first line that is shown of a net.
    expect(show({ protocol: 'b' }).map((text) => text.slice(0, 11))).toEqual(['10.1.0.0/16', '10.0.0.0/8 '])
    expect(show({ primary: true })).toHaveLength(2)
    expect(show({ output: 'count' })).toEqual(['3 of 3 routes for 2 networks'])
    expect(show({ protocol: 'b', output: 'stats' }).at(-1)).toBe('2 of 3 routes for 2 networks')
  })
})
