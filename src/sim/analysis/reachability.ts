// Whether A reaches B at one time: a packet there and, unless one way is asked, its answer back, hop by hop over the FIBs.
// A session that is up proves nothing here: only routes, cables and interfaces count.
import { sourceAddress } from '../kernel/format-route.ts'
import { type Walk, type WalkStart, walkPacket } from '../kernel/packet-walk.ts'
import { type Ip, parseIp } from '../net/address.ts'
import { podName, runs, type WorldState } from './world-state.ts'

/** Who sends or receives: its host, its address, and the pod when it is one. */
export interface Party {
  name: string
  /** null: an address that is looked for wherever it is. */
  host: string | null
  address: Ip
  pod: boolean
}

export interface Reach {
  ok: boolean
  forward: Walk | null
  /** The answer's way; null when none was sent or asked for. */
  back: Walk | null
  /** Why not, as a word: a walk's verdict, or what is missing before any packet. */
  reason: string | null
  /** Where the packet (or the answer) was lost. */
  host: string | null
  line: string | null
}

/** `pod/NS/NAME`, `host/NAME`, `node/NAME` or an address; null when it is not there (yet). */
export function partyOf(world: WorldState, text: string): Party | null {
  const address = parseIp(text)
  if (address !== null) return { name: text, host: null, address, pod: false }
  const [kind, ...rest] = text.split('/')
  const name = rest.join('/')
  if (kind === 'pod') {
    const pod = world.podNamed(name)
    if (pod === null || pod.address === null || !runs(pod)) return null
    return { name: podName(pod), host: pod.node, address: pod.address, pod: true }
  }
  const host = world.host(name)
  return host?.address == null ? null : { name, host: name, address: host.address, pod: false }
}

/** Where a packet starts; a host chooses its source address as its kernel would. */
function startOf(world: WorldState, from: Party, destination: Ip): WalkStart {
  const host = from.host ?? ''
  if (from.pod) {
    return { from: host, source: from.address, destination, pod: { name: from.name, address: from.address } }
  }
  const machine = world.host(host)
  const route = machine?.lookup(destination) ?? null
  const dev = route?.dev ?? route?.nexthops?.[0]?.dev ?? null
  const chosen = route?.prefsrc ?? (machine && dev !== null ? sourceAddress(machine.interfaces, dev) : null)
  return { from: host, source: chosen ?? from.address, destination }
}

function missing(reason: string): Reach {
  return { ok: false, forward: null, back: null, reason, host: null, line: null }
}

/**
 * The host and FIB line to show for a lost packet: the last line that was looked up for the packet itself. What was
 * looked up for a tunnel's outer header only says how to reach the node that the line names.
 */
export function loserOf(walk: Walk): { host: string; line: string | null } {
  const hop = walk.hops.findLast((candidate) => candidate.encapsulation === null && candidate.line !== null)
  return hop === undefined ? { host: walk.host, line: walk.line } : { host: hop.host, line: hop.line }
}

function lostIn(walk: Walk, walks: { forward: Walk; back: Walk | null }): Reach {
  return { ok: false, ...walks, reason: walk.verdict, ...loserOf(walk) }
}

export function reach(world: WorldState, ends: { from: string; to: string; bothWays: boolean }): Reach {
  const from = partyOf(world, ends.from)
  if (from === null) return missing('no-sender')
  const to = partyOf(world, ends.to)
  if (to === null) return missing('no-receiver')
  return reachParty(world, { from, to, bothWays: ends.bothWays })
}

export function reachParty(world: WorldState, ends: { from: Party; to: Party; bothWays: boolean }): Reach {
  const { from, to, bothWays } = ends
  const start = startOf(world, from, to.address)
  const forward = walkPacket(world, start)
  if (forward.verdict !== 'delivered') return lostIn(forward, { forward, back: null })
  if (to.host !== null && forward.takenBy !== to.name) {
    return { ...lostIn(forward, { forward, back: null }), reason: 'taken-by-another' }
  }
  if (!bothWays) return { ok: true, forward, back: null, reason: null, host: null, line: null }
  const responder: Party = {
    name: forward.takenBy ?? '',
    host: forward.host,
    address: to.address,
    pod: forward.takenBy !== forward.host,
  }
  const back = walkPacket(world, answerOf(responder, forward.source))
  // A masqueraded packet is answered to the host that changed its source; connection tracking takes it home from there.
  const home = forward.source === start.source ? from.name : start.from
  const same = back.takenBy === home || (!from.pod && back.takenBy === from.host)
  if (back.verdict === 'delivered' && same) return { ok: true, forward, back, reason: null, host: null, line: null }
  return lostIn(back, { forward, back })
}

function answerOf(responder: Party, destination: Ip): WalkStart {
  const start = { from: responder.host ?? '', source: responder.address, destination }
  return responder.pod ? { ...start, pod: { name: responder.name, address: responder.address } } : start
}
