// Sets in brackets: single values and ranges, pairs, extended and large communities, prefix patterns; and path masks
// (set_item, fprefix and bgp_path of filter/config.Y, BIRD 1.6.8).

import { parsePrefixLiteral } from '../config/literals.ts'
import type { Reader } from '../config/reader.ts'
import type { MaskPart, Term } from './ast.ts'
import { EcKind, makeEc } from './communities.ts'
import { evaluateInteger, evaluateTerm } from './evaluate.ts'
import { PrefixSet } from './prefix-set.ts'
import { buildSet } from './sets.ts'
import type { SetItem, Value } from './value.ts'

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
  return { type: 'set', value: buildSet(items) }
}

/** One member as written, which may stand for many. */
function parseItem(reader: Reader): readonly Item[] {
  if (reader.at('(')) return parseTuple(reader)
  return parseRange(reader, parseAtom(reader))
}

function parseRange(reader: Reader, from: Value, names = true): readonly Item[] {
  if (!reader.accept('..')) return [{ from, to: from, data: null }]
  if (!names && reader.kind === 'symbol') throw reader.syntaxError()
  const to = reader.at('(') ? parseBracketed(reader) : parseAtom(reader)
  return [{ from, to, data: null }]
}

function parseBracketed(reader: Reader): Value {
  reader.expect('(')
  const term = reader.term()
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
  return reader.at('(') ? parseTuple(reader, false) : parseRange(reader, parseAtom(reader), false)
}

interface Span {
  low: number
  high: number
  kind: 'single' | 'range' | 'all'
}

const ALL: Span = { low: 0, high: MAX32, kind: 'all' }

/** `(`: a bracketed term, a pair, an extended or a large community. */
function parseTuple(reader: Reader, names = true): readonly Item[] {
  reader.expect('(')
  const kind = parseEcKind(reader)
  if (kind !== null) return parseEcItem(reader, kind)
  let first = ALL
  if (!reader.accept('*')) {
    const term = reader.term()
    if (reader.accept(')')) return parseRange(reader, atomOf(reader, term), names)
    first = spanFrom(reader, term)
  }
  reader.expect(',')
  const second = parseSpan(reader)
  // Behind a range or `*` a large community takes nothing but `*`.
  const large = second.kind === 'all' || first.kind === 'single'
  if (large && reader.accept(',')) return parseLcItem(reader, [first, second])
  reader.expect(')')
  return parsePairItem(reader, [first, second])
}

/** The rest of a member once its first term has been read. */
function spanFrom(reader: Reader, term: Term): Span {
  reader.look()
  const low = evaluateInteger(reader, term)
  if (!reader.accept('..')) return { low, high: low, kind: 'single' }
  return { low, high: integerIn(reader), kind: 'range' }
}

function parseSpan(reader: Reader): Span {
  return reader.accept('*') ? ALL : spanFrom(reader, reader.term())
}

export function check16(reader: Reader, value: number): void {
  if (value > MAX16) throw reader.fail(`Value ${value} out of range (0-65535)`)
}

function pairSpan(reader: Reader, span: Span): Span {
  if (span.kind === 'all') return { ...ALL, high: MAX16 }
  check16(reader, span.low)
  check16(reader, span.high)
  return span
}

const pairValue = (high: number, low: number): Value => ({ type: 'pair', value: ((high << 16) | low) >>> 0 })

function parsePairItem(reader: Reader, spans: readonly [Span, Span]): readonly Item[] {
  if (spans.every((span) => span.kind === 'single') && reader.at('..')) return parsePairRange(reader, spans)
  const first = pairSpan(reader, spans[0])
  const second = pairSpan(reader, spans[1])
  if (first.low > first.high || second.low > second.high) {
    throw reader.fail('From value cannot be higher that To value in pair sets')
  }
  if (first.low === first.high || second.kind === 'all') {
    return [{ from: pairValue(first.low, second.low), to: pairValue(first.high, second.high), data: null }]
  }
  const items: Item[] = []
  for (let high = first.low; high <= first.high; high++) {
    items.push({ from: pairValue(high, second.low), to: pairValue(high, second.high), data: null })
  }
  return items
}

/** `(a,b)..(c,d)` */
function parsePairRange(reader: Reader, from: readonly [Span, Span]): readonly Item[] {
  reader.expect('..')
  reader.expect('(')
  const high = integerIn(reader)
  reader.expect(',')
  const low = integerIn(reader)
  reader.expect(')')
  for (const value of [from[0].low, from[1].low, high, low]) check16(reader, value)
  return [{ from: pairValue(from[0].low, from[1].low), to: pairValue(high, low), data: null }]
}

function integerIn(reader: Reader): number {
  const term = reader.term()
  reader.look()
  return evaluateInteger(reader, term)
}

const KINDS: ReadonlyMap<string, number> = new Map([
  ['rt', EcKind.RT],
  ['ro', EcKind.RO],
  ['generic', EcKind.GENERIC],
])

/** `rt`, `ro`, `generic` or `unknown N`; null when something else is ahead. */
export function parseEcKind(reader: Reader): number | null {
  const word = reader.word()
  const known = KINDS.get(word)
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
  const key = { value: integerIn(reader), address: false }
  reader.expect(',')
  const span = parseSpan(reader)
  reader.expect(')')
  const narrow = makeEc(kind, key, MAX32) === null
  const high = span.kind === 'all' && narrow ? MAX16 : span.high
  return [{ from: ecValue(reader, { kind, key }, span.low), to: ecValue(reader, { kind, key }, high), data: null }]
}

function ecValue(
  reader: Reader,
  head: { kind: number; key: { value: number; address: boolean } },
  value: number,
): Value {
  const ec = makeEc(head.kind, head.key, value)
  if (ec === null) throw reader.fail(`Value ${value} out of range (0-65535)`)
  return { type: 'ec', value: ec }
}

type Triple = [number, number, number]

function parseLcItem(reader: Reader, head: readonly [Span, Span]): readonly Item[] {
  let third = ALL
  if (head.some((span) => span.kind !== 'single')) reader.expect('*')
  else third = parseSpan(reader)
  reader.expect(')')
  const spans = [...head, third]
  const low = spans.map((span) => span.low) as Triple
  let high = spans.map((span) => span.high) as Triple
  if (third.kind === 'single' && reader.accept('..')) high = parseTriple(reader)
  return [{ from: { type: 'lc', value: low }, to: { type: 'lc', value: high }, data: null }]
}

function parseTriple(reader: Reader): Triple {
  reader.expect('(')
  const first = integerIn(reader)
  reader.expect(',')
  const second = integerIn(reader)
  reader.expect(',')
  const third = integerIn(reader)
  reader.expect(')')
  return [first, second, third]
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
    const term = reader.term()
    reader.expect(')')
    return { kind: 'term', term }
  }
  if (reader.kind !== 'symbol') throw reader.syntaxError()
  const name = reader.takeSymbol()
  const symbol = reader.find(name)
  if (symbol?.kind === 'constant') return { kind: 'term', term: { op: 'named constant', value: symbol.value } }
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
