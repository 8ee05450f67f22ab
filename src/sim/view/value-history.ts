// Since when a FIB line stands and what a file was before: values that readers show with their age.
import type { Micros } from '../bird/ports.ts'
import { upperBound } from '../recording/message-log.ts'
import type { Entry, HostId, RecordingReader } from '../recording/types.ts'

interface Track {
  readonly times: Micros[]
  readonly texts: (string | null)[]
}

export class ValueHistory {
  readonly #recording: RecordingReader
  readonly #fib = new Map<string, Micros[]>()
  readonly #files = new Map<string, Track>()
  #read = 0

  constructor(recording: RecordingReader) {
    this.#recording = recording
  }

  /** When the route at (prefix, metric) became what it is at `at`. */
  fibSince(host: HostId, route: { prefix: number; metric: number }, at: Micros): Micros {
    this.#catchUp()
    const times = this.#fib.get(`${host} ${route.prefix} ${route.metric}`) ?? []
    return times[upperBound(times, at) - 1] ?? 0
  }

  /** When a file was last written, and what it was before. */
  file(host: HostId, name: string, at: Micros): { changedAt: Micros; previous: string | null } {
    this.#catchUp()
    const track = this.#files.get(`${host} ${name}`)
    if (track === undefined) return { changedAt: 0, previous: null }
    const index = upperBound(track.times, at) - 1
    return { changedAt: track.times[index] ?? 0, previous: track.texts[index - 1] ?? null }
  }

  #catchUp(): void {
    for (; this.#read < this.#recording.length; this.#read++) {
      const { at, entry } = this.#recording.entryAt(this.#read)
      this.#take(at, entry)
    }
  }

  #take(at: Micros, entry: Entry): void {
    if (entry.kind === 'fib') {
      const key = `${entry.host} ${entry.prefix} ${entry.metric}`
      const times = this.#fib.get(key)
      if (times === undefined) this.#fib.set(key, [at])
      else times.push(at)
    } else if (entry.kind === 'file') {
      const key = `${entry.host} ${entry.name}`
      const track = this.#files.get(key) ?? { times: [], texts: [] }
      this.#files.set(key, track)
      if (track.texts.at(-1) === entry.value) return
      track.times.push(at)
      track.texts.push(entry.value)
    }
  }
}
