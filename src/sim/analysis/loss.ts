// Traffic loss over time: which pods would not reach which, and the host and FIB line that loses the packet. The recording
// is walked once, entry by entry; a pair is judged again only when something on its way changed.
// Simplified: one pod stands for all pods of its node in the same block, since they share every route beyond their node.
import { type Walk, walkPacket } from '../kernel/packet-walk.ts'
import { type Prefix, prefixHas } from '../net/prefix.ts'
import type { Entry, PodRecord, RecordingReader } from '../recording/types.ts'
import { type Pair, Pairs } from './loss-pairs.ts'
import { loserOf } from './reachability.ts'
import { applyEntry, podName, runs, WorldState } from './world-state.ts'

interface LostPair {
  from: string
  to: string
  host: string
  /** The packet walk's verdict. */
  reason: string
  line: string | null
}

interface LossBand {
  from: number
  /** null: still lost at the end of the recording. */
  to: number | null
  lost: number
  total: number
  pairs: readonly LostPair[]
}

export interface LossReport {
  bands: readonly LossBand[]
  /** Pairs judged, and pairs there would be; fewer are judged in very large clusters. */
  judged: number
  of: number
}

/** Shorter ups and downs are one band. */
const SHORTEST = 1_000_000
const SAMPLES = 5

interface Level {
  at: number
  lost: number
  total: number
  pairs: readonly LostPair[]
}

/** Takes the entries of a recording in their order, as it grows. */
export class LossScan {
  readonly #sweep: Sweep
  readonly #levels: Level[] = []
  /** Time of the entries taken last, whose effect together is judged when time moves on. */
  #at = 0
  #touched = false

  constructor(hosts: readonly string[]) {
    this.#sweep = new Sweep(hosts)
  }

  take(at: number, entry: Entry): void {
    if (at !== this.#at) this.#judge()
    this.#at = at
    this.#touched = this.#sweep.apply(entry) || this.#touched
  }

  report(): LossReport {
    this.#judge()
    return { bands: bandsOf(this.#levels), judged: this.#sweep.pairs.count, of: this.#sweep.pairs.wanted }
  }

  #judge(): void {
    if (this.#touched) note(this.#levels, this.#sweep.judge(this.#at))
    this.#touched = false
  }
}

export function lossOverTime(recording: RecordingReader): LossReport {
  const scan = new LossScan(recording.hosts)
  for (let index = 0; index < recording.length; index++) {
    const { at, entry } = recording.entryAt(index)
    scan.take(at, entry)
  }
  return scan.report()
}

function note(levels: Level[], level: Level): void {
  // The instant may have been judged before all of it was there.
  if (levels.at(-1)?.at === level.at) levels.pop()
  const last = levels.at(-1)
  if (last === undefined || last.lost !== level.lost || last.total !== level.total) levels.push(level)
}

/** Bands of steady loss; a level that lasts less than a second joins the band beside it at its worst. */
function bandsOf(levels: readonly Level[]): LossBand[] {
  const bands: LossBand[] = []
  levels.forEach((level, index) => {
    if (level.lost === 0) return
    const end = levels[index + 1]?.at ?? null
    const band = bands.at(-1)
    const joins = band !== undefined && band.to === level.at
    const brief = (end !== null && end - level.at < SHORTEST) || (joins && level.at - band.from < SHORTEST)
    if (joins && (brief || band.lost === level.lost)) {
      const worse = level.lost > band.lost ? { lost: level.lost, total: level.total, pairs: level.pairs } : {}
      bands[bands.length - 1] = { ...band, ...worse, to: end }
    } else bands.push({ from: level.at, to: end, lost: level.lost, total: level.total, pairs: level.pairs })
  })
  return bands
}

/** The world moved through the recording, and the verdict of every pair beside it. */
class Sweep {
  readonly world = new WorldState()
  readonly pairs = new Pairs()
  readonly #dirty = new Set<Pair>()
  #podsChanged = false

  constructor(private readonly hosts: readonly string[]) {}

  /** Takes one entry over; true when it can change what a packet meets. */
  apply(entry: Entry): boolean {
    if (!applyEntry(this.world, entry, this.hosts)) return false
    switch (entry.kind) {
      case 'fib':
        this.#routeChanged(entry.host, entry.prefix)
        break
      case 'interface':
      case 'link':
      case 'host':
        this.#machineChanged(entry.host)
        break
      case 'pod':
        this.#podsChanged = true
        break
      default:
    }
    return true
  }

  #routeChanged(host: number, prefix: Prefix): void {
    for (const pair of this.pairs.through(host)) {
      if (pair.destinations.some((address) => prefixHas(prefix, address))) this.#dirty.add(pair)
    }
  }

  /** Power, cables and addresses: whoever passed here, and whoever might pass now. */
  #machineChanged(host: number): void {
    for (const pair of this.pairs.through(host)) this.#dirty.add(pair)
    for (const pair of this.pairs.lost) this.#dirty.add(pair)
  }

  judge(at: number): Level {
    if (this.#podsChanged) {
      for (const pair of this.pairs.update(representatives(this.world.pods), this.#dirty)) this.#dirty.add(pair)
      this.#podsChanged = false
    }
    for (const pair of this.#dirty) this.#judgePair(pair)
    this.#dirty.clear()
    return { at, lost: this.pairs.lost.size, total: this.pairs.sending, pairs: this.#samples() }
  }

  #judgePair(pair: Pair): void {
    if (this.world.host(pair.from.node)?.powered !== true) {
      // A machine without power sends nothing that could be lost.
      this.pairs.settle(pair, { walk: null, hosts: this.#ids([pair.from.node]) })
      return
    }
    const { from, to } = pair
    const source = from.address ?? 0
    const start = {
      from: from.node,
      source,
      destination: to.address ?? 0,
      pod: { name: podName(from), address: source },
    }
    const walk = walkPacket(this.world, start)
    this.pairs.settle(pair, { walk, hosts: this.#ids(namesOn(walk, from.node)) })
  }

  #ids(names: Iterable<string>): Set<number> {
    const ids = new Set<number>()
    for (const name of names) {
      const id = this.world.host(name)?.id
      if (id !== undefined) ids.add(id)
    }
    return ids
  }

  /** A few lost pairs, of different losers first. */
  #samples(): LostPair[] {
    const chosen = new Map<string, LostPair>()
    for (const pair of this.pairs.lost) {
      if (pair.walk === null || chosen.size >= SAMPLES) continue
      const key = `${loserOf(pair.walk).host} ${pair.walk.verdict}`
      if (!chosen.has(key)) chosen.set(key, lostPair(pair, pair.walk))
    }
    return [...chosen.values()]
  }
}

function lostPair(pair: Pair, walk: Walk): LostPair {
  return { from: podName(pair.from), to: podName(pair.to), reason: walk.verdict, ...loserOf(walk) }
}

function namesOn(walk: Walk, start: string): Set<string> {
  const names = new Set([start, walk.host])
  for (const hop of walk.hops) {
    names.add(hop.host)
    if (hop.to !== null) names.add(hop.to)
  }
  return names
}

/** One running pod for each node and block, in order of names. */
function representatives(pods: Iterable<PodRecord>): PodRecord[] {
  const first = new Map<string, PodRecord>()
  for (const pod of pods) {
    if (!runs(pod)) continue
    const key = `${pod.node} ${pod.block}`
    const other = first.get(key)
    if (other === undefined || podName(pod) < podName(other)) first.set(key, pod)
  }
  return [...first.values()]
}
