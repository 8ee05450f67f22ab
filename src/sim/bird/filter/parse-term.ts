// Expressions by precedence climbing: && and || share the lowest level, comparisons do not chain, `!` binds tighter
// than arithmetic (filter/config.Y and conf/confbase.Y of BIRD 1.6.8).
import { parsePrefixLiteral } from '../config/literals.ts'
import type { Reader } from '../config/reader.ts'
import type { CompareOp, ListOp, Member, Term } from './ast.ts'
import { DYNAMIC_ATTRIBUTES, STATIC_TYPES } from './attributes.ts'
import { makeEc } from './communities.ts'
import type { FunctionDefinition } from './filter.ts'
import { check16, parseEcKind, parsePathMask, parseSet, parseSlashMask } from './parse-set.ts'
import type { Value } from './value.ts'

export function parseTerm(reader: Reader): Term {
  return reader.nested(() => parseLogic(reader))
}

function parseLogic(reader: Reader): Term {
  let left = parseComparison(reader)
  for (;;) {
    const op = reader.word()
    if (op !== '&&' && op !== '||') return left
    reader.take()
    const right = parseComparison(reader)
    reader.look()
    left = { op, left, right, line: reader.line }
  }
}

const COMPARISONS: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>=', '~', '!~'])

function parseComparison(reader: Reader): Term {
  const left = parseSum(reader)
  const op = reader.word()
  if (!COMPARISONS.has(op)) return left
  reader.take()
  const right = parseSum(reader)
  if (COMPARISONS.has(reader.word())) throw reader.syntaxError()
  const line = reader.line
  if (op === '>') return { op: '<', left: right, right: left, line }
  if (op === '>=') return { op: '<=', left: right, right: left, line }
  return { op: op as CompareOp | '~' | '!~', left, right, line }
}

function parseSum(reader: Reader): Term {
  let left = parseProduct(reader)
  for (;;) {
    const op = reader.word()
    if (op !== '+' && op !== '-') return left
    reader.take()
    const right = parseProduct(reader)
    reader.look()
    left = { op, left, right, line: reader.line }
  }
}

function parseProduct(reader: Reader): Term {
  let left = parseUnary(reader)
  for (;;) {
    const op = reader.word()
    if (op !== '*' && op !== '/') return left
    reader.take()
    const right = parseUnary(reader)
    reader.look()
    left = { op, left, right, line: reader.line }
  }
}

function parseUnary(reader: Reader): Term {
  if (!reader.accept('!')) return parsePostfix(reader)
  const term = reader.nested(() => parseUnary(reader))
  reader.look()
  return { op: '!', term, line: reader.line }
}

const MEMBERS: ReadonlySet<string> = new Set(['ip', 'len', 'first', 'last', 'last_nonaggregated'])

function parsePostfix(reader: Reader): Term {
  let term = parsePrimary(reader)
  while (reader.accept('.')) {
    const word = reader.word()
    if (MEMBERS.has(word)) {
      reader.take()
      term = { op: 'member', member: word as Member, term, line: reader.line }
    } else {
      reader.expect('mask')
      reader.expect('(')
      const right = parseTerm(reader)
      reader.expect(')')
      term = { op: 'mask', left: term, right, line: reader.line }
    }
  }
  return term
}

const constant = (value: Value): Term => ({ op: 'constant', value })

function parsePrimary(reader: Reader): Term {
  switch (reader.kind) {
    case 'number':
      return constant({ type: 'int', value: reader.takeNumber() })
    case 'text':
      return constant({ type: 'string', value: reader.takeText() })
    case 'ip': {
      reader.take()
      const address = reader.lexer.value
      if (!reader.at('/')) return constant({ type: 'ip', value: address })
      return constant({ type: 'prefix', value: parsePrefixLiteral(reader, address).prefix })
    }
    case 'rtrid':
      reader.take()
      return constant({ type: 'quad', value: reader.lexer.value })
    case 'enum':
      reader.take()
      return constant({ type: 'enum', ...reader.lexer.enumConstant! })
    case 'symbol':
      return parseSymbol(reader)
    case 'word':
      return parseWord(reader, reader.word())
    default:
      throw reader.syntaxError()
  }
}

function parseSymbol(reader: Reader): Term {
  const name = reader.takeSymbol()
  if (reader.at('(')) return parseCall(reader, name)
  const symbol = reader.find(name)
  if (symbol?.kind === 'constant') return { op: 'named constant', value: symbol.value }
  if (symbol?.kind === 'variable') return { op: 'variable', variable: symbol }
  throw reader.fail(`${name}: variable expected.`)
}

/** After the name: `( arguments )`. */
export function parseCall(reader: Reader, name: string): Term & { op: 'call' } {
  reader.expect('(')
  const args: Term[] = []
  if (!reader.at(')')) {
    do args.push(parseTerm(reader))
    while (reader.accept(','))
  }
  reader.expect(')')
  const callee = calleeOf(reader, name)
  if (args.length !== callee.parameters.length) throw reader.fail(`Wrong number of arguments for function ${name}.`)
  return { op: 'call', callee, args, line: reader.line }
}

function calleeOf(reader: Reader, name: string): FunctionDefinition {
  const symbol = reader.find(name)
  if (symbol?.kind !== 'function') {
    throw reader.fail("You can't call something which is not a function. Really.")
  }
  return symbol.definition
}

const LIST_OPS: ReadonlySet<string> = new Set(['prepend', 'add', 'delete', 'filter'])

