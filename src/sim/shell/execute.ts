// One command line, answered from the recording at one time. Commands that change something come back as an action.
import { birdc } from './birdc/birdc.ts'
import { hostNamed, hostsAt, type ShellHost } from './host.ts'
import { unknownCommand } from './tools/help.ts'
import { ip } from './tools/ip.ts'
import { type CommandResult, note, output, type ShellContext } from './types.ts'
import { splitLine } from './words.ts'

type HostTool = (
  context: ShellContext,
  host: ShellHost,
  line: { rest: string; words: readonly string[] },
) => CommandResult

/** Programs that run on a host. */
const ON_HOST: Readonly<Record<string, HostTool>> = {
  birdc: (context, host, { rest }) => birdc(context, host, rest),
  birdcl: (context, host, { rest }) => birdc(context, host, rest),
  ip: (context, host, { words }) => ip(context, host, words),
}

/** `host`: whose terminal it is; null: the administrator's own machine, where only kubectl and calicoctl run. */
export function execute(context: ShellContext, host: string | null, command: string): CommandResult {
  const words = splitLine(command)
  const start = words[0]?.text === 'sudo' ? 1 : 0
  const first = words[start]
  if (first === undefined) return output([])
  const args = words.slice(start + 1)
  const line = { rest: args[0] === undefined ? '' : command.slice(args[0].start), words: args.map((word) => word.text) }
  const tool = ON_HOST[first.text]
  if (tool === undefined) return unknownCommand(command)
  if (host === null) {
    const names = hostsAt(context).map(({ name }) => name)
    return output([note(`${first.text} runs on a host; open the terminal of one of ${names.join(', ')}.`)])
  }
  const found = hostNamed(context, host)
  if (found === null) return output([note(`there is no host "${host}" at this time.`)])
  if (!found.record.powered) return output([note(`${host} is powered off; nothing answers.`)])
  return tool(context, found, line)
}
