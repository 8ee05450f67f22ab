// Timers ordered by (second, start order). Hold timers are restarted with every message, so a restart only notes the
// new time; the entry moves when it comes to the top. A timer is therefore in the heap at or before its true time.
export interface HeapTimer {
  expires: number
  sequence: number
  /** Key of the entry that stands for the timer; -1: none. */
  queuedAt: number
}

interface Entry<T> {
  at: number
  sequence: number
  timer: T
}

export class TimerHeap<T extends HeapTimer> {
  readonly #entries: Entry<T>[] = []

  add(timer: T): void {
    if (timer.queuedAt >= 0 && timer.queuedAt <= timer.expires) return
    this.#push({ at: timer.expires, sequence: timer.sequence, timer })
    timer.queuedAt = timer.expires
  }

  /** The timer that fires first; stopped and moved ones are put right on the way. */
  peek(): T | null {
    for (;;) {
      const top = this.#entries[0]
      if (top === undefined) return null
      const timer = top.timer
      if (timer.expires === top.at && timer.sequence === top.sequence) return timer
      this.#pop()
      if (timer.queuedAt !== top.at) continue
      timer.queuedAt = -1
      if (timer.expires >= 0) this.add(timer)
    }
  }

  #push(entry: Entry<T>): void {
    const entries = this.#entries
    let at = entries.length
    entries.push(entry)
    while (at > 0) {
      const parent = (at - 1) >> 1
      const above = entries[parent] as Entry<T>
      if (!before(entry, above)) break
      entries[at] = above
      at = parent
    }
    entries[at] = entry
  }

  #pop(): void {
    const entries = this.#entries
    const last = entries.pop()
    if (last === undefined || entries.length === 0) return
    let at = 0
    for (;;) {
      let child = 2 * at + 1
      if (child >= entries.length) break
      const right = entries[child + 1]
      if (right !== undefined && before(right, entries[child] as Entry<T>)) child++
      const below = entries[child] as Entry<T>
      if (!before(below, last)) break
      entries[at] = below
      at = child
    }
    entries[at] = last
  }
}

function before(a: { at: number; sequence: number }, b: { at: number; sequence: number }): boolean {
  return a.at < b.at || (a.at === b.at && a.sequence < b.sequence)
}
