// A text in the editor, checked as it would be applied over what the datastore holds: problems with line and column.
import { type Document, LineCounter, parseAllDocuments } from 'yaml'
import { parseBirdConfig } from '../bird/config/parser.ts'
import { Datastore } from '../datastore/datastore.ts'
import { formatPath } from '../datastore/problem.ts'
import type { AnyResource, Kind, ResourceMap } from '../datastore/resources.ts'
import { type LocatedManifest, offsetOf, readManifest } from './manifests.ts'
import { Reader } from './reader.ts'
import type { Problem } from './types.ts'

/** What `kubectl apply` would refuse (errors), and what it would accept without effect here (warnings). */
export function checkManifestText(text: string, existing: readonly object[]): Problem[] {
  const lines = new LineCounter()
  const reader = new Reader(text, lines)
  const stream = parseAllDocuments(text, { lineCounter: lines, prettyErrors: false })
  const manifests: LocatedManifest[] = []
  for (const document of Array.isArray(stream) ? (stream as Document[]) : []) {
    for (const error of document.errors) reader.problemAt(error.pos[0], '', `YAML: ${error.message}`)
    if (document.errors.length > 0 || document.contents === null) continue
    reader.document = document
    manifests.push(...readManifest(reader, document))
  }
  if (reader.problems.length === 0 && manifests.length === 0) reader.problemAt(0, '', 'there is no object to apply')
  const store = new Datastore()
  for (const resource of existing) store.put(resource as ResourceMap[Kind] & AnyResource)
  const result = store.apply(manifests.map((manifest) => manifest.object))
  const severity = result.ok ? 'warning' : 'error'
  const found = (result.ok ? result.notices : result.problems).flatMap(({ document, path, message }): Problem[] => {
    const manifest = manifests[document]
    if (manifest === undefined) return []
    return [{ ...reader.position(offsetOf(manifest, path)), field: formatPath(path), message, severity }]
  })
  return [...reader.problems, ...found].sort((a, b) => a.line - b.line || a.column - b.column)
}

/** What the daemon of an outside router would refuse. */
export function checkBirdConfText(text: string): Problem[] {
  const parsed = parseBirdConfig(new Map([['bird.conf', text]]), 'bird.conf', { calico: false })
  if (parsed.ok) return []
  return parsed.problems.map(({ line, column, message }) => {
    return { line: Math.max(line, 1), column: Math.max(column, 1), field: '', message, severity: 'error' }
  })
}
