// Cuts the text of a configuration into tokens, following included files, and remembers the position the way BIRD does
// (conf/cf-lex.l): an error is reported at the start of the lexeme read last, be it a token, blanks or a comment.
import { formatIp6, parseIp6 } from './ip6.ts'
import { DEBIAN_KEYWORDS, type EnumConstant, RESERVED } from './keywords.ts'
import { ConfigError, fromUtf8, type SourceFile, SourceStack } from './source.ts'

/** `word`: a keyword or punctuation, in `text`. `rtrid`: a dotted quad in an IPv6 daemon. */
export type TokenKind = 'word' | 'symbol' | 'number' | 'ip' | 'rtrid' | 'text' | 'enum' | 'end'

export interface LexerOptions {
  family: 4 | 6
  /** Know what Calico's fork adds. */
  calico: boolean
}

const BLANK = 1
const DIGIT = 2
const ALPHA = 4
const HEX = 8
const PUNCT = 16
const CLASS = new Uint8Array(128)
for (const char of ' \t') CLASS[char.charCodeAt(0)] = BLANK
for (let code = 48; code <= 57; code++) CLASS[code] = DIGIT | HEX
for (let code = 65; code <= 90; code++) CLASS[code] = CLASS[code + 32] = ALPHA | (code <= 70 ? HEX : 0)
CLASS[95] = ALPHA
for (const char of '={}:;,.()+*/%<>~[]?!|-') CLASS[char.charCodeAt(0)] = PUNCT

const SINGLE = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code))
const MAX_SYMBOL = 64
const IP6 = /(?:[0-9a-fA-F]*::|(?:[0-9a-fA-F]*:){3,})(?:[0-9a-fA-F]*:)*[0-9a-fA-F]*(?:\.\d+\.\d+\.\d+)?/y
const DOTTED = /\d+\.\d+\.\d+\.\d+/y
const QUOTED = /'[A-Za-z0-9_.:-]*'/y
const ELSE_COLON = /else[ \t]*:/y
const PAIRS: ReadonlyMap<number, string> = new Map(
  ['!=', '!~', '<=', '>=', '..', '[=', '=]', '&&', '||'].map((pair) => [
    pairCode(pair.charCodeAt(0), pair.charCodeAt(1)),
    pair,
  ]),
)

function pairCode(first: number, second: number): number {
  return first * 65536 + second
}

function classOf(code: number): number {
  return code < 128 ? CLASS[code]! : 0
}

/** Four numbers up to 255, leading zeros allowed; -1 when one is too large. */
function parseDotted(text: string): number {
  let value = 0
  let part = 0
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48
    if (digit >= 0) {
      part = part * 10 + digit
      if (part > 255) return -1
    } else {
      value = value * 256 + part
      part = 0
    }
  }
  return value * 256 + part
}

export class Lexer {
  /** The token read last. */
  kind: TokenKind = 'end'
  /** Keyword, punctuation, symbol name or string. */
  text = ''
  /** Number, IPv4 address, or minus the index of an IPv6 literal. */
  value = 0
  enumConstant: EnumConstant | null = null
  readonly ip6Literals: string[] = []
  private openComment = false
  private readonly source: SourceStack
  private readonly options: LexerOptions

  constructor(files: ReadonlyMap<string, string>, mainFile: string, options: LexerOptions) {
    this.source = new SourceStack(files, mainFile)
    this.options = options
  }

  get file(): string {
    return this.source.current.file
  }

  get line(): number {
    return this.source.current.line
  }

  /** The file being read, at the end of the token read last. */
  get place(): SourceFile {
    return this.source.current
  }

  error(message: string): ConfigError {
    const { file, line, column } = this.source.current
    return new ConfigError({ file, line, column: Math.max(column, 0), message })
  }

