// Values with a history: for each key the times at which it changed and what it became. Reading at any time is a
// binary search, so going back costs as much as going forward and nothing is copied per event.

export interface History<V> {
  /** Ascending, without repetition. */
  readonly times: readonly number[]
  /** null: the key was gone from that time on. */
  readonly values: readonly (V | null)[]
}

/** Most values change once or twice, and a list that has been pushed to keeps room for sixteen more. */
const COPIED_UP_TO = 6

function added<T>(list: T[], item: T): T[] {
  if (list.length < COPIED_UP_TO) return list.concat([item])
  list.push(item)
  return list
}

/** The history of one key. */
export class Track<V> implements History<V> {
  times: number[] = []
  values: (V | null)[] = []

  /**
   * The value from `time` on; null: gone. Times never decrease; setting it again at the same time replaces, and setting
   * what it already is (`===`) leaves no trace.
   */
  set(time: number, value: V | null): void {
    const { times, values } = this
    const last = times.length - 1
    if (last >= 0 && times[last]! > time) throw new Error(`temporal table: ${time} is before ${times[last]}`)
    if (last >= 0 && times[last] === time) {
      times.pop()
      values.pop()
    }
    const before = values.length === 0 ? null : values[values.length - 1]
    if (before === value) return
    this.times = added(times, time)
    this.values = added(values, value)
  }

  /** null when there is none. */
  at(time: number): V | null {
    const index = this.indexAt(time)
    return index < 0 ? null : this.values[index]!
  }

  /** Index of the last change at or before `time`; -1 before the first. */
  indexAt(time: number): number {
    const times = this.times
    let high = times.length - 1
    if (high < 0 || times[high]! <= time) return high
    let low = -1
    // Gallop back from the end first: most readers ask near the newest time.
    for (let step = 1; high - step > low; step *= 2) {
      if (times[high - step]! <= time) {
        low = high - step
        break
      }
      high -= step
    }
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if (times[middle]! <= time) low = middle
      else high = middle
    }
    return low
  }
}

export class TemporalTable<K, V> {
  readonly #tracks = new Map<K, Track<V>>()

  /** The key is `value` from `time` on; null removes it (see Track). */
  set(key: K, time: number, value: V | null): void {
    let track = this.#tracks.get(key)
    if (track === undefined) {
      if (value === null) return
      track = new Track()
      this.#tracks.set(key, track)
    }
    track.set(time, value)
  }

  /** The value of the key at `time`; null when it has none. */
  at(key: K, time: number): V | null {
    return this.#tracks.get(key)?.at(time) ?? null
  }

  /** Keys that have a value at `time`, in the order in which they were first set. */
  keysAt(time: number): K[] {
    const keys: K[] = []
    for (const [key, track] of this.#tracks) {
      const index = track.indexAt(time)
      if (index >= 0 && track.values[index] !== null) keys.push(key)
    }
    return keys
  }

  /** Values at `time`, in the order in which their keys were first set. */
  valuesAt(time: number): V[] {
    const result: V[] = []
    for (const track of this.#tracks.values()) {
      const index = track.indexAt(time)
      const value = index < 0 ? null : track.values[index]!
      if (value !== null) result.push(value)
    }
    return result
  }

  /** Keys with their values at `time`. */
  entriesAt(time: number): [K, V][] {
    const entries: [K, V][] = []
    for (const [key, track] of this.#tracks) {
      const index = track.indexAt(time)
      const value = index < 0 ? null : track.values[index]!
      if (value !== null) entries.push([key, value])
    }
    return entries
  }

  /** Every change of the key; null when it was never set. */
  history(key: K): History<V> | null {
    return this.#tracks.get(key) ?? null
  }
}
