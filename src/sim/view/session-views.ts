// Every session at one time. A line is made anew only when something about it differs from the last time it was asked
// for; in a mesh of a hundred nodes nearly all of them do not.
import type { Micros } from '../bird/ports.ts'
import { formatIp } from '../net/address.ts'
import type { RecordingReader } from '../recording/types.ts'
import type { SeenEnd } from './end-history.ts'
import type { SessionPair } from './pairing.ts'
import type { ProtocolEnd } from './run-index.ts'
import { holdOf, lookOf } from './session-look.ts'
import type { SessionEnd, SessionView } from './types.ts'

/** A view (null: neither end is there) that holds in [from, until). */
interface Made {
  readonly from: Micros
  readonly until: Micros
  readonly view: SessionView | null
}

/** Views of one pair that are kept: scrubbing to and fro over a cold start needs no more. */
const KEPT = 8

/** What was made for one pair: the view last asked for, and those that others may ask for again. */
interface Shown {
  last: Made
  readonly kept: Made[]
}

const NOTHING: Made = { from: 0, until: -1, view: null }

export class SessionViews {
  readonly #recording: RecordingReader
  readonly #shown = new Map<SessionPair, Shown>()

  constructor(recording: RecordingReader) {
    this.#recording = recording
  }

  /** What is cached for a pairing, in its order: the loop over all sessions touches nothing else. */
  views(pairs: readonly SessionPair[], at: Micros, each: (view: SessionView, pair: SessionPair) => void): void {
    for (const pair of pairs) {
      const view = this.view(pair, at)
      if (view !== null) each(view, pair)
    }
  }

  /** null: neither end is there. */
  view(pair: SessionPair, at: Micros): SessionView | null {
    let shown = this.#shown.get(pair)
    if (shown === undefined) {
      shown = { last: NOTHING, kept: [] }
      this.#shown.set(pair, shown)
    }
    if (!holds(shown.last, at)) shown.last = this.#keptOrMade(pair, shown.kept, at)
    return shown.last.view
  }

  #keptOrMade(pair: SessionPair, kept: Made[], at: Micros): Made {
    for (const made of kept) if (holds(made, at)) return made
    const made = this.#make(pair, at)
    if (made.until - made.from > 1) {
      if (kept.length === KEPT) kept.shift()
      kept.push(made)
    }
    return made
  }

  #make(pair: SessionPair, at: Micros): Made {
    const low = lookUp(pair.low, at)
    const high = pair.high === null ? NOBODY : lookUp(pair.high, at)
    // The end that is there comes first, so that there always is an `a`.
    const [first, second] = low.seen === null ? [high, NOBODY] : [low, high]
    const from = Math.max(low.from, high.from)
    // What seems to go on may end in what is still to be computed.
    const until = Math.min(low.until, high.until, this.#recording.until + 1)
    if (first.seen === null || first.end === null) return { from, until, view: null }
    const hold = this.#hold([low, high], at)
    const view: SessionView = {
      id: pair.id,
      a: this.#end(first.end, first.seen),
      b: second.seen === null || second.end === null ? null : this.#end(second.end, second.seen),
      remoteAddress: formatIp(first.end === pair.low ? pair.lowRemote : pair.highRemote),
      ebgp: first.seen.ebgp,
      look: lookOf(first.seen, second.seen),
      hold,
    }
    return { from, until: hold === null ? until : -1, view }
  }

  #end(end: ProtocolEnd, { state, bgpState, info }: SeenEnd): SessionEnd {
    return { host: this.#recording.hosts[end.host] ?? '', protocol: end.name, state, bgpState, info: info.trimEnd() }
  }

  /** Of silent ends: the hold timer that fires first. */
  #hold(ends: readonly Seen[], at: Micros): SessionView['hold'] {
    let first: SessionView['hold'] = null
    for (const { end, seen } of ends) {
      if (end === null || seen?.quiet !== true) continue
      const hold = holdOf(this.#recording.protocol(at, end.host, end.name)?.bgp, at)
      if (hold !== null && (first === null || hold.remainingSeconds < first.remainingSeconds)) first = hold
    }
    return first
  }
}

function holds(made: Made, at: Micros): boolean {
  return at >= made.from && at < made.until
}

interface Seen {
  end: ProtocolEnd | null
  seen: SeenEnd | null
  from: Micros
  until: Micros
}

const NOBODY: Seen = { end: null, seen: null, from: 0, until: Number.POSITIVE_INFINITY }

function lookUp(end: ProtocolEnd, at: Micros): Seen {
  const { history } = end
  const index = history.indexAt(at)
  const seen = history.at(index, at)
  // How long silence has lasted is different at every time, so it is looked up anew.
  if (seen?.quiet === true) return { end, seen, from: at, until: at + 1 }
  return { end, seen, from: index < 0 ? 0 : history.times[index]!, until: history.endOf(index) }
}
