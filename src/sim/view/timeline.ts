// The whole run at a glance, made while the recording is read once and continued when it has grown.
import { ConvergenceScan } from '../analysis/convergence.ts'
import { LossScan } from '../analysis/loss.ts'
import type { Micros } from '../bird/ports.ts'
import type { Entry, RecordingReader } from '../recording/types.ts'
import type { Action, Beat } from '../scenario/types.ts'
import { Swatches } from './swatches.ts'
import { EventRows } from './timeline-events.ts'
import { Lanes } from './timeline-lanes.ts'
import type { FlagView, TimelineIndex } from './types.ts'

/** The parts of a scenario that stand on the timeline. */
export interface TimelineScenario {
  readonly timeline: readonly Action[]
  readonly narration: readonly Beat[]
}

/** Steps that a session which never comes up repeats for ever. */
const RESTLESS: ReadonlySet<string> = new Set(['bgp-state', 'protocol-state', 'connection-rejected'])

class TimelineBuilder {
  readonly #recording: RecordingReader
  readonly #lanes = new Lanes()
  readonly #swatches: Swatches
  readonly #events: EventRows
  readonly #flags: FlagView[] = []
  #read = 0
  #settledAt: Micros = 0
  readonly #convergence = new ConvergenceScan()
  readonly #loss: LossScan

  constructor(recording: RecordingReader) {
    this.#recording = recording
    this.#swatches = new Swatches(recording.hosts)
    this.#events = new EventRows(recording.hosts)
    this.#loss = new LossScan(recording.hosts)
  }

  index(scenario: TimelineScenario): TimelineIndex {
    const recording = this.#recording
    for (; this.#read < recording.length; this.#read++) {
      const { at, entry } = recording.entryAt(this.#read)
      this.#take(at, entry, scenario)
    }
    return {
      until: recording.until,
      settledAt: this.#settledAt,
      flags: this.#flags.slice(),
      lanes: this.#lanes.views(recording.hosts),
      convergence: this.#convergence.intervals(recording.until),
      loss: this.#loss.report().bands,
      events: this.#events.rows.slice(),
      beats: scenario.narration,
      warnings: this.#events.warnings.slice(),
      swatches: this.#swatches.list(),
    }
  }

  #take(at: Micros, entry: Entry, scenario: TimelineScenario): void {
    this.#swatches.take(at, entry)
    this.#events.take(at, entry, scenario.timeline)
    this.#convergence.take(at, entry, scenario.timeline)
    this.#loss.take(at, entry)
    if (entry.kind === 'message') this.#lanes.sent(entry.record)
    else if (entry.kind === 'protocol') this.#lanes.protocol(at, entry.host, entry)
    else if (entry.kind === 'action') {
      const action = scenario.timeline[entry.index]
      if (action !== undefined) this.#flags.push({ at, index: entry.index, action })
    }
    if (isLively(entry)) this.#settledAt = at
  }
}

/** Whether something happened, rather than a timer ticking or a session keeping itself alive. */
function isLively(entry: Entry): boolean {
  switch (entry.kind) {
    case 'message':
      return entry.record.message.type !== 'KEEPALIVE'
    case 'bird':
      return !RESTLESS.has(entry.event.code)
    case 'net':
    case 'fib':
    case 'event':
    case 'action':
    case 'pod':
    case 'block':
    case 'resource':
    case 'command':
      return true
    default:
      return false
  }
}

const builders = new WeakMap<RecordingReader, TimelineBuilder>()

/** `scenario` must stay the one that the recording was made from. */
export function timelineIndex(recording: RecordingReader, scenario: TimelineScenario): TimelineIndex {
  let builder = builders.get(recording)
  if (builder === undefined) {
    builder = new TimelineBuilder(recording)
    builders.set(recording, builder)
  }
  return builder.index(scenario)
}
