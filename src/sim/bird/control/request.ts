// What a client may ask the daemon: the commands in the grammar of the configuration language, read with its lexer, so
// that words, names, expressions and messages are those of the files (CF_CLI in nest/config.Y, sysdep/unix/config.Y,
// proto/*/config.Y of BIRD 1.6.8).
import { readerOf } from '../config/expression.ts'
import { expectOneOf, parseDebugMask, parseMrtdumpMask, parseNumber, parsePrefix } from '../config/parse-values.ts'
import type { Reader } from '../config/reader.ts'
import { ConfigError } from '../config/source.ts'
import type { BirdConfig } from '../config/tree.ts'
import type { Term } from '../filter/ast.ts'
import { parseRouteRequest, type RouteRequest } from './route-request.ts'

/** A protocol's name, or a pattern; `all` is the pattern of everything. */
export interface ProtocolPattern {
  readonly text: string
  readonly pattern: boolean
}

export type SymbolClass = 'table' | 'filter' | 'function' | 'protocol' | 'template' | 'roa'

export type WriteCommand = 'disable' | 'enable' | 'restart' | 'reload' | 'reload in' | 'reload out'

/** `file`: another one than the daemon was started with. */
export interface ConfigureRequest {
  readonly what: 'configure' | 'soft' | 'check' | 'confirm' | 'undo'
  readonly file: string | null
  /** Seconds after which it is undone unless confirmed; null: never. */
  readonly timeout: number | null
}

export type Request =
  | { readonly command: 'show status' | 'show memory' | 'down' | 'restrict' | 'echo' | 'dump' }
  | { readonly command: 'show protocols'; readonly all: boolean; readonly target: ProtocolPattern | null }
  | { readonly command: 'show interfaces'; readonly summary: boolean }
  | { readonly command: 'show route'; readonly query: RouteRequest }
  | { readonly command: 'show symbols'; readonly only: SymbolClass | null; readonly name: string | null }
  /** Details of one protocol of a kind: `show static`, `show bfd sessions`, ... */
  | { readonly command: 'show one'; readonly kind: string; readonly name: string | null }
  | { readonly command: 'eval'; readonly term: Term }
  | { readonly command: WriteCommand; readonly target: ProtocolPattern; readonly message: string | null }
  | { readonly command: 'debug'; readonly target: ProtocolPattern; readonly mask: number }
  | { readonly command: 'mrtdump'; readonly target: ProtocolPattern }
  | ({ readonly command: 'configure' } & ConfigureRequest)

export type ParsedRequest = { ok: true; request: Request } | { ok: false; message: string }

/** `configure timeout` without a number. */
export const UNDO_TIMEOUT = 300

/** `text`: the command with its words in full. */
export function parseRequest(config: BirdConfig, text: string): ParsedRequest {
  const reader = readerOf(config, text)
  try {
    const request = parse(reader)
    reader.takeKind('end')
    return { ok: true, request }
  } catch (thrown) {
    if (thrown instanceof ConfigError) return { ok: false, message: thrown.problem.message }
    throw thrown
  }
}

const WRITES = { disable: 'disable', enable: 'enable', restart: 'restart' } as const

function parse(reader: Reader): Request {
  const word = reader.word()
  if (word in WRITES) {
    reader.take()
    const target = parsePattern(reader)
    const message = reader.kind === 'text' ? reader.takeText() : null
    return { command: word as keyof typeof WRITES, target, message }
  }
  reader.take()
  switch (word) {
    case 'show':
      return parseShow(reader)
    case 'reload': {
      const command = reader.accept('in') ? 'reload in' : reader.accept('out') ? 'reload out' : 'reload'
      return { command, target: parsePattern(reader), message: null }
    }
    case 'debug':
      return { command: 'debug', target: parsePattern(reader), mask: parseDebugMask(reader) }
    case 'mrtdump':
      return parseMrtdump(reader)
    case 'echo':
      return parseEcho(reader)
    case 'eval':
      return { command: 'eval', term: reader.term() }
    case 'configure':
      return { command: 'configure', ...parseConfigure(reader) }
    case 'dump':
      reader.take()
      return { command: 'dump' }
    case 'down':
    case 'restrict':
      return { command: word }
    case 'add':
    case 'delete':
      reader.expect('roa')
      parseRoaItem(reader)
      throw noRoa(reader)
    case 'flush':
      reader.expect('roa')
      throw noRoa(reader)
    default:
      throw reader.fail('syntax error')
  }
}

function noRoa(reader: Reader): ConfigError {
  return reader.fail('No ROA table defined')
}

