// Text of a scenario document to a checked Scenario (docs/scenario-format.md). Every problem is reported with its place;
// a document with any problem gives no scenario.
import { type Document, isScalar, LineCounter, parseAllDocuments } from 'yaml'
import { checkManifests } from './check-manifests.ts'
import { type LocatedManifest, readManifest } from './manifests.ts'
import { isKindCluster, placeNodes } from './placement.ts'
import { isScenarioDocument, readScenarioDocument } from './read-scenario.ts'
import { Reader } from './reader.ts'
import type { ParsedScenario, Problem } from './types.ts'

/** Larger documents are refused before they are read. */
const MAX_LENGTH = 4_000_000

export function parseScenario(text: string): ParsedScenario {
  const lines = new LineCounter()
  const reader = new Reader(text, lines)
  if (text.length > MAX_LENGTH) {
    reader.problemAt(0, '', `the document has ${text.length} characters; at most ${MAX_LENGTH} are read`)
    return { ok: false, problems: reader.problems }
  }
  const documents = readDocuments(text, { reader, lines })
  const manifests: LocatedManifest[] = []
  let own: Document | null = null
  for (const document of documents) {
    reader.document = document
    if (isScenarioDocument(reader, document)) {
      if (own !== null)
        reader.problemAt(document.contents?.range?.[0] ?? 0, 'kind', 'a second Scenario document; there may be one')
      own ??= document
    } else manifests.push(...readManifest(reader, document))
  }
  const { kept, warnings } = checkManifests(reader, manifests)
  checkClusters(reader, kept)
  const scenario = readScenarioDocument(reader, own, { manifests: kept, placements: placeNodes(kept) })
  if (scenario === null || reader.problems.length > 0) return { ok: false, problems: inOrder(reader.problems) }
  return { ok: true, scenario, warnings: inOrder(warnings) }
}

/** The documents of the text that are well formed; syntax errors of the others become problems. */
function readDocuments(text: string, context: { reader: Reader; lines: LineCounter }): Document[] {
  const stream = parseAllDocuments(text, {
    lineCounter: context.lines,
    prettyErrors: false,
    strict: true,
    uniqueKeys: true,
  })
  if (!Array.isArray(stream)) return []
  return (stream as Document[]).filter((document) => {
    for (const error of document.errors) context.reader.problemAt(error.pos[0], '', `YAML: ${error.message}`)
    return document.errors.length === 0 && !isEmpty(document)
  })
}

/** Comments alone, or nothing at all, between two `---`. */
function isEmpty(document: Document): boolean {
  return document.contents === null || (isScalar(document.contents) && document.contents.value === null)
}

/** kind makes one cluster of one document, and its nodes share one network. */
function checkClusters(reader: Reader, manifests: readonly LocatedManifest[]): void {
  for (const extra of manifests.filter((manifest) => isKindCluster(manifest.object)).slice(1)) {
    reader.problemAt(extra.node.range?.[0] ?? 0, 'kind', 'a second kind Cluster; a scenario has one')
  }
}

function inOrder(problems: readonly Problem[]): Problem[] {
  return [...problems].sort((a, b) => a.line - b.line || a.column - b.column)
}
