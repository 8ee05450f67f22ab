// The neighbor cache (nest/neighbor.c): who waits for an address to be reachable on a connected network.
import type { Ip } from '../net/address.ts'
import type { Iface, Interfaces } from './interfaces.ts'

export interface Neighbor {
  readonly owner: object
  readonly address: Ip
  /** Only this interface will do; null: any. */
  readonly only: string | null
  /** null while the address is on no connected network. */
  iface: Iface | null
  /** The address is our own. */
  local: boolean
  readonly changed: (neighbor: Neighbor) => void
}

export class Neighbors {
  #entries: Neighbor[] = []
  readonly #interfaces: Interfaces
  constructor(interfaces: Interfaces) {
    this.#interfaces = interfaces
  }

  watch(owner: object, address: Ip, only: string | null, changed: (neighbor: Neighbor) => void): Neighbor {
    const entry: Neighbor = { owner, address, only, iface: null, local: false, changed }
    this.#look(entry)
    this.#entries.push(entry)
    return entry
  }

  forget(owner: object): void {
    this.#entries = this.#entries.filter((entry) => entry.owner !== owner)
  }

  /** Interfaces changed: tells everyone whose neighbor came, went or moved, or whose cable came or went. */
  refresh(): void {
    for (const entry of [...this.#entries]) {
      const before = entry.iface
      const wasLocal = entry.local
      this.#look(entry)
      const moved = before?.index !== entry.iface?.index || wasLocal !== entry.local
      if (moved || before?.linkUp !== entry.iface?.linkUp) entry.changed(entry)
    }
  }

  #look(entry: Neighbor): void {
    const found = this.#interfaces.connected(entry.address, entry.only)
    entry.iface = found?.iface ?? null
    entry.local = found?.local ?? false
  }
}