function parseWord(reader: Reader, word: string): Term {
  if (word in STATIC_TYPES) {
    reader.take()
    return { op: 'static', attribute: word as keyof typeof STATIC_TYPES, line: reader.line }
  }
  if (DYNAMIC_ATTRIBUTES.has(word)) {
    reader.take()
    return { op: 'dynamic', attribute: word, line: reader.line }
  }
  if (LIST_OPS.has(word)) return parseListOp(reader, word as ListOp)
  switch (word) {
    case '(':
      reader.take()
      return parseBracket(reader)
    case '[':
      reader.take()
      return constant(parseSet(reader))
    case '[=': {
      reader.take()
      return maskTerm(reader, parsePathMask(reader))
    }
    case '/':
      reader.take()
      return maskTerm(reader, parseSlashMask(reader))
    case 'true':
    case 'false':
      reader.take()
      return constant({ type: 'bool', value: word === 'true' })
    case 'defined': {
      reader.take()
      reader.expect('(')
      const term = parseTerm(reader)
      reader.expect(')')
      return { op: 'defined', term }
    }
    case 'preference':
      reader.take()
      return { op: 'preference', line: reader.line }
    case '+':
    case '-':
      return parseEmpty(reader, word)
    case 'roa_check': {
      reader.take()
      reader.expect('(')
      const name = reader.takeSymbol()
      // The table alone, or with a prefix and an AS.
      if (reader.accept(',')) {
        parseTerm(reader)
        reader.expect(',')
        parseTerm(reader)
      }
      reader.expect(')')
      // There are no ROA tables, so that no name can be one.
      throw reader.fail(`${name} is not a ROA table`)
    }
    default:
      if (/^(ospf|rip)_/.test(word)) throw reader.unsupported(word)
      throw reader.syntaxError()
  }
}

function maskTerm(reader: Reader, parts: ReturnType<typeof parsePathMask>): Term {
  if (parts.every((part) => part.kind !== 'term'))
    return { op: 'loose constant', value: { type: 'bgpmask', value: parts as never } }
  return { op: 'bgpmask', parts, line: reader.line }
}

function parseListOp(reader: Reader, verb: ListOp): Term {
  reader.take()
  reader.expect('(')
  const left = parseTerm(reader)
  reader.expect(',')
  const right = parseTerm(reader)
  reader.expect(')')
  return { op: 'list', verb, left, right, line: reader.line }
}

const LISTS = ['clist', 'eclist', 'lclist'] as const

/** `+empty+`, `-empty-`, `--empty--`, `---empty---`. */
function parseEmpty(reader: Reader, sign: '+' | '-'): Term {
  let signs = 0
  while (signs < (sign === '+' ? 1 : 3) && reader.accept(sign)) signs++
  reader.expect('empty')
  for (let i = 0; i < signs; i++) reader.expect(sign)
  const value: Value = sign === '+' ? { type: 'bgppath', value: [] } : { type: LISTS[signs - 1]!, value: [] }
  return { op: 'loose constant', value }
}

/** After `(`: a bracketed term, a pair, an extended or a large community. */
function parseBracket(reader: Reader): Term {
  const kind = parseEcKind(reader)
  if (kind !== null) return parseEc(reader, kind)
  const first = parseTerm(reader)
  if (reader.accept(')')) return first
  reader.expect(',')
  const second = parseTerm(reader)
  if (reader.accept(',')) {
    const third = parseTerm(reader)
    reader.expect(')')
    return makeLcTerm(reader, [first, second, third])
  }
  reader.expect(')')
  return makePairTerm(reader, first, second)
}

function parseEc(reader: Reader, kind: number): Term {
  reader.expect(',')
  const left = parseTerm(reader)
  reader.expect(',')
  const right = parseTerm(reader)
  reader.expect(')')
  const { line } = reader
  const key = left.op === 'constant' || left.op === 'named constant' ? left.value : null
  if (key !== null && key.type !== 'int' && key.type !== 'ip' && key.type !== 'quad') {
    throw reader.fail("Can't operate with key of non-integer/IPv4 type in EC constructor")
  }
  if (!isFolded(right)) return { op: 'ec', kind, left, right, line }
  if (right.value.type !== 'int') throw reader.fail("Can't operate with value of non-integer type in EC constructor")
  if (key === null) return { op: 'ec', kind, left, right, line }
  const ec = makeEc(kind, { value: key.value as number, address: key.type !== 'int' }, right.value.value)
  if (ec === null) throw reader.fail(`Value ${right.value.value} out of range (0-65535)`)
  return constant({ type: 'ec', value: ec })
}

/** Constants BIRD keeps in the instruction itself; addresses, prefixes and long communities live beside it. */
const FOLDED: ReadonlySet<string> = new Set(['int', 'bool', 'string', 'enum', 'pair', 'set', 'prefix set'])

function isFolded(term: Term): term is Term & { op: 'constant' } {
  return term.op === 'constant' && FOLDED.has(term.value.type)
}

function makePairTerm(reader: Reader, left: Term, right: Term): Term {
  if (!isFolded(left) || !isFolded(right)) return { op: 'pair', left, right, line: reader.line }
  if (left.value.type !== 'int' || right.value.type !== 'int') {
    throw reader.fail("Can't operate with value of non-integer type in pair constructor")
  }
  check16(reader, left.value.value)
  check16(reader, right.value.value)
  return constant({ type: 'pair', value: ((left.value.value << 16) | right.value.value) >>> 0 })
}

function makeLcTerm(reader: Reader, parts: readonly [Term, Term, Term]): Term {
  const values: number[] = []
  if (!parts.every(isFolded)) return { op: 'lc', parts, line: reader.line }
  for (const part of parts) {
    if (part.value.type !== 'int') {
      throw reader.fail("LC - Can't operate with value of non-integer type in tuple constructor")
    }
    values.push(part.value.value)
  }
  return constant({ type: 'lc', value: values as unknown as readonly [number, number, number] })
}
