// What the peer's OPEN offers, reduced to what the session asks about (proto/bgp/packets.c bgp_parse_capabilities).
import { AFI_IPV4, CAPABILITY, findCapability, SAFI_UNICAST } from '../../../bgp/capabilities.ts'
import type { Capability } from '../../../bgp/message.ts'

export interface PeerCapabilities {
  refresh: boolean
  enhancedRefresh: boolean
  /** Capability 64 is there. */
  gracefulAware: boolean
  /** It lists IPv4 unicast. */
  gracefulAble: boolean
  restarting: boolean
  /** Kept its forwarding state over the restart (F bit). */
  forwarding: boolean
  restartTime: number
  longLivedAware: boolean
  longLivedAble: boolean
  as4: number | null
  addPathRx: boolean
  addPathTx: boolean
  extendedMessages: boolean
}

export const NO_CAPABILITIES: PeerCapabilities = {
  refresh: false,
  enhancedRefresh: false,
  gracefulAware: false,
  gracefulAble: false,
  restarting: false,
  forwarding: false,
  restartTime: 0,
  longLivedAware: false,
  longLivedAble: false,
  as4: null,
  addPathRx: false,
  addPathTx: false,
  extendedMessages: false,
}

const ipv4 = (family: { afi: number; safi: number }): boolean => family.afi === AFI_IPV4 && family.safi === SAFI_UNICAST

const known = new WeakMap<readonly Capability[], PeerCapabilities>()

export function readCapabilities(list: readonly Capability[] | null): PeerCapabilities {
  if (list === null) return NO_CAPABILITIES
  let read = known.get(list)
  if (read === undefined) {
    read = interpret(list)
    known.set(list, read)
  }
  return read
}

function interpret(list: readonly Capability[]): PeerCapabilities {
  const graceful = findCapability(list, CAPABILITY.gracefulRestart)
  const family = graceful?.families.find(ipv4)
  const longLived = findCapability(list, CAPABILITY.longLivedGracefulRestart)
  const addPath = findCapability(list, CAPABILITY.addPath)?.families.find(ipv4)?.mode ?? 0
  return {
    refresh: findCapability(list, CAPABILITY.routeRefresh) !== null,
    enhancedRefresh: findCapability(list, CAPABILITY.enhancedRefresh) !== null,
    gracefulAware: graceful !== null,
    gracefulAble: family !== undefined,
    restarting: graceful?.restarting ?? false,
    forwarding: family?.forwarding ?? false,
    restartTime: graceful?.timeSeconds ?? 0,
    longLivedAware: longLived !== null,
    longLivedAble: longLived?.families.some(ipv4) ?? false,
    as4: findCapability(list, CAPABILITY.as4)?.as ?? null,
    addPathRx: (addPath & 1) !== 0,
    addPathTx: (addPath & 2) !== 0,
    extendedMessages: findCapability(list, CAPABILITY.extendedMessages) !== null,
  }
}

/** `Neighbor caps:` */
export function capabilityWords(c: PeerCapabilities): readonly string[] {
  let words = wordsOf.get(c)
  if (words === undefined) {
    words = describe(c)
    wordsOf.set(c, words)
  }
  return words
}

const wordsOf = new WeakMap<PeerCapabilities, readonly string[]>()

function describe(c: PeerCapabilities): string[] {
  const words: string[] = []
  if (c.refresh) words.push('refresh')
  if (c.enhancedRefresh) words.push('enhanced-refresh')
  if (c.gracefulAble) words.push('restart-able')
  else if (c.gracefulAware) words.push('restart-aware')
  if (c.longLivedAble) words.push('llgr-able')
  else if (c.longLivedAware) words.push('llgr-aware')
  if (c.as4 !== null) words.push('AS4')
  if (c.addPathRx) words.push('add-path-rx')
  if (c.addPathTx) words.push('add-path-tx')
  if (c.extendedMessages) words.push('ext-messages')
  return words
}
