// The client's side of birdc (client/commands.c): words of the command may be shortened as long as they stay unique;
// what follows the known words goes to the daemon as it is.

/** Commands of BIRD 1.6.8, word by word (nest/config.Y, sysdep/unix, proto/*). */
const COMMANDS = [
  'show status',
  'show memory',
  'show protocols',
  'show protocols all',
  'show interfaces',
  'show interfaces summary',
  'show route',
  'show roa',
  'show symbols',
  'show static',
  'show bfd sessions',
  'show rip interfaces',
  'show rip neighbors',
  'show babel interfaces',
  'show babel neighbors',
  'show babel entries',
  'show ospf',
  'show ospf neighbors',
  'show ospf interface',
  'show ospf topology',
  'show ospf topology all',
  'show ospf state',
  'show ospf state all',
  'show ospf lsadb',
  'dump resources',
  'dump sockets',
  'dump events',
  'dump interfaces',
  'dump neighbors',
  'dump attributes',
  'dump routes',
  'dump protocols',
  'eval',
  'echo',
  'disable',
  'enable',
  'restart',
  'reload',
  'reload in',
  'reload out',
  'debug',
  'mrtdump',
  'restrict',
  'configure',
  'configure soft',
  'configure check',
  'configure timeout',
  'configure soft timeout',
  'configure confirm',
  'configure undo',
  'add roa',
  'delete roa',
  'flush roa',
  'down',
  'help',
  'quit',
  'exit',
] as const

export type BirdCommand = (typeof COMMANDS)[number]

/** Rank lower, so that `sh ro` means route. */
const LOW = new Set(['roa', 'rip'])

interface Node {
  command: BirdCommand | null
  readonly next: Map<string, Node>
}

const ROOT: Node = { command: null, next: new Map() }
for (const command of COMMANDS) {
  let node = ROOT
  for (const word of command.split(' ')) {
    const known: Node = node.next.get(word) ?? { command: null, next: new Map() }
    node.next.set(word, known)
    node = known
  }
  node.command = command
}

/** `ospf` is compiled in but knows no `show ospf` without a protocol in Calico's build. */
ROOT.next.get('show')!.next.get('ospf')!.command = null

export type Expansion = { ok: true; command: BirdCommand; rest: string } | { ok: false; lines: readonly string[] }

export function expandCommand(line: string): Expansion {
  let node = ROOT
  let at = 0
  for (;;) {
    const start = at + (line.slice(at).match(/^\s*/)?.[0].length ?? 0)
    const word = line.slice(start).match(/^\S+/)?.[0]
    if (word === undefined) break
    const found = find(node, word)
    if (found === null) break
    if (Array.isArray(found)) return ambiguous(found)
    node = found
    at = start + word.length
  }
  if (node.command === null) return { ok: false, lines: ["No such command. Press `?' for help."] }
  return { ok: true, command: node.command, rest: line.slice(at).trim() }
}

/** Words that may follow `line`, for completion. */
export function nextWords(words: readonly string[]): readonly string[] {
  let node: Node = ROOT
  for (const word of words) {
    const found = find(node, word)
    if (found === null || Array.isArray(found)) return []
    node = found
  }
  return [...node.next.keys()]
}

/** The node; several names when it is ambiguous; null when nothing fits. */
function find(node: Node, word: string): Node | string[] | null {
  const exact = node.next.get(word)
  if (exact !== undefined) return exact
  const fits = [...node.next.keys()].filter((name) => name.startsWith(word))
  const ranked = fits.some((name) => !LOW.has(name)) ? fits.filter((name) => !LOW.has(name)) : fits
  if (ranked.length > 1) return fits
  return ranked[0] === undefined ? null : (node.next.get(ranked[0]) ?? null)
}

function ambiguous(names: readonly string[]): Expansion {
  return { ok: false, lines: ['Ambiguous command, possible expansions are:', ...names] }
}
