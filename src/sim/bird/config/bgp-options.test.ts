// Every option of a BGP protocol, alone, and what it changes of the defaults (proto/bgp/config.Y).
import { expect, it } from 'vitest'
import { ip } from '../../net/address.ts'
import { parseBirdConfig } from './parser.ts'
import type { BgpConfig } from './tree.ts'

const EVER = Number.POSITIVE_INFINITY
const ALL_CEASES = 0b1_0101_1111

function configOf(text: string, session = 'local as 1; neighbor 10.0.0.1 as 2;'): BgpConfig {
  const file = `table t2; table t3 sorted; protocol bgp { ${session} ${text} }`
  const parsed = parseBirdConfig(new Map([['b', file]]), 'b')
  if (!parsed.ok) throw new Error(`${text}: ${parsed.problems[0]!.message}`)
  return parsed.config.protocols[0] as BgpConfig
}

const optionsOf = (...given: Parameters<typeof configOf>): BgpConfig['options'] => configOf(...given).options

const DEFAULTS = optionsOf('')

it.each([
  ['', {}],
  ['multihop;', { multihop: 64, gatewayMode: 'recursive' }],
  ['multihop 7;', { multihop: 7, gatewayMode: 'recursive' }],
  ['direct;', {}],
  ['gateway recursive;', { gatewayMode: 'recursive' }],
  ['multihop; gateway recursive;', { multihop: 64, gatewayMode: 'recursive' }],
  ['next hop self;', { nextHopSelf: true }],
  ['next hop keep;', { nextHopKeep: true }],
  ['rs client;', { rsClient: true }],
  ['passive;', { passive: true }],
  ['passive on; passive off;', {}],
  ['password "x";', { password: 'x' }],
  ['setkey off;', { setkey: false }],
  ['hold time 3;', { holdTime: 3 }],
  ['startup hold time 9;', { startupHoldTime: 9 }],
  ['start delay time 4;', { connectDelayTime: 4 }],
  ['connect delay time 6;', { connectDelayTime: 6 }],
  ['connect retry time 7;', { connectRetryTime: 7 }],
  ['keepalive time 11;', { keepaliveTime: 11 }],
  ['keepalive time 0;', { keepaliveTime: null }],
  ['error wait time 8, 9;', { errorWaitTimeMin: 8, errorWaitTimeMax: 9 }],
  ['error forget time 12;', { errorForgetTime: 12 }],
  ['path metric off;', { pathMetric: false }],
  ['med metric on;', { medMetric: true }],
  ['igp metric off;', { igpMetric: false }],
  ['igp table t2;', { igpTable: 't2' }],
  ['prefer older;', { preferOlder: true }],
  ['deterministic med on;', { deterministicMed: true }],
  ['default bgp_med 5;', { defaultMed: 5 }],
  ['default bgp_local_pref 6;', { defaultLocalPref: 6 }],
  ['add paths on;', { addPathRx: true, addPathTx: true }],
  ['add paths rx;', { addPathRx: true }],
  ['add paths tx;', { addPathTx: true }],
  ['add paths on; add paths off;', {}],
  ['graceful restart on;', { gracefulRestart: 'able' }],
  ['graceful restart;', { gracefulRestart: 'able' }],
  ['graceful restart aware;', {}],
  ['graceful restart off;', { gracefulRestart: 'off', longLivedGracefulRestart: 'off' }],
  ['graceful restart time 13;', { gracefulRestartTime: 13 }],
  ['long lived graceful restart on;', { longLivedGracefulRestart: 'able' }],
  ['long lived graceful restart off;', { longLivedGracefulRestart: 'off' }],
  ['long lived graceful restart aware;', {}],
  ['long lived stale time 14;', { longLivedStaleTime: 14 }],
  ['enable as4 off;', { enableAs4: false }],
  ['enable extended messages on;', { enableExtendedMessages: true }],
  ['enable route refresh off;', { enableRouteRefresh: false }],
  ['capabilities off;', { capabilities: false }],
  ['capabilities on;', { capabilities: true }],
  ['advertise ipv4 off;', { advertiseIpv4: false }],
  ['allow bgp_local_pref on;', { allowLocalPref: true }],
  ['allow local as;', { allowLocalAs: EVER }],
  ['allow local as 2;', { allowLocalAs: 2 }],
  ['interpret communities off;', { interpretCommunities: false }],
  ['table t3; secondary on; gateway direct;', { secondary: true }],
  ['ttl security on;', { ttlSecurity: true }],
  ['check link on;', { checkLink: true }],
  ['disable after error;', { disableAfterError: true }],
  ['disable after cease;', { disableAfterCease: ALL_CEASES }],
  ['disable after cease off;', {}],
  ['disable after cease { cease };', { disableAfterCease: 1 }],
  ['disable after cease { prefix limit hit, peer deconfigured };', { disableAfterCease: 0b1010 }],
  ['disable after cease { administrative shutdown, administrative reset };', { disableAfterCease: 0b1_0100 }],
  [
    'disable after cease { connection rejected, configuration change, connection collision, out of resources };',
    { disableAfterCease: 0b1_1110_0000 },
  ],
  ['bfd off;', {}],
] as const)('%s', (text, changes) => {
  expect(optionsOf(text)).toEqual({ ...DEFAULTS, ...changes })
})

it('inside one AS there are reflectors', () => {
  const inside = 'local as 1; neighbor 10.0.0.1 as 1;'
  const before = optionsOf('', inside)
  expect(optionsOf('rr client;', inside)).toEqual({ ...before, rrClient: true })
  expect(optionsOf('rr cluster id 1.2.3.4;', inside)).toEqual({ ...before, rrClusterId: ip('1.2.3.4') })
  expect(optionsOf('rr cluster id 5;', inside)).toEqual({ ...before, rrClusterId: 5 })
})

it('the ends of the session', () => {
  const ends = (text: string) => {
    const { neighbor, neighborAs, options } = configOf('', text)
    return [options.localAs, options.sourceAddress, neighbor, neighborAs, options.neighborPort, options.iface]
  }
  expect(ends('local 10.0.0.9 as 1; neighbor 10.0.0.1 as 2;')).toEqual([
    1,
    ip('10.0.0.9'),
    ip('10.0.0.1'),
    2,
    179,
    null,
  ])
  expect(ends('local as 1; neighbor 10.0.0.1 port 180 as 2; source address 10.0.0.8;')).toEqual([
    1,
    ip('10.0.0.8'),
    ip('10.0.0.1'),
    2,
    180,
    null,
  ])
  expect(ends('local as 1; neighbor 10.0.0.1 as 2; interface "eth1";')[5]).toBe('eth1')
})

it('a limit of routes by its old name', () => {
  const file = 'protocol bgp { local as 1; neighbor 10.0.0.1 as 2; route limit 9; }'
  const parsed = parseBirdConfig(new Map([['b', file]]), 'b')
  expect(parsed.ok && parsed.config.protocols[0]).toMatchObject({ importLimit: { limit: 9, action: 'restart' } })
})
