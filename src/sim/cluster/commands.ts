// Commands of the timeline that change something on a host, and what they print: birdc and ip. Reading commands belong
// to the shell, which answers them from the recording; here they do nothing.
import { clientOptions } from '../bird/client/client-options.ts'
import { expandCommand } from '../bird/client/expand.ts'
import { withCodes } from '../bird/client/reply-codes.ts'
import { type ProtocolPattern, parseRequest, type Request } from '../bird/control/request.ts'
import type { BirdDaemon } from '../bird/daemon.ts'
import type { Machine } from '../node/machine.ts'
import { type CommandResult, ipCommand } from './ip-command.ts'

export interface CommandContext {
  readonly machine: Machine
  /** Path that birdc names when nobody listens there. */
  readonly controlSocket: string
  /** Re-reads the configuration that stands on the disk. */
  readonly files: ReadonlyMap<string, string>
}

export function runCommand(context: CommandContext, command: string): CommandResult | null {
  const bird = /^\s*birdcl?(?:\s+(.*))?$/.exec(command)
  if (bird !== null) return birdCommand(context, bird[1] ?? '')
  const [tool, ...rest] = splitWords(command)
  if (tool === 'ip') return ipCommand(context.machine.kernel, rest)
  return null
}

/** Words as a shell splits them; quotes keep blanks together and stay away from the word. */
function splitWords(command: string): string[] {
  const words: string[] = []
  const pattern = /"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g
  for (const match of command.matchAll(pattern)) words.push(match[1] ?? match[2] ?? match[3] ?? '')
  return words
}

/** `line`: everything behind the program's name. */
function birdCommand(context: CommandContext, line: string): CommandResult | null {
  const options = clientOptions(line)
  if (options.unknown !== null || options.restricted) return null
  const { machine } = context
  const expansion = expandCommand(options.command, machine.daemon?.version.startsWith('v') ? 'calico' : 'debian')
  if (expansion.ok && READING.test(expansion.command)) return null
  const { daemon } = machine
  if (daemon === null) {
    return { reply: `Unable to connect to server control socket (${context.controlSocket}): Connection refused` }
  }
  if (!expansion.ok || daemon.config === null) return { reply: expansion.ok ? '' : expansion.lines.join('\n') }
  const text = `${expansion.command} ${expansion.rest}`.trim()
  const parsed = parseRequest(daemon.config, text)
  const lines = parsed.ok ? act(context, daemon, parsed.request) : [parsed.message]
  machine.settle()
  return { reply: (options.verbose ? withCodes(text, lines, !parsed.ok) : lines).join('\n') }
}

const READING = /^(show|help|echo|eval|dump|mrtdump|restrict|quit|exit)\b/

const patternText = ({ text, pattern }: ProtocolPattern): string => (pattern ? `"${text}"` : text)

function act(context: CommandContext, daemon: BirdDaemon, request: Request): readonly string[] {
  const { now } = context.machine
  switch (request.command) {
    case 'configure': {
      const { what, file, timeout } = request
      return daemon.reconfigure(now, context.files, what, { file, timeout })
    }
    case 'down':
      daemon.terminate(now)
      return ['Shutdown requested']
    case 'debug':
      return daemon.debug(now, patternText(request.target), request.mask)
    case 'reload':
    case 'reload in':
    case 'reload out':
    case 'disable':
    case 'enable':
    case 'restart':
      return daemon.command(now, request.command, patternText(request.target), request.message)
    default:
      return []
  }
}
