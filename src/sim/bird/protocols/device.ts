// The device protocol (sysdep/unix/krt.c, kif): scans interfaces. Netlink tells of changes at once, so here its 2 s
// scan only sets the rhythm in which the idle loop turns.

import type { DeviceConfig, ProtocolConfig } from '../config/tree.ts'
import { DebugFlag } from '../config/tree.ts'
import type { Core } from '../core.ts'
import { ScanTimer } from '../loop.ts'
import { Protocol, type RunState } from './protocol.ts'

export class DeviceProtocol extends Protocol {
  readonly kind = 'Device'
  declare config: DeviceConfig
  readonly #scan: ScanTimer

  constructor(core: Core, config: DeviceConfig) {
    super(core, config)
    this.#scan = new ScanTimer(
      config.scanTime,
      () => false,
      () => this.trace(DebugFlag.EVENTS, 'Scanning interfaces'),
    )
  }

  start(): RunState {
    this.core.watchInterfaces(true)
    this.core.loop.startScan(this.#scan, this.config.scanTime)
    return 'up'
  }

  override shutdown(): RunState {
    this.core.loop.stopScan(this.#scan)
    return 'down'
  }

  override cleanup(): void {
    this.core.watchInterfaces(false)
  }

  reconfigure(next: ProtocolConfig): boolean {
    if (next.kind !== 'device') return false
    if (next.scanTime !== this.config.scanTime) {
      this.#scan.period = next.scanTime
      this.core.loop.startScan(this.#scan, next.scanTime)
    }
    return true
  }
}
