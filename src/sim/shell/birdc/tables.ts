// Names that a birdc command may use on one host.
import type { ShellHost } from '../host.ts'
import type { ShellContext } from '../types.ts'

/** Routing tables: master and whatever protocols are connected to. */
export function birdTables(context: ShellContext, host: ShellHost): string[] {
  const names = context.recording.protocols(context.at, host.id).map(({ snapshot }) => snapshot.table)
  return [...new Set(['master', ...names])]
}

/** Whether the daemon's lexer takes it for a symbol. */
export function isSymbol(text: string): boolean {
  return /^[A-Za-z_][A-Za-z_0-9]*$/.test(text) || /^'[-A-Za-z_0-9.:]*'$/.test(text)
}
