// The lanes of the timeline: what each host sent, and how many of its sessions were up.
import type { Micros, ProtocolSnapshot } from '../bird/ports.ts'
import type { HostId, MessageRecord } from '../recording/types.ts'
import { messageLook } from './message-view.ts'
import type { LaneView } from './types.ts'

interface Lane {
  readonly glyphs: LaneView['glyphs'][number][]
  readonly health: { at: Micros; established: number; total: number }[]
  /** Of each BGP protocol that is there: whether it is Established. */
  readonly up: Map<string, boolean>
  established: number
}

export class Lanes {
  readonly #lanes: Lane[] = []

  sent(record: MessageRecord): void {
    this.#lane(record.from).glyphs.push({ at: record.sentAt, id: record.id, look: messageLook(record.message) })
  }

  protocol(at: Micros, host: HostId, change: { name: string; value: ProtocolSnapshot | null }): void {
    const { name, value } = change
    if (value !== null && value.bgp === null) return
    const lane = this.#lane(host)
    const before = lane.up.get(name)
    const now = value === null ? undefined : value.bgp?.state === 'Established'
    if (before === now) return
    lane.established += (now === true ? 1 : 0) - (before === true ? 1 : 0)
    if (now === undefined) lane.up.delete(name)
    else lane.up.set(name, now)
    const { health, established } = lane
    const total = lane.up.size
    const last = health.at(-1)
    if (last?.at === at) {
      last.established = established
      last.total = total
    } else health.push({ at, established, total })
  }

  views(hosts: readonly string[]): LaneView[] {
    return hosts.map((host, id) => {
      const lane = this.#lanes[id]
      return { host, glyphs: lane?.glyphs.slice() ?? [], health: lane?.health.map((entry) => ({ ...entry })) ?? [] }
    })
  }

  #lane(host: HostId): Lane {
    let lane = this.#lanes[host]
    if (lane === undefined) {
      lane = { glyphs: [], health: [], up: new Map(), established: 0 }
      this.#lanes[host] = lane
    }
    return lane
  }
}
