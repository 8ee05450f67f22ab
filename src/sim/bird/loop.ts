// BIRD's main loop (sysdep/unix/io.c, io_loop): a clock of whole seconds, timers, deferred events, poll.
// The kept detail is the order of one turn: events, then due timers, then poll; what a timer hook defers has to
// wait for the next turn, which starts with the next input, the next due timer (scans included) or after 3 s.
import type { Micros } from './ports.ts'
import { TimerHeap } from './timer-heap.ts'

const SECOND = 1_000_000
/** io_loop never sleeps longer in one poll. */
const LONGEST_POLL = 3

/**
 * Something to be done at the next turn; scheduling it again moves it to the end of the line. Hook and owner are apart
 * so that ten thousand sessions can share their hooks instead of each having closures of its own.
 */
export class LoopEvent<T = unknown> {
  /** Position in the queue; 0: not queued. */
  ticket = 0
  readonly hook: (owner: T) => void
  readonly owner: T
  constructor(hook: (owner: T) => void, owner: T) {
    this.hook = hook
    this.owner = owner
  }
  run(): void {
    this.hook(this.owner)
  }
}

export class Timer<T = unknown> {
  /** BIRD second at which it fires; -1: stopped. */
  expires = -1
  /** Order among timers of the same second. */
  sequence = 0
  /** Where the heap believes the timer to be; see TimerHeap. */
  queuedAt = -1
  readonly hook: (owner: T) => void
  readonly owner: T
  constructor(hook: (owner: T) => void, owner: T) {
    this.hook = hook
    this.owner = owner
  }
  fire(): void {
    this.hook(this.owner)
  }
}

/** What the loop needs of a timer or an event, whoever owns it. */
export type AnyTimer = Pick<Timer, 'expires' | 'sequence' | 'queuedAt' | 'fire'>
export type AnyEvent = Pick<LoopEvent, 'ticket' | 'run'>

/** A periodic scan: it wakes the loop only when `pending` says that it would find something, but its grid counts for deferred events. */
export class ScanTimer {
  expires = -1
  period: number
  readonly pending: () => boolean
  readonly hook: () => void
  constructor(period: number, pending: () => boolean, hook: () => void) {
    this.period = period
    this.pending = pending
    this.hook = hook
  }
}

export class EventLoop {
  /** Time of the running step. */
  now: Micros = 0
  /** BIRD's clock: the same in whole seconds. */
  seconds = 0
  #queue: AnyEvent[] = []
  #tickets: number[] = []
  #queued = 0
  #nextTicket = 1
  #nextSequence = 1
  readonly #heap = new TimerHeap<AnyTimer>()
  readonly #scans: ScanTimer[] = []

  schedule(event: AnyEvent): void {
    if (event.ticket === 0) this.#queued++
    event.ticket = this.#nextTicket++
    this.#queue.push(event)
    this.#tickets.push(event.ticket)
  }

  cancel(event: AnyEvent): void {
    if (event.ticket === 0) return
    event.ticket = 0
    this.#queued--
  }

  /** Fires after `seconds` on BIRD's clock. */
  start(timer: AnyTimer, seconds: number): void {
    // A small integer for the engine too: every timer keeps it, and a number of another kind is an object of its own in each.
    const when = (this.seconds + seconds) | 0
    if (timer.expires === when) return
    timer.expires = when
    timer.sequence = this.#nextSequence++
    this.#heap.add(timer)
  }

  stop(timer: AnyTimer): void {
    timer.expires = -1
  }

  startScan(scan: ScanTimer, seconds: number): void {
    if (!this.#scans.includes(scan)) this.#scans.push(scan)
    scan.expires = this.seconds + seconds
  }

  stopScan(scan: ScanTimer): void {
    scan.expires = -1
    const at = this.#scans.indexOf(scan)
    if (at >= 0) this.#scans.splice(at, 1)
  }

  /** poll has returned at this time; the caller feeds its input and then calls run(). */
  enter(now: Micros): void {
    this.#passScans(now)
    this.now = now
    this.seconds = Math.floor(now / SECOND)
  }

  /** Scans that were due meanwhile have found nothing, otherwise the loop would have been woken for them. */
  #passScans(now: Micros): void {
    const phase = this.now - this.seconds * SECOND
    for (const scan of this.#scans) {
      if (scan.expires < 0) continue
      const late = now - (scan.expires * SECOND + phase)
      if (late > 0) scan.expires += scan.period * Math.ceil(late / (scan.period * SECOND))
    }
  }

  /** Turns of the loop until poll would sleep. */
  run(): void {
    for (;;) {
      const more = this.#runEvents()
      this.#runTimers()
      if (!more) return
    }
  }

  /** When the loop would leave poll by itself and find something to do. */
  nextWake(): Micros | null {
    const phase = this.now - this.seconds * SECOND
    let next = Number.POSITIVE_INFINITY
    const timer = this.#heap.peek()
    if (timer !== null) next = timer.expires
    for (const scan of this.#scans) {
      if (scan.expires < next && (this.#queued > 0 || scan.pending())) next = scan.expires
    }
    if (this.#queued > 0 && this.seconds + LONGEST_POLL < next) next = this.seconds + LONGEST_POLL
    if (next === Number.POSITIVE_INFINITY) return null
    return next <= this.seconds ? this.now : next * SECOND + phase
  }

  /** Runs what was queued at entry; true when the hooks have queued more. */
  #runEvents(): boolean {
    const queue = this.#queue
    const tickets = this.#tickets
    if (queue.length === 0) return false
    this.#queue = []
    this.#tickets = []
    for (let i = 0; i < queue.length; i++) {
      const event = queue[i]
      if (event === undefined || event.ticket === 0 || event.ticket !== tickets[i]) continue
      event.ticket = 0
      this.#queued--
      event.run()
    }
    return this.#queued > 0
  }

  #runTimers(): void {
    do {
      this.#runScans()
      for (;;) {
        const timer = this.#heap.peek()
        if (timer === null || timer.expires > this.seconds) break
        timer.expires = -1
        timer.fire()
      }
    } while (this.#scanDue())
  }

  #runScans(): void {
    for (let i = 0; i < this.#scans.length; i++) {
      const scan = this.#scans[i] as ScanTimer
      if (scan.expires < 0 || scan.expires > this.seconds) continue
      scan.expires += scan.period * Math.max(1, Math.ceil((this.seconds - scan.expires + 1) / scan.period))
      if (scan.pending()) scan.hook()
    }
  }

  /** A timer has asked for a scan at once. */
  #scanDue(): boolean {
    for (const scan of this.#scans) if (scan.expires >= 0 && scan.expires <= this.seconds && scan.pending()) return true
    return false
  }
}
