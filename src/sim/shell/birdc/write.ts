// birdc's commands that change protocols: what leaves everything as it is gets its answer here, the rest becomes an
// action whose reply the run itself records (nest/proto.c, proto_cmd_*).
import type { ProtocolPattern, WriteCommand } from '../../bird/control/request.ts'
import { chosenProtocols, type NamedProtocol, noneChosen } from '../../bird/control/show-protocols.ts'

const STATIC_KINDS = new Set(['Static', 'Direct', 'Device'])

/** Lines to print when nothing changes; null: it is an action. */
export function unchangedReply(
  command: WriteCommand,
  target: ProtocolPattern,
  protocols: readonly NamedProtocol[],
): string[] | null {
  const chosen = chosenProtocols(protocols, target)
  if (chosen.length === 0) return [noneChosen(target)]
  const lines = chosen.map((protocol) => unchanged(command, protocol))
  return lines.every((line) => line !== null) ? lines.filter((line) => line !== '') : null
}

/** The line for a protocol that stays as it is ('' prints none); null: it changes. */
function unchanged(command: WriteCommand, { name, snapshot }: NamedProtocol): string | null {
  if (command === 'enable') return snapshot.disabled ? null : `${name}: already enabled`
  if (snapshot.disabled) return `${name}: already disabled`
  if (!command.startsWith('reload')) return null
  if (snapshot.state !== 'up' && snapshot.state !== 'feed') return ''
  return STATIC_KINDS.has(snapshot.kind) && command !== 'reload out' ? `${name}: reload failed` : null
}
