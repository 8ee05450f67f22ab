// Reads a BIRD 1.6.8 configuration: the statements in their order, then the checks that need the whole file
// (conf/conf.c, protos_postconfig of nest/proto.c).

import type { FilterSymbol } from '../filter/ast.ts'
import { LazyBody } from '../filter/body.ts'
import { parseBody, parseParameters } from '../filter/parse-command.ts'
import { parseTerm } from '../filter/parse-term.ts'
import { ROUTING_CONSTANTS } from './keywords.ts'
import { ISO_LONG, ISO_SHORT, parseGlobal } from './parse-global.ts'
import { pipeProblem } from './parse-plain.ts'
import { type ProtocolState, parseProtocol } from './parse-protocol.ts'
import { Reader } from './reader.ts'
import { RepeatedBodies } from './repeated-body.ts'
import { ConfigError } from './source.ts'
import type { BirdConfig, ParseResult, SymbolInfo } from './tree.ts'

export interface ParseOptions {
  /** Which of the two daemons reads the file; 4 unless said otherwise. */
  family?: 4 | 6
  /** Calico's fork, which knows `krt_tunnel`; true unless said otherwise. */
  calico?: boolean
}

function newConfig(mainFile: string, family: 4 | 6): BirdConfig {
  return {
    family,
    mainFile,
    routerId: null,
    routerIdFrom: null,
    listen: null,
    gracefulRestartWait: 240,
    tables: [{ name: 'master', sorted: false, declared: false }],
    logs: [],
    debugProtocols: 0,
    debugCommands: 0,
    timeFormats: { base: ISO_LONG, log: ISO_LONG, route: ISO_SHORT, protocol: ISO_SHORT },
    protocols: [],
    get symbols(): ReadonlyMap<string, SymbolInfo> {
      return describeSymbols(this.globals)
    },
    filters: new Map(),
    functions: new Map(),
    ip6Literals: [],
    globals: new Map(),
    calico: true,
  }
}

const PREDEFINED: readonly (readonly [string, FilterSymbol])[] = [
  ['master', { kind: 'table' }],
  ...[...ROUTING_CONSTANTS].map(([name, value]): [string, FilterSymbol] => {
    return [name, { kind: 'constant', value: { type: 'int', value } }]
  }),
]

/** The whole configuration, or the first thing wrong with it: BIRD stops there, so there is one problem. */
export function parseBirdConfig(
  files: ReadonlyMap<string, string>,
  mainFile: string,
  options: ParseOptions = {},
): ParseResult {
  const family = options.family ?? 4
  const config = newConfig(mainFile, family)
  if (!files.has(mainFile)) {
    const message = `Unable to open configuration file ${mainFile}: No such file or directory`
    return { ok: false, problems: [{ file: mainFile, line: 0, column: 0, message }] }
  }
  config.calico = options.calico ?? true
  const globals = new Map(PREDEFINED)
  const reader = new Reader({ files, mainFile, term: parseTerm }, { family, calico: config.calico }, globals)
  try {
    parseStatements(reader, config)
    checkWhole(reader, config)
  } catch (thrown) {
    if (thrown instanceof ConfigError) return { ok: false, problems: [thrown.problem] }
    throw thrown
  }
  config.globals = globals
  config.ip6Literals = reader.lexer.ip6Literals
  return { ok: true, config }
}

function parseStatements(reader: Reader, config: BirdConfig): void {
  const state: ProtocolState = {
    drafts: new Map(),
    counters: new Map(),
    deviceSeen: false,
    bodies: new RepeatedBodies(),
  }
  while (reader.kind !== 'end') {
    if (reader.at('protocol') || reader.at('template')) parseProtocol(reader, config, state)
    else if (reader.accept('function')) parseFunction(reader, config)
    else if (reader.accept('filter')) parseNamedFilter(reader, config)
    else if (!parseGlobal(reader, config)) throw reader.syntaxError()
  }
}

const NOTHING = { commands: [], locals: [], parameters: [] }

function parseFunction(reader: Reader, config: BirdConfig): void {
  const name = reader.takeSymbol()
  // Seen from inside itself a function is empty and takes nothing: recursion does nothing in BIRD.
  reader.defineGlobal(name, { kind: 'function', definition: { name, parameters: [], body: new LazyBody(NOTHING) } })
  reader.pushScope()
  const parameters = parseParameters(reader)
  const definition = { name, parameters, body: new LazyBody(parseBody(reader, parameters)) }
  reader.popScope()
  reader.globals.set(name, { kind: 'function', definition })
  config.functions.set(name, definition)
}

function parseNamedFilter(reader: Reader, config: BirdConfig): void {
  const name = reader.takeSymbol()
  reader.defineGlobal(name, { kind: 'filter', filter: 'none' })
  reader.pushScope()
  const filter = { name, body: new LazyBody(parseBody(reader, [])) }
  reader.popScope()
  reader.globals.set(name, { kind: 'filter', filter })
  config.filters.set(name, filter)
}

/** At the end of the file. */
function checkWhole(reader: Reader, config: BirdConfig): void {
  if (config.protocols.length === 0) throw reader.fail('No protocol is specified in the config file')
  const attached = new Map<string, string>()
  for (const protocol of config.protocols) {
    const problem = protocol.kind === 'pipe' ? pipeProblem(protocol) : null
    if (problem !== null) throw reader.fail(problem)
    if (protocol.kind !== 'kernel') continue
    const other = attached.get(protocol.table)
    if (other !== undefined) throw reader.fail(`Kernel syncer (${other}) already attached to table ${protocol.table}`)
    attached.set(protocol.table, protocol.name)
  }
}

const DESCRIPTIONS: Readonly<Record<FilterSymbol['kind'], string>> = {
  constant: 'constant',
  function: 'function',
  filter: 'filter',
  table: 'routing table',
  protocol: 'protocol',
  template: 'protocol template',
  variable: 'variable',
}

function describeSymbols(globals: ReadonlyMap<string, FilterSymbol>): Map<string, SymbolInfo> {
  const symbols = new Map<string, SymbolInfo>()
  for (const [name, symbol] of globals) symbols.set(name, { name, description: DESCRIPTIONS[symbol.kind] })
  return symbols
}
