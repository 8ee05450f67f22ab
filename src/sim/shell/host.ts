// The host a command runs on, as the recording has it at the time.
import type { HostId, HostRecord } from '../recording/types.ts'
import type { Target } from '../scenario/types.ts'
import type { ShellContext } from './types.ts'

export interface ShellHost {
  readonly id: HostId
  readonly name: string
  readonly record: HostRecord
}

export function hostNamed(context: ShellContext, name: string): ShellHost | null {
  const id = context.recording.hostId(name)
  const record = id === null ? null : context.recording.host(context.at, id)
  return id === null || record === null ? null : { id, name, record }
}

/** Every host that exists at the time, in the recording's order. */
export function hostsAt(context: ShellContext): ShellHost[] {
  return context.recording.hosts.flatMap((name) => hostNamed(context, name) ?? [])
}

export function targetOf(host: ShellHost): Target {
  return { kind: host.record.kind === 'node' ? 'node' : 'host', name: host.name }
}
