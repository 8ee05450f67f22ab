// Terms whose value the parser needs at once: constants, numbers in options, members of sets (f_eval of BIRD 1.6.8).
import type { Reader } from '../config/reader.ts'
import type { Term } from './ast.ts'
import { LazyBody } from './body.ts'
import { evaluateBody } from './run.ts'
import type { Value } from './value.ts'

/** What printing and failing say while a file is read. */
export type EvaluationLog = (line: string) => void

export function evaluateTerm(reader: Reader, term: Term): Value {
  if (term.op === 'constant') return term.value
  const body = new LazyBody({ commands: [{ op: 'return', term }], locals: [], parameters: [] })
  const value = evaluateBody(body, {})
  if (value === null) throw reader.fail('Runtime error')
  return value
}

export function evaluateInteger(reader: Reader, term: Term): number {
  const value = evaluateTerm(reader, term)
  if (value.type !== 'int') throw reader.fail('Integer expression expected')
  return value.value
}
