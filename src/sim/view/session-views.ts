// Every session at one time. A line is made anew only when something about it differs from the last time it was asked
// for; in a mesh of a hundred nodes nearly all of them do not.
import type { Micros, ProtocolSnapshot } from '../bird/ports.ts'
import { formatIp } from '../net/address.ts'
import type { RecordingReader } from '../recording/types.ts'
import type { SessionPair } from './pairing.ts'
import type { ProtocolEnd } from './run-index.ts'
import { holdOf, lookOf, quietAt } from './session-look.ts'
import type { SessionEnd, SessionView } from './types.ts'

interface Made {
  low: ProtocolSnapshot | null
  high: ProtocolSnapshot | null
  view: SessionView
  /** With the same snapshots the view stands until then. */
  until: Micros
}

export class SessionViews {
  readonly #recording: RecordingReader
  readonly #made = new Map<SessionPair, Made>()

  constructor(recording: RecordingReader) {
    this.#recording = recording
  }

  /** null: neither end is there. */
  view(pair: SessionPair, at: Micros): SessionView | null {
    const low = this.#snapshot(pair.low, at)
    const high = pair.high === null ? null : this.#snapshot(pair.high, at)
    const made = this.#made.get(pair)
    if (made !== undefined && made.low === low && made.high === high && at <= made.until) return made.view
    const view = this.#build(pair, { low, high, at, before: made?.view ?? null })
    if (view === null) return null
    const quiet = [low?.bgp, high?.bgp].map((bgp) => (bgp == null ? null : quietAt(bgp)))
    const until = view.hold !== null ? -1 : Math.min(...quiet.map((time) => time ?? Number.POSITIVE_INFINITY))
    if (made === undefined) this.#made.set(pair, { low, high, view, until })
    else Object.assign(made, { low, high, view, until })
    return view
  }

  #snapshot(end: ProtocolEnd, at: Micros): ProtocolSnapshot | null {
    const snapshot = this.#recording.protocol(at, end.host, end.name)
    return snapshot?.bgp == null ? null : snapshot
  }

  #build(
    pair: SessionPair,
    now: { low: ProtocolSnapshot | null; high: ProtocolSnapshot | null; at: Micros; before: SessionView | null },
  ): SessionView | null {
    const { low, high, at, before } = now
    // The end that is there comes first, so that there always is an `a`.
    const [first, second] = low === null ? [high, null] : [low, high]
    const [firstEnd, secondEnd] = low === null ? [pair.high, pair.low] : [pair.low, pair.high]
    if (first === null || firstEnd === null || first.bgp === null) return null
    const hold = moreUrgent(holdOf(first.bgp, at), holdOf(second?.bgp, at))
    const look = lookOf(first, second, hold !== null)
    const a = this.#end(firstEnd, first, before)
    const b = second === null || secondEnd === null ? null : this.#end(secondEnd, second, before)
    if (before !== null && before.a === a && before.b === b && before.look === look) {
      if (hold === null && before.hold === null) return before
    }
    const ebgp = first.bgp.localAs !== first.bgp.neighborAs
    return { id: pair.id, a, b, remoteAddress: formatIp(first.bgp.neighborAddress), ebgp, look, hold }
  }

  #end(end: ProtocolEnd, snapshot: ProtocolSnapshot, before: SessionView | null): SessionEnd {
    const host = this.#recording.hosts[end.host] ?? ''
    const { state, info } = snapshot
    const bgpState = snapshot.bgp?.state ?? 'Down'
    const known = before?.a.host === host ? before.a : before?.b?.host === host ? before.b : null
    if (known !== null && known.state === state && known.bgpState === bgpState && known.info === info) return known
    return { host, protocol: end.name, state, bgpState, info }
  }
}

function moreUrgent(a: SessionView['hold'], b: SessionView['hold']): SessionView['hold'] {
  if (a === null || b === null) return a ?? b
  return a.remainingSeconds <= b.remainingSeconds ? a : b
}