function parseShow(reader: Reader): Request {
  if (reader.accept('status')) return { command: 'show status' }
  if (reader.accept('memory')) return { command: 'show memory' }
  if (reader.accept('route')) return { command: 'show route', query: parseRouteRequest(reader) }
  if (reader.accept('interfaces')) return { command: 'show interfaces', summary: reader.accept('summary') }
  if (reader.accept('symbols')) return parseSymbols(reader)
  if (reader.accept('static')) return { command: 'show one', kind: 'Static', name: optionalName(reader) }
  if (reader.accept('roa')) throw noRoa(reader)
  if (reader.accept('bfd')) {
    reader.expect('sessions')
    return { command: 'show one', kind: 'BFD', name: optionalName(reader) }
  }
  if (reader.at('ospf') || reader.at('rip')) return parseOther(reader)
  reader.expect('protocols')
  const all = reader.accept('all')
  const target = reader.kind === 'symbol' || reader.kind === 'text' ? parsePattern(reader) : null
  return { command: 'show protocols', all, target }
}

/** Of protocols that the model does not have, none runs. */
function parseOther(reader: Reader): Request {
  const kind = reader.word()
  reader.take()
  if (kind === 'rip') takeWord(reader, ['interfaces', 'neighbors'])
  else if (takeWord(reader, ['neighbors', 'interface', 'topology', 'state', 'lsadb'])) reader.accept('all')
  const name = optionalName(reader)
  if (reader.kind === 'text') reader.take()
  return { command: 'show one', kind: kind.toUpperCase(), name }
}

/** One of these if it is ahead; some are keywords, some are not. */
function takeWord(reader: Reader, words: readonly string[]): boolean {
  if (reader.kind !== 'word' && reader.kind !== 'symbol') return false
  if (!words.includes(reader.lexer.text)) return false
  reader.take()
  return true
}

function optionalName(reader: Reader): string | null {
  return reader.kind === 'symbol' ? reader.takeSymbol() : null
}

export function parsePattern(reader: Reader): ProtocolPattern {
  if (reader.accept('all')) return { text: '*', pattern: true }
  if (reader.kind === 'text') return { text: reader.takeText(), pattern: true }
  return { text: reader.takeSymbol(), pattern: false }
}

const CLASSES: readonly SymbolClass[] = ['table', 'filter', 'function', 'protocol', 'template', 'roa']

/** Words may follow each other; the last of each kind counts, and a name counts more than a class. */
function parseSymbols(reader: Reader): Request {
  let only: SymbolClass | null = null
  let name: string | null = null
  for (;;) {
    const word = CLASSES.find((each) => reader.at(each))
    if (word !== undefined) {
      reader.take()
      only = word
    } else if (reader.kind === 'symbol') name = reader.takeSymbol()
    else return { command: 'show symbols', only, name }
  }
}

function parseMrtdump(reader: Reader): Request {
  const target = parsePattern(reader)
  parseMrtdumpMask(reader)
  return { command: 'mrtdump', target }
}

const ECHO = ['debug', 'trace', 'info', 'remote', 'warning', 'error', 'auth', 'fatal', 'bug']
const SMALLEST_BUFFER = 256
const LARGEST_BUFFER = 65_536

function parseEcho(reader: Reader): Request {
  if (!reader.accept('all') && !reader.accept('off')) {
    reader.expect('{')
    do expectOneOf(reader, ECHO)
    while (reader.accept(','))
    reader.expect('}')
  }
  if (reader.kind === 'number' || reader.kind === 'symbol' || reader.at('(')) {
    const size = parseNumber(reader)
    if (size < SMALLEST_BUFFER || size > LARGEST_BUFFER) throw reader.fail('Invalid log buffer size')
  }
  return { command: 'echo' }
}

function parseConfigure(reader: Reader): ConfigureRequest {
  if (reader.accept('confirm')) return { what: 'confirm', file: null, timeout: null }
  if (reader.accept('undo')) return { what: 'undo', file: null, timeout: null }
  const what = reader.accept('soft') ? 'soft' : reader.accept('check') ? 'check' : 'configure'
  const file = reader.kind === 'text' ? reader.takeText() : null
  const timeout = what !== 'check' && reader.accept('timeout') ? parseTimeout(reader) : null
  return { what, file, timeout }
}

function parseTimeout(reader: Reader): number {
  return reader.kind === 'number' || reader.kind === 'symbol' || reader.at('(') ? parseNumber(reader) : UNDO_TIMEOUT
}

function parseRoaItem(reader: Reader): void {
  parsePrefix(reader)
  if (reader.accept('max')) parseNumber(reader)
  reader.expect('as')
  parseNumber(reader)
}