  /** Reads the next token into the fields above. */
  next(): void {
    for (;;) {
      const at = this.source.current
      if (at.position >= at.text.length) {
        if (this.source.leave()) {
          // A comment without a line end goes on behind the include statement.
          if (this.openComment) this.lineComment()
          continue
        }
        at.line = 1
        if (at.text === '') at.column = 1
        this.kind = 'end'
        return
      }
      const code = at.text.charCodeAt(at.position)
      if (code === 10) {
        at.newLine()
        if (this.includes()) continue
      } else if (at.position === 0 && at.bof) {
        at.bof = false
        this.includes()
      } else if (classOf(code) === BLANK) this.blanks()
      else if (code === 35) this.lineComment()
      else if (code === 47 && at.text.charCodeAt(at.position + 1) === 42) this.blockComment()
      else {
        this.token(code)
        return
      }
    }
  }

  /** At the start of a line: an include statement, which is one lexeme. */
  private includes(): boolean {
    const at = this.source.current
    let start = at.position
    while (classOf(at.text.charCodeAt(start)) === BLANK) start++
    if (at.text.charCodeAt(start) !== 105 || !at.text.startsWith('include', start)) return false
    const end = at.text.indexOf('\n', start)
    const line = at.text.slice(at.position, end < 0 ? at.text.length : end)
    const match = /^[ \t]*include[ \t]*"(.*)"[ \t]*;/.exec(line)
    if (match === null) return false
    at.lexeme(match[0].length)
    const argument = at.ascii ? match[1]!.split('"')[0]! : fromUtf8(match[1]!.split('"')[0]!)
    if (argument === '') throw this.error('Include with empty argument')
    const problem = this.source.include(argument)
    if (problem !== null) throw this.error(problem)
    return true
  }

  private blanks(): void {
    const at = this.source.current
    let end = at.position + 1
    while (end < at.text.length && classOf(at.text.charCodeAt(end)) === BLANK) end++
    at.lexeme(end - at.position)
  }

  private lineComment(): void {
    const at = this.source.current
    const end = at.text.indexOf('\n', at.position)
    const stop = end < 0 ? at.text.length : end
    at.lexeme(stop - at.position)
    this.openComment = end < 0
    if (end < 0) at.column = at.consumed
  }

  private blockComment(): void {
    const at = this.source.current
    at.lexeme(2)
    for (;;) {
      if (at.position >= at.text.length) throw this.error('Unterminated comment')
      const code = at.text.charCodeAt(at.position)
      const following = at.text.charCodeAt(at.position + 1)
      if (code === 10) at.newLine()
      else if (code === 42 && following === 47) {
        at.lexeme(2)
        return
      } else if (code === 47 && following === 42) {
        at.lexeme(2)
        throw this.error('Comment nesting not supported')
      } else at.lexeme(1)
    }
  }

  private token(code: number): void {
    const kind = classOf(code)
    if ((kind & HEX) !== 0 || code === 58) {
      if (this.ip6(code)) return
    }
    if ((kind & DIGIT) !== 0) this.number()
    else if ((kind & ALPHA) !== 0) this.word()
    else if (code === 34) this.string()
    else if (code === 39) this.quoted()
    else this.punctuation(code, kind)
  }

  private ip6(code: number): boolean {
    const at = this.source.current
    let end = at.position
    if (code !== 58) while (end < at.text.length && (classOf(at.text.charCodeAt(end)) & HEX) !== 0) end++
    if (at.text.charCodeAt(end) !== 58) return false
    IP6.lastIndex = at.position
    const match = IP6.exec(at.text)
    if (match === null) return false
    at.lexeme(match[0].length)
    if (this.options.family === 4) {
      throw this.error('This is an IPv4 router, therefore IPv6 addresses are not supported')
    }
    const address = parseIp6(match[0])
    if (address === null) throw this.error(`Invalid IPv6 address ${match[0]}`)
    this.kind = 'ip'
    this.value = this.literal6(formatIp6(address))
    return true
  }

  /** The negative number that stands for an IPv6 address or prefix. */
  literal6(text: string): number {
    const known = this.ip6Literals.indexOf(text)
    return known >= 0 ? -known - 1 : -this.ip6Literals.push(text)
  }

