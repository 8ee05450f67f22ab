// BGPConfiguration as confd reads it: the object `default` for the cluster, `node.NAME` for one node (reference 1.4).
import { asNumberOf } from '../datastore/as-number.ts'
import type { BGPConfiguration, BGPConfigurationSpec } from '../datastore/resources.ts'

export interface GlobalSettings {
  readonly asNumber: string
  readonly meshEnabled: boolean
  /** debug, info or none. */
  readonly logLevel: string
  readonly listenPort: number
  readonly bindNodeIP: boolean
  readonly spec: BGPConfigurationSpec
}
export interface NodeSettings {
  /** null: the global value. */
  readonly logLevel: string | null
  readonly listenPort: number
  readonly spec: BGPConfigurationSpec
}

/** Debug and Info have words of their own; every other severity turns BIRD's state lines off. */
function levelOf(severity: string | undefined): string | null {
  if (severity === undefined) return null
  return severity === 'Debug' ? 'debug' : severity === 'Info' ? 'info' : 'none'
}

export function globalSettings(configuration: BGPConfiguration | null): GlobalSettings {
  const spec = configuration?.spec ?? {}
  const as = spec.asNumber === undefined ? null : asNumberOf(spec.asNumber)
  return {
    asNumber: String(as ?? 64512),
    meshEnabled: spec.nodeToNodeMeshEnabled ?? true,
    logLevel: levelOf(spec.logSeverityScreen) ?? 'info',
    listenPort: spec.listenPort ?? 0,
    bindNodeIP: spec.bindMode === 'NodeIP',
    spec,
  }
}

export function nodeSettings(configurations: readonly BGPConfiguration[]): Map<string, NodeSettings> {
  const out = new Map<string, NodeSettings>()
  for (const { metadata, spec } of configurations) {
    if (!metadata.name.startsWith('node.')) continue
    const settings = { logLevel: levelOf(spec.logSeverityScreen), listenPort: spec.listenPort ?? 0, spec }
    out.set(metadata.name.slice('node.'.length), settings)
  }
  return out
}
