// Terms whose value the parser needs at once: constants, numbers in options, members of sets (f_eval of BIRD 1.6.8).
import type { Reader } from '../config/reader.ts'
import type { Term } from './ast.ts'
import { LazyBody } from './body.ts'
import { evaluateBody } from './run.ts'
import type { Value } from './value.ts'

function evaluate(term: Term): Value | null {
  if (term.op === 'constant' || term.op === 'named constant') return term.value
  return evaluateBody(new LazyBody({ commands: [{ op: 'return', term }], locals: [], parameters: [] }), {})
}

export function evaluateTerm(reader: Reader, term: Term): Value {
  const value = evaluate(term)
  if (value === null) throw reader.fail('Runtime error')
  return value
}

export function evaluateInteger(reader: Reader, term: Term): number {
  const value = evaluate(term)
  if (value?.type !== 'int') throw reader.fail('Integer expression expected')
  return value.value
}
