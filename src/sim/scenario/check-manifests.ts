// Manifests through the datastore's own checks, findings placed at the document's lines.
import { Datastore } from '../datastore/datastore.ts'
import { type FieldPath, formatPath } from '../datastore/problem.ts'
import { type LocatedManifest, offsetOf } from './manifests.ts'
import type { Reader } from './reader.ts'
import type { Problem } from './types.ts'

interface Found {
  manifest: LocatedManifest
  path: FieldPath
  message: string
}

/**
 * Reports what would be refused; gives the manifests to run with, and warnings. A kind that is real but not simulated is
 * refused by name, except in a list: dumps of whole clusters are full of them, so there it is left out with a warning.
 */
export function checkManifests(
  reader: Reader,
  manifests: readonly LocatedManifest[],
): { kept: LocatedManifest[]; warnings: Problem[] } {
  const first = tryApply(manifests)
  const unknown = first.refused.filter((found) => found.manifest.listed && found.kind === 'unsupported')
  const leftOut = new Set(unknown.map((found) => found.manifest))
  const kept = manifests.filter((manifest) => !leftOut.has(manifest))
  const second = leftOut.size === 0 ? first : tryApply(kept)
  for (const { manifest, path, message } of second.refused) {
    reader.problemAt(offsetOf(manifest, path), formatPath(path), message)
  }
  const warnings = [
    ...unknown.map((found) => ({ ...found, message: `left out: ${found.message}` })),
    ...second.notices,
  ].map(({ manifest, path, message }): Problem => {
    const place = reader.position(offsetOf(manifest, path))
    return { ...place, field: formatPath(path), message, severity: 'warning' }
  })
  return { kept, warnings }
}

function tryApply(manifests: readonly LocatedManifest[]): { refused: (Found & { kind: string })[]; notices: Found[] } {
  const result = new Datastore().apply(manifests.map((manifest) => manifest.object))
  const locate = <F extends { document: number; path: FieldPath; message: string }>(finding: F) => {
    const manifest = manifests[finding.document]
    return manifest === undefined ? [] : [{ manifest, path: finding.path, message: finding.message }]
  }
  if (result.ok) return { refused: [], notices: result.notices.flatMap(locate) }
  return {
    refused: result.problems.flatMap((problem) => locate(problem).map((found) => ({ ...found, kind: problem.code }))),
    notices: [],
  }
}
