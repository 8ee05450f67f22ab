// The direct protocol (nest/rt-dev.c): one device route per address of the accepted interfaces.

import { prefixHas } from '../../net/prefix.ts'
import { DebugFlag, type DirectConfig, type InterfacePattern, type ProtocolConfig } from '../config/tree.ts'
import { RouteDest, RouteSource } from '../filter/route.ts'
import type { Iface, IfaceAddress, InterfaceChange } from '../interfaces.ts'
import { patternFits } from '../pattern.ts'
import { Rte } from '../table/route.ts'
import { interfaceTrace } from './interface-trace.ts'
import { Protocol, type RunState } from './protocol.ts'

export class DirectProtocol extends Protocol {
  readonly kind = 'Direct'
  declare config: DirectConfig

  start(): RunState {
    return 'up'
  }

  override feedInterfaces(): void {
    for (const iface of this.core.interfaces.all) {
      this.onInterface({ kind: iface.up ? 'up' : 'created', iface })
      for (const address of iface.addresses) this.onInterface({ kind: 'address-added', iface, address })
    }
  }

  override onInterface(change: InterfaceChange): void {
    if (this.config.debug & DebugFlag.INTERFACES) interfaceTrace(this.core, this.name, change)
    if (this.hook === null) return
    if (change.kind === 'address-added') this.#add(change.iface, change.address)
    else if (change.kind === 'address-removed') this.#remove(change.iface, change.address)
    else if (change.kind === 'link' && this.config.checkLink) {
      for (const address of change.iface.addresses) {
        if (change.iface.linkUp) this.#add(change.iface, address)
        else this.#remove(change.iface, address)
      }
    }
  }

  #add(iface: Iface, address: IfaceAddress): void {
    if (address.secondary || !address.global || !this.#wants(iface, address)) return
    if (this.config.checkLink && !iface.linkUp) return
    const hook = this.hook
    if (hook === null) return
    const src = this.core.sources.get(this, iface.index)
    const route = Rte.of({
      net: address.prefix,
      hook,
      src,
      source: RouteSource.DEVICE,
      dest: RouteDest.DEVICE,
      ifname: iface.name,
      ifindex: iface.index,
      preference: this.config.preference,
    })
    this.table.update(hook, address.prefix, route, src)
  }

  #remove(iface: Iface, address: IfaceAddress): void {
    if (address.secondary || !address.global || !this.#wants(iface, address)) return
    if (this.hook === null) return
    this.table.update(this.hook, address.prefix, null, this.core.sources.find(this, iface.index))
  }

  #wants(iface: Iface, address: IfaceAddress): boolean {
    const patterns = this.config.interfaces
    return patterns === null || patternMatches(patterns, iface, address)
  }

  reconfigure(next: ProtocolConfig): boolean {
    return (
      next.kind === 'direct' &&
      next.checkLink === this.config.checkLink &&
      JSON.stringify(next.interfaces) === JSON.stringify(this.config.interfaces)
    )
  }
}

/** The first pattern that fits decides; none: not wanted. */
export function patternMatches(
  patterns: readonly InterfacePattern[],
  iface: Iface,
  address: IfaceAddress | null,
): boolean {
  for (const p of patterns) {
    if (p.name !== null && !patternFits(p.name, iface.name)) continue
    if (p.prefix !== null && !(address !== null && prefixHas(p.prefix, address.address))) continue
    return p.positive
  }
  return false
}
