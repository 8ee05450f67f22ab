// The headless program: `calicoscope COMMAND ...`. Formats and exit statuses are those of docs/scenario-format.md.
import { check } from './check.ts'
import { BAD_INPUT, DONE, type Io } from './io.ts'
import { lab } from './lab.ts'
import { open, url } from './link.ts'
import { pcap } from './pcap.ts'
import { render } from './render.ts'
import { run } from './run.ts'

const USAGE = `Usage: calicoscope COMMAND ...
  run FILE [--until T] [--at T]... [--exec "HOST: COMMAND"]... [--json OUT] [--hash]
        runs a scenario; prints command output, captures or the recording's hash
  render FILE --node N --out DIR [--env KEY=VALUE]...
        writes the six files that confd would write
  check FILE
        runs, and fails when an invariant or an expectation of the scenario does not hold
  lab FILE --out DIR [--until T]
        writes the bundle with which real daemons can repeat the run, up to T
  pcap FILE --out X.pcapng [--until T] [--interface HOST[/IFACE]]...
        writes BGP on the wire, with TCP around it: every segment once, or all that the interfaces see
  url FILE
        prints the link's fragment for a document
  open URL
        prints the document of a link, byte for byte
`
const COMMANDS: Readonly<Record<string, (argv: readonly string[], io: Io) => number>> = {
  run,
  render,
  check,
  url,
  open,
  lab,
  pcap,
}

export async function main(argv: readonly string[]): Promise<number> {
  const io: Io = {
    out: (text) => void process.stdout.write(text),
    err: (text) => void process.stderr.write(text),
  }
  return command(argv, io)
}

function command(argv: readonly string[], io: Io): number {
  const [name, ...rest] = argv
  if (name === undefined) {
    io.err(USAGE)
    return BAD_INPUT
  }
  if (name === '--help' || name === '-h' || name === 'help') {
    io.out(USAGE)
    return DONE
  }
  const chosen = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (chosen !== undefined) return chosen(rest, io)
  io.err(`calicoscope: unknown command '${name}'\n${USAGE}`)
  return BAD_INPUT
}
