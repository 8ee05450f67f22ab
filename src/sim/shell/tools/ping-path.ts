// What the way of an answered ping looks like to ping: how long it took and how many forwarders counted the TTL down.
import type { WorldState } from '../../analysis/world-state.ts'
import type { Walk, WalkHop } from '../../kernel/packet-walk.ts'

export interface Path {
  /** Microseconds on the wire. */
  readonly time: number
  readonly forwardings: number
}

/** `pod`: a pod sent it, so that its own node forwards it, too. */
export function pathOf(
  world: WorldState,
  walk: Walk,
  of: { pod: boolean; latencies: ReadonlyMap<string, number> },
): Path {
  const hosts = new Set<string>()
  let time = 0
  let gateways = 0
  for (const hop of walk.hops) {
    if (hop.encapsulation === null || hop.network === null) hosts.add(hop.host)
    if (hop.network === null) continue
    time += of.latencies.get(hop.network) ?? 0
    const behind = networkBehindGateway(world, hop)
    if (behind === null) continue
    time += of.latencies.get(behind) ?? 0
    // Inside a tunnel the gateway counts down the outer header's TTL.
    if (hop.encapsulation === null) gateways++
  }
  return { time, forwardings: Math.max(0, hosts.size - (of.pod ? 0 : 1)) + gateways }
}

/** The network on which the gateway hands the packet on; null: the next hop itself takes it. */
function networkBehindGateway(world: WorldState, hop: WalkHop): string | null {
  const receiver = hop.to === null ? null : world.host(hop.to)
  if (receiver === null || hop.nextHop === null) return null
  const { nextHop } = hop
  if (receiver.interfaces.some((iface) => iface.addresses.some((item) => item.address === nextHop))) return null
  for (const link of receiver.links.values()) if (link.network !== hop.network) return link.network
  return null
}
