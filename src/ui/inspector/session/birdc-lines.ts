// `Name:   value` lines of `birdc show protocols all`, in order.
export function factsOf(lines: readonly string[]): Map<string, string> {
  const facts = new Map<string, string>()
  for (const line of lines.slice(1)) {
    const match = /^\s+([A-Z][\w ]*?):\s+(\S.*?)\s*$/.exec(line)
    if (match?.[1] && match[2]) facts.set(match[1], match[2])
  }
  return facts
}

/** What the two ends are compared by; birdc's own names. */
export const COMPARED = [
  'Neighbor address',
  'Neighbor AS',
  'Neighbor ID',
  'Source address',
  'Neighbor caps',
  'Session',
  'Input filter',
  'Output filter',
  'GR recovery',
  'Last error',
] as const
