// What every protocol has: its name and template, table, preference, debug, filters and limits (proto_item of
// nest/config.Y, BIRD 1.6.8).
import type { Body, Command } from '../filter/ast.ts'
import { LazyBody } from '../filter/body.ts'
import type { Filter } from '../filter/filter.ts'
import { parseBody } from '../filter/parse-command.ts'
import { parseTerm } from '../filter/parse-term.ts'
import {
  expectWords,
  parseDebugMask,
  parseId,
  parseMrtdumpMask,
  parseNumber,
  parseOneOf,
  parseSwitch,
  parseText,
} from './parse-values.ts'
import type { Reader } from './reader.ts'
import type { CommonProtocolConfig, LimitAction, ProtocolKindWord, RouteLimit } from './tree.ts'

const PREFERENCES: Readonly<Record<ProtocolKindWord, number>> = {
  kernel: 10,
  device: 240,
  direct: 240,
  static: 200,
  bgp: 100,
  pipe: 70,
}

/** What a declaration says before its braces. */
export type DeclaredProtocol = Pick<CommonProtocolConfig, 'name' | 'autoName' | 'file' | 'line'>

export function newCommon(kind: ProtocolKindWord, debug: number, declared: DeclaredProtocol): CommonProtocolConfig {
  return {
    ...declared,
    table: 'master',
    preference: PREFERENCES[kind],
    disabled: false,
    debug,
    importFilter: 'all',
    exportFilter: 'none',
    importLimit: null,
    receiveLimit: null,
    exportLimit: null,
    importKeepFiltered: false,
    description: null,
    routerId: null,
  }
}

const ACTIONS: Readonly<Record<string, LimitAction>> = {
  warn: 'warn',
  block: 'block',
  restart: 'restart',
  disable: 'disable',
}

function parseLimit(reader: Reader): RouteLimit | null {
  if (reader.accept('off')) return null
  const limit = parseNumber(reader)
  return { limit, action: reader.accept('action') ? parseOneOf(reader, ACTIONS) : 'disable' }
}

/** `filter NAME`, `filter { .. }`, `where ..`, `all` or `none`. */
function parseFilterChoice(reader: Reader): Filter {
  if (reader.accept('all')) return 'all'
  if (reader.accept('none')) return 'none'
  if (reader.accept('where')) return whereFilter(reader)
  reader.expect('filter')
  return parseFilter(reader)
}

export function parseFilter(reader: Reader): Filter {
  if (reader.kind !== 'symbol') return parseFilterInPlace(reader)
  const symbol = reader.find(reader.takeSymbol())
  if (symbol?.kind !== 'filter') throw reader.fail('No such filter.')
  return symbol.filter
}

const REMEMBERED = 8

/** Calico repeats the same few lines in every session; equal text is read, and later compiled, only once. */
function parseFilterInPlace(reader: Reader): Filter {
  for (const { text, filter } of reader.repeated) if (reader.passBraces(text)) return filter
  const { place } = reader.lexer
  const start = place.position
  const parsed = parseBody(reader, [])
  const filter: Filter = { name: null, body: new LazyBody(parsed) }
  const repeatable = place === reader.lexer.place && place.text[start - 1] === '{' && saysTheSameAnywhere(parsed)
  if (repeatable && reader.repeated.length < REMEMBERED) {
    reader.repeated.push({ text: place.text.slice(start, place.position), filter })
  }
  return filter
}

/** Nothing in it can fail and report its line, and it declares no names. */
function saysTheSameAnywhere(body: Body): boolean {
  return body.locals.length === 0 && body.commands.every(neverFails)
}

function neverFails(command: Command): boolean {
  if (command.op === 'verdict') return command.terms.length === 0
  if (command.op !== 'call') return false
  const { args, callee } = command.call
  return args.every((arg, i) => arg.op === 'constant' && arg.value.type === callee.parameters[i]!.type)
}

/** `where term` is short for: if the term holds then accept, else reject. */
export function whereFilter(reader: Reader): Filter {
  const test = parseTerm(reader)
  reader.look()
  const { line } = reader
  const verdict = (word: 'accept' | 'reject') => ({ op: 'verdict' as const, verdict: word, terms: [] })
  const decide = { op: 'if' as const, test, body: [verdict('accept')], else: null, line }
  return { name: null, body: new LazyBody({ parameters: [], locals: [], commands: [decide, verdict('reject')] }) }
}

export function parseTable(reader: Reader, message: string): string {
  const name = reader.takeSymbol()
  if (reader.find(name)?.kind !== 'table') throw reader.fail(message)
  return name
}

/** Reads one item if it is one of these; the closing semicolon stays. */
export function parseCommonItem(reader: Reader, config: CommonProtocolConfig): boolean {
  switch (reader.word()) {
    case ';':
      return true
    case 'preference':
      reader.take()
      config.preference = parseNumber(reader)
      if (config.preference > 0xffff) throw reader.fail('Invalid preference')
      return true
    case 'disabled':
      reader.take()
      config.disabled = parseSwitch(reader)
      return true
    case 'debug':
      reader.take()
      config.debug = parseDebugMask(reader)
      return true
    case 'import':
      reader.take()
      parseImport(reader, config)
      return true
    case 'export':
      reader.take()
      if (reader.accept('limit')) config.exportLimit = parseLimit(reader)
      else config.exportFilter = parseFilterChoice(reader)
      return true
    case 'receive':
      reader.take()
      reader.expect('limit')
      config.receiveLimit = parseLimit(reader)
      return true
    case 'table':
      reader.take()
      config.table = parseTable(reader, 'Table name expected')
      return true
    case 'router':
      reader.take()
      reader.expect('id')
      config.routerId = parseId(reader)
      return true
    case 'description':
      reader.take()
      config.description = parseText(reader)
      return true
    case 'vrf':
      reader.take()
      throw reader.unsupported('vrf')
    case 'mrtdump':
      reader.take()
      parseMrtdumpMask(reader)
      return true
    default:
      return false
  }
}

function parseImport(reader: Reader, config: CommonProtocolConfig): void {
  if (reader.accept('limit')) config.importLimit = parseLimit(reader)
  else if (reader.accept('keep')) {
    expectWords(reader, 'filtered')
    config.importKeepFiltered = parseSwitch(reader)
  } else config.importFilter = parseFilterChoice(reader)
}
