// The structure of a body as text, for comparing filters at reconfiguration the way i_same of BIRD 1.6.8 does: line
// numbers and layout do not count, names of variables do, constants and functions count by content.
import type { Body, Command, MaskPart, Term } from './ast.ts'
import type { CompiledBody } from './filter.ts'
import { formatValue, type Value } from './value.ts'

export function describeBody(body: Body): { structure: string; callees: CompiledBody[] } {
  const callees: CompiledBody[] = []
  return { structure: describeCommands(body.commands, callees), callees }
}

function describeValue(value: Value): string {
  if (value.type === 'string') return JSON.stringify(value.value)
  if (value.type === 'set') {
    const items = value.value.items.map(({ from, to }) => `${from.type} ${formatValue(from)}..${formatValue(to)}`)
    return `[${items.join(',')}]`
  }
  return `${value.type} ${formatValue(value)}`
}

function describePart(part: MaskPart, callees: CompiledBody[]): string {
  if (part.kind === 'term') return `(${describeTerm(part.term, callees)})`
  return part.kind === 'as' ? `${part.low}..${part.high}` : part.kind
}

function describeTerm(term: Term, callees: CompiledBody[]): string {
  const both = (left: Term, right: Term) => `${describeTerm(left, callees)},${describeTerm(right, callees)}`
  switch (term.op) {
    case 'constant':
    case 'loose constant':
    case 'named constant':
      return describeValue(term.value)
    case 'variable':
      return `$${term.variable.name}`
    case 'static':
    case 'dynamic':
      return term.attribute
    case 'preference':
      return 'preference'
    case '!':
    case 'defined':
      return `${term.op}(${describeTerm(term.term, callees)})`
    case 'member':
      return `.${term.member}(${describeTerm(term.term, callees)})`
    case 'list':
      return `${term.verb}(${both(term.left, term.right)})`
    case 'ec':
      return `ec ${term.kind}(${both(term.left, term.right)})`
    case 'lc':
      return `lc(${term.parts.map((part) => describeTerm(part, callees)).join(',')})`
    case 'bgpmask':
      return `[=${term.parts.map((part) => describePart(part, callees)).join(' ')}=]`
    case 'call': {
      const args = term.args.map((arg, i) => `${term.callee.parameters[i]!.name}=${describeTerm(arg, callees)}`)
      callees.push(term.callee.body)
      return `call(${args.join(',')})`
    }
    default:
      return `${term.op}(${both(term.left, term.right)})`
  }
}

function describeCommands(commands: readonly Command[], callees: CompiledBody[]): string {
  return `{${commands.map((command) => describeCommand(command, callees)).join(';')}}`
}

function describeCommand(command: Command, callees: CompiledBody[]): string {
  const term = (inner: Term) => describeTerm(inner, callees)
  switch (command.op) {
    case 'if': {
      const head = `if ${term(command.test)}${describeCommands(command.body, callees)}`
      return command.else === null ? head : `${head}else${describeCommands(command.else, callees)}`
    }
    case 'set':
      return `$${command.variable.name}:${command.variable.type}=${term(command.term)}`
    case 'set static':
    case 'set dynamic':
      return `${command.attribute}=${term(command.term)}`
    case 'set preference':
      return `preference=${term(command.term)}`
    case 'unset':
      return `unset ${command.attribute}`
    case 'return':
      return `return ${term(command.term)}`
    case 'verdict':
      return `${command.verdict} ${command.terms.map(term).join(',')}`
    case 'call':
      return term(command.call)
    case 'case': {
      const items = command.branches?.items ?? []
      const branches = items.map(
        ({ from, to, data }) => `${describeValue(from)}..${describeValue(to)}:${describeCommands(data, callees)}`,
      )
      const rest = command.else === null ? '' : `else:${describeCommands(command.else, callees)}`
      return `case ${term(command.term)}{${branches.join('')}${rest}}`
    }
  }
}
