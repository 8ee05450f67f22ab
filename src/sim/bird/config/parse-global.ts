// Statements outside protocols: router id, listen, log, debug, timeformat, tables and so on (nest/config.Y,
// sysdep/unix/config.Y, conf/confbase.Y of BIRD 1.6.8).
import { evaluateInteger, evaluateTerm } from '../filter/evaluate.ts'
import { parseTerm } from '../filter/parse-term.ts'
import {
  expectOneOf,
  expectWords,
  parseAddress,
  parseDebugMask,
  parseId,
  parseInterfacePatterns,
  parseMrtdumpMask,
  parseNumber,
  parseOneOf,
  parseSwitch,
  parseText,
} from './parse-values.ts'
import type { Reader } from './reader.ts'
import type { BirdConfig, LogStatement, TimeFormat, TimeFormats } from './tree.ts'

export const ISO_SHORT: TimeFormat = { format1: '%T', limit: 20 * 3600, format2: '%Y-%m-%d' }
export const ISO_LONG: TimeFormat = { format1: '%Y-%m-%d %T', limit: 0, format2: null }

type Rule = (reader: Reader, config: BirdConfig) => void

/** The keyword has been taken. */
const RULES: Readonly<Record<string, Rule>> = {
  ';': () => {},
  router(reader, config) {
    reader.expect('id')
    if (reader.accept('from')) config.routerIdFrom = parseInterfacePatterns(reader)
    else config.routerId = parseId(reader)
    reader.expect(';')
  },
  define(reader) {
    const name = reader.takeSymbol()
    reader.expect('=')
    const term = parseTerm(reader)
    reader.expect(';')
    const value = evaluateTerm(reader, term)
    reader.defineGlobal(name, { kind: 'constant', value })
  },
  eval(reader) {
    const term = parseTerm(reader)
    reader.look()
    evaluateInteger(reader, term)
  },
  listen(reader, config) {
    reader.expect('bgp')
    const listen: NonNullable<BirdConfig['listen']> = { address: null, port: 179 }
    while (!reader.accept(';')) {
      if (reader.accept('address')) listen.address = parseAddress(reader)
      else if (reader.accept('port')) listen.port = parseNumber(reader)
      else if (!reader.accept('v6only')) reader.expect('dual')
    }
    config.listen = listen
  },
  graceful(reader, config) {
    expectWords(reader, 'restart wait')
    config.gracefulRestartWait = parseNumber(reader)
    reader.expect(';')
  },
  table(reader, config) {
    const name = reader.takeSymbol()
    const sorted = reader.accept('sorted')
    const existing = config.tables[0]!
    // `master` exists from the start and may be declared again and again.
    if (name === 'master') {
      existing.sorted = sorted
      existing.declared = true
      return
    }
    reader.defineGlobal(name, { kind: 'table' })
    config.tables.push({ name, sorted, declared: true })
  },
  log(reader, config) {
    config.logs.push(parseLog(reader))
  },
  debug(reader, config) {
    if (reader.accept('protocols')) config.debugProtocols = parseDebugMask(reader)
    else if (reader.accept('latency')) {
      if (reader.accept('limit')) parseDuration(reader)
      else parseSwitch(reader)
    } else {
      reader.expect('commands')
      config.debugCommands = parseNumber(reader)
    }
  },
  watchdog(reader) {
    if (!reader.accept('warning')) reader.expect('timeout')
    parseDuration(reader)
  },
  timeformat(reader, config) {
    const which = parseOneOf(reader, { base: 'base', log: 'log', route: 'route', protocol: 'protocol' } as const)
    setTimeFormat(config.timeFormats, which, parseTimeFormat(reader))
    reader.expect(';')
  },
  roa(reader) {
    reader.expect('table')
    throw reader.unsupported('roa table')
  },
  mrtdump(reader) {
    if (reader.accept('protocols')) parseMrtdumpMask(reader)
    else {
      parseText(reader)
      reader.expect(';')
    }
  },
}

/** `expr s`, `expr ms` or `expr us`: what the daemon measures of itself has no meaning here. */
function parseDuration(reader: Reader): void {
  parseNumber(reader)
  expectOneOf(reader, ['s', 'ms', 'us'])
}

const CATEGORIES: Readonly<Record<string, string>> = Object.fromEntries(
  ['debug', 'trace', 'info', 'remote', 'warning', 'error', 'auth', 'fatal', 'bug'].map((word) => [word, word]),
)

function parseLog(reader: Reader): LogStatement {
  let target: LogStatement['target']
  if (reader.accept('syslog')) target = { kind: 'syslog', name: reader.accept('name') ? parseText(reader) : null }
  else if (reader.accept('stderr')) target = { kind: 'stderr' }
  else target = { kind: 'file', path: parseText(reader) }
  let categories: LogStatement['categories'] = 'all'
  if (!reader.accept('all')) {
    reader.expect('{')
    categories = []
    do categories.push(parseOneOf(reader, CATEGORIES))
    while (reader.accept(','))
    reader.expect('}')
  }
  reader.expect(';')
  return { target, categories }
}

function parseTimeFormat(reader: Reader): TimeFormat {
  if (reader.accept('iso')) return parseOneOf(reader, { short: ISO_SHORT, long: ISO_LONG })
  if (reader.accept('old')) {
    const short: TimeFormat = { format1: '', limit: 0, format2: null }
    return parseOneOf(reader, { short, long: { format1: '%d-%m-%Y %T', limit: 0, format2: null } })
  }
  const format1 = reader.takeText()
  if (reader.at(';')) return { format1, limit: 0, format2: null }
  const limit = parseNumber(reader)
  return { format1, limit, format2: reader.takeText() }
}

function setTimeFormat(formats: TimeFormats, which: keyof TimeFormats, format: TimeFormat): void {
  formats[which] = format
}

/** Reads one statement; false when the token ahead begins none of these. */
export function parseGlobal(reader: Reader, config: BirdConfig): boolean {
  const rule = Object.hasOwn(RULES, reader.word()) ? RULES[reader.word()] : undefined
  if (rule === undefined) return false
  reader.take()
  rule(reader, config)
  return true
}
