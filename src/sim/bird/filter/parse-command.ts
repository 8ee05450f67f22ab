// Commands, bodies and declarations of filters and functions (cmd, function_body of filter/config.Y, BIRD 1.6.8).
import type { Reader } from '../config/reader.ts'
import type { Body, Command, StaticAttribute, Term, Verdict } from './ast.ts'
import { DYNAMIC_ATTRIBUTES, STATIC_TYPES, WRITABLE_STATIC } from './attributes.ts'
import type { Variable } from './filter.ts'
import { parseLabel } from './parse-set.ts'
import { parseCall, parseTerm } from './parse-term.ts'
import { buildSet } from './sets.ts'
import { type SetItem, type ValueType, VOID } from './value.ts'

const TYPES: ReadonlySet<string> = new Set([
  'int',
  'bool',
  'ip',
  'prefix',
  'pair',
  'quad',
  'ec',
  'lc',
  'string',
  'bgpmask',
  'bgppath',
  'clist',
  'eclist',
  'lclist',
])
const SET_TYPES: ReadonlySet<string> = new Set(['int', 'pair', 'quad', 'ec', 'lc', 'ip'])

function parseDeclaration(reader: Reader): Variable {
  let type = reader.word()
  if (!TYPES.has(type)) throw reader.syntaxError()
  reader.take()
  if (reader.accept('set')) {
    if (type === 'prefix') type = 'prefix set'
    else if (SET_TYPES.has(type)) type = 'set'
    else throw reader.fail("You can't create sets of this type.")
  }
  const name = reader.takeSymbol()
  const variable: Variable = { kind: 'variable', name, type: type as ValueType, value: VOID }
  reader.defineLocal(variable)
  return variable
}

/** `( type name; type name )` */
export function parseParameters(reader: Reader): Variable[] {
  reader.expect('(')
  const parameters: Variable[] = []
  if (reader.accept(')')) return parameters
  do parameters.push(parseDeclaration(reader))
  while (reader.accept(';'))
  reader.expect(')')
  return parameters
}

/** Locals and the commands in braces. */
export function parseBody(reader: Reader, parameters: readonly Variable[]): Body {
  const locals: Variable[] = []
  while (!reader.at('{')) {
    locals.push(parseDeclaration(reader))
    reader.expect(';')
  }
  return { parameters, locals, commands: parseBraces(reader) }
}

function parseBraces(reader: Reader): Command[] {
  reader.expect('{')
  const commands: Command[] = []
  while (!reader.accept('}')) commands.push(parseCommand(reader))
  return commands
}

function parseBlock(reader: Reader): Command[] {
  return reader.at('{') ? parseBraces(reader) : [parseCommand(reader)]
}

const VERDICTS: ReadonlySet<string> = new Set(['accept', 'reject', 'error', 'print', 'printn'])

export function parseCommand(reader: Reader): Command {
  return reader.nested(() =>
    reader.kind === 'symbol' ? parseSymbolCommand(reader) : parseWordCommand(reader, reader.word()),
  )
}

function parseWordCommand(reader: Reader, word: string): Command {
  if (VERDICTS.has(word)) return parseVerdict(reader, word as Verdict)
  if (word in STATIC_TYPES) return parseStaticWrite(reader, word as StaticAttribute)
  if (DYNAMIC_ATTRIBUTES.has(word)) return parseDynamicCommand(reader, word)
  switch (word) {
    case 'if':
      return parseIf(reader)
    case 'case':
      return parseCase(reader)
    case 'return': {
      reader.take()
      const term = parseTerm(reader)
      reader.expect(';')
      return { op: 'return', term }
    }
    case 'preference': {
      reader.take()
      const term = parseAssigned(reader)
      return { op: 'set preference', term, line: reader.line }
    }
    case 'unset':
      return parseUnset(reader)
    case 'quitbird':
      reader.take()
      throw reader.unsupported('quitbird')
    default:
      throw reader.syntaxError()
  }
}

/** `= term ;` */
function parseAssigned(reader: Reader): Term {
  reader.expect('=')
  const term = parseTerm(reader)
  reader.expect(';')
  return term
}

