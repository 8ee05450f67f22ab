// Where a packet goes: hop by hop over interfaces and FIBs as they stand at one time, through IPIP and VXLAN tunnels,
// until somebody takes it or it is lost, with the route line that decided at every host. Pure: the caller says what the
// world looks like (live or recorded), so a stale route really loses the packet.
import { formatIp, type Ip } from '../net/address.ts'
import { formatRoute, linkDownOf, sourceAddress } from './format-route.ts'
import type { KernelRoute } from './types.ts'
import type {
  Encapsulation,
  Walk,
  WalkHop,
  WalkHost,
  WalkPod,
  WalkStart,
  WalkVerdict,
  WalkWorld,
} from './walk-types.ts'

export type * from './walk-types.ts'

const MAX_HOPS = 64

export function walkPacket(world: WalkWorld, start: WalkStart): Walk {
  return new Walker(world, start).run()
}

class Walker {
  readonly #world: WalkWorld
  readonly #start: WalkStart
  readonly #hops: WalkHop[] = []
  readonly #visited = new Set<string>()
  #source: Ip

  constructor(world: WalkWorld, start: WalkStart) {
    this.#world = world
    this.#start = start
    this.#source = start.source
  }

  run(): Walk {
    let at = this.#start.from
    if (this.#start.pod !== undefined) {
      const rule = this.#denied(at, this.#start.pod)
      if (rule !== null) return this.#end('denied', at, { detail: rule })
    }
    for (;;) {
      const step = this.#forward(at, this.#start.destination, null)
      if (typeof step !== 'string') return step
      at = step
    }
  }

  /** Next host that handles the inner packet, or the end. */
  #forward(at: string, destination: Ip, outer: Encapsulation | null): string | Walk {
    const host = this.#world.host(at)
    if (host === null || !host.powered) return this.#end('host-down', at)
    const key = `${outer === null ? '' : `${outer.kind} ${outer.destination} `}${at}`
    if (this.#visited.has(key) || this.#hops.length > MAX_HOPS) return this.#end('loop', at, { line: this.#lastLine() })
    this.#visited.add(key)
    if (bears(host, destination)) {
      return outer === null ? this.#end('delivered', at, { takenBy: at }) : this.#decapsulate(host, outer)
    }
    const route = host.lookup(destination)
    const line = route === null ? null : formatRoute(route, linkDownOf(host.interfaces)).trimEnd()
    const lost = (verdict: WalkVerdict) => {
      this.#hops.push({ host: at, line, route, encapsulation: outer, network: null, nextHop: null, to: null })
      return this.#end(verdict, at, { line })
    }
    if (route === null) return lost('no-route')
    if (route.type !== 'unicast') return lost(route.type)
    return this.#leave({ host, route, line, destination, outer, lost })
  }

