// Texts inside the document (bird.conf, manifests of the timeline): their own lines and columns as lines and columns of
// the document that holds them.
import { isScalar } from 'yaml'
import type { Place } from './reader.ts'

/** Where a place of an embedded text stands in the document `source`. Lines and columns are 1-based. */
export function embeddedPosition(
  source: string,
  place: Place,
  inner: { line: number; column: number },
): { line: number; column: number } {
  const node = place.node
  const start = node?.range?.[0] ?? place.at
  const line = source.slice(0, start).split('\n').length
  const column = start - source.lastIndexOf('\n', start - 1)
  // Only a literal block keeps its lines; other styles fold or escape, so the start of the text has to do.
  if (!isScalar(node) || node.type !== 'BLOCK_LITERAL') return { line, column }
  const body = source.slice(source.indexOf('\n', start) + 1, node.range?.[1] ?? source.length).split('\n')
  const indents = body.filter((text) => text.trim() !== '').map((text) => text.length - text.trimStart().length)
  const explicit = /^\|[+-]?[1-9]/.test(source.slice(start, start + 3))
  const indent = explicit ? Math.min(...indents, 0) : (indents[0] ?? 0)
  return { line: line + inner.line, column: indent + inner.column }
}
