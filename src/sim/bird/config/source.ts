// The files being read, innermost last, and where in each the lexer stands (struct include_file_stack of BIRD 1.6.8).
import { decodeUtf8, encodeUtf8 } from '../../bgp/utf8.ts'
import { globMatches } from './glob.ts'
import type { ConfigProblem } from './tree.ts'

/** Ends the parse; BIRD stops at the first error, so there is always exactly one problem. */
export class ConfigError {
  readonly problem: ConfigProblem
  constructor(problem: ConfigProblem) {
    this.problem = problem
  }
}

const MAX_DEPTH = 8

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 127) return false
  return true
}

function toUtf8(text: string): string {
  return Array.from(encodeUtf8(text), (byte) => String.fromCharCode(byte)).join('')
}

export function fromUtf8(text: string): string {
  return decodeUtf8(Uint8Array.from(text, (char) => char.charCodeAt(0)))
}

export class SourceFile {
  position = 0
  line = 1
  /** Characters of the current line consumed so far. */
  consumed = 0
  /** Column of the lexeme read last. */
  column = 0
  /** Nothing read yet: an include may stand here. */
  bof = true
  readonly file: string
  /** BIRD counts bytes: a text that is more than ASCII stands here as one character for each byte of its UTF-8. */
  readonly text: string
  readonly ascii: boolean
  constructor(file: string, text: string) {
    this.file = file
    this.ascii = isAscii(text)
    this.text = this.ascii ? text : toUtf8(text)
  }

  /** What stands between two positions, as text again. */
  decoded(start: number, end: number): string {
    const text = this.text.slice(start, end)
    return this.ascii ? text : fromUtf8(text)
  }

  lexeme(length: number): void {
    this.position += length
    this.column = this.consumed + 1
    this.consumed += length
  }

  /** Passes over text known to end in a lexeme of one character. */
  pass(text: string): void {
    const lastLine = text.lastIndexOf('\n')
    this.position += text.length
    if (lastLine < 0) this.consumed += text.length
    else {
      for (let at = lastLine; at >= 0; at = at === 0 ? -1 : text.lastIndexOf('\n', at - 1)) this.line++
      this.consumed = text.length - lastLine - 1
    }
    this.column = this.consumed
  }

  newLine(): void {
    this.position++
    this.line++
    this.consumed = 0
    this.column = 0
  }
}

export class SourceStack {
  current: SourceFile
  private readonly stack: SourceFile[] = []
  /** Files of a glob that wait for their turn, by depth. */
  private readonly files: ReadonlyMap<string, string>

  constructor(files: ReadonlyMap<string, string>, mainFile: string) {
    this.files = files
    this.current = new SourceFile(mainFile, files.get(mainFile) ?? '')
    this.stack.push(this.current)
  }

  /** Back to the including file; false at the end of the main one. */
  leave(): boolean {
    if (this.stack.length === 1) return false
    this.stack.pop()
    this.current = this.stack[this.stack.length - 1]!
    return true
  }

  /** Puts the named files on top; the message when they cannot be read. */
  include(argument: string): string | null {
    if (this.stack.length >= MAX_DEPTH) return 'Max include depth reached'
    const slash = this.current.file.lastIndexOf('/')
    const directory = slash < 0 ? '.' : slash === 0 ? '/' : this.current.file.slice(0, slash)
    const pattern = argument.startsWith('/') ? argument : `${directory}/${argument}`
    if (/[?*[]/.test(argument)) return this.glob(pattern)
    const text = this.read(pattern)
    if (text === undefined) return `Unable to open included file ${pattern}: No such file or directory`
    this.enter(pattern, text)
    return null
  }

  private glob(pattern: string): null {
    const names: string[] = []
    for (const name of this.files.keys()) {
      const shown = pattern.startsWith('./') && !name.startsWith('./') ? `./${name}` : name
      if (globMatches(pattern, shown)) names.push(shown)
    }
    names.sort().reverse()
    for (const name of names) this.enter(name, this.read(name) ?? '')
    return null
  }

  private read(name: string): string | undefined {
    return this.files.get(name) ?? (name.startsWith('./') ? this.files.get(name.slice(2)) : undefined)
  }

  private enter(name: string, text: string): void {
    this.current = new SourceFile(name, text)
    this.stack.push(this.current)
  }
}
