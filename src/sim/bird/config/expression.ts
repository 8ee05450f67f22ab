// Expressions and filters that arrive after the file: `birdc eval`, `show route where ..`, `show route filter ..`
// (nest/config.Y and filter/config.Y of BIRD 1.6.8). They see the names of the configuration and may not define any.
import type { FilterSymbol, Term } from '../filter/ast.ts'
import { LazyBody } from '../filter/body.ts'
import type { Filter } from '../filter/filter.ts'
import { parseTerm } from '../filter/parse-term.ts'
import { evaluateBody } from '../filter/run.ts'
import { formatValue } from '../filter/value.ts'
import { parseFilter, whereFilter } from './parse-common.ts'
import { Reader } from './reader.ts'
import { ConfigError } from './source.ts'
import type { BirdConfig } from './tree.ts'

const COMMAND = '<command>'

/** Reads a command line with the names of a running configuration. */
export function readerOf(config: BirdConfig, text: string): Reader {
  const source = { files: new Map([[COMMAND, text]]), mainFile: COMMAND, term: parseTerm }
  const globals = new Map<string, FilterSymbol>(config.globals)
  return new Reader(source, { family: config.family, calico: config.calico }, globals)
}

/** What birdc answers to `eval text`: the value, or the message. Run-time errors are also logged. */
export function evalExpression(config: BirdConfig, text: string, log: (line: string) => void = () => {}): string {
  const reader = readerOf(config, text)
  try {
    const term = parseTerm(reader)
    reader.takeKind('end')
    return evalTerm(term, log)
  } catch (thrown) {
    if (thrown instanceof ConfigError) return thrown.problem.message
    throw thrown
  }
}

/** The value of a term as birdc prints it. */
export function evalTerm(term: Term, log: (line: string) => void = () => {}): string {
  const body = new LazyBody({ commands: [{ op: 'return', term }], locals: [], parameters: [] })
  const value = evaluateBody(body, { log, runtimeError: log })
  return value === null ? 'runtime error' : formatValue(value)
}

/** The filter of `filter NAME`, `filter { .. }` or `where term`, or the message birdc answers. */
export type ExpressionResult = { ok: true; filter: Filter } | { ok: false; message: string }

export function parseFilterExpression(config: BirdConfig, text: string): ExpressionResult {
  const reader = readerOf(config, text)
  try {
    if (!reader.accept('where')) reader.expect('filter')
    else return finish(reader, whereFilter(reader))
    return finish(reader, parseFilter(reader))
  } catch (thrown) {
    if (thrown instanceof ConfigError) return { ok: false, message: thrown.problem.message }
    throw thrown
  }
}

function finish(reader: Reader, filter: Filter): ExpressionResult {
  reader.takeKind('end')
  return { ok: true, filter }
}
