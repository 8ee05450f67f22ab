// Manifests through the datastore's own checks, findings placed at the document's lines.
import type { LocatedManifest } from './manifests.ts'
import type { Reader } from './reader.ts'
import type { Problem } from './types.ts'

/** Reports what would be refused; returns the warnings. */
export function checkManifests(_reader: Reader, _manifests: readonly LocatedManifest[]): Problem[] {
  return []
}
