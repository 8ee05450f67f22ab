// What an interface sees: the segments its host sends and gets there, at the times at which they pass.
import type { Micros } from '../bird/ports.ts'
import type { Ip } from '../net/address.ts'
import type { HostId, RecordingReader } from '../recording/types.ts'
import type { Packet } from './packet.ts'

export interface Tap {
  readonly host: HostId
  readonly interface: string
}

export interface Sighting {
  readonly at: Micros
  /** Index among the taps. */
  readonly tap: number
  readonly packet: Packet
}

/** Every interface of every host on which TCP could pass up to `until`: a machine that is off now has none, and had some. */
export function tapsOf(recording: RecordingReader, until: Micros): Tap[] {
  return recording.hosts.flatMap((_, host) => {
    const beforeChanges = recording.changes('host', host).filter((at) => at <= until)
    const names = [...beforeChanges.map((at) => at - 1), until].flatMap((at) => etherNames(recording, host, at))
    return [...new Set(names)].map((name) => ({ host, interface: name }))
  })
}

/** Interfaces that there are at a time. */
export function etherNames(recording: RecordingReader, host: HostId, at: Micros): string[] {
  return recording
    .interfaces(at, host)
    .filter(({ kind }) => kind === 'ethernet')
    .map(({ name }) => name)
}

/**
 * `taps` null: every segment once, where it is sent. Otherwise at every tap that it passes: twice when both ends are
 * tapped. Simplified: routers between the ends do not see it.
 */
export function sightings(
  recording: RecordingReader,
  packets: readonly Packet[],
  taps: readonly Tap[],
  ends: 'sender' | 'both',
): Sighting[] {
  const finder = new InterfaceFinder(recording)
  const index = new Map(taps.map((tap, i) => [`${tap.host}/${tap.interface}`, i]))
  const found: Sighting[] = []
  const see = (at: Micros, host: HostId, address: Ip, packet: Packet): void => {
    const tap = index.get(`${host}/${finder.find(at, host, address)}`)
    if (tap !== undefined) found.push({ at, tap, packet })
  }
  for (const packet of packets) {
    see(packet.sentAt, packet.from, packet.source, packet)
    if (ends === 'sender' || packet.to === null || packet.arrivesAt === null) continue
    see(packet.arrivesAt, packet.to, packet.destination, packet)
  }
  return found.sort((a, b) => a.at - b.at)
}

/** The interface that bears an address; it may be gone when the segment comes, so the last one known counts. */
class InterfaceFinder {
  readonly #recording: RecordingReader
  readonly #known = new Map<string, string>()

  constructor(recording: RecordingReader) {
    this.#recording = recording
  }

  find(at: Micros, host: HostId, address: Ip): string {
    const key = `${host} ${address}`
    let name = this.#known.get(key)
    if (name === undefined) {
      const all = this.#recording.interfaces(at, host)
      const bearing = all.find((iface) => iface.addresses.some((own) => own.address === address))
      name = (bearing ?? all.find((iface) => iface.kind === 'ethernet'))?.name ?? ''
      this.#known.set(key, name)
    }
    return name
  }
}
