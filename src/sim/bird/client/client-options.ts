// The client's own command line (client/client.c, parse_args).

export interface ClientOptions {
  /** null: the one the client was built with. */
  readonly socket: string | null
  readonly verbose: boolean
  readonly restricted: boolean
  /** An option it does not know. */
  readonly unknown: string | null
  /** What goes to the daemon, quotes kept. */
  readonly command: string
}

/** A line that a shell would hand over as one word in quotes loses them. */
export function clientOptions(line: string): ClientOptions {
  let rest = line.trim()
  let socket: string | null = null
  let verbose = false
  let restricted = false
  for (;;) {
    const option = /^-(?:s\s*(\S+)|([vrl]+))(?:\s+|$)/.exec(rest)
    if (option === null) break
    socket = option[1] ?? socket
    verbose ||= option[2]?.includes('v') ?? false
    restricted ||= option[2]?.includes('r') ?? false
    rest = rest.slice(option[0].length)
  }
  const unknown = /^-([^\s])/.exec(rest)?.[1] ?? null
  return { socket, verbose, restricted, unknown, command: withoutOuterQuotes(rest) }
}

function withoutOuterQuotes(line: string): string {
  const single = /^'([^']*)'$/.exec(line)
  if (single !== null) return single[1] ?? ''
  const double = /^"([a-z]+(?: [^"]*)?)"$/.exec(line)
  return double?.[1] ?? line
}
