// What readers get to see: gathers what a step changed and tells the observer once at its end. Counters and timers
// alone would be thousands of values per second while tables fill, so they are written at most every 100 ms.
import type { BirdObserver, Micros, ProtocolSnapshot, RouteSnapshot } from './ports.ts'
import type { Net } from './table/net.ts'
import type { Rte } from './table/route.ts'
import type { RoutingTable } from './table/table.ts'

const SETTLE: Micros = 100_000

export interface Published {
  readonly name: string
  /** Place in `show protocols`. */
  order: number
  /** Waits to be published: 0 no, 1 counters only, 2 at the end of the step. */
  dirty: 0 | 1 | 2
  snapshot(): ProtocolSnapshot
}

export class Publisher {
  readonly #observer: BirdObserver
  #now: Micros = 0
  #settleAt: Micros | null = null
  /** Nets that the step has touched, in the order of the first touch, and their tables. */
  #nets: Net[] = []
  #tables: RoutingTable[] = []
  /** The routes of the net that was shown last: those that came in one UPDATE look alike, and share the list. */
  #shown: readonly RouteSnapshot[] = []
  beforeCounters: () => void = () => {}
  #changed: Published[] = []
  #counters: Published[] = []

  constructor(observer: BirdObserver) {
    this.#observer = observer
  }

  /** When counters have to be written although nothing else happens; null: none wait. */
  get settleAt(): Micros | null {
    return this.#settleAt
  }

  begin(now: Micros): void {
    this.#now = now
  }

  net(table: RoutingTable, net: Net): void {
    if (net.touched) return
    net.touched = true
    this.#nets.push(net)
    this.#tables.push(table)
  }

  /** Counters kept elsewhere changed; beforeCounters hands them over when they are written. */
  countLater(): void {
    this.#settleAt ??= this.#now + SETTLE
  }

  /** State, info or anything a person watches for. */
  changed(p: Published): void {
    if (p.dirty === 2) return
    p.dirty = 2
    this.#changed.push(p)
  }

  /** Counters, last heard, timers. */
  counted(p: Published): void {
    if (p.dirty !== 0) return
    p.dirty = 1
    this.#counters.push(p)
    this.#settleAt ??= this.#now + SETTLE
  }

  gone(p: Published): void {
    this.forget(p)
    this.#observer.protocol(p.name, p.order, null)
  }

  /** The instance is replaced by another of its name, which will speak for itself. */
  forget(p: Published): void {
    // Marked as written for good: what it says while it falls down is nobody's business any more.
    p.dirty = 2
    this.#changed = this.#changed.filter((other) => other !== p)
    this.#counters = this.#counters.filter((other) => other !== p)
  }

  /** End of a step. */
  flush(): void {
    if (this.#nets.length > 0) this.#writeNets()
    if (this.#changed.length > 0) {
      this.#write(this.#changed)
      this.#changed = []
    }
    if (this.#settleAt === null || this.#now < this.#settleAt) return
    this.beforeCounters()
    this.#write(this.#counters)
    this.#counters = []
    this.#settleAt = null
  }

  #writeNets(): void {
    const [nets, tables] = [this.#nets, this.#tables]
    this.#nets = []
    this.#tables = []
    for (let n = 0; n < nets.length; n++) {
      const net = nets[n] as Net
      net.touched = false
      this.#shown = shownRoutes(net, this.#shown)
      this.#observer.net((tables[n] as RoutingTable).name, net.prefix, net.uid, this.#shown)
    }
  }

  #write(list: readonly Published[]): void {
    for (const p of list) {
      if (p.dirty === 0) continue
      p.dirty = 0
      this.#observer.protocol(p.name, p.order, p.snapshot())
    }
  }
}

/** A net's routes for readers; `last` itself when they are the same. */
function shownRoutes(net: Net, last: readonly RouteSnapshot[]): readonly RouteSnapshot[] {
  const { routes, syncError } = net
  let same = routes.length === last.length
  for (let i = 0; same && i < routes.length; i++) {
    same = (routes[i] as Rte).snapshot(i === 0 && syncError) === last[i]
  }
  return same ? last : routes.map((route, i) => route.snapshot(i === 0 && syncError))
}
