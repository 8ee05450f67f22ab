// birdc as it stays at its prompt (client/client.c, client/birdc.c): `?`, `help`, `quit` and `exit` are the client's own,
// everything else goes to the daemon. Asked of the real client on a terminal.
import { expandCommand, helpFor } from '../../bird/client/expand.ts'
import { asksForHelp } from '../../bird/client/help-key.ts'
import { withCodes } from '../../bird/client/reply-codes.ts'
import { hostNamed, type ShellHost, targetOf } from '../host.ts'
import { type CommandResult, output, type Session, type ShellContext } from '../types.ts'
import { answer } from './answer.ts'
import { RecordedDaemon } from './daemon.ts'

const CLOSED = 'Connection closed by server\n'

/** One line typed at the prompt. */
export function birdcLine(context: ShellContext, session: Session, line: string): CommandResult {
  const host = hostNamed(context, session.host)
  const status = host === null ? null : context.recording.status(context.at, host.id)
  if (host === null || status === null || status.bootedAt !== session.bootedAt) {
    return { type: 'output', text: CLOSED, session: null }
  }
  const daemon = new RecordedDaemon(context, host, status)
  const build = daemon.calico ? 'calico' : 'debian'
  if (asksForHelp(line)) return output(helpFor(line, build))
  if (line.trim() === '') return output([])
  const expansion = expandCommand(line, build)
  if (!expansion.ok) return output(expansion.lines)
  const { command, rest } = expansion
  if (command === 'quit' || command === 'exit') return { type: 'output', text: '', session: null }
  if (command === 'help') return output(["Press `?' for context sensitive help."])
  const reply = daemonReply(daemon, host, { text: rest === '' ? command : `${command} ${rest}`, ...session })
  if (command === 'restrict' && reply.type === 'output') return { ...reply, session: { ...session, restricted: true } }
  return command === 'down' && reply.type === 'action' ? { ...reply, ends: CLOSED } : reply
}

/** What the daemon answers to a command in full, or the action that it is. */
export function daemonReply(
  daemon: RecordedDaemon,
  host: ShellHost,
  asked: { text: string; verbose: boolean; restricted: boolean },
): CommandResult {
  const { text, verbose, restricted } = asked
  const reply = answer(daemon, text, restricted)
  if (reply.kind === 'lines') return output(verbose ? withCodes(text, reply.lines, reply.refused) : reply.lines)
  const command = `birdc ${verbose ? '-v ' : ''}${text}`
  return { type: 'action', action: { at: daemon.now, action: 'exec', target: targetOf(host), command } }
}
