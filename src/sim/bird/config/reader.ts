// One token of look-ahead over the lexer, read only when somebody asks: messages name the position of the token read
// last, so reading one too early or too late would move them. Also the symbols, by scope (conf/conf.c, cf-lex.l).
import type { FilterSymbol, Term } from '../filter/ast.ts'
import type { Filter, Variable } from '../filter/filter.ts'
import type { Value } from '../filter/value.ts'
import { Lexer, type LexerOptions, type TokenKind } from './lexer.ts'
import type { ConfigError } from './source.ts'

/** What bison's stack would hold at most; deeper text is refused with its words. */
const MAX_NESTING = 500

export interface SourceText {
  files: ReadonlyMap<string, string>
  mainFile: string
  /** The rule for terms, lent so that sets and terms can contain each other. */
  term: (reader: Reader) => Term
}

export class Reader {
  readonly lexer: Lexer
  readonly globals: Map<string, FilterSymbol>
  private locals: Map<string, Variable> | null = null
  private loaded = false
  private nesting = 0
  /** Filters written in place so far, for recognising their repetition. */
  readonly repeated: { text: string; filter: Filter }[] = []
  private readonly termRule: SourceText['term']

  constructor(source: SourceText, options: LexerOptions, globals: Map<string, FilterSymbol>) {
    this.lexer = new Lexer(source.files, source.mainFile, options)
    this.globals = globals
    this.termRule = source.term
  }

  /** The token ahead. */
  get kind(): TokenKind {
    if (!this.loaded) this.load()
    return this.lexer.kind
  }

  /** Line of the token read last. */
  get line(): number {
    return this.lexer.line
  }

  private load(): void {
    this.lexer.next()
    this.loaded = true
  }

  /** Makes sure the token ahead has been read, as bison does before it decides. */
  look(): void {
    if (!this.loaded) this.load()
  }

  /** Whether this keyword or punctuation is ahead. */
  at(word: string): boolean {
    if (!this.loaded) this.load()
    return this.lexer.kind === 'word' && this.lexer.text === word
  }

  /** The keyword or punctuation ahead, or the empty string. */
  word(): string {
    return this.kind === 'word' ? this.lexer.text : ''
  }

  /** Takes it if it is ahead. */
  accept(word: string): boolean {
    if (!this.at(word)) return false
    this.loaded = false
    return true
  }

  expect(word: string): void {
    if (!this.accept(word)) throw this.syntaxError()
  }

  /** Takes whatever is ahead. */
  take(): void {
    this.look()
    this.loaded = false
  }

  takeKind(kind: TokenKind): void {
    if (this.kind !== kind) throw this.syntaxError()
    this.loaded = false
  }

  takeNumber(): number {
    this.takeKind('number')
    return this.lexer.value
  }

  takeText(): string {
    this.takeKind('text')
    return this.lexer.text
  }

  takeSymbol(): string {
    this.takeKind('symbol')
    return this.lexer.text
  }

  fail(message: string): ConfigError {
    return this.lexer.error(message)
  }

  syntaxError(): ConfigError {
    this.look()
    return this.lexer.error('syntax error')
  }

  /** Refuses what the daemon knows and the model lacks, by name. */
  unsupported(what: string): ConfigError {
    return this.lexer.error(`\`${what}\` is known to BIRD but not simulated`)
  }

  /** With the opening brace ahead: passes over `text` if that is what follows it. */
  passBraces(text: string): boolean {
    const { place } = this.lexer
    if (!this.at('{') || !place.text.startsWith(text, place.position)) return false
    place.pass(text)
    this.loaded = false
    return true
  }

  /** Runs a rule one level deeper. */
  nested<T>(rule: () => T): T {
    if (++this.nesting > MAX_NESTING) throw this.fail('memory exhausted')
    const result = rule()
    this.nesting--
    return result
  }

  /** Reads an expression. */
  term(): Term {
    return this.termRule(this)
  }

  find(name: string): FilterSymbol | undefined {
    return this.locals?.get(name) ?? this.globals.get(name)
  }

  constant(name: string): Value | null {
    const symbol = this.find(name)
    return symbol?.kind === 'constant' ? symbol.value : null
  }

  defineGlobal(name: string, symbol: FilterSymbol): void {
    if (this.globals.has(name)) throw this.fail('Symbol already defined')
    this.globals.set(name, symbol)
  }

  /** Opens the scope of a filter or function. */
  pushScope(): void {
    this.locals = new Map()
  }

  popScope(): void {
    this.locals = null
  }

  /** The locals of a filter written in place belong to no scope of their own but to the whole file, as in BIRD. */
  defineLocal(variable: Variable): void {
    if (this.locals === null) {
      this.defineGlobal(variable.name, variable)
      return
    }
    if (this.locals.has(variable.name)) throw this.fail('Symbol already defined')
    this.locals.set(variable.name, variable)
  }
}
