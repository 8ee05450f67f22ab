// The daemon a client talks to, as the recording has it: its state, its protocols, and the configuration it runs.
import { parseBirdConfig } from '../../bird/config/parser.ts'
import type { BirdConfig, ProtocolConfig } from '../../bird/config/tree.ts'
import type { WallClock } from '../../bird/control/clock.ts'
import type { RecordedProtocol } from '../../bird/explain-export.ts'
import type { DaemonStatus } from '../../bird/ports.ts'
import type { KernelInterface } from '../../kernel/types.ts'
import type { Ip } from '../../net/address.ts'
import { prefixHas, prefixOf } from '../../net/prefix.ts'
import { wallClock } from '../clock.ts'
import type { ShellHost } from '../host.ts'
import { configFolder } from '../tools/files.ts'
import type { ShellContext } from '../types.ts'

export class RecordedDaemon {
  readonly context: ShellContext
  readonly host: ShellHost
  readonly status: DaemonStatus
  readonly clock: WallClock
  #config: BirdConfig | null = null

  constructor(context: ShellContext, host: ShellHost, status: DaemonStatus) {
    this.context = context
    this.host = host
    this.status = status
    this.clock = wallClock(context.scenario.startEpochMs)
  }

  get now(): number {
    return this.context.at
  }

  get calico(): boolean {
    return this.status.version.startsWith('v')
  }

  get config(): BirdConfig {
    this.#config ??= this.#readConfig()
    return this.#config
  }

  #readConfig(): BirdConfig {
    const { file, readAt } = this.status.configuration
    const files = this.context.recording.files(readAt, this.host.id)
    const parsed = parseBirdConfig(files, file, { calico: this.calico })
    if (parsed.ok) return parsed.config
    // What runs was read without a problem; files that are not recorded leave the names that every configuration has.
    const bare = parseBirdConfig(new Map([[file, 'protocol device {}']]), file, { calico: this.calico })
    if (!bare.ok) throw new Error('an empty configuration is a configuration')
    return bare.config
  }

  get mainFile(): string {
    return this.host.record.kind === 'node' ? 'bird.cfg' : 'bird.conf'
  }

  get folder(): string {
    return configFolder(this.host)
  }

  get protocols() {
    return this.context.recording.protocols(this.now, this.host.id)
  }

  /** As BIRD knows them: none unless a device protocol runs. */
  get interfaces(): readonly KernelInterface[] {
    if (!this.protocols.some(({ snapshot }) => snapshot.kind === 'Device' && snapshot.state === 'up')) return []
    return this.context.recording.interfaces(this.now, this.host.id)
  }

  protocolConfig(name: string): ProtocolConfig | null {
    return this.config.protocols.find((each) => each.name === name) ?? null
  }

  protocol(name: string): RecordedProtocol | null {
    const config = this.protocolConfig(name)
    const snapshot = this.context.recording.protocol(this.now, this.host.id, name)
    return config === null || snapshot === null ? null : { config, snapshot }
  }

  /** The interface on whose network an address lies and that is up; null: none, or it is our own. */
  connectedInterface(address: Ip): string | null {
    for (const iface of this.interfaces) {
      if (!iface.up || !iface.carrier) continue
      for (const own of iface.addresses) {
        if (own.address === address) return null
        if (own.prefixLength < 32 && prefixHas(prefixOf(own.address, own.prefixLength), address)) return iface.name
      }
    }
    return null
  }

  interfaceIndex(name: string): number | null {
    return this.interfaces.find((iface) => iface.name === name)?.index ?? null
  }
}
