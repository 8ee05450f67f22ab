// Which route limits of a protocol have been hit: the daemon says so in its log when it happens, and forgets when the
// protocol starts anew or its routes are reloaded.
import type { ProtocolExtras } from '../../bird/control/show-protocols.ts'
import type { LimitDirection } from '../../bird/table/announce.ts'
import type { RecordedDaemon } from './daemon.ts'

const NONE: ReadonlySet<LimitDirection> = new Set()

export function extrasOf(daemon: RecordedDaemon, name: string): ProtocolExtras {
  const config = daemon.protocolConfig(name)
  const limited = config !== null && (config.importLimit ?? config.receiveLimit ?? config.exportLimit) !== null
  return { config, limitsHit: limited ? limitsHit(daemon, name) : NONE }
}

function limitsHit(daemon: RecordedDaemon, name: string): ReadonlySet<LimitDirection> {
  const { recording, at } = daemon.context
  const hit = new Set<LimitDirection>()
  const fresh = [`Enabling protocol ${name}`, `Restarting protocol ${name}`, `Adding protocol ${name}`]
  const head = `Protocol ${name} hits route `
  for (const entry of recording.log(at, daemon.host.id)) {
    if (fresh.includes(entry.line) || entry.line === 'Started') hit.clear()
    else if (entry.line === `Reloading protocol ${name}`) hit.delete('import')
    else if (entry.line.startsWith(head)) hit.add(entry.line.slice(head.length).split(' ')[0] as LimitDirection)
  }
  return hit
}
