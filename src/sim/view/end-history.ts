// What the line of a session shows of one of its ends, over all times. Timers and counters move with every message; state
// and words change a few times in an hour. Keeping only the latter makes any time as cheap to draw as the newest.
import type { BgpState, Micros, ProtocolSnapshot, ProtocolState } from '../bird/ports.ts'
import { upperBound } from '../recording/message-log.ts'
import type { HostId } from '../recording/types.ts'
import { quietAt } from './session-look.ts'

export interface SeenEnd {
  readonly state: ProtocolState
  readonly bgpState: BgpState
  readonly info: string
  readonly disabled: boolean
  readonly ebgp: boolean
  /** Established, and nothing heard for more than one keepalive interval. */
  readonly quiet: boolean
}

export class EndHistory {
  readonly host: HostId
  readonly name: string
  /** When something about it changed, ascending. */
  readonly times: Micros[] = []
  /** null: it was not there. */
  readonly seen: (SeenEnd | null)[] = []
  /** When silence begins if nothing more is heard after the newest snapshot. */
  #quietFrom: Micros = Number.POSITIVE_INFINITY

  constructor(host: HostId, name: string) {
    this.host = host
    this.name = name
  }

  add(at: Micros, snapshot: ProtocolSnapshot | null): void {
    const last = this.seen.length - 1
    let before = last < 0 ? null : this.seen[last]!
    if (before !== null && this.#quietFrom < at) {
      before = { ...before, quiet: true }
      this.#push(this.#quietFrom + 1, before)
    }
    const bgp = snapshot?.bgp ?? null
    this.#quietFrom = bgp === null ? Number.POSITIVE_INFINITY : (quietAt(bgp) ?? Number.POSITIVE_INFINITY)
    if (snapshot === null || bgp === null) {
      if (before !== null) this.#push(at, null)
      return
    }
    const quiet = this.#quietFrom < at
    if (before !== null && same(before, snapshot) && before.quiet === quiet) return
    const { state, info, disabled } = snapshot
    const ebgp = bgp.localAs !== bgp.neighborAs
    this.#push(at, { state, bgpState: bgp.state, info, disabled, ebgp, quiet })
  }

  /** Index of what holds at a time; -1 before it first appeared. */
  indexAt(at: Micros): number {
    return upperBound(this.times, at) - 1
  }

  /** First time after index at which something is different. */
  endOf(index: number): Micros {
    const next = this.times[index + 1]
    if (next !== undefined) return next
    return this.#isOpen(index) ? this.#quietFrom + 1 : Number.POSITIVE_INFINITY
  }

  /** What is seen at a time, at an index that holds then. */
  at(index: number, at: Micros): SeenEnd | null {
    const seen = index < 0 ? null : this.seen[index]!
    if (seen === null || !this.#isOpen(index) || at <= this.#quietFrom) return seen
    return { ...seen, quiet: true }
  }

  /** Whether the newest state holds, so that silence may begin behind it. */
  #isOpen(index: number): boolean {
    return index === this.seen.length - 1 && index >= 0 && this.seen[index]?.quiet === false
  }

  #push(at: Micros, seen: SeenEnd | null): void {
    const last = this.times.length - 1
    if (last >= 0 && this.times[last] === at) {
      this.seen[last] = seen
      return
    }
    this.times.push(at)
    this.seen.push(seen)
  }
}

function same(seen: SeenEnd, snapshot: ProtocolSnapshot): boolean {
  return (
    seen.state === snapshot.state &&
    seen.bgpState === snapshot.bgp?.state &&
    seen.info === snapshot.info &&
    seen.disabled === snapshot.disabled
  )
}
