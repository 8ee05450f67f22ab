// Sets in brackets: single values and ranges, pairs, extended and large communities, prefix patterns; and path masks
// (set_item, fprefix and bgp_path of filter/config.Y, BIRD 1.6.8).

import { parsePrefixLiteral } from '../config/literals.ts'
import type { Reader } from '../config/reader.ts'
import type { MaskPart, Term } from './ast.ts'
import { EcKind, makeEc } from './communities.ts'
import { evaluateInteger, evaluateTerm } from './evaluate.ts'
import { parseTerm } from './parse-term.ts'
import { buildSet, PrefixSet, type SetItem } from './sets.ts'
import { compareValues, type Value } from './value.ts'

const MAX16 = 0xffff
const MAX32 = 0xffffffff

type Item = SetItem<null>

/** After `[`. */
export function parseSet(reader: Reader): Value {
  if (reader.kind === 'ip') {
    reader.take()
    const address = reader.lexer.value
    if (reader.at('/')) return parsePrefixSet(reader, address)
    return parseItems(reader, parseRange(reader, addressValue(address)))
  }
  return parseItems(reader, parseItem(reader))
}

const addressValue = (value: number): Value => ({ type: 'ip', value })

function parseItems(reader: Reader, first: readonly Item[]): Value {
  const items = [...first]
  while (reader.accept(',')) for (const item of parseItem(reader)) items.push(item)
  reader.expect(']')
  return { type: 'set', value: buildSet(items, compareValues) }
}

/** One member as written, which may stand for many. */
function parseItem(reader: Reader): readonly Item[] {
  if (reader.at('(')) return parseTuple(reader)
  return parseRange(reader, parseAtom(reader))
}

function parseRange(reader: Reader, from: Value): readonly Item[] {
  if (!reader.accept('..')) return [{ from, to: from, data: null }]
  const to = reader.at('(') ? parseBracketed(reader) : parseAtom(reader)
  return [{ from, to, data: null }]
}

function parseBracketed(reader: Reader): Value {
  reader.expect('(')
  const term = parseTerm(reader)
  reader.expect(')')
  return atomOf(reader, term)
}

const ATOMS: ReadonlySet<string> = new Set(['int', 'ip', 'pair', 'quad', 'enum', 'ec', 'lc'])

function atomOf(reader: Reader, term: Term): Value {
  const value = evaluateTerm(reader, term)
  if (!ATOMS.has(value.type)) throw reader.fail('Set-incompatible type')
  return value
}

function parseAtom(reader: Reader): Value {
  switch (reader.kind) {
    case 'number':
      return { type: 'int', value: reader.takeNumber() }
    case 'ip':
      reader.take()
      return addressValue(reader.lexer.value)
    case 'rtrid':
      reader.take()
      return { type: 'quad', value: reader.lexer.value }
    case 'enum':
      reader.take()
      return { type: 'enum', ...reader.lexer.enumConstant! }
    case 'symbol': {
      const name = reader.takeSymbol()
      const value = reader.constant(name)
      if (value === null) throw reader.fail(`${name}: constant expected`)
      if (!ATOMS.has(value.type)) throw reader.fail(`${name}: set-incompatible type`)
      return value
    }
    default:
      throw reader.syntaxError()
  }
}

/** A label of `case`: like a member of a set, but never a name. */
export function parseLabel(reader: Reader): readonly Item[] {
  if (reader.kind === 'symbol') throw reader.syntaxError()
  return parseItem(reader)
}

interface Span {
  low: number
  high: number
}

/** `(`: a bracketed term, a pair, an extended or a large community. */
function parseTuple(reader: Reader): readonly Item[] {
  reader.expect('(')
  const kind = parseEcKind(reader)
  if (kind !== null) return parseEcItem(reader, kind)
  let term: Term | null = null
  if (!reader.at('*')) {
    term = parseTerm(reader)
    if (reader.accept(')')) return parseRange(reader, atomOf(reader, term))
  }
  const first = spanFrom(reader, term, MAX32)
  reader.expect(',')
  const second = parseSpan(reader)
  if (reader.accept(',')) return parseLcItem(reader, [first, second])
  reader.expect(')')
  return parsePairItem(reader, [first, second])
}

/** The rest of a member once its first term, or null for `*`, has been read. */
function spanFrom(reader: Reader, term: Term | null, max: number): Span {
  if (term === null) {
    reader.expect('*')
    return { low: 0, high: max }
  }
  const low = evaluateInteger(reader, term)
  if (!reader.accept('..')) return { low, high: low }
  const to = parseTerm(reader)
  reader.look()
  return { low, high: evaluateInteger(reader, to) }
}

function parseSpan(reader: Reader): Span {
  return spanFrom(reader, reader.at('*') ? null : parseTerm(reader), MAX32)
}

const ALL32: Span = { low: 0, high: MAX32 }
const isAll = (span: Span) => span.low === ALL32.low && span.high === ALL32.high

function checkPairSpan(reader: Reader, span: Span): Span {
  if (isAll(span)) return { low: 0, high: MAX16 }
  for (const value of [span.low, span.high]) check16(reader, value)
  return span
}

export function check16(reader: Reader, value: number): void {
  if (value > MAX16) throw reader.fail(`Value ${value} out of range (0-65535)`)
}

const pairValue = (high: number, low: number): Value => ({ type: 'pair', value: ((high << 16) | low) >>> 0 })