  #leave(at: {
    host: WalkHost
    route: KernelRoute
    line: string | null
    destination: Ip
    outer: Encapsulation | null
    lost: (verdict: WalkVerdict) => Walk
  }): string | Walk {
    const { host, route, outer, lost } = at
    const hop = pickHop(route, this.#source, at.destination)
    const iface = host.interfaces.find((candidate) => candidate.name === hop.dev)
    if (iface === undefined || !iface.up) return lost('link-down')
    if (iface.kind === 'veth') return this.#toPod({ ...at, dev: hop.dev })
    if (iface.kind === 'ipip' || iface.kind === 'vxlan') {
      return outer === null ? this.#encapsulate({ ...at, kind: iface.kind, gateway: hop.gateway }) : lost('loop')
    }
    const attachment = this.#world.attachment(host.name, hop.dev)
    if (attachment === null || !attachment.up || !iface.carrier) return lost('link-down')
    if (outer === null && this.#world.masquerades?.(host.name, this.#source, at.destination)) {
      this.#source = sourceAddress(host.interfaces, hop.dev) ?? this.#source
    }
    const nextHop = hop.gateway ?? at.destination
    const to = this.#receiver(attachment.network, nextHop, at.destination)
    this.#hops.push({
      host: host.name,
      line: at.line,
      route,
      encapsulation: outer,
      network: attachment.network,
      nextHop,
      to: to.name,
    })
    if (to.verdict !== null) return this.#end(to.verdict, to.name ?? host.name, { line: at.line })
    if (outer === null) return to.name!
    return this.#forward(to.name!, at.destination, outer)
  }

  /** Who gets the frame; behind the gateway, whom the gateway gives it to. */
  #receiver(network: string, nextHop: Ip, destination: Ip): { name: string | null; verdict: WalkVerdict | null } {
    let neighbour = this.#world.neighbour(network, nextHop)
    let on = network
    if (neighbour === 'gateway') {
      const next = this.#world.gatewayNetwork(destination)
      if (next === null) return { name: 'gateway', verdict: 'gateway-drops' }
      on = next
      neighbour = this.#world.neighbour(next, destination)
      if (neighbour === 'gateway') return { name: 'gateway', verdict: 'gateway-drops' }
    }
    if (neighbour === null) return { name: null, verdict: 'neighbour-dead' }
    const host = this.#world.host(neighbour.host)
    if (host === null || !host.powered) return { name: neighbour.host, verdict: 'host-down' }
    return this.#cableIn(host, on) ? { name: host.name, verdict: null } : { name: host.name, verdict: 'link-down' }
  }

  #cableIn(host: WalkHost, network: string): boolean {
    return host.interfaces.some((iface) => {
      if (!iface.up || !iface.carrier) return false
      const attachment = this.#world.attachment(host.name, iface.name)
      return attachment !== null && attachment.network === network && attachment.up
    })
  }

  #encapsulate(at: {
    host: WalkHost
    route: KernelRoute
    line: string | null
    kind: 'ipip' | 'vxlan'
    gateway: Ip | null
    lost: (verdict: WalkVerdict) => Walk
  }): string | Walk {
    const { host, kind, lost } = at
    const outerTo = at.gateway === null || kind === 'ipip' ? at.gateway : this.#world.vtep(host.name, at.gateway)
    if (outerTo === null) return lost('no-tunnel')
    const underlay = host.lookup(outerTo)
    const outerFrom = underlay?.dev == null ? null : sourceAddress(host.interfaces, underlay.dev)
    const outer: Encapsulation = { kind, source: outerFrom ?? 0, destination: outerTo }
    this.#hops.push({
      host: host.name,
      line: at.line,
      route: at.route,
      encapsulation: null,
      network: null,
      nextHop: at.gateway,
      to: formatIp(outerTo),
    })
    // The same host looks up again, now for the outer header.
    return this.#forward(host.name, outerTo, outer)
  }

  #decapsulate(host: WalkHost, outer: Encapsulation): string | Walk {
    const device = host.interfaces.find((iface) => iface.kind === outer.kind)
    if (device === undefined || !device.up) return this.#end('no-tunnel', host.name)
    return host.name
  }

  #toPod(at: {
    host: WalkHost
    route: KernelRoute
    line: string | null
    dev: string
    destination: Ip
    outer: Encapsulation | null
    lost: (verdict: WalkVerdict) => Walk
  }): Walk {
    const pod = this.#world.pod(at.host.name, at.dev)
    if (pod === null || pod.address !== at.destination) return at.lost('no-pod')
    this.#hops.push({
      host: at.host.name,
      line: at.line,
      route: at.route,
      encapsulation: at.outer,
      network: null,
      nextHop: null,
      to: pod.name,
    })
    const rule = this.#denied(at.host.name, pod)
    if (rule !== null) return this.#end('denied', at.host.name, { line: at.line, detail: rule })
    return this.#end('delivered', at.host.name, { line: at.line, takenBy: pod.name })
  }

  #denied(host: string, pod: WalkPod): string | null {
    const packet = { source: this.#source, destination: this.#start.destination }
    return this.#world.denied?.(host, pod, packet) ?? null
  }

  #lastLine(): string | null {
    return this.#hops.at(-1)?.line ?? null
  }

  #end(
    verdict: WalkVerdict,
    host: string,
    more: { line?: string | null; takenBy?: string; detail?: string } = {},
  ): Walk {
    return {
      verdict,
      host,
      line: more.line ?? null,
      hops: this.#hops,
      takenBy: more.takenBy ?? null,
      source: this.#source,
      detail: more.detail ?? null,
    }
  }
}

function bears(host: WalkHost, address: Ip): boolean {
  if (address >>> 24 === 127) return true
  return host.interfaces.some((iface) => iface.up && iface.addresses.some((item) => item.address === address))
}

/**
 * The next hop of a flow. Simplified: the kernel hashes source and destination with a secret (fib_multipath_hash);
 * here the sum of both picks the next hop by weight, so one flow keeps one path.
 */
function pickHop(route: KernelRoute, source: Ip, destination: Ip): { gateway: Ip | null; dev: string } {
  if (route.nexthops === null) return { gateway: route.gateway, dev: route.dev ?? '' }
  const total = route.nexthops.reduce((sum, hop) => sum + hop.weight, 0)
  let rest = (source + destination) % total
  for (const hop of route.nexthops) {
    if (rest < hop.weight) return hop
    rest -= hop.weight
  }
  return route.nexthops[0]!
}
