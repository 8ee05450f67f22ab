// Problems of the core (line and column, both from 1) as ranges of the text: the word at that place, or the line.
import type { Diagnostic } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Problem } from '../../sim/index.ts'

export function diagnosticsOf(doc: Text, problems: readonly Problem[]): Diagnostic[] {
  return problems.map((problem) => {
    const line = doc.line(Math.max(1, Math.min(doc.lines, problem.line)))
    const from = Math.min(line.to, line.from + Math.max(0, problem.column - 1))
    const word = /^\S+/.exec(doc.sliceString(from, line.to))?.[0] ?? ''
    const to = word === '' ? Math.min(doc.length, Math.max(from, line.to)) : from + word.length
    const message = problem.field ? `${problem.field}: ${problem.message}` : problem.message
    return { from, to, severity: problem.severity, message }
  })
}
