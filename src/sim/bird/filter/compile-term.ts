// Terms to closures (interpret() of filter/filter.c, BIRD 1.6.8). Messages and evaluation order are the daemon's.
import { maskOf, prefixAddress, prefixLength } from '../../net/prefix.ts'
import type { Member, Term } from './ast.ts'
import { DYNAMIC_ATTRIBUTES, dynamicReader, dynamicType, STATIC_READERS, STATIC_TYPES } from './attributes.ts'
import { type Code, constantCode, type TypedCode, tagged, typedCode } from './code.ts'
import { makeEc } from './communities.ts'
import { compileCompare, compileLogic, compileMatch, expectBool } from './compare.ts'
import { compileList } from './compile-list.ts'
import { CONTINUE, FilterError, FilterExit, type Machine, RETURN } from './machine.ts'
import { firstAs, lastAs, lastNonaggregatedAs, type MaskItem, pathLength } from './path.ts'
import type { FilterRoute } from './route.ts'
import type { Value } from './value.ts'

export function compileTerm(term: Term): Code {
  switch (term.op) {
    case 'constant':
    case 'loose constant':
    case 'named constant':
      return constantCode(term.value)
    case 'variable': {
      const { variable } = term
      return { type: null, value: () => variable.value }
    }
    case 'static':
    case 'dynamic':
    case 'preference':
      return compileAttribute(term)
    case '+':
    case '-':
    case '*':
    case '/':
      return compileArithmetic(term)
    case '&&':
    case '||':
      return compileLogic(term.op, sides(term), term.line)
    case '=':
    case '!=':
    case '<':
    case '<=':
      return compileCompare(term.op, sides(term), term.line)
    case '~':
    case '!~':
      return compileMatch(sides(term), term.op === '!~', term.line)
    case '!': {
      const test = expectBool(compileTerm(term.term), failing(term.line, 'Not applied to non-boolean'))
      return typedCode('bool', (machine) => !test(machine))
    }
    case 'defined':
      return compileDefined(compileTerm(term.term))
    case 'member':
      return compileMember(term.member, compileTerm(term.term), term.line)
    case 'mask':
      return compileIpMask(term)
    case 'list':
      return compileList(term.verb, sides(term), term.line)
    case 'call':
      return { type: null, value: compileCallValue(term) }
    default:
      return compileConstructor(term)
  }
}

function sides(term: { left: Term; right: Term }): { left: Code; right: Code } {
  return { left: compileTerm(term.left), right: compileTerm(term.right) }
}

export function failing(line: number, message: string): () => never {
  return () => {
    throw new FilterError(line, message)
  }
}

export const NO_ROUTE = 'No route to access'

function compileAttribute(term: Term & { op: 'static' | 'dynamic' | 'preference' }): TypedCode {
  const noRoute = failing(term.line, NO_ROUTE)
  const on = (read: (route: FilterRoute) => ReturnType<TypedCode['raw']>): TypedCode['raw'] => {
    return (machine) => (machine.route === null ? noRoute() : read(machine.route))
  }
  if (term.op === 'preference')
    return typedCode(
      'int',
      on((route) => route.preference),
    )
  if (term.op === 'static') {
    const { type, enum: enumType } = STATIC_TYPES[term.attribute]
    return { type, enum: enumType, nullable: false, raw: on(STATIC_READERS[term.attribute]), constant: null }
  }
  const attribute = DYNAMIC_ATTRIBUTES.get(term.attribute)!
  const raw = on(dynamicReader(attribute))
  return { ...dynamicType(attribute), enum: 0x3f, raw, constant: null }
}

function compileDefined(code: Code): TypedCode {
  const value = tagged(code)
  return typedCode('bool', (machine) => value(machine).type !== 'void')
}

const ARITHMETIC: Readonly<Record<'+' | '-' | '*' | '/', (a: number, b: number) => number>> = {
  '+': (a, b) => (a + b) >>> 0,
  '-': (a, b) => (a - b) >>> 0,
  '*': (a, b) => Math.imul(a, b) >>> 0,
  '/': (a, b) => Math.floor(a / b),
}

function compileArithmetic(term: Term & { op: '+' | '-' | '*' | '/' }): TypedCode {
  const { op, line } = term
  const left = tagged(compileTerm(term.left))
  const right = tagged(compileTerm(term.right))
  const apply = ARITHMETIC[op]
  return typedCode('int', (machine) => {
    const a = left(machine)
    const b = right(machine)
    const same = a.type === b.type && (a.type !== 'enum' || a.enum === (b as typeof a).enum)
    if (!same) throw new FilterError(line, "Can't operate with values of incompatible types")
    if (a.type === 'void') throw new FilterError(line, "Can't operate with values of type void")
    if (a.type !== 'int') throw new FilterError(line, 'Usage of unknown type')
    const divisor = (b as { value: number }).value
    if (op === '/' && divisor === 0) throw new FilterError(line, 'Mother told me not to divide by 0')
    return apply(a.value, divisor)
  })
}

function memberOf(member: Member, value: Value): number | null {
  switch (member) {
    case 'ip':
      return value.type === 'prefix' ? prefixAddress(value.value) : null
    case 'len':
      if (value.type === 'prefix') return prefixLength(value.value)
      if (value.type === 'bgppath') return pathLength(value.value)
      return value.type === 'clist' || value.type === 'eclist' || value.type === 'lclist' ? value.value.length : null
    case 'first':
      return value.type === 'bgppath' ? firstAs(value.value) : null
    case 'last':
      return value.type === 'bgppath' ? lastAs(value.value) : null
    case 'last_nonaggregated':
      return value.type === 'bgppath' ? lastNonaggregatedAs(value.value) : null
  }
}

