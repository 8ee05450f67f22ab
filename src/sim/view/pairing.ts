// Which protocol of which host talks to which: the two ends of each session, found by addresses. Paired anew only when a
// protocol or an address comes or goes; an end that is gone for a while stays paired, so that a session keeps its name.
import type { Micros } from '../bird/ports.ts'
import type { Ip } from '../net/address.ts'
import type { HostId, RecordingReader } from '../recording/types.ts'
import { neighborAt, type ProtocolEnd, type RunIndex } from './run-index.ts'

export interface SessionPair {
  /** `A|protocolA|B|protocolB`; B's part is empty when nobody is there. */
  readonly id: string
  readonly low: ProtocolEnd
  readonly high: ProtocolEnd | null
  /** Address that `low` is configured to talk to, and `high`. */
  readonly lowRemote: Ip
  readonly highRemote: Ip
}

/** Sessions of one span of time. */
export interface Pairing {
  readonly pairs: readonly SessionPair[]
  readonly byId: ReadonlyMap<string, SessionPair>
  /** The session on which a host talks to an address. */
  find(host: HostId, remote: Ip): SessionPair | null
  ofHost(host: HostId): readonly SessionPair[]
}

/** Pairings kept; a run has few different ones, and a reader who scrubs comes back to them. */
const KEPT = 32

export class Pairings {
  readonly #recording: RecordingReader
  readonly #index: RunIndex
  readonly #kept = new Map<number, Pairing>()
  /** The index's structure when `#kept` was filled: ends and addresses that are new may have a say in earlier times. */
  #structure = -1
  /** Pairs keep their identity from one pairing to the next. */
  readonly #known = new Map<string, SessionPair>()

  constructor(recording: RecordingReader, index: RunIndex) {
    this.#recording = recording
    this.#index = index
  }

  at(at: Micros): Pairing {
    this.#index.catchUp()
    if (this.#structure !== this.#index.structure) {
      this.#structure = this.#index.structure
      this.#kept.clear()
    }
    const epoch = this.#index.epochAt(at)
    const kept = this.#kept.get(epoch)
    if (kept !== undefined) return kept
    const made = this.#pair(at)
    this.#kept.set(epoch, made)
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value as number)
    return made
  }

  #pair(at: Micros): Pairing {
    const hosts = this.#recording.hosts
    const owners = new Map<Ip, HostId>()
    for (let host = 0; host < hosts.length; host++) {
      for (const address of this.#index.addressesOf(host, at)) owners.set(address, host)
    }
    const byNeighbor = new Map<number, ProtocolEnd>()
    for (const ends of this.#index.ends) {
      for (const end of ends?.values() ?? []) {
        const key = keyOf(end.host, neighborAt(end, at))
        const other = byNeighbor.get(key)
        if (other === undefined || (!present(other, at) && present(end, at))) byNeighbor.set(key, end)
      }
    }
    // Ends that exist choose first: a protocol that a new one has replaced must not keep the new one's peer.
    const ends = this.#index.ends.flatMap((each) => [...(each?.values() ?? [])])
    const here = new Set(ends.filter((end) => present(end, at)))
    const partners = new Map<ProtocolEnd, ProtocolEnd>()
    for (const end of [...here, ...ends.filter((each) => !here.has(each))]) {
      if (partners.has(end)) continue
      const other = this.#partner(end, { at, owners, byNeighbor, taken: partners })
      if (other === null || !(here.has(end) || here.has(other))) continue
      partners.set(end, other)
      partners.set(other, end)
    }
    const pairs: SessionPair[] = []
    const done = new Set<ProtocolEnd>()
    for (const end of ends) {
      const other = partners.get(end) ?? null
      if (done.has(end) || (other === null && !here.has(end))) continue
      if (other !== null) done.add(other)
      pairs.push(this.#made(end, other, at))
    }
    return pairing(pairs)
  }

  #partner(
    end: ProtocolEnd,
    world: {
      at: Micros
      owners: ReadonlyMap<Ip, HostId>
      byNeighbor: ReadonlyMap<number, ProtocolEnd>
      taken: ReadonlyMap<ProtocolEnd, ProtocolEnd>
    },
  ): ProtocolEnd | null {
    const { at, owners, byNeighbor, taken } = world
    const host = owners.get(neighborAt(end, at))
    if (host === undefined || host === end.host) return null
    for (const address of this.#index.addressesOf(end.host, at)) {
      const other = byNeighbor.get(keyOf(host, address))
      if (other !== undefined && !taken.has(other)) return other
    }
    return null
  }

  #made(low: ProtocolEnd, high: ProtocolEnd | null, at: Micros): SessionPair {
    const names = this.#recording.hosts
    const far = high === null ? '|' : `${names[high.host]}|${high.name}`
    const id = `${names[low.host]}|${low.name}|${far}`
    const lowRemote = neighborAt(low, at)
    const highRemote = high === null ? 0 : neighborAt(high, at)
    const known = this.#known.get(id)
    if (known !== undefined && known.lowRemote === lowRemote && known.highRemote === highRemote) return known
    const pair: SessionPair = { id, low, high, lowRemote, highRemote }
    this.#known.set(id, pair)
    return pair
  }
}

function pairing(pairs: readonly SessionPair[]): Pairing {
  const byId = new Map(pairs.map((pair) => [pair.id, pair]))
  const byRemote = new Map<number, SessionPair>()
  const byHost = new Map<HostId, SessionPair[]>()
  const enter = (end: ProtocolEnd, remote: Ip, pair: SessionPair): void => {
    const key = keyOf(end.host, remote)
    if (!byRemote.has(key)) byRemote.set(key, pair)
    const list = byHost.get(end.host)
    if (list === undefined) byHost.set(end.host, [pair])
    else list.push(pair)
  }
  for (const pair of pairs) {
    enter(pair.low, pair.lowRemote, pair)
    if (pair.high !== null) enter(pair.high, pair.highRemote, pair)
  }
  return {
    pairs,
    byId,
    find: (host, remote) => byRemote.get(keyOf(host, remote)) ?? null,
    ofHost: (host) => byHost.get(host) ?? [],
  }
}

function present(end: ProtocolEnd, at: Micros): boolean {
  let low = 0
  let high = end.times.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (end.times[middle]! <= at) low = middle + 1
    else high = middle
  }
  return low > 0 && end.neighbors[low - 1] !== null
}

function keyOf(host: HostId, address: Ip): number {
  return host * 0x1_0000_0000 + address
}
