// The cluster as a packet meets it, read from a recording: at one time, or moved forward entry by entry. It carries no
// judgement of its own; kernel/packet-walk.ts walks it.
import type { WalkHost, WalkNeighbour, WalkPod, WalkWorld } from '../kernel/packet-walk.ts'
import type { KernelInterface, KernelRoute } from '../kernel/types.ts'
import type { Ip } from '../net/address.ts'
import { LpmTable } from '../net/lpm-table.ts'
import { type Prefix, parsePrefix, prefixHas, prefixLength } from '../net/prefix.ts'
import type {
  Entry,
  HostId,
  HostRecord,
  LinkRecord,
  NetworkRecord,
  PodRecord,
  RecordingReader,
} from '../recording/types.ts'

export class StateHost implements WalkHost {
  record: HostRecord | null = null
  readonly interfaceMap = new Map<string, KernelInterface>()
  readonly links = new Map<string, LinkRecord>()
  #interfaces: readonly KernelInterface[] | null = null
  /** Routes of one prefix by metric; the kernel takes the lowest. */
  readonly #fib = new LpmTable<readonly KernelRoute[]>()

  constructor(
    readonly id: HostId,
    readonly name: string,
  ) {}

  get powered(): boolean {
    return this.record?.powered === true
  }

  get interfaces(): readonly KernelInterface[] {
    this.#interfaces ??= [...this.interfaceMap.values()].sort((a, b) => a.index - b.index)
    return this.#interfaces
  }

  setInterface(name: string, value: KernelInterface | null): void {
    if (value === null) this.interfaceMap.delete(name)
    else this.interfaceMap.set(name, value)
    this.#interfaces = null
  }

  setRoute(change: { prefix: Prefix; metric: number; value: KernelRoute | null }): void {
    const others = (this.#fib.get(change.prefix) ?? []).filter((route) => route.metric !== change.metric)
    const routes = change.value === null ? others : [...others, change.value].sort((a, b) => a.metric - b.metric)
    if (routes.length === 0) this.#fib.delete(change.prefix)
    else this.#fib.insert(change.prefix, routes)
  }

  lookup(address: Ip): KernelRoute | null {
    return this.#fib.lookup(address)?.value[0] ?? null
  }

  /** An address of its own for others to reach: the one BGP uses, else the first on a cable. */
  get address(): Ip | null {
    if (this.record?.address != null) return this.record.address
    const ethernet = this.interfaces.find((iface) => iface.kind === 'ethernet' && iface.addresses.length > 0)
    return ethernet?.addresses[0]?.address ?? null
  }
}

export interface NatPool {
  cidr: Prefix
  natOutgoing: boolean
}

export class WorldState implements WalkWorld {
  readonly hosts: StateHost[] = []
  readonly #byName = new Map<string, StateHost>()
  readonly #networks = new Map<string, NetworkRecord>()
  readonly #pods = new Map<string, PodRecord>()
  #podByDevice: Map<string, PodRecord> | null = null
  #bearers: Map<string, Map<Ip, StateHost>> | null = null
  #pools: readonly NatPool[] = []

  hostAt(id: HostId, name: string): StateHost {
    let host = this.hosts[id]
    if (host === undefined) {
      host = new StateHost(id, name)
      this.hosts[id] = host
      this.#byName.set(name, host)
    }
    return host
  }

  setNetwork(name: string, value: NetworkRecord | null): void {
    if (value === null) this.#networks.delete(name)
    else this.#networks.set(name, value)
  }

  setPod(key: string, value: PodRecord | null): void {
    if (value === null) this.#pods.delete(key)
    else this.#pods.set(key, value)
    this.#podByDevice = null
  }