function compileMember(member: Member, code: Code, line: number): TypedCode {
  const value = tagged(code)
  const expected =
    member === 'ip'
      ? 'Prefix expected'
      : member === 'len'
        ? 'Prefix, path, clist or eclist expected'
        : 'AS path expected'
  return typedCode(member === 'ip' ? 'ip' : 'int', (machine) => {
    const result = memberOf(member, value(machine))
    if (result === null) throw new FilterError(line, expected)
    return result
  })
}

function compileIpMask(term: Term & { op: 'mask' }): TypedCode {
  const left = tagged(compileTerm(term.left))
  const right = tagged(compileTerm(term.right))
  return typedCode('ip', (machine) => {
    const address = left(machine)
    const length = right(machine)
    if (length.type !== 'int') throw new FilterError(term.line, 'Integer expected')
    if (address.type !== 'ip') throw new FilterError(term.line, 'You can mask only IP addresses')
    // Lengths above 32 do what the processor's shift does with them.
    const mask = length.value <= 32 ? maskOf(length.value) : ~((1 << ((32 - length.value) & 31)) - 1)
    return (address.value & mask) >>> 0
  })
}

function compileConstructor(term: Term & { op: 'pair' | 'ec' | 'lc' | 'bgpmask' }): TypedCode {
  switch (term.op) {
    case 'pair':
      return compilePair(term)
    case 'ec':
      return compileEc(term)
    case 'lc': {
      const parts = term.parts.map((part) => tagged(compileTerm(part)))
      return typedCode('lc', (machine) => {
        const values = parts.map((part) => part(machine))
        const wrong = values.some((value) => value.type !== 'int')
        if (wrong) throw new FilterError(term.line, "Can't operate with value of non-integer type in LC constructor")
        return values.map((value) => (value as { value: number }).value) as unknown as readonly [number, number, number]
      })
    }
    case 'bgpmask':
      return compileMask(term)
  }
}

function compilePair(term: Term & { op: 'pair' }): TypedCode {
  const left = tagged(compileTerm(term.left))
  const right = tagged(compileTerm(term.right))
  return typedCode('pair', (machine) => {
    const a = left(machine)
    const b = right(machine)
    if (a.type !== 'int' || b.type !== 'int') {
      throw new FilterError(term.line, "Can't operate with value of non-integer type in pair constructor")
    }
    if (a.value > 0xffff || b.value > 0xffff) {
      throw new FilterError(term.line, "Can't operate with value out of bounds in pair constructor")
    }
    return ((a.value << 16) | b.value) >>> 0
  })
}

function compileEc(term: Term & { op: 'ec' }): TypedCode {
  const { kind, line } = term
  const left = tagged(compileTerm(term.left))
  const right = tagged(compileTerm(term.right))
  return typedCode('ec', (machine) => {
    const key = left(machine)
    const value = right(machine)
    if (key.type !== 'int' && key.type !== 'ip' && key.type !== 'quad') {
      throw new FilterError(line, "Can't operate with key of non-integer/IPv4 type in EC constructor")
    }
    if (value.type !== 'int')
      throw new FilterError(line, "Can't operate with value of non-integer type in EC constructor")
    const ec = makeEc(kind, { value: key.value, address: key.type !== 'int' }, value.value)
    if (ec === null) throw new FilterError(line, "Can't operate with value out of bounds in EC constructor")
    return ec
  })
}

function compileMask(term: Term & { op: 'bgpmask' }): TypedCode {
  const parts = term.parts.map((part) => (part.kind === 'term' ? tagged(compileTerm(part.term)) : part))
  return typedCode('bgpmask', (machine) =>
    parts.map((part): MaskItem => {
      if (typeof part !== 'function') return part as MaskItem
      const value = part(machine)
      if (value.type !== 'int') {
        throw new FilterError(term.line, 'Error resolving path mask template: value not an integer')
      }
      return { kind: 'as', low: value.value, high: value.value, range: false }
    }),
  )
}

/** Puts the arguments in place; a wrong type is reported at the call. */
export function compileArguments(term: Term & { op: 'call' }): (machine: Machine) => void {
  const { line, callee } = term
  const args = term.args.map((arg) => tagged(compileTerm(arg)))
  return (machine) => {
    for (let i = 0; i < args.length; i++) assign(callee.parameters[i]!, args[i]!(machine), line)
  }
}

/** Gives a variable its value: of its own type, or void; an address becomes a quad. */
export function assign(variable: { type: string; value: Value }, value: Value, line: number): void {
  if (value.type === variable.type || value.type === 'void') variable.value = value
  else if (variable.type === 'quad' && value.type === 'ip') variable.value = { type: 'quad', value: value.value }
  else throw new FilterError(line, 'Assigning to variable of incompatible type')
}

function compileCallValue(term: Term & { op: 'call' }): (machine: Machine) => Value {
  const place = compileArguments(term)
  const { body } = term.callee
  return (machine) => {
    place(machine)
    const status = body.evaluate(machine)
    if (status !== RETURN && status !== CONTINUE) throw new FilterExit(status)
    return machine.result
  }
}
