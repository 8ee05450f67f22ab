// Networks, cables, and how a packet between two hosts travels over the hosts' FIBs. Networks that name a gateway are
// joined by a router of which nothing else is modelled: it forwards between them and knows no other route.
import type { Micros } from '../bird/ports.ts'
import type { Fib } from '../kernel/fib.ts'
import type { KernelRoute } from '../kernel/types.ts'
import type { Ip } from '../net/address.ts'
import { prefixHas, prefixLength } from '../net/prefix.ts'
import type { SocketUser } from '../node/ports.ts'
import { type Attachment, Network, type NetworkConfig } from './network.ts'

/**
 * `ok`: it arrives. `no-route`, `unreachable`: the sender's own kernel refuses. `no-neighbour`: nobody answers ARP on the
 * sender's own network. `silence`: lost further on.
 */
type PathOutcome = 'ok' | 'no-route' | 'unreachable' | 'no-neighbour' | 'silence'

export interface Path {
  readonly outcome: PathOutcome
  readonly to: SocketUser | null
  readonly latency: Micros
  /** Chance that every network on the way carries the packet. */
  readonly carries: number
  /** Routers that take one off the TTL. */
  readonly routers: number
  /** Hosts whose FIB was asked, the receiver's not counted. */
  readonly hosts: number
}

const MAX_ROUTERS = 16

function failed(outcome: PathOutcome, latency: Micros, hosts: number): Path {
  return { outcome, to: null, latency, carries: 0, routers: 0, hosts }
}

/** A path remembered, and the sender's route that it began with. */
interface Remembered {
  readonly path: Path
  readonly route: KernelRoute | null
  readonly version: number
  /** The sender's FIB and its version when `route` was last seen to be the one. */
  readonly fib: Fib
  fibVersion: number
}

export class Fabric {
  readonly networks = new Map<string, Network>()
  /** Grows whenever a cable, an interface or a machine's power changes. */
  #version = 0
  readonly #remembered = new Map<SocketUser, Map<Ip, Remembered>>()
  /** Attachments of a machine by interface name. */
  readonly #attachments = new Map<SocketUser, Map<string, Attachment>>()

  addNetwork(config: NetworkConfig): Network {
    const network = new Network(config)
    this.networks.set(config.name, network)
    return network
  }

  attach(machine: SocketUser, dev: string, network: Network): Attachment {
    const attachment: Attachment = { machine, dev, network, up: true }
    let devices = this.#attachments.get(machine)
    if (devices === undefined) {
      devices = new Map()
      this.#attachments.set(machine, devices)
    }
    devices.set(dev, attachment)
    return attachment
  }

  /** The machine is gone with its cables; what was sent to it meets nobody. */
  detach(machine: SocketUser): void {
    for (const attachment of this.attachments(machine)) attachment.network.setAddresses(attachment, [])
    this.#attachments.delete(machine)
    this.#remembered.delete(machine)
    this.#version++
  }

  attachment(machine: SocketUser, dev: string): Attachment | null {
    return this.#attachments.get(machine)?.get(dev) ?? null
  }

  /** The attachment of a machine to a network, by the network's name. */
  cable(machine: SocketUser, network: string): Attachment | null {
    for (const attachment of this.#attachments.get(machine)?.values() ?? []) {
      if (attachment.network.config.name === network) return attachment
    }
    return null
  }

  attachments(machine: SocketUser): readonly Attachment[] {
    return [...(this.#attachments.get(machine)?.values() ?? [])]
  }

  /** Addresses of an interface changed; a machine without power keeps what the others last knew. */
  addressesChanged(machine: SocketUser, dev: string): void {
    const attachment = this.attachment(machine, dev)
    if (attachment === null || !machine.powered) return
    this.#version++
    const iface = machine.kernel.interface(dev)
    attachment.network.setAddresses(attachment, iface?.up ? iface.addresses.map((item) => item.address) : [])
  }

  /** The network to which the gateway forwards packets for an address; null: it knows none. */
  gatewayNetwork(address: Ip): Network | null {
    let best: Network | null = null
    for (const network of this.networks.values()) {
      const { cidr, gateway } = network.config
      if (gateway === null || !prefixHas(cidr, address)) continue
      if (best === null || prefixLength(cidr) > prefixLength(best.config.cidr)) best = network
    }
    return best
  }

  /** Power or interfaces are not what they were. */
  topologyChanged(): void {
    this.#version++
  }

  setCable(attachment: Attachment, up: boolean): void {
    attachment.up = up
    this.#version++
  }

  /** How a packet of `from` to `destination` fares now. */
  path(from: SocketUser, destination: Ip): Path {
    let known = this.#remembered.get(from)
    if (known === undefined) {
      known = new Map()
      this.#remembered.set(from, known)
    }
    const last = known.get(destination)
    const { fib } = from.kernel
    const fresh = last !== undefined && last.version === this.#version && last.fib === fib
    if (fresh && last.fibVersion === fib.version) return last.path
    const route = fib.lookup(destination)
    if (fresh && last.route === route) {
      last.fibVersion = fib.version
      return last.path
    }
    const path = this.#walk(from, destination)
    // Beyond the first host other FIBs have a say, and these change without notice here.
    if (path.hosts <= 1) {
      known.set(destination, { path, route, version: this.#version, fib, fibVersion: fib.version })
    }
    return path
  }

  #walk(from: SocketUser, destination: Ip): Path {
    let hosts = 0
    let at = from
    let latency = 0
    let carries = 1
    for (let routers = 0; routers <= MAX_ROUTERS; routers++) {
      if (at.kernel.isLocal(destination))
        return { outcome: 'ok', to: at, latency, carries, routers: Math.max(0, routers - 1), hosts }
      hosts++
      const route = at.kernel.lookup(destination)
      if (route === null) return failed(routers === 0 ? 'no-route' : 'silence', latency, hosts)
      if (route.type !== 'unicast') return failed(routers === 0 ? 'unreachable' : 'silence', latency, hosts)
      const hop = route.nexthops?.[0] ?? route
      const cable = this.attachment(at, hop.dev ?? '')
      if (cable === null) return failed('silence', latency, hosts)
      const first = routers === 0 ? 'no-neighbour' : 'silence'
      if (!cable.up) return failed(first, latency, hosts)
      const { network } = cable
      latency += network.config.latency
      carries *= 1 - network.config.loss
      const nextHop = hop.gateway ?? destination
      let next: Attachment | undefined = network.bearers.get(nextHop)
      if (next === undefined && nextHop === network.config.gateway) {
        const beyond = this.gatewayNetwork(destination)
        next = beyond?.bearers.get(destination)
        if (beyond === null || !answers(next)) return failed('silence', latency, hosts)
        latency += beyond.config.latency
        carries *= 1 - beyond.config.loss
        routers++
      }
      if (!answers(next)) return failed(first, latency, hosts)
      at = next.machine
    }
    return failed('silence', latency, hosts)
  }
}

function answers(attachment: Attachment | undefined): attachment is Attachment {
  return attachment?.up === true && attachment.machine.powered
}
