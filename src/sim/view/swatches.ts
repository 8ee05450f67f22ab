// The order in which prefixes get their letters: blocks of nodes as they appear (at one moment in order of the hosts), then what outside routers originate.
import type { Micros } from '../bird/ports.ts'
import { formatPrefix, type Prefix } from '../net/prefix.ts'
import type { Entry, HostId } from '../recording/types.ts'

export class Swatches {
  readonly #hosts: readonly string[]
  /** Of each block: when it first belonged to a node, and to which. */
  readonly #blocks = new Map<Prefix, { at: Micros; node: string }>()
  readonly #routed = new Set<Prefix>()
  readonly #routers = new Set<HostId>()
  /** Of each router: nets whose best route is its own. */
  readonly #own = new Map<HostId, Set<Prefix>>()

  constructor(hosts: readonly string[]) {
    this.#hosts = hosts
  }

  take(at: Micros, entry: Entry): void {
    switch (entry.kind) {
      case 'block':
        if (entry.value?.node != null && !this.#blocks.has(entry.cidr)) {
          this.#blocks.set(entry.cidr, { at, node: entry.value.node })
        }
        break
      case 'host':
        if (entry.value?.kind === 'router') this.#routers.add(entry.host)
        break
      case 'net':
        if (this.#routers.has(entry.host)) this.#net(entry)
        break
      case 'message':
        if (this.#routers.has(entry.record.from) && entry.record.message.type === 'UPDATE') {
          const own = this.#own.get(entry.record.from)
          for (const { prefix } of entry.record.message.announced) if (own?.has(prefix)) this.#routed.add(prefix)
        }
        break
      default:
    }
  }

  list(): string[] {
    const routed = [...this.#routed].filter((prefix) => !this.#blocks.has(prefix))
    const place = new Map(this.#hosts.map((name, index) => [name, index]))
    const rank = (node: string): number => place.get(node) ?? place.size
    const blocks = [...this.#blocks].sort(([, a], [, b]) => a.at - b.at || rank(a.node) - rank(b.node))
    return [...blocks.map(([cidr]) => cidr), ...routed].map(formatPrefix)
  }

  #net(entry: Extract<Entry, { kind: 'net' }>): void {
    const source = entry.value?.[0]?.source
    if (source === undefined || source === 'BGP') {
      this.#own.get(entry.host)?.delete(entry.prefix)
      return
    }
    const own = this.#own.get(entry.host) ?? new Set<Prefix>()
    this.#own.set(entry.host, own)
    own.add(entry.prefix)
    if ((source === 'static' || source === 'static-device') && entry.prefix !== 0) this.#routed.add(entry.prefix)
  }
}
