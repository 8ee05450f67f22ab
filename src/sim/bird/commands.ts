// birdc commands that change protocols, with the lines birdc prints (nest/proto.c, proto_cmd_*).
import type { WriteCommand } from './control/request.ts'
import type { Lifecycle } from './lifecycle.ts'
import { patternFits } from './pattern.ts'
import type { Protocol } from './protocols/protocol.ts'

/** `pattern`: a name, `all`, or a pattern in quotes. */
export function runCommand(
  lifecycle: Lifecycle,
  command: WriteCommand,
  pattern: string,
  message: string | null,
): string[] {
  const chosen = chosenBy(lifecycle, pattern)
  return typeof chosen === 'string' ? [chosen] : chosen.flatMap((p) => one(lifecycle, command, p, message))
}

/** `debug`: what the protocols log from now on. */
export function setDebug(lifecycle: Lifecycle, pattern: string, mask: number): string[] {
  const chosen = chosenBy(lifecycle, pattern)
  if (typeof chosen === 'string') return [chosen]
  for (const p of chosen) {
    p.config = { ...p.config, debug: mask } as typeof p.config
    if (p.hook === null) continue
    p.hook.exportClass = p.exportClass(p.hook.outFilter)
    p.table.announcer.regroup(p.hook)
  }
  return []
}

/** The protocols, or the line that says there are none. */
function chosenBy(lifecycle: Lifecycle, pattern: string): readonly Protocol[] | string {
  const quoted = /^"(.*)"$/.exec(pattern)
  const glob = pattern === 'all' ? '*' : (quoted?.[1] ?? null)
  const chosen = lifecycle.protocols.filter((p) => (glob === null ? p.name === pattern : patternFits(glob, p.name)))
  if (chosen.length > 0) return chosen
  return glob === null ? `${pattern} is not a protocol` : 'No protocols match'
}

function one(lifecycle: Lifecycle, command: WriteCommand, p: Protocol, message: string | null): string[] {
  switch (command) {
    case 'disable':
      return disable(lifecycle, p, message)
    case 'enable':
      return enable(lifecycle, p, message)
    case 'restart':
      return restart(lifecycle, p, message)
    default:
      return reload(lifecycle, p, command)
  }
}

function disable(lifecycle: Lifecycle, p: Protocol, message: string | null): string[] {
  if (p.disabled) return [`${p.name}: already disabled`]
  lifecycle.core.log(`Disabling protocol ${p.name}`)
  p.disabled = true
  p.downCode = 'cmd-disable'
  p.message = message
  lifecycle.rethink(p)
  p.changed()
  return [`${p.name}: disabled`]
}

function enable(lifecycle: Lifecycle, p: Protocol, message: string | null): string[] {
  if (!p.disabled) return [`${p.name}: already enabled`]
  lifecycle.core.log(`Enabling protocol ${p.name}`)
  p.disabled = false
  p.message = message
  lifecycle.rethink(p)
  p.changed()
  return [`${p.name}: enabled`]
}

function restart(lifecycle: Lifecycle, p: Protocol, message: string | null): string[] {
  if (p.disabled) return [`${p.name}: already disabled`]
  lifecycle.core.log(`Restarting protocol ${p.name}`)
  p.message = message
  lifecycle.bounce(p, 'cmd-restart')
  return [`${p.name}: restarted`]
}

function reload(lifecycle: Lifecycle, p: Protocol, command: 'reload' | 'reload in' | 'reload out'): string[] {
  if (p.disabled) return [`${p.name}: already disabled`]
  if (p.runState !== 'up') return []
  lifecycle.core.log(`Reloading protocol ${p.name}`)
  if (command !== 'reload out') {
    if (!p.reloadRoutes()) return [`${p.name}: reload failed`]
    if (p.hook?.importLimit != null) p.hook.importLimit.state = 'initial'
  }
  if (command !== 'reload in') p.requestFeed()
  return [`${p.name}: reloading`]
}
