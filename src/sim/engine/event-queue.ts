// The queue of the virtual clock: what is due next, and among what is due at the same microsecond, what was asked
// for first. A 4-ary heap over typed arrays; cancelling only marks the entry, and marked ones are swept when they
// are the majority (timers that every KEEPALIVE restarts would pile up otherwise).

/** Names one scheduled entry; stays harmless after the entry fired or was cancelled. */
export type EventToken = number

/** A token is `seq * SLOTS + slot`: seq makes it unique, slot finds it without a map. */
const SLOTS = 2 ** 22
const SWEEP_FROM = 1024

function grown<A extends Float64Array | Int32Array>(old: A, size: number): A {
  const next = new (old.constructor as new (length: number) => A)(size)
  next.set(old)
  return next
}

export class EventQueue<T> {
  #heapTime = new Float64Array(256)
  #heapSlot = new Int32Array(256)
  #used = 0
  #cancelled = 0
  /** seq of the entry in a slot; -1: free or cancelled. */
  #slotSeq = new Float64Array(256).fill(-1)
  /** seq used for the order in the heap, kept after cancelling. */
  #slotOrder = new Float64Array(256)
  #payloads: (T | undefined)[] = []
  #freeSlots: number[] = []
  #slotCount = 0
  #nextSeq = 0

  /** Entries still to come, cancelled ones not counted. */
  get size(): number {
    return this.#used - this.#cancelled
  }

  /** Schedules `payload` at `time` (whole microseconds). */
  push(time: number, payload: T): EventToken {
    const seq = this.#nextSeq++
    const slot = this.#takeSlot()
    this.#slotSeq[slot] = seq
    this.#slotOrder[slot] = seq
    this.#payloads[slot] = payload
    if (this.#used === this.#heapTime.length) {
      this.#heapTime = grown(this.#heapTime, this.#used * 2)
      this.#heapSlot = grown(this.#heapSlot, this.#used * 2)
    }
    this.#siftUp(this.#used++, time, slot)
    return seq * SLOTS + slot
  }

  /** Takes the entry back; false when it fired or was cancelled before. */
  cancel(token: EventToken): boolean {
    if (!this.isPending(token)) return false
    const slot = token % SLOTS
    this.#slotSeq[slot] = -1
    this.#payloads[slot] = undefined
    this.#cancelled++
    if (this.#cancelled > SWEEP_FROM && this.#cancelled * 2 > this.#used) this.#sweep()
    return true
  }

  isPending(token: EventToken): boolean {
    const slot = token % SLOTS
    return token >= 0 && this.#slotSeq[slot] === (token - slot) / SLOTS
  }

  /** When the next entry is due; Infinity when there is none. */
  nextTime(): number {
    this.#dropCancelledTop()
    return this.#used === 0 ? Number.POSITIVE_INFINITY : this.#heapTime[0]!
  }

  /** Takes out the next entry (ask `nextTime` first for its time); undefined when there is none. */
  pop(): T | undefined {
    this.#dropCancelledTop()
    if (this.#used === 0) return undefined
    const slot = this.#heapSlot[0]!
    const payload = this.#payloads[slot]
    this.#removeTop()
    return payload
  }

  #dropCancelledTop(): void {
    while (this.#used > 0 && this.#slotSeq[this.#heapSlot[0]!] === -1) {
      this.#removeTop()
      this.#cancelled--
    }
  }

  #removeTop(): void {
    this.#freeSlot(this.#heapSlot[0]!)
    const last = --this.#used
    if (last > 0) this.#siftDown(0, this.#heapTime[last]!, this.#heapSlot[last]!)
  }

  #takeSlot(): number {
    const free = this.#freeSlots.pop()
    if (free !== undefined) return free
    if (this.#slotCount === SLOTS) throw new Error('event queue: too many entries')
    if (this.#slotCount === this.#slotSeq.length) {
      this.#slotSeq = grown(this.#slotSeq, this.#slotCount * 2)
      this.#slotOrder = grown(this.#slotOrder, this.#slotCount * 2)
    }
    this.#payloads.push(undefined)
    return this.#slotCount++
  }

  #freeSlot(slot: number): void {
    this.#slotSeq[slot] = -1
    this.#payloads[slot] = undefined
    this.#freeSlots.push(slot)
  }

  #siftUp(from: number, time: number, slot: number): void {
    const times = this.#heapTime
    const slots = this.#heapSlot
    let i = from
    while (i > 0) {
      const parent = (i - 1) >> 2
      // A new entry has the highest seq, so it passes only entries that are later in time.
      if (times[parent]! <= time) break
      times[i] = times[parent]!
      slots[i] = slots[parent]!
      i = parent
    }
    times[i] = time
    slots[i] = slot
  }

  #siftDown(from: number, time: number, slot: number): void {
    const times = this.#heapTime
    const slots = this.#heapSlot
    const orders = this.#slotOrder
    const order = orders[slot]!
    let i = from
    for (;;) {
      const first = i * 4 + 1
      if (first >= this.#used) break
      const end = Math.min(first + 4, this.#used)
      let best = first
      for (let child = first + 1; child < end; child++) {
        const a = times[child]!
        const b = times[best]!
        if (a < b || (a === b && orders[slots[child]!]! < orders[slots[best]!]!)) best = child
      }
      const bestTime = times[best]!
      if (bestTime > time || (bestTime === time && orders[slots[best]!]! > order)) break
      times[i] = bestTime
      slots[i] = slots[best]!
      i = best
    }
    times[i] = time
    slots[i] = slot
  }

  /** Removes all cancelled entries and rebuilds the heap; the order of the rest is total, so it does not change. */
  #sweep(): void {
    let kept = 0
    for (let i = 0; i < this.#used; i++) {
      const slot = this.#heapSlot[i]!
      if (this.#slotSeq[slot] === -1) {
        this.#freeSlots.push(slot)
        continue
      }
      this.#heapTime[kept] = this.#heapTime[i]!
      this.#heapSlot[kept++] = slot
    }
    this.#used = kept
    this.#cancelled = 0
    for (let i = (kept - 2) >> 2; i >= 0; i--) this.#siftDown(i, this.#heapTime[i]!, this.#heapSlot[i]!)
  }
}
