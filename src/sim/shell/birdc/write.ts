// birdc's commands that change protocols: what BIRD would refuse is answered here, the rest becomes an action whose
// reply the run itself records (nest/proto.c, proto_cmd_*).
import { globMatches, type NamedProtocol } from '../../bird/control/show-protocols.ts'
import { isSymbol } from './tables.ts'

export type WriteCommand = 'disable' | 'enable' | 'restart' | 'reload' | 'reload in' | 'reload out'

const STATIC_KINDS = new Set(['Static', 'Direct', 'Device'])

/** Lines to print when nothing changes; null: it is an action. */
export function refusal(command: WriteCommand, rest: string, protocols: readonly NamedProtocol[]): string[] | null {
  const match = /^("[^"]*"|\S+)(?:\s+"([^"]*)")?$/.exec(rest)
  const pattern = match?.[1]
  if (pattern === undefined) return ['syntax error']
  const text = match?.[2]
  if (text !== undefined && command.startsWith('reload')) return ['syntax error']
  const quoted = pattern.startsWith('"')
  if (!quoted && !isSymbol(pattern)) return ['syntax error']
  const chosen = protocols.filter(({ name }) =>
    quoted ? globMatches(pattern.slice(1, -1), name) : pattern === 'all' || name === pattern,
  )
  if (chosen.length === 0) return [quoted || pattern === 'all' ? 'No protocols match' : `${pattern} is not a protocol`]
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
