// The API server of the simulated cluster: takes manifests whole or not at all, fills defaults, and tells watchers.
// Behaviour follows reference section 1 (Calico v3.30.2 with the Kubernetes datastore).
import { deepEqual } from './deep-equal.ts'
import { type Admission, admit, headOf } from './manifest.ts'
import type { Notice, Problem } from './problem.ts'
import type { AnyResource, Kind, ResourceMap } from './resources.ts'
import { shapeOf } from './schema/shapes.ts'
import { type Change, keyOf, ResourceStore } from './store.ts'

export type ApplyResult =
  | { readonly ok: true; readonly changes: readonly Change[]; readonly notices: readonly Notice[] }
  | { readonly ok: false; readonly problems: readonly Problem[] }

export interface ApplyOptions {
  /** RFC 3339 time for metadata.creationTimestamp of new objects. */
  readonly now?: string
}

interface Placed {
  readonly document: unknown
  readonly index: number
  /** Path inside the document, for items of a List. */
  readonly prefix: readonly (string | number)[]
}

/** Takes the items out of Lists (`kind: List` and any `...List`), keeping where each stood. */
function flatten(documents: readonly unknown[]): Placed[] {
  return documents.flatMap((document, index): Placed[] => {
    if (document === null || document === undefined) return []
    const items = (document as { items?: unknown }).items
    if (!headOf(document).kind.endsWith('List') || !Array.isArray(items)) return [{ document, index, prefix: [] }]
    return items.map((item, position) => ({ document: item as unknown, index, prefix: ['items', position] }))
  })
}

export class Datastore extends ResourceStore {
  /** Applies decoded YAML documents in order; a problem anywhere leaves the store untouched. */
  apply(documents: readonly unknown[], options: ApplyOptions = {}): ApplyResult {
    const trial = new ResourceStore()
    trial.restore(this.snapshot())
    const problems: Problem[] = []
    const notices: Notice[] = []
    const accepted: AnyResource[] = []
    for (const placed of flatten(documents)) {
      const admission = admit(placed.document, trial)
      collect(admission, placed, { problems, notices })
      if (admission.resource === null || admission.findings.length > 0) continue
      const resource = withServerFields(admission.resource, trial, options)
      if (resource === null) continue
      trial.put(resource as ResourceMap[Kind])
      accepted.push(resource)
    }
    if (problems.length > 0) return { ok: false, problems }
    return { ok: true, changes: accepted.map((resource) => this.put(resource as ResourceMap[Kind])), notices }
  }

  /** Deletes what the documents name; all of it or nothing. */
  deleteManifests(documents: readonly unknown[]): ApplyResult {
    const problems: Problem[] = []
    const found: { kind: Kind; key: string }[] = []
    for (const { document, index, prefix } of flatten(documents)) {
      const about = headOf(document)
      const shape = shapeOf(about.kind)
      const metadata = (document as { metadata?: { namespace?: string } }).metadata
      const namespace = shape?.namespaced === true ? metadata?.namespace || 'default' : ''
      const key = namespace === '' ? about.name : `${namespace}/${about.name}`
      if (about.kind === 'Node' && about.apiVersion.startsWith('projectcalico.org/')) {
        const message = `operation Delete is not supported on Node(${about.name})`
        problems.push({ document: index, about, path: [...prefix, 'kind'], code: 'unsupported', message })
      } else if (shape === null || this.get(shape.kind, key) === null) {
        const message = `${shape?.resource ?? about.kind} "${about.name}" not found`
        problems.push({ document: index, about, path: [...prefix, 'metadata', 'name'], code: 'conflict', message })
      } else {
        found.push({ kind: shape.kind, key })
      }
    }
    if (problems.length > 0) return { ok: false, problems }
    const changes = found.flatMap(({ kind, key }) => this.remove(kind, key) ?? [])
    return { ok: true, changes, notices: [] }
  }
}

function collect(admission: Admission, placed: Placed, into: { problems: Problem[]; notices: Notice[] }): void {
  const { document, index, prefix } = placed
  for (const finding of admission.findings) {
    into.problems.push({ ...finding, path: [...prefix, ...finding.path], document: index, about: headOf(document) })
  }
  for (const notice of admission.notices)
    into.notices.push({ ...notice, path: [...prefix, ...notice.path], document: index })
}

/** Adds what the API server adds; null when the object would not change. */
function withServerFields(resource: AnyResource, store: ResourceStore, options: ApplyOptions): AnyResource | null {
  const old = store.get(resource.kind, keyOf(resource))
  const { resourceVersion: _, ...metadata } = resource.metadata
  if (old === null) {
    const created = options.now === undefined ? {} : { creationTimestamp: options.now }
    return { ...resource, metadata: { ...created, ...metadata } } as AnyResource
  }
  const { resourceVersion: version, creationTimestamp } = old.metadata
  const kept = creationTimestamp === undefined ? {} : { creationTimestamp }
  const next = { ...resource, metadata: { ...metadata, ...kept } } as AnyResource
  const same = deepEqual(
    { ...old, metadata: { ...old.metadata, resourceVersion: null } },
    {
      ...next,
      metadata: { ...next.metadata, resourceVersion: null },
    },
  )
  return same && version !== undefined ? null : next
}
