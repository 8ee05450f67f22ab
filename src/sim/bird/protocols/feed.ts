// Announcing a table to a protocol that came up or asked again (nest/proto.c proto_feed_*, nest/rt-table.c rt_feed_baby).
import type { AnyEvent, EventLoop } from '../loop.ts'
import type { TableHook } from '../table/client.ts'
import type { RoutingTable } from '../table/table.ts'

/** Routes per turn of the loop. */
const MAX_FEED = 256

export interface FedProtocol {
  readonly core: { readonly loop: EventLoop }
  readonly feeding: boolean
  readonly announcements: string
  hooks(): readonly { hook: TableHook; table: RoutingTable }[]
  feedInterfaces(): void
  feedDone(): void
}

/** The feed is itself the event that takes its next turn. */
export class Feed implements AnyEvent {
  ticket = 0
  readonly #protocol: FedProtocol
  #initial = false
  #hook = 0
  #after = -1

  constructor(protocol: FedProtocol) {
    this.#protocol = protocol
  }

  schedule(initial: boolean): void {
    this.#initial = initial
    this.#hook = 0
    this.#after = -1
    // Linked at once: what comes between now and the walk is told twice, as in BIRD.
    const p = this.#protocol
    if (initial && p.announcements !== 'none') for (const { hook, table } of p.hooks()) table.announcer.link(hook)
    p.core.loop.schedule(this)
  }

  abort(): void {
    this.#protocol.core.loop.cancel(this)
  }

  run(): void {
    const p = this.#protocol
    if (!p.feeding) return
    if (this.#initial) {
      this.#initial = false
      p.feedInterfaces()
    }
    if (this.#walk()) p.feedDone()
    else if (p.feeding) p.core.loop.schedule(this)
  }

  /** True when every hook has got its table. */
  #walk(): boolean {
    const p = this.#protocol
    if (p.announcements === 'none') return true
    let budget = MAX_FEED
    const hooks = p.hooks()
    for (; this.#hook < hooks.length; this.#hook++, this.#after = -1) {
      const { hook, table } = hooks[this.#hook] as { hook: TableHook; table: RoutingTable }
      for (const net of table.fib.ordered()) {
        if (net.uid <= this.#after) continue
        if (budget <= 0) return false
        budget -= table.announcer.feedNet(hook, net)
        this.#after = net.uid
        if (!p.feeding) return false
      }
    }
    return true
  }
}