  private number(): void {
    const at = this.source.current
    const { text, position } = at
    let end = position
    const hex = text.charCodeAt(position) === 48 && text.charCodeAt(position + 1) === 120
    if (hex && (classOf(text.charCodeAt(position + 2)) & HEX) !== 0) {
      end = position + 2
      while (end < text.length && (classOf(text.charCodeAt(end)) & HEX) !== 0) end++
      this.finishNumber(end, Number.parseInt(text.slice(position + 2, end), 16))
      return
    }
    let value = 0
    for (; end < text.length; end++) {
      const digit = text.charCodeAt(end) - 48
      if (digit < 0 || digit > 9) break
      value = value * 10 + digit
    }
    if (text.charCodeAt(end) === 46 && (classOf(text.charCodeAt(end + 1)) & DIGIT) !== 0 && this.dotted()) return
    this.finishNumber(end, value)
  }

  private finishNumber(end: number, value: number): void {
    const at = this.source.current
    at.lexeme(end - at.position)
    if (value > 0xffffffff) throw this.error('Number out of range')
    this.kind = 'number'
    this.value = value
  }

  private dotted(): boolean {
    const at = this.source.current
    DOTTED.lastIndex = at.position
    const match = DOTTED.exec(at.text)
    if (match === null) return false
    at.lexeme(match[0].length)
    const value = parseDotted(match[0])
    if (value < 0) throw this.error(`Invalid IPv4 address ${match[0]}`)
    this.kind = this.options.family === 4 ? 'ip' : 'rtrid'
    this.value = value
    return true
  }

  private word(): void {
    const at = this.source.current
    let end = at.position + 1
    while (end < at.text.length && (classOf(at.text.charCodeAt(end)) & (ALPHA | DIGIT)) !== 0) end++
    const word = at.text.slice(at.position, end)
    if (word === 'else') {
      ELSE_COLON.lastIndex = at.position
      const match = ELSE_COLON.exec(at.text)
      if (match !== null) {
        at.lexeme(match[0].length)
        this.kind = 'word'
        this.text = 'else:'
        return
      }
    }
    at.lexeme(end - at.position)
    this.symbol(word)
  }

  private quoted(): void {
    const at = this.source.current
    QUOTED.lastIndex = at.position
    const match = QUOTED.exec(at.text)
    at.lexeme(match === null ? 1 : match[0].length)
    if (match === null) throw this.error('Unknown character')
    this.symbol(match[0].slice(1, -1))
  }

  private symbol(name: string): void {
    if (name.length > MAX_SYMBOL) throw this.error('Symbol too long')
    const known = RESERVED.get(name)
    if (typeof known === 'string' && (this.options.calico || name !== 'krt_tunnel')) {
      this.kind = 'word'
      this.text = known
    } else if (typeof known === 'object') {
      this.kind = 'enum'
      this.enumConstant = known
    } else {
      this.kind = !this.options.calico && DEBIAN_KEYWORDS.has(name) ? 'word' : 'symbol'
      this.text = name
    }
  }

  private string(): void {
    const at = this.source.current
    let end = at.position + 1
    for (; end < at.text.length; end++) {
      const code = at.text.charCodeAt(end)
      if (code === 34) {
        this.kind = 'text'
        this.text = at.decoded(at.position + 1, end)
        at.lexeme(end + 1 - at.position)
        return
      }
      if (code === 10) break
    }
    const whole = end < at.text.length
    at.lexeme(1)
    throw this.error(whole ? 'Unterminated string' : 'Unknown character')
  }

  private punctuation(code: number, kind: number): void {
    const at = this.source.current
    this.kind = 'word'
    const pair = PAIRS.get(pairCode(code, at.text.charCodeAt(at.position + 1)))
    if (pair !== undefined) {
      at.lexeme(2)
      this.text = pair
      return
    }
    at.lexeme(1)
    if (kind !== PUNCT) throw this.error('Unknown character')
    this.text = SINGLE[code]!
  }
}
