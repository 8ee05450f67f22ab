// birdc and birdcl on one host: the greeting, then the answer of the daemon as it stands in the recording (bird-1.6.8.md 8).
// Calico's image has birdcl only; both names are taken, since they print the same lines.

import { clientOptions } from '../../bird/client/client-options.ts'
import { expandCommand, helpFor } from '../../bird/client/expand.ts'
import { asksForHelp } from '../../bird/client/help-key.ts'
import { greeting } from '../../bird/control/show-status.ts'
import type { ShellHost } from '../host.ts'
import { type CommandResult, note, output, type ShellContext, textOf } from '../types.ts'
import { RecordedDaemon } from './daemon.ts'
import { daemonReply } from './session.ts'

const USAGE = 'Usage: birdc [-s <control-socket>] [-v] [-r] [-l]'
const CALICO_SOCKET = '/var/run/calico/bird.ctl'
const ROUTER_SOCKET = '/run/bird/bird.ctl'

/** `line`: everything behind the program's name. */
export function birdc(context: ShellContext, host: ShellHost, line: string): CommandResult {
  const options = clientOptions(line)
  if (options.unknown !== null) return output([`birdc: invalid option -- '${options.unknown}'`, USAGE])
  const socket = options.socket ?? socketOf(host)
  const status = context.recording.status(context.at, host.id)
  if (status === null || socket !== socketOf(host)) {
    const why = status === null && wasKilled(context, host) ? 'Connection refused' : 'No such file or directory'
    return output([`Unable to connect to server control socket (${socket}): ${why}`])
  }
  const daemon = new RecordedDaemon(context, host, status)
  const { verbose, restricted, command } = options
  const hello = [
    ...withHead(verbose, '0001', greeting(status.version)),
    ...(restricted ? withHead(verbose, '0016', 'Access restricted') : []),
  ]
  if (command === '') {
    const session = { program: 'birdc', host: host.name, bootedAt: status.bootedAt, verbose, restricted } as const
    return { type: 'output', text: textOf(hello), session }
  }
  const build = daemon.calico ? 'calico' : 'debian'
  const expansion = expandCommand(command, build)
  const help = asksForHelp(command) ? inSession(helpFor(command, build)) : []
  if (!expansion.ok) return output([...hello, ...expansion.lines, ...help])
  const text = expansion.rest === '' ? expansion.command : `${expansion.command} ${expansion.rest}`
  const reply = daemonReply(daemon, host, { text, verbose, restricted })
  if (reply.type !== 'output') return reply
  return { type: 'output', text: textOf(hello) + reply.text + textOf(help) }
}

function withHead(verbose: boolean, code: string, text: string): string[] {
  return [verbose ? `${code} ${text}` : text]
}

/** `?` is a key of the interactive session; on the command line it means nothing to birdc. */
function inSession(lines: readonly string[]): string[] {
  return [note('in an interactive session, ? shows:'), ...lines.map((line) => `# ${line}`)]
}

function socketOf(host: ShellHost): string {
  return host.record.kind === 'node' ? CALICO_SOCKET : ROUTER_SOCKET
}

/** A killed daemon leaves its socket file behind; one that ended in order takes it away. */
function wasKilled({ recording, at }: ShellContext, host: ShellHost): boolean {
  for (let index = recording.indexAfter(at) - 1; index >= 0; index--) {
    const { entry } = recording.entryAt(index)
    if (entry.kind === 'event' && entry.host === host.id && entry.event.code === 'bird-stopped') {
      return entry.event.how === 'killed'
    }
  }
  return false
}
