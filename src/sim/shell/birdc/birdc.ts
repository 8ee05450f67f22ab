// birdc and birdcl on one host: the greeting, then the answer of the daemon as it stands in the recording (bird-1.6.8.md 8).
// Calico's image has birdcl only; both names are taken, since they print the same lines.
import { showProtocols } from '../../bird/control/show-protocols.ts'
import { greeting, showStatus } from '../../bird/control/show-status.ts'
import type { DaemonStatus } from '../../bird/ports.ts'
import { wallClock } from '../clock.ts'
import { type ShellHost, targetOf } from '../host.ts'
import { type CommandResult, note, output, type ShellContext } from '../types.ts'
import { type BirdCommand, expandCommand } from './expand.ts'
import { showInterfaces } from './show-interfaces.ts'
import { showRouteCommand } from './show-route.ts'
import { isSymbol } from './tables.ts'
import { refusal, type WriteCommand } from './write.ts'

const CALICO_SOCKET = '/var/run/calico/bird.ctl'
const ROUTER_SOCKET = '/run/bird/bird.ctl'
const WRITES: readonly string[] = ['disable', 'enable', 'restart', 'reload', 'reload in', 'reload out']

interface Client {
  readonly context: ShellContext
  readonly host: ShellHost
  readonly status: DaemonStatus
}

/** `line`: everything behind the program's name. */
export function birdc(context: ShellContext, host: ShellHost, line: string): CommandResult {
  const options = clientOptions(line, socketOf(host))
  const status = context.recording.status(context.at, host.id)
  if (status === null || options.socket !== socketOf(host)) {
    const why = status === null && wasKilled(context, host) ? 'Connection refused' : 'No such file or directory'
    return output([`Unable to connect to server control socket (${options.socket}): ${why}`])
  }
  const hello = greeting(status.version)
  if (options.command === '') {
    return output([hello, note('an interactive session is not simulated; give the command on the same line.')])
  }
  const expansion = expandCommand(options.command)
  if (!expansion.ok) return output([hello, ...expansion.lines])
  const answer = run({ context, host, status }, expansion.command, expansion.rest)
  if (answer === null) {
    const command = `birdc ${expansion.command}${expansion.rest === '' ? '' : ` ${expansion.rest}`}`
    return { type: 'action', action: { at: context.at, action: 'exec', target: targetOf(host), command } }
  }
  return output([hello, ...answer])
}

/** null: the command changes something and nothing speaks against it. */
function run(client: Client, command: BirdCommand, rest: string): readonly string[] | null {
  const { context, host, status } = client
  const clock = wallClock(context.scenario.startEpochMs)
  if (WRITES.includes(command)) {
    return refusal(command as WriteCommand, rest, context.recording.protocols(context.at, host.id))
  }
  switch (command) {
    case 'show status':
      return rest === '' ? showStatus(status, context.at, clock) : ['syntax error']
    case 'show protocols':
    case 'show protocols all': {
      const target = rest === '' ? null : rest
      if (target !== null && !isSymbol(target) && !/^"[^"]*"$/.test(target)) return ['syntax error']
      const options = { all: command === 'show protocols all', target, now: context.at, clock }
      return showProtocols(context.recording.protocols(context.at, host.id), options)
    }
    case 'show route': {
      const answer = showRouteCommand(context, host, rest)
      return 'lines' in answer ? answer.lines : [missing(answer.missing)]
    }
    case 'show interfaces':
    case 'show interfaces summary':
      if (rest !== '') return ['syntax error']
      return showInterfaces(context.recording.interfaces(context.at, host.id), command.endsWith('summary'))
    case 'show roa':
      return ['No ROA table defined']
    case 'show bfd sessions':
      return ['There is no BFD protocol running']
    case 'help':
      return ['syntax error']
    case 'down':
    case 'configure':
    case 'configure soft':
    case 'configure check':
    case 'configure confirm':
    case 'configure undo':
      // Another file than the one in place is not simulated.
      return rest === '' ? null : rest.startsWith('"') ? [missing(`${command} FILE`)] : ['syntax error']
    case 'configure timeout':
    case 'configure soft timeout':
      return /^\d*$/.test(rest) ? null : ['syntax error']
    case 'quit':
    case 'exit':
      return []
    default:
      return [missing(command)]
  }
}

function missing(form: string): string {
  return note(`this version does not simulate "${form}".`)
}

function socketOf(host: ShellHost): string {
  return host.record.kind === 'node' ? CALICO_SOCKET : ROUTER_SOCKET
}

/** birdc's own options: -s SOCKET, -v, -r; the rest, quotes kept, is the command. */
function clientOptions(line: string, socket: string): { socket: string; command: string } {
  let rest = line.trim()
  let path = socket
  for (;;) {
    const option = /^-(?:s\s*(\S+)|[vr])(?:\s+|$)/.exec(rest)
    if (option === null) break
    path = option[1] ?? path
    rest = rest.slice(option[0].length)
  }
  const whole = /^'([^']*)'$/.exec(rest) ?? /^"(show [^"]*|reload [^"]*|(?:dis|en)able [^"]*)"$/.exec(rest)
  return { socket: path, command: whole?.[1] ?? rest }
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
