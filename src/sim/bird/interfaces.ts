// BIRD's list of interfaces and their addresses (nest/iface.c, sysdep/linux/netlink.c with Calico's changes):
// compares what the kernel says now with what is known and tells what came and went, in the daemon's order.
import type { KernelInterface } from '../kernel/types.ts'
import type { Ip } from '../net/address.ts'
import { type Prefix, prefixHas, prefixOf } from '../net/prefix.ts'

export interface IfaceAddress {
  address: Ip
  prefix: Prefix
  prefixLength: number
  /** Scope above link: not 127/8. */
  global: boolean
  /** A further address of the same subnet. */
  secondary: boolean
}

export interface Iface {
  index: number
  name: string
  adminUp: boolean
  linkUp: boolean
  mtu: number
  /** Usable for BIRD: admin up and with an address. */
  up: boolean
  addresses: readonly IfaceAddress[]
}

export type InterfaceChange =
  | { kind: 'created' | 'up' | 'down' | 'removed' | 'mtu' | 'link'; iface: Iface }
  | { kind: 'address-added' | 'address-removed'; iface: Iface; address: IfaceAddress }

function ifaceOf(k: KernelInterface): Iface {
  const addresses: IfaceAddress[] = []
  // The kernel drops nothing, but Calico's BIRD does not look at addresses of interfaces that are down.
  if (k.up) {
    for (const a of k.addresses) {
      const prefix = prefixOf(a.address, a.prefixLength)
      addresses.push({
        address: a.address,
        prefix,
        prefixLength: a.prefixLength,
        global: a.address >>> 24 !== 127,
        secondary: addresses.some((other) => other.prefix === prefix),
      })
    }
  }
  return {
    index: k.index,
    name: k.name,
    adminUp: k.up,
    linkUp: k.carrier,
    mtu: k.mtu,
    up: k.up && addresses.length > 0,
    addresses,
  }
}

const hasAddress = (iface: Iface | undefined, a: IfaceAddress): boolean =>
  iface?.addresses.some(
    (b) => b.address === a.address && b.prefixLength === a.prefixLength && b.secondary === a.secondary,
  ) ?? false

export class Interfaces {
  #list: Iface[] = []

  get all(): readonly Iface[] {
    return this.#list
  }

  byName(name: string): Iface | null {
    return this.#list.find((iface) => iface.name === name) ?? null
  }

  byIndex(index: number): Iface | null {
    return this.#list.find((iface) => iface.index === index) ?? null
  }

  isLocal(address: Ip, ifname: string): boolean {
    return this.byName(ifname)?.addresses.some((a) => a.address === address) ?? false
  }

  hasLocal(address: Ip): boolean {
    return this.#list.some((iface) => iface.addresses.some((a) => a.address === address))
  }

  /** The up interface on whose network the address is; `local`: it is our own. */
  connected(address: Ip, only: string | null): { iface: Iface; local: boolean } | null {
    let found: Iface | null = null
    for (const iface of this.#list) {
      if (!iface.up || (only !== null && iface.name !== only)) continue
      for (const a of iface.addresses) {
        if (a.address === address) return { iface, local: true }
        if (found === null && inNetwork(a, address)) found = iface
      }
    }
    return found === null ? null : { iface: found, local: false }
  }

  /** Takes the kernel's list over; the changes in the order BIRD announces them. */
  update(kernel: readonly KernelInterface[]): InterfaceChange[] {
    const before = new Map(this.#list.map((iface) => [iface.index, iface]))
    const after = kernel.map(ifaceOf)
    this.#list = after
    const changes: InterfaceChange[] = []
    const now = new Set(after.map((iface) => iface.index))
    for (const old of before.values()) if (!now.has(old.index)) goesAway(changes, old)
    for (const iface of after) compareIface(changes, before.get(iface.index), iface)
    return changes
  }

  /** if_choose_router_id: the lowest primary address with scope above link of an admin-up interface. */
  lowestAddress(): { address: Ip; iface: string } | null {
    let best: { address: Ip; iface: string } | null = null
    for (const iface of this.#list) {
      const primary = iface.addresses.find((a) => a.global)
      if (!iface.adminUp || primary === undefined || (best !== null && primary.address >= best.address)) continue
      best = { address: primary.address, iface: iface.name }
    }
    return best
  }
}

function inNetwork(a: IfaceAddress, address: Ip): boolean {
  if (!prefixHas(a.prefix, address)) return false
  if (a.prefixLength >= 31) return true
  const size = 2 ** (32 - a.prefixLength)
  const offset = address % size
  return offset !== 0 && offset !== size - 1
}

function goesAway(changes: InterfaceChange[], old: Iface): void {
  if (old.up) changes.push({ kind: 'down', iface: { ...old, up: false } })
  for (const address of old.addresses) changes.push({ kind: 'address-removed', iface: old, address })
  changes.push({ kind: 'removed', iface: old })
}

function compareIface(changes: InterfaceChange[], old: Iface | undefined, iface: Iface): void {
  if (old?.up && !iface.up) changes.push({ kind: 'down', iface })
  for (const address of old?.addresses ?? []) {
    if (!hasAddress(iface, address)) changes.push({ kind: 'address-removed', iface, address })
  }
  if (old === undefined && !iface.up) changes.push({ kind: 'created', iface })
  if (iface.up && !old?.up) changes.push({ kind: 'up', iface })
  for (const address of iface.addresses) {
    if (!hasAddress(old, address)) changes.push({ kind: 'address-added', iface, address })
  }
  if (old !== undefined && old.linkUp !== iface.linkUp) changes.push({ kind: 'link', iface })
  if (old !== undefined && old.mtu !== iface.mtu) changes.push({ kind: 'mtu', iface })
}
