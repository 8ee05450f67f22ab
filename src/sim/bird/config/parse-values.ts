// The small rules every statement is made of: numbers, switches, addresses, prefixes, texts, ids, debug masks
// (conf/confbase.Y and nest/config.Y of BIRD 1.6.8).
import type { Ip } from '../../net/address.ts'
import { maskOf, type Prefix } from '../../net/prefix.ts'
import { evaluateInteger } from '../filter/evaluate.ts'
import { parseTerm } from '../filter/parse-term.ts'
import { addressText, packPrefix } from './literals.ts'
import type { Reader } from './reader.ts'
import { DEBUG_ALL, DebugFlag, type InterfacePattern } from './tree.ts'

/** A number, a constant's name or a term in brackets. */
export function parseNumber(reader: Reader): number {
  if (reader.kind === 'number') return reader.takeNumber()
  if (reader.accept('(')) {
    const term = parseTerm(reader)
    reader.expect(')')
    return evaluateInteger(reader, term)
  }
  const value = reader.constant(reader.takeSymbol())
  if (value?.type !== 'int') throw reader.fail('Number expected')
  return value.value
}

/** `on`, `off`, a number or nothing at all, which means on. */
export function parseSwitch(reader: Reader): boolean {
  if (reader.accept('on') || reader.accept('yes')) return true
  if (reader.accept('off') || reader.accept('no')) return false
  if (reader.kind === 'number' || reader.kind === 'symbol' || reader.at('(')) return parseNumber(reader) !== 0
  return true
}

export function parseText(reader: Reader): string {
  if (reader.kind === 'text') return reader.takeText()
  const value = reader.constant(reader.takeSymbol())
  if (value?.type !== 'string') throw reader.fail('String expected')
  return value.value
}

export function parseAddress(reader: Reader): Ip {
  if (reader.kind === 'ip') {
    reader.take()
    return reader.lexer.value
  }
  const value = reader.constant(reader.takeSymbol())
  if (value?.type !== 'ip') throw reader.fail('IP address expected')
  return value.value
}

function lengthOfMask(mask: number): number | null {
  for (let length = 0; length <= 32; length++) if (maskOf(length) === mask) return length
  return null
}

/** `/length` or `:netmask` */
function parseLength(reader: Reader, width: number): number {
  if (reader.accept(':')) {
    const mask = parseAddress(reader)
    const length = lengthOfMask(mask)
    if (length === null) throw reader.fail(`Invalid netmask ${addressText(reader, mask)}`)
    return length
  }
  reader.expect('/')
  const length = parseNumber(reader)
  if (length > width) throw reader.fail(`Invalid prefix length ${length}`)
  return length
}

function finishPrefix(reader: Reader, address: Ip): Prefix {
  const length = parseLength(reader, address < 0 ? 128 : 32)
  const literal = packPrefix(reader, address, length)
  if (literal === null) throw reader.fail('Invalid prefix')
  return literal.prefix
}

export function parsePrefix(reader: Reader): Prefix {
  return finishPrefix(reader, parseAddress(reader))
}

/** A bare address stands for itself alone. */
export function parsePrefixOrAddress(reader: Reader): Prefix {
  const address = parseAddress(reader)
  if (reader.at('/') || reader.at(':')) return finishPrefix(reader, address)
  return packPrefix(reader, address, address < 0 ? 128 : 32)!.prefix
}

/** A router or cluster id: an address, a number, a constant's name or a term. */
export function parseId(reader: Reader): Ip {
  if ((reader.kind === 'ip' && reader.lexer.value >= 0) || reader.kind === 'rtrid' || reader.kind === 'number') {
    reader.take()
    return reader.lexer.value
  }
  if (reader.at('(')) return parseNumber(reader)
  const value = reader.constant(reader.takeSymbol())
  if (value?.type === 'int' || value?.type === 'ip' || value?.type === 'quad') return value.value
  throw reader.fail('Number or IPv4 address constant expected')
}

const FLAGS: Readonly<Record<string, number>> = {
  states: DebugFlag.STATES,
  routes: DebugFlag.ROUTES,
  filters: DebugFlag.FILTERS,
  interfaces: DebugFlag.INTERFACES,
  events: DebugFlag.EVENTS,
  packets: DebugFlag.PACKETS,
}

export function parseDebugMask(reader: Reader): number {
  if (reader.accept('all')) return DEBUG_ALL
  if (reader.accept('off')) return 0
  reader.expect('{')
  let mask = 0
  do mask |= parseOneOf(reader, FLAGS)
  while (reader.accept(','))
  reader.expect('}')
  return mask
}

/** `mrtdump`: what would be written to a file has no meaning here. */
export function parseMrtdumpMask(reader: Reader): void {
  if (reader.accept('all') || reader.accept('off')) return
  reader.expect('{')
  do expectOneOf(reader, ['states', 'messages'])
  while (reader.accept(','))
  reader.expect('}')
}

/** One of the given keywords. */
export function expectOneOf(reader: Reader, words: readonly string[]): void {
  if (!words.some((word) => reader.accept(word))) throw reader.syntaxError()
}

/** The meaning of one of the given keywords. */
export function parseOneOf<T>(reader: Reader, words: Readonly<Record<string, T>>): T {
  const word = reader.word()
  const meaning = Object.hasOwn(words, word) ? words[word] : undefined
  if (meaning === undefined) throw reader.syntaxError()
  reader.take()
  return meaning
}

/** `-"cali*", "eth0" 10.0.0.0/8, 10.1.0.1` */
export function parseInterfacePatterns(reader: Reader): InterfacePattern[] {
  const patterns: InterfacePattern[] = []
  do {
    const positive = !reader.accept('-')
    const name = reader.kind === 'text' ? reader.takeText() : null
    const more = name === null || reader.kind === 'ip' || reader.kind === 'symbol'
    patterns.push({ positive, name, prefix: more ? parsePrefixOrAddress(reader) : null })
  } while (reader.accept(','))
  return patterns
}

/** Keywords that follow each other. */
export function expectWords(reader: Reader, words: string): void {
  for (const word of words.split(' ')) reader.expect(word)
}
