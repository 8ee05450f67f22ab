// What every host's own tools print at one time, for comparison with real daemons (docs/scenario-format.md, --json).
import { linkDownOf, type RouteJson, routesJson } from './kernel/format-route.ts'
import type { RecordingReader } from './recording/types.ts'
import { execute } from './shell/execute.ts'
import type { ShellContext } from './shell/types.ts'

export interface HostCapture {
  'show protocols': string
  'show route all': string
  /** As `ip -j route` prints it. */
  kernel: readonly RouteJson[]
}

/** By host; null: its BIRD is not running. Hosts without BIRD are absent. */
export function captureHosts(context: ShellContext): Record<string, HostCapture | null> {
  const { recording, at } = context
  const captures: Record<string, HostCapture | null> = {}
  recording.hosts.forEach((name, id) => {
    const host = recording.host(at, id)
    if (host === null || (host.bird === 'absent' && host.kind !== 'node')) return
    captures[name] = host.bird === 'running' ? captureHost(context, { name, id }) : null
  })
  return captures
}

function captureHost(context: ShellContext, host: { name: string; id: number }): HostCapture {
  const print = (command: string): string => {
    const result = execute(context, host.name, command)
    return result.type === 'output' ? result.text : ''
  }
  const { recording, at } = context
  return {
    'show protocols': print('birdcl show protocols'),
    'show route all': print('birdcl show route all'),
    kernel: routesJson(recording.fib(at, host.id), linkDownOf(recording.interfaces(at, host.id))),
  }
}

/** The last answer that a tool on `host` gave at exactly `at`; null when none did. */
export function replyAt(recording: RecordingReader, at: number, host: string): string | null {
  const id = recording.hostId(host)
  for (let index = recording.indexAfter(at) - 1; index >= 0; index--) {
    const item = recording.entryAt(index)
    if (item.at < at) return null
    if (item.entry.kind === 'command' && item.entry.host === id) return item.entry.record.reply
  }
  return null
}