function parseSymbolCommand(reader: Reader): Command {
  const name = reader.takeSymbol()
  if (reader.at('(')) {
    const call = parseCall(reader, name)
    reader.expect(';')
    return { op: 'call', call }
  }
  const term = parseAssigned(reader)
  const variable = reader.find(name)
  if (variable?.kind !== 'variable') throw reader.fail('You may set only variables.')
  return { op: 'set', variable, term, line: reader.line }
}

function parseVerdict(reader: Reader, verdict: Verdict): Command {
  reader.take()
  const terms: Term[] = []
  while (!reader.at(';')) {
    terms.push(parseTerm(reader))
    if (!reader.accept(',')) break
  }
  reader.expect(';')
  return { op: 'verdict', verdict, terms }
}

function parseIf(reader: Reader): Command {
  reader.take()
  const test = parseTerm(reader)
  reader.expect('then')
  const body = parseBlock(reader)
  const otherwise = reader.accept('else') ? parseBlock(reader) : null
  return { op: 'if', test, body, else: otherwise, line: reader.line }
}

function parseStaticWrite(reader: Reader, attribute: StaticAttribute): Command {
  reader.take()
  const term = parseAssigned(reader)
  if (!WRITABLE_STATIC.has(attribute)) throw reader.fail('This static attribute is read-only.')
  return { op: 'set static', attribute, term, line: reader.line }
}

const EMPTY: Readonly<Record<string, ValueType>> = {
  bgppath: 'bgppath',
  clist: 'clist',
  eclist: 'eclist',
  lclist: 'lclist',
}

function parseDynamicCommand(reader: Reader, attribute: string): Command {
  reader.take()
  if (reader.at('=')) {
    const term = parseAssigned(reader)
    return { op: 'set dynamic', attribute, term, line: reader.line }
  }
  reader.expect('.')
  if (reader.accept('empty')) {
    reader.expect(';')
    const type = EMPTY[DYNAMIC_ATTRIBUTES.get(attribute)!.kind]
    if (type === undefined) throw reader.fail("Can't empty that attribute")
    const term: Term = { op: 'constant', value: { type, value: [] } as never }
    return { op: 'set dynamic', attribute, term, line: reader.line }
  }
  const verb = reader.word()
  if (verb !== 'prepend' && verb !== 'add' && verb !== 'delete' && verb !== 'filter') throw reader.syntaxError()
  reader.take()
  reader.expect('(')
  const right = parseTerm(reader)
  reader.expect(')')
  reader.expect(';')
  const { line } = reader
  const left: Term = { op: 'dynamic', attribute, line }
  return { op: 'set dynamic', attribute, term: { op: 'list', verb, left, right, line }, line }
}

function parseUnset(reader: Reader): Command {
  reader.take()
  reader.expect('(')
  const attribute = reader.word()
  if (!DYNAMIC_ATTRIBUTES.has(attribute)) throw reader.syntaxError()
  reader.take()
  reader.expect(')')
  reader.expect(';')
  return { op: 'unset', attribute, line: reader.line }
}

function parseCase(reader: Reader): Command {
  reader.take()
  const term = parseTerm(reader)
  reader.expect('{')
  const branches: SetItem<readonly Command[]>[] = []
  let otherwise: readonly Command[] | null = null
  while (!reader.accept('}')) {
    if (reader.accept('else:')) {
      otherwise = parseBranch(reader)
      continue
    }
    const labels = [...parseLabel(reader)]
    while (reader.accept(',')) labels.push(...parseLabel(reader))
    reader.expect(':')
    const commands = parseBranch(reader)
    for (const { from, to } of labels) branches.push({ from, to, data: commands })
  }
  return {
    op: 'case',
    term,
    branches: branches.length === 0 ? null : buildSet(branches),
    else: otherwise,
  }
}

const BRANCH_STARTS: ReadonlySet<string> = new Set([
  'if',
  'case',
  'return',
  'preference',
  'unset',
  'quitbird',
  ...VERDICTS,
])

/** Commands up to the next label, `else:` or the closing brace. */
function parseBranch(reader: Reader): readonly Command[] {
  const commands: Command[] = []
  for (;;) {
    const word = reader.word()
    const known = BRANCH_STARTS.has(word) || word in STATIC_TYPES || DYNAMIC_ATTRIBUTES.has(word)
    if (!known && reader.kind !== 'symbol') return commands
    commands.push(parseCommand(reader))
  }
}
