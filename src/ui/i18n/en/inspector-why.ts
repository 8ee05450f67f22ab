// English of "why this route": the decisive rule of best-path selection as sentences (names of the rules are bird/table's).
export interface Decision {
  loser: string
  best: string
  bestValue: string
  loserValue: string
}
export type DecisionSentence = (d: Decision) => string

export const why = {
  title: 'Why this route',
  choose: 'Select a route to read why it was chosen.',
  only: (protocol: string, via: string) => `Only \`${protocol}\` offers it, ${via}.`,
  chosen: (protocol: string, count: number) => `There are ${count} paths to it; BIRD uses the one of \`${protocol}\`.`,
  nobody: 'No route that is left can be used.',
  resolves: (through: string) => `The next hop resolves through \`${through}\`.`,
  rejected: (protocol: string, reason: string) =>
    `The path from \`${protocol}\` was rejected when it arrived: ${reason}. BIRD keeps nothing of it; this row comes from the recording.`,
  kept: (protocol: string, reason: string) =>
    `The path from \`${protocol}\` was rejected when it arrived: ${reason}. \`import keep filtered\` keeps it in the table, where only \`show route filtered\` shows it; it takes no part in the choice.`,
  syncError: 'BIRD chose it, but the kernel refused it, so packets do not follow it.',
  stale:
    'It is stale: its session is restarting gracefully, and the route stays until the peer has sent it again or the timer ends.',
  attributes: 'Attributes',
  steps: {
    preference: (d) =>
      `\`${d.loser}\` loses: its preference is ${d.loserValue}, that of \`${d.best}\` is ${d.bestValue}.`,
    'protocol-kind': (d) =>
      `\`${d.loser}\` loses: at equal preference BIRD keeps one kind of protocol before the other.`,
    'not-suppressed': (d) => `\`${d.loser}\` loses: it is suppressed.`,
    resolvable: (d) => `\`${d.loser}\` loses: its next hop cannot be reached.`,
    'local-pref': (d) =>
      `\`${d.loser}\` loses: its local preference is ${d.loserValue}, that of \`${d.best}\` is ${d.bestValue}, and higher wins.`,
    'as-path-length': (d) =>
      `\`${d.loser}\` loses: its AS path has length ${d.loserValue}, that of \`${d.best}\` ${d.bestValue}, and shorter wins.`,
    origin: (d) => `\`${d.loser}\` loses: its origin is ${d.loserValue}, that of \`${d.best}\` is ${d.bestValue}.`,
    med: (d) =>
      `\`${d.loser}\` loses: its MED is ${d.loserValue}, that of \`${d.best}\` is ${d.bestValue}, and lower wins.`,
    external: (d) => `\`${d.loser}\` loses: it came over iBGP, that of \`${d.best}\` over eBGP.`,
    'igp-metric': (d) =>
      `\`${d.loser}\` loses: its next hop is at distance ${d.loserValue}, that of \`${d.best}\` at ${d.bestValue}.`,
    'router-id': (d) =>
      `\`${d.loser}\` loses: all else is equal and its router ID ${d.loserValue} is higher than ${d.bestValue}.`,
    'cluster-list-length': (d) =>
      `\`${d.loser}\` loses: it passed ${d.loserValue} reflectors, that of \`${d.best}\` passed ${d.bestValue}.`,
    'peer-address': (d) =>
      `\`${d.loser}\` loses: even the router ID is equal, and its peer address ${d.loserValue} is higher than ${d.bestValue}.`,
  } as Record<string, DecisionSentence>,
  noRule: (d: Decision) => `\`${d.loser}\` loses to \`${d.best}\`, which was there before: no rule tells them apart.`,
}