function parsePairItem(reader: Reader, spans: readonly [Span, Span]): readonly Item[] {
  reader.look()
  const first = checkPairSpan(reader, spans[0])
  const second = checkPairSpan(reader, spans[1])
  if (reader.at('..')) return parsePairRange(reader, { first, second })
  if (first.low === first.high || (second.low === 0 && second.high === MAX16)) {
    return [{ from: pairValue(first.low, second.low), to: pairValue(first.high, second.high), data: null }]
  }
  const items: Item[] = []
  for (let high = first.low; high <= first.high; high++) {
    items.push({ from: pairValue(high, second.low), to: pairValue(high, second.high), data: null })
  }
  return items
}

/** `(a,b)..(c,d)` */
function parsePairRange(reader: Reader, from: { first: Span; second: Span }): readonly Item[] {
  if (from.first.low !== from.first.high || from.second.low !== from.second.high) throw reader.syntaxError()
  reader.expect('..')
  reader.expect('(')
  const high = integerIn(reader)
  reader.expect(',')
  const low = integerIn(reader)
  reader.expect(')')
  check16(reader, high)
  check16(reader, low)
  return [{ from: pairValue(from.first.low, from.second.low), to: pairValue(high, low), data: null }]
}

function integerIn(reader: Reader): number {
  const term = parseTerm(reader)
  reader.look()
  return evaluateInteger(reader, term)
}

const KINDS: Readonly<Record<string, number>> = { rt: EcKind.RT, ro: EcKind.RO, generic: EcKind.GENERIC }

/** `rt`, `ro`, `generic` or `unknown N`; null when something else is ahead. */
export function parseEcKind(reader: Reader): number | null {
  const word = reader.word()
  const known = KINDS[word]
  if (known !== undefined) {
    reader.take()
    return known
  }
  if (word !== 'unknown') return null
  reader.take()
  return reader.takeNumber() & MAX16
}

function parseEcItem(reader: Reader, kind: number): readonly Item[] {
  reader.expect(',')
  const keyTerm = parseTerm(reader)
  const keyValue = evaluateTerm(reader, keyTerm)
  if (keyValue.type !== 'int' && keyValue.type !== 'ip' && keyValue.type !== 'quad') {
    throw reader.fail('Number or IPv4 address constant expected')
  }
  reader.expect(',')
  const span = parseSpan(reader)
  reader.expect(')')
  const key = { value: keyValue.value, address: keyValue.type !== 'int' }
  const wide = kind === EcKind.GENERIC || (!key.address && key.value <= MAX16)
  const limit = isAll(span) && !wide ? MAX16 : span.high
  const from = makeEc(kind, key, span.low)
  const to = makeEc(kind, key, limit)
  if (from === null) throw reader.fail(`Value ${span.low} out of range (0-65535)`)
  if (to === null) throw reader.fail(`Value ${limit} out of range (0-65535)`)
  return [{ from: { type: 'ec', value: from }, to: { type: 'ec', value: to }, data: null }]
}

function parseLcItem(reader: Reader, head: readonly [Span, Span]): readonly Item[] {
  const spans = [...head, parseSpan(reader)]
  reader.expect(')')
  const low = spans.map((span) => span.low) as [number, number, number]
  const high = spans.map((span) => span.high) as [number, number, number]
  return [{ from: { type: 'lc', value: low }, to: { type: 'lc', value: high }, data: null }]
}

function parsePrefixSet(reader: Reader, first: number): Value {
  const set = new PrefixSet()
  let address = first
  for (;;) {
    parsePattern(reader, set, address)
    if (!reader.accept(',')) break
    reader.takeKind('ip')
    address = reader.lexer.value
  }
  reader.expect(']')
  return { type: 'prefix set', value: set }
}

function parsePattern(reader: Reader, set: PrefixSet, address: number): void {
  const { prefix, length, width } = parsePrefixLiteral(reader, address)
  let low = length
  let high = length
  if (reader.accept('+')) high = width
  else if (reader.accept('-')) low = 0
  else if (reader.accept('{')) {
    low = reader.takeNumber()
    reader.expect(',')
    high = reader.takeNumber()
    reader.expect('}')
    if (low > high || high > width) throw reader.fail(`Invalid prefix pattern range: {${low}, ${high}}.`)
  }
  set.add(prefix, low, high)
}

/** After `[=`. */
export function parsePathMask(reader: Reader): readonly MaskPart[] {
  const parts: MaskPart[] = []
  while (!reader.accept('=]')) parts.push(parseMaskPart(reader))
  return parts
}

function parseMaskPart(reader: Reader): MaskPart {
  if (reader.accept('*')) return { kind: '*' }
  if (reader.accept('?')) return { kind: '?' }
  if (reader.kind === 'number') {
    const low = reader.takeNumber()
    if (!reader.accept('..')) return { kind: 'as', low, high: low, range: false }
    return { kind: 'as', low, high: reader.takeNumber(), range: true }
  }
  if (reader.accept('(')) {
    const term = parseTerm(reader)
    reader.expect(')')
    return { kind: 'term', term }
  }
  if (reader.kind !== 'symbol') throw reader.syntaxError()
  const name = reader.takeSymbol()
  const symbol = reader.find(name)
  if (symbol?.kind === 'constant') return { kind: 'term', term: { op: 'constant', value: symbol.value, name } }
  if (symbol?.kind === 'variable') return { kind: 'term', term: { op: 'variable', variable: symbol } }
  throw reader.fail(`${name}: variable expected.`)
}

/** The old form `/ 1 2 ? /`, after its first slash; `?` stands for any run of numbers. */
export function parseSlashMask(reader: Reader): readonly MaskPart[] {
  const parts: MaskPart[] = []
  while (!reader.accept('/')) {
    if (reader.accept('?')) parts.push({ kind: '*' })
    else {
      const low = reader.takeNumber()
      parts.push({ kind: 'as', low, high: low, range: false })
    }
  }
  return parts
}