  setPools(resources: readonly object[]): void {
    this.#pools = resources.flatMap((resource) => {
      const { spec } = resource as { spec?: { cidr?: string; natOutgoing?: boolean } }
      const cidr = parsePrefix(spec?.cidr ?? '')
      return cidr === null ? [] : [{ cidr, natOutgoing: spec?.natOutgoing === true }]
    })
  }

  /** Who bears which address must be worked out again. */
  cablesChanged(): void {
    this.#bearers = null
  }

  get pods(): IterableIterator<PodRecord> {
    return this.#pods.values()
  }

  podNamed(name: string): PodRecord | null {
    return this.#pods.get(name) ?? null
  }

  host(name: string): StateHost | null {
    return this.#byName.get(name) ?? null
  }

  attachment(host: string, dev: string): { network: string; up: boolean } | null {
    for (const link of this.#byName.get(host)?.links.values() ?? []) {
      if (link.interface === dev) return { network: link.network, up: link.up }
    }
    return null
  }

  neighbour(network: string, address: Ip): WalkNeighbour {
    this.#bearers ??= this.#findBearers()
    const host = this.#bearers.get(network)?.get(address)
    if (host !== undefined) return { host: host.name }
    return this.#networks.get(network)?.gateway === address ? 'gateway' : null
  }

  #findBearers(): Map<string, Map<Ip, StateHost>> {
    const found = new Map<string, Map<Ip, StateHost>>()
    for (const host of this.hosts) {
      for (const link of host?.links.values() ?? []) {
        const iface = host.interfaceMap.get(link.interface)
        const bearers = found.get(link.network) ?? new Map<Ip, StateHost>()
        found.set(link.network, bearers)
        for (const { address } of iface?.addresses ?? []) {
          const other = bearers.get(address)
          if (other === undefined || (!other.powered && host.powered)) bearers.set(address, host)
        }
      }
    }
    return found
  }

  gatewayNetwork(address: Ip): string | null {
    let best: NetworkRecord | null = null
    for (const network of this.#networks.values()) {
      if (network.gateway === null || !prefixHas(network.cidr, address)) continue
      if (best === null || prefixLength(network.cidr) > prefixLength(best.cidr)) best = network
    }
    return best?.name ?? null
  }

  pod(host: string, dev: string): WalkPod | null {
    this.#podByDevice ??= new Map(
      [...this.#pods.values()].flatMap((pod) => (runs(pod) ? [[`${pod.node} ${pod.interface}`, pod] as const] : [])),
    )
    const pod = this.#podByDevice.get(`${host} ${dev}`)
    return pod?.address == null ? null : { name: podName(pod), address: pod.address }
  }

  vtep(_host: string, address: Ip): Ip | null {
    for (const host of this.hosts) {
      const device = host?.interfaces.find((iface) => iface.kind === 'vxlan')
      if (device?.addresses.some((item) => item.address === address)) return host?.record?.address ?? null
    }
    return null
  }

  /** chain cali-nat-outgoing: from a pool with natOutgoing to an address in no pool at all, disabled ones counted. */
  masquerades(_host: string, source: Ip, destination: Ip): boolean {
    const from = this.#pools.some((pool) => pool.natOutgoing && prefixHas(pool.cidr, source))
    return from && !this.#pools.some((pool) => prefixHas(pool.cidr, destination))
  }
}

export function podName(pod: PodRecord): string {
  return `${pod.namespace}/${pod.name}`
}

/** Whether a pod can send and receive. */
export function runs(pod: PodRecord): boolean {
  return pod.address !== null && pod.interface !== null && pod.phase === 'Running'
}

/**
 * Takes one entry over. True when it can change what a packet meets; counters, files and the like cannot.
 * A new value of a host counts only when its power or address changed.
 */
export function applyEntry(world: WorldState, entry: Entry, hosts: readonly string[]): boolean {
  const hostOf = (id: HostId) => world.hostAt(id, hosts[id] ?? '')
  switch (entry.kind) {
    case 'fib':
      hostOf(entry.host).setRoute(entry)
      return true
    case 'interface':
      hostOf(entry.host).setInterface(entry.name, entry.value)
      world.cablesChanged()
      return true
    case 'link':
      if (entry.value === null) hostOf(entry.host).links.delete(entry.network)
      else hostOf(entry.host).links.set(entry.network, entry.value)
      world.cablesChanged()
      return true
    case 'host': {
      const host = hostOf(entry.host)
      const before = host.record
      host.record = entry.value
      if (before?.powered === entry.value?.powered && before?.address === entry.value?.address) return false
      world.cablesChanged()
      return true
    }
    case 'network':
      world.setNetwork(entry.name, entry.value)
      return true
    case 'pod': {
      const before = world.podNamed(entry.pod)
      world.setPod(entry.pod, entry.value)
      return before === null || entry.value === null || differs(before, entry.value)
    }
    default:
      return false
  }
}

function differs(a: PodRecord, b: PodRecord): boolean {
  return runs(a) !== runs(b) || a.address !== b.address || a.node !== b.node || a.interface !== b.interface
}

/** The world of a recording at one time. */
export function worldAt(recording: RecordingReader, at: number): WorldState {
  const world = new WorldState()
  recording.hosts.forEach((name, id) => {
    const host = world.hostAt(id, name)
    host.record = recording.host(at, id)
    for (const iface of recording.interfaces(at, id)) host.setInterface(iface.name, iface)
    for (const route of recording.fib(at, id))
      host.setRoute({ prefix: route.prefix, metric: route.metric, value: route })
  })
  for (const link of recording.links(at)) world.host(link.host)?.links.set(link.network, link)
  for (const network of recording.networks(at)) world.setNetwork(network.name, network)
  for (const pod of recording.pods(at)) world.setPod(podName(pod), pod)
  world.setPools(recording.resources(at, 'IPPool'))
  return world
}
