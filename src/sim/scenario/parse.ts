// Text of a scenario document to a checked Scenario (docs/scenario-format.md). Every problem is reported with its place.
import type { ParsedScenario } from './types.ts'

export function parseScenario(text: string): ParsedScenario {
  const message = text.trim() === '' ? 'the document is empty' : 'the document cannot be read yet'
  return { ok: false, problems: [{ line: 1, column: 1, field: '', message, severity: 'error' }] }
}
