// OPEN: what we say and whether we accept what the peer says (proto/bgp/packets.c bgp_create_open, bgp_rx_open).
import { AFI_IPV4, SAFI_UNICAST } from '../../../bgp/capabilities.ts'
import type { Capability, OpenMessage } from '../../../bgp/message.ts'
import type { Ip } from '../../../net/address.ts'
import type { BgpOptions } from '../../config/tree.ts'
import { type PeerCapabilities, readCapabilities } from './capabilities.ts'

const AS_TRANS = 23456
const FAMILY = { afi: AFI_IPV4, safi: SAFI_UNICAST }

export interface OpenContext {
  options: BgpOptions
  routerId: Ip
  /** This protocol is in graceful-restart recovery: R and F are set. */
  recovering: boolean
  withoutCapabilities: boolean
}

export function createOpen(c: OpenContext): OpenMessage {
  const o = c.options
  return {
    type: 'OPEN',
    version: 4,
    as: o.localAs < 0xffff ? o.localAs : AS_TRANS,
    holdTimeSeconds: o.holdTime,
    id: c.routerId,
    capabilities: c.withoutCapabilities ? null : capabilityList(c),
  }
}

/** Lists by what decides them: sessions of one kind share one list. */
const lists = new Map<string, readonly Capability[]>()

function capabilityList(c: OpenContext): readonly Capability[] {
  const o = c.options
  const key = [
    o.advertiseIpv4,
    o.enableRouteRefresh,
    o.gracefulRestart,
    o.gracefulRestartTime,
    c.recovering,
    o.enableAs4,
    o.localAs,
    o.addPathRx,
    o.addPathTx,
    o.enableExtendedMessages,
    o.longLivedGracefulRestart,
    o.longLivedStaleTime,
  ].join(' ')
  let list = lists.get(key)
  if (list === undefined) {
    list = capabilities(c)
    lists.set(key, list)
  }
  return list
}

/** In the order BIRD writes them. */
function capabilities({ options: o, recovering }: OpenContext): Capability[] {
  const list: Capability[] = []
  if (o.advertiseIpv4 ?? true) list.push({ code: 1, ...FAMILY })
  if (o.enableRouteRefresh) list.push({ code: 2 })
  if (o.gracefulRestart === 'aware') list.push({ code: 64, restarting: false, timeSeconds: 0, families: [] })
  if (o.gracefulRestart === 'able') {
    const families = [{ ...FAMILY, forwarding: recovering }]
    list.push({ code: 64, restarting: recovering, timeSeconds: o.gracefulRestartTime, families })
  }
  if (o.enableAs4) list.push({ code: 65, as: o.localAs })
  const mode = (o.addPathRx ? 1 : 0) + (o.addPathTx ? 2 : 0)
  if (mode === 1 || mode === 2 || mode === 3) list.push({ code: 69, families: [{ ...FAMILY, mode }] })
  if (o.enableRouteRefresh) list.push({ code: 70 })
  if (o.enableExtendedMessages) list.push({ code: 6 })
  if (o.gracefulRestart !== 'off' && o.longLivedGracefulRestart !== 'off') {
    const able = o.longLivedGracefulRestart === 'able'
    list.push({
      code: 71,
      families: able ? [{ ...FAMILY, forwarding: recovering, staleSeconds: o.longLivedStaleTime }] : [],
    })
  }
  return list
}

export type OpenVerdict =
  | { ok: true; peer: PeerCapabilities; remoteAs: number; inconsistentAs: boolean }
  | { ok: false; code: number; subcode: number; data: Uint8Array }

const NO_DATA = new Uint8Array(0)

function refuse(subcode: number, data: Uint8Array = NO_DATA): OpenVerdict {
  return { ok: false, code: 2, subcode, data }
}

/** Big-endian bytes of a number. */
export function bytes(value: number, count: 2 | 4): Uint8Array {
  const out = new Uint8Array(count)
  for (let i = 0; i < count; i++) out[i] = Math.floor(value / 256 ** (count - 1 - i)) % 256
  return out
}

export function checkOpen(open: OpenMessage, c: Omit<OpenContext, 'recovering'> & { neighborAs: number }): OpenVerdict {
  const o = c.options
  if (open.version !== 4) return refuse(1, bytes(4, 2))
  // Who sends none ignores the peer's (BSS_CONNECT_NOCAP).
  const peer = readCapabilities(c.withoutCapabilities ? null : open.capabilities)
  if (open.holdTimeSeconds > 0 && open.holdTimeSeconds < 3) return refuse(6, bytes(open.holdTimeSeconds, 2))
  if (open.id === 0 || (o.localAs === c.neighborAs && open.id === c.routerId)) return refuse(3, bytes(open.id, 4))
  const remoteAs = peer.as4 !== null && o.enableAs4 ? peer.as4 : open.as
  if (remoteAs !== c.neighborAs) return refuse(2, bytes(remoteAs, 4))
  const inconsistentAs = peer.as4 !== null && open.as !== AS_TRANS && peer.as4 !== open.as
  return { ok: true, peer, remoteAs, inconsistentAs }
}
