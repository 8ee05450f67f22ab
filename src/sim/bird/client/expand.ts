// The client's side of birdc (client/commands.c): words of the command may be shortened as long as they stay unique;
// what follows the known words goes to the daemon as it is.
import { COMMANDS, DEBIAN_COMMANDS, HEADINGS, helpLine } from './command-table.ts'

/** Which daemon the client was built with. */
export type ClientBuild = 'calico' | 'debian'

interface Node {
  readonly word: string
  /** The command that ends here. */
  command: string | null
  /** Help of that command. */
  line: string | null
  /** How the word shows among others. */
  heading: string | null
  readonly next: Node[]
}

const node = (word: string): Node => ({ word, command: null, line: null, heading: null, next: [] })

function treeOf(rows: typeof COMMANDS): Node {
  const root = node('')
  for (const each of rows) {
    const at = reach(root, each.words, true)!
    at.command = each.words
    at.line = helpLine(each)
  }
  for (const each of HEADINGS) {
    const at = reach(root, each.words, false)
    if (at !== null) at.heading = helpLine(each)
  }
  sort(root)
  return root
}

function reach(root: Node, words: string, make: boolean): Node | null {
  let at = root
  for (const word of words.split(' ')) {
    let child = at.next.find((each) => each.word === word)
    if (child === undefined) {
      if (!make) return null
      child = node(word)
      at.next.push(child)
    }
    at = child
  }
  return at
}

function sort(at: Node): void {
  at.next.sort((a, b) => (a.word < b.word ? -1 : 1))
  for (const child of at.next) sort(child)
}

const ROOTS: Readonly<Record<ClientBuild, Node>> = {
  calico: treeOf(COMMANDS),
  debian: treeOf([...COMMANDS, ...DEBIAN_COMMANDS]),
}

export type Expansion = { ok: true; command: string; rest: string } | { ok: false; lines: readonly string[] }

const UNKNOWN = "No such command. Press `?' for help."
const AMBIGUOUS = 'Ambiguous command, possible expansions are:'

export function expandCommand(line: string, build: ClientBuild = 'calico'): Expansion {
  const { at, end, ambiguous } = walk(ROOTS[build], line)
  if (ambiguous !== null) return { ok: false, lines: [AMBIGUOUS, ...ambiguous] }
  if (at.command === null) return { ok: false, lines: [UNKNOWN] }
  return { ok: true, command: at.command, rest: line.slice(end).trim() }
}

/** What `?` behind the words shows in an interactive session. */
export function helpFor(line: string, build: ClientBuild = 'calico'): readonly string[] {
  const { at, ambiguous } = walk(ROOTS[build], line)
  if (ambiguous !== null) return ambiguous
  return [...(at.line === null ? [] : [at.line]), ...at.next.map(inList)]
}

/** Words that may follow `words`, for completion. */
export function nextWords(words: readonly string[], build: ClientBuild = 'calico'): readonly string[] {
  let at = ROOTS[build]
  for (const word of words) {
    const found = find(at, word)
    if (found === null || found === 'ambiguous') return []
    at = found
  }
  return at.next.map((child) => child.word)
}

/** As far as the words are known; `ambiguous`: the lines of those that fit. */
function walk(root: Node, line: string): { at: Node; end: number; ambiguous: readonly string[] | null } {
  let at = root
  let end = 0
  for (const { 0: word, index } of line.matchAll(/\S+/g)) {
    const found = find(at, word)
    if (found === 'ambiguous') {
      const fits = at.next.filter((child) => child.word.startsWith(word))
      return { at, end, ambiguous: fits.map(inList) }
    }
    if (found === null) break
    at = found
    end = index + word.length
  }
  return { at, end, ambiguous: null }
}

function inList(child: Node): string {
  return child.heading ?? child.line ?? child.word
}

/** `roa` and `rip` rank lower, so that `sh ro` means route; two of a rank met before a higher one still clash. */
function find(at: Node, word: string): Node | 'ambiguous' | null {
  let best: Node | null = null
  let clash = false
  for (const child of at.next) {
    if (child.word === word) return child
    if (!child.word.startsWith(word)) continue
    if (best !== null && rank(best) > rank(child)) continue
    if (best !== null && rank(best) === rank(child)) clash = true
    best = child
  }
  return clash ? 'ambiguous' : best
}

function rank(child: Node): number {
  return child.word === 'roa' || child.word === 'rip' ? 0 : 1
}
