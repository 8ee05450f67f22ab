// `protocol bgp` while it is read: defaults, and what its closing brace fills in and checks (bgp_check_config of
// proto/bgp/bgp.c, BIRD 1.6.8).
import type { Reader } from './reader.ts'
import type { BgpConfig, BgpOptions, CommonProtocolConfig } from './tree.ts'

/** Not said yet. */
const OPEN = -1

/** While it is read, what depends on other options may still be open; finishBgp makes it a BgpConfig in place. */
export interface BgpDraft extends CommonProtocolConfig {
  kind: 'bgp'
  neighbor: number
  neighborAs: number
  options: DraftOptions
}

export type DraftOptions = Omit<BgpOptions, 'gatewayMode' | 'longLivedGracefulRestart'> & {
  gatewayMode: BgpOptions['gatewayMode'] | null
  longLivedGracefulRestart: Mode | null
}

export type Mode = BgpOptions['gracefulRestart']

export function newBgp(common: CommonProtocolConfig): BgpDraft {
  return {
    ...common,
    kind: 'bgp',
    neighbor: 0,
    neighborAs: 0,
    options: {
      localAs: 0,
      sourceAddress: null,
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
  const internal = draft.options.localAs === draft.neighborAs
  const options = resolved(draft.options, internal)
  const message = bgpProblem(draft, options, { internal, sorted })
  if (message !== null) throw reader.fail(message)
  // Restarting and staying down after an error exclude each other: the limit then disables.
  if (draft.importLimit?.action === 'restart' && options.disableAfterError) {
    draft.importLimit = { ...draft.importLimit, action: 'disable' }
  }
  draft.options = options
  return draft as BgpConfig
}

/** Options with nothing open any more, for internal and for external sessions; the same draft gives the same object. */
const done = { internal: new WeakMap<DraftOptions, BgpOptions>(), external: new WeakMap<DraftOptions, BgpOptions>() }

function resolved(draft: DraftOptions, internal: boolean): BgpOptions {
  const known = internal ? done.internal : done.external
  let options = known.get(draft)
  if (options === undefined) {
    const multihop = draft.multihop === OPEN ? (internal ? 64 : null) : draft.multihop
    options = {
      ...draft,
      multihop,
      gatewayMode: draft.gatewayMode ?? (multihop === null ? 'direct' : 'recursive'),
      longLivedGracefulRestart: draft.longLivedGracefulRestart ?? (draft.gracefulRestart === 'off' ? 'off' : 'aware'),
    }
    known.set(draft, options)
  }
  return options
}

function bgpProblem(
  { neighbor, neighborAs }: BgpDraft,
  options: BgpOptions,
  seen: { internal: boolean; sorted: boolean },
): string | null {
  const { internal, sorted } = seen
  if (options.localAs === 0) return 'Local AS number must be set'
  if (neighbor === 0) return 'Neighbor must be configured'
  if (neighborAs === 0) return 'Remote AS number must be set'
  const as4 = options.capabilities !== false && options.enableAs4
  if (!as4 && neighborAs > 0xffff) return 'Neighbor AS number out of range (AS4 not available)'
  if (!internal && options.rrClient) return 'Only internal neighbor can be RR client'
  if (internal && options.rsClient) return 'Only external neighbor can be RS client'
  const far = options.multihop !== null
  if (far && options.gatewayMode === 'direct') return 'Multihop BGP cannot use direct gateway mode'
  if (far && options.iface !== null) return 'Multihop BGP cannot be bound to interface'
  if (far && options.checkLink) return 'Multihop BGP cannot depend on link state'
  if (options.gatewayMode === 'recursive' && sorted) return 'BGP in recursive mode prohibits sorted table'
  if (options.deterministicMed && sorted) return 'BGP with deterministic MED prohibits sorted table'
  if (options.secondary && !sorted) return 'BGP with secondary option requires sorted table'
  if (options.gracefulRestart === 'off' && options.longLivedGracefulRestart !== 'off') {
    return 'Long-lived graceful restart requires basic graceful restart'
  }
  return null
}
