// What readers need to know about a whole run before they can look at one time of it: which BGP protocols ever were, whom
// they were to talk to, and whose which address was. Read once, entry by entry, and continued as the run grows.
import type { BirdEvent, Micros } from '../bird/ports.ts'
import type { Ip } from '../net/address.ts'
import { upperBound } from '../recording/message-log.ts'
import type { Entry, HostId, RecordingReader } from '../recording/types.ts'
import { EndHistory } from './end-history.ts'

/** One end of a session: a BGP protocol of a host, over all times. */
export interface ProtocolEnd {
  readonly host: HostId
  readonly name: string
  /** When it appeared, disappeared (null) or was given another neighbor, ascending. */
  readonly times: Micros[]
  readonly neighbors: (Ip | null)[]
  readonly history: EndHistory
}

export type BgpStateEvent = Extract<BirdEvent, { code: 'bgp-state' }>
export type RouteRejected = Extract<BirdEvent, { code: 'route-rejected' }>

interface AddressHistory {
  readonly times: Micros[]
  readonly sets: (readonly Ip[])[]
  readonly current: Map<string, readonly Ip[]>
}

export class RunIndex {
  readonly #recording: RecordingReader
  #read = 0
  /** All ends, by host and then in order of appearance. */
  readonly ends: Map<string, ProtocolEnd>[] = []
  readonly #addresses: AddressHistory[] = []
  /** Times at which who talks to whom may have changed, ascending. */
  readonly #structureTimes: Micros[] = []
  /** How often an end, its neighbor or an address changed: with an equal number nothing about pairs is different. */
  structure = 0
  readonly #states = new Map<string, { at: Micros; event: BgpStateEvent }[]>()
  readonly #rejections = new Map<HostId, { at: Micros; event: RouteRejected }[]>()
  /** Of each sender: when it first announced a prefix. */
  readonly #announced = new Map<HostId, Map<number, Micros>>()

  constructor(recording: RecordingReader) {
    this.#recording = recording
  }

  /** Reads what was recorded since the last call. */
  catchUp(): void {
    const recording = this.#recording
    for (; this.#read < recording.length; this.#read++) {
      const { at, entry } = recording.entryAt(this.#read)
      this.#take(at, entry)
    }
  }

  /** Times with one number have the same sessions between the same hosts. */
  epochAt(at: Micros): number {
    return upperBound(this.#structureTimes, at)
  }

  /** Addresses of a host at a time: the last known ones, or those it will have first. */
  addressesOf(host: HostId, at: Micros): readonly Ip[] {
    const history = this.#addresses[host]
    if (history === undefined || history.sets.length === 0) return []
    return history.sets[Math.max(0, upperBound(history.times, at) - 1)] ?? []
  }

  states(host: HostId, protocol: string): readonly { at: Micros; event: BgpStateEvent }[] {
    return this.#states.get(`${host} ${protocol}`) ?? []
  }

  rejections(host: HostId): readonly { at: Micros; event: RouteRejected }[] {
    return this.#rejections.get(host) ?? []
  }

  hasAnnounced(host: HostId, prefix: number, at: Micros): boolean {
    const since = this.#announced.get(host)?.get(prefix)
    return since !== undefined && since <= at
  }

  #take(at: Micros, entry: Entry): void {
    switch (entry.kind) {
      case 'protocol':
        if (entry.value === null || entry.value.bgp !== null) this.#protocol(at, entry)
        break
      case 'interface':
        if (entry.value !== null && entry.value.kind !== 'veth') {
          this.#addressed(at, entry.host, entry.name, addressesIn(entry.value.addresses))
        }
        break
      case 'host':
        if (entry.value?.address != null) this.#addressed(at, entry.host, '', [entry.value.address])
        break
      case 'bird':
        this.#event(at, entry.host, entry.event)
        break
      case 'message':
        if (entry.record.message.type === 'UPDATE') {
          for (const { prefix } of entry.record.message.announced) this.#announces(at, entry.record.from, prefix)
        }
        break
      default:
    }
  }

  #protocol(at: Micros, entry: Extract<Entry, { kind: 'protocol' }>): void {
    const ends = this.#endsOf(entry.host)
    let end = ends.get(entry.name)
    if (end === undefined) {
      if (entry.value === null) return
      end = {
        host: entry.host,
        name: entry.name,
        times: [],
        neighbors: [],
        history: new EndHistory(entry.host, entry.name),
      }
      ends.set(entry.name, end)
    }
    end.history.add(at, entry.value)
    const neighbor = entry.value?.bgp?.neighborAddress ?? null
    if (end.neighbors.length > 0 && end.neighbors[end.neighbors.length - 1] === neighbor) return
    end.times.push(at)
    end.neighbors.push(neighbor)
    this.#structureChanged(at)
  }

  #endsOf(host: HostId): Map<string, ProtocolEnd> {
    let ends = this.ends[host]
    if (ends === undefined) {
      ends = new Map()
      this.ends[host] = ends
    }
    return ends
  }

  /** `source`: an interface, or '' for the address that the Node object names. */
  #addressed(at: Micros, host: HostId, source: string, addresses: readonly Ip[]): void {
    let history = this.#addresses[host]
    if (history === undefined) {
      history = { times: [], sets: [], current: new Map() }
      this.#addresses[host] = history
    }
    const before = history.current.get(source)
    if (before !== undefined && before.length === addresses.length && before.every((a, i) => a === addresses[i])) return
    history.current.set(source, addresses)
    history.times.push(at)
    history.sets.push([...new Set([...history.current.values()].flat())])
    this.#structureChanged(at)
  }

  #event(at: Micros, host: HostId, event: BirdEvent): void {
    if (event.code === 'bgp-state') push(this.#states, `${host} ${event.protocol}`, { at, event })
    else if (event.code === 'route-rejected') push(this.#rejections, host, { at, event })
  }

  #announces(at: Micros, host: HostId, prefix: number): void {
    let known = this.#announced.get(host)
    if (known === undefined) {
      known = new Map()
      this.#announced.set(host, known)
    }
    if (!known.has(prefix)) known.set(prefix, at)
  }

  #structureChanged(at: Micros): void {
    this.structure++
    const times = this.#structureTimes
    if (times.length === 0 || times[times.length - 1] !== at) times.push(at)
  }
}

/** Loopback addresses are everybody's. */
function addressesIn(list: readonly { readonly address: Ip }[]): Ip[] {
  return list.map((item) => item.address).filter((address) => address >>> 24 !== 127)
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key)
  if (list === undefined) map.set(key, [value])
  else list.push(value)
}

/** The neighbor of an end at a time. While it is not there: the last one it had, or the first it will have. */
export function neighborAt(end: ProtocolEnd, at: Micros): Ip {
  const index = upperBound(end.times, at) - 1
  for (let i = index; i >= 0; i--) {
    const neighbor = end.neighbors[i]
    if (neighbor != null) return neighbor
  }
  return end.neighbors[Math.max(0, index)] ?? end.neighbors.find((neighbor) => neighbor !== null) ?? 0
}
