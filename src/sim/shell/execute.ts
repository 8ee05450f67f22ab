// One command line, answered from the recording at one time. Commands that change something come back as an action.
import { birdc } from './birdc/birdc.ts'
import { birdcLine } from './birdc/session.ts'
import { hostNamed, hostsAt, type ShellHost, targetOf } from './host.ts'
import { calicoctl } from './tools/calicoctl.ts'
import { cat, ls } from './tools/files.ts'
import { help, unknownCommand } from './tools/help.ts'
import { ip } from './tools/ip.ts'
import { journalctl } from './tools/journal.ts'
import { kubectl } from './tools/kubectl.ts'
import { ping } from './tools/ping.ts'
import { tcpdump } from './tools/tcpdump.ts'
import { type CommandResult, note, output, type Session, type ShellContext } from './types.ts'
import { splitLine } from './words.ts'

interface Line {
  /** Everything behind the program's name, as typed. */
  readonly rest: string
  readonly words: readonly string[]
}

type HostTool = (context: ShellContext, host: ShellHost, line: Line) => CommandResult
type AnyTool = (context: ShellContext, host: ShellHost | null, words: readonly string[]) => CommandResult

/** Programs that run on a host. */
const ON_HOST: Readonly<Record<string, HostTool>> = {
  birdc: (context, host, { rest }) => birdc(context, host, rest),
  birdcl: (context, host, { rest }) => birdc(context, host, rest),
  ip: (context, host, { words }) => ip(context, host, words),
  ping: (context, host, { words }) => ping(context, `host/${host.name}`, words),
  tcpdump: (context, host, { words }) => tcpdump(context, host, words),
  journalctl: (context, host, { words }) => journalctl(context, host, words),
  ls: (context, host, { words }) => ls(context, host, words),
  cat: (context, host, { words }) => cat(context, host, words),
  poweroff: (context, host) => ({
    type: 'action',
    action: { at: context.at, action: 'power-off', target: targetOf(host) },
  }),
}

/** Programs that talk to the API server, from anywhere. */
const ANYWHERE: Readonly<Record<string, AnyTool>> = {
  kubectl,
  calicoctl,
  help: () => help(),
  clear: () => ({ type: 'clear' }),
}

export const PROGRAMS: readonly string[] = [...Object.keys(ON_HOST), ...Object.keys(ANYWHERE)].sort()

/**
 * `host`: whose terminal it is; null: the administrator's own machine, where only kubectl and calicoctl run. `session`: the
 * program that stands in the terminal and gets the line.
 */
export function execute(
  context: ShellContext,
  host: string | null,
  command: string,
  session: Session | null = null,
): CommandResult {
  if (session !== null) return birdcLine(context, session, command)
  const words = splitLine(command)
  const start = words[0]?.text === 'sudo' ? 1 : 0
  const first = words[start]
  if (first === undefined) return output([])
  const args = words.slice(start + 1)
  const line = { rest: args[0] === undefined ? '' : command.slice(args[0].start), words: args.map((word) => word.text) }
  const found = host === null ? null : hostNamed(context, host)
  const anywhere = Object.hasOwn(ANYWHERE, first.text) ? ANYWHERE[first.text] : undefined
  if (anywhere !== undefined) return anywhere(context, found, line.words)
  const tool = Object.hasOwn(ON_HOST, first.text) ? ON_HOST[first.text] : undefined
  if (tool === undefined) return unknownCommand(command)
  if (host === null) {
    const names = hostsAt(context).map(({ name }) => name)
    return output([note(`${first.text} runs on a host; open the terminal of one of ${names.join(', ')}.`)])
  }
  if (found === null) return output([note(`there is no host "${host}" at this time.`)])
  if (!found.record.powered) return output([note(`${host} is powered off; nothing answers.`)])
  return tool(context, found, line)
}
