// `protocol bgp` while it is read: defaults, and what its closing brace fills in and checks (bgp_check_config of
// proto/bgp/bgp.c, BIRD 1.6.8).
import type { Reader } from './reader.ts'
import type { BgpConfig, BgpOptions, CommonProtocolConfig } from './tree.ts'

/** Not said yet. */
const OPEN = -1

/** While it is read, what depends on other options may still be open; finishBgp makes it a BgpConfig in place. */
export interface BgpDraft extends CommonProtocolConfig {
  kind: 'bgp'
  options: Omit<BgpOptions, 'gatewayMode' | 'longLivedGracefulRestart'> & {
    gatewayMode: BgpOptions['gatewayMode'] | null
    longLivedGracefulRestart: Mode | null
  }
}

export type Mode = BgpOptions['gracefulRestart']

export function newBgp(common: CommonProtocolConfig): BgpDraft {
  return {
    ...common,
    kind: 'bgp',
    options: {
      localAs: 0,
      sourceAddress: null,
      neighbor: 0,
      neighborAs: 0,
      neighborPort: 179,
      iface: null,
      multihop: OPEN,
      passive: false,
      password: null,
      setkey: true,
      holdTime: 240,
      startupHoldTime: 240,
      keepaliveTime: null,
      connectDelayTime: 5,
      connectRetryTime: 120,
      errorWaitTimeMin: 60,
      errorWaitTimeMax: 300,
      errorForgetTime: 300,
      gatewayMode: null,
      nextHopSelf: false,
      nextHopKeep: false,
      rrClient: false,
      rrClusterId: null,
      rsClient: false,
      addPathRx: false,
      addPathTx: false,
      gracefulRestart: 'aware',
      gracefulRestartTime: 120,
      longLivedGracefulRestart: null,
      longLivedStaleTime: 3600,
      ttlSecurity: false,
      allowLocalAs: 0,
      allowLocalPref: false,
      pathMetric: true,
      medMetric: false,
      igpMetric: true,
      preferOlder: false,
      deterministicMed: false,
      defaultMed: 0,
      defaultLocalPref: 100,
      capabilities: null,
      enableRouteRefresh: true,
      enableAs4: true,
      enableExtendedMessages: false,
      advertiseIpv4: null,
      interpretCommunities: true,
      secondary: false,
      checkLink: false,
      disableAfterError: false,
      disableAfterCease: 0,
      igpTable: null,
    },
  }
}

/** Fills in what depends on other options and complains in BIRD's order; at the closing brace. */
export function finishBgp(reader: Reader, draft: BgpDraft, sorted: boolean): BgpConfig {
  const { options } = draft
  const internal = options.localAs === options.neighborAs
  if (options.multihop === OPEN) options.multihop = internal ? 64 : null
  options.gatewayMode ??= options.multihop === null ? 'direct' : 'recursive'
  const message = bgpProblem(options, { internal, sorted })
  if (message !== null) throw reader.fail(message)
  options.longLivedGracefulRestart ??= options.gracefulRestart === 'off' ? 'off' : 'aware'
  // Restarting and staying down after an error exclude each other: the limit then disables.
  if (draft.importLimit?.action === 'restart' && options.disableAfterError) {
    draft.importLimit = { ...draft.importLimit, action: 'disable' }
  }
  return draft as BgpConfig
}

function bgpProblem(options: BgpDraft['options'], seen: { internal: boolean; sorted: boolean }): string | null {
  const { internal, sorted } = seen
  if (options.localAs === 0) return 'Local AS number must be set'
  if (options.neighbor === 0) return 'Neighbor must be configured'
  if (options.neighborAs === 0) return 'Remote AS number must be set'
  const as4 = options.capabilities !== false && options.enableAs4
  if (!as4 && options.neighborAs > 0xffff) return 'Neighbor AS number out of range (AS4 not available)'
  if (!internal && options.rrClient) return 'Only internal neighbor can be RR client'
  if (internal && options.rsClient) return 'Only external neighbor can be RS client'
  const far = options.multihop !== null
  if (far && options.gatewayMode === 'direct') return 'Multihop BGP cannot use direct gateway mode'
  if (far && options.iface !== null) return 'Multihop BGP cannot be bound to interface'
  if (far && options.checkLink) return 'Multihop BGP cannot depend on link state'
  if (options.gatewayMode === 'recursive' && sorted) return 'BGP in recursive mode prohibits sorted table'
  if (options.deterministicMed && sorted) return 'BGP with deterministic MED prohibits sorted table'
  if (options.secondary && !sorted) return 'BGP with secondary option requires sorted table'
  const longLived = options.longLivedGracefulRestart
  if (options.gracefulRestart === 'off' && longLived !== null && longLived !== 'off') {
    return 'Long-lived graceful restart requires basic graceful restart'
  }
  return null
}
