// The keeper of resources under the API: names in byte order, a revision for every change, watchers told in order.
// It validates nothing; `Datastore` (datastore.ts) is the API server in front of it.
import type { AnyResource, Kind, ResourceMap } from './resources.ts'

/** One change as a watch reports it. `before` is null for an addition, `after` for a deletion. */
export interface Change<K extends Kind = Kind> {
  readonly type: 'added' | 'modified' | 'deleted'
  readonly kind: K
  /** `name`, or `namespace/name` for namespaced kinds. */
  readonly key: string
  readonly before: ResourceMap[K] | null
  readonly after: ResourceMap[K] | null
}

export type Watcher = (change: Change) => void

/** A saved state of the store; cheap, since the objects themselves are immutable. */
export interface StoreSnapshot {
  readonly revision: number
  readonly kindRevisions: ReadonlyMap<Kind, number>
  readonly objects: ReadonlyMap<Kind, ReadonlyMap<string, AnyResource>>
}

/** JavaScript's < compares UTF-16 units; names are ASCII, so this is byte order. */
export function byteOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export function keyOf(resource: { readonly metadata: { readonly name: string; readonly namespace?: string } }): string {
  const { name, namespace } = resource.metadata
  return namespace === undefined || namespace === '' ? name : `${namespace}/${name}`
}

/** Position of the first object whose key is not before `key`. */
function lowerBound(sorted: readonly AnyResource[], key: string): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (keyOf(sorted[middle] as AnyResource) < key) low = middle + 1
    else high = middle
  }
  return low
}

export class ResourceStore {
  #revision = 0
  #kindRevisions = new Map<Kind, number>()
  #objects = new Map<Kind, Map<string, AnyResource>>()
  #sorted = new Map<Kind, readonly AnyResource[]>()
  #watchers: Watcher[] = []

  /** Grows with every change; equal revisions mean equal content. */
  get revision(): number {
    return this.#revision
  }

  /** The revision of the last change to any object of this kind. */
  kindRevision(kind: Kind): number {
    return this.#kindRevisions.get(kind) ?? 0
  }

  get<K extends Kind>(kind: K, key: string): ResourceMap[K] | null {
    return (this.#objects.get(kind)?.get(key) as ResourceMap[K] | undefined) ?? null
  }

  /** All objects of a kind in byte order of their key. The array is shared: the same one until the kind changes. */
  list<K extends Kind>(kind: K): readonly ResourceMap[K][] {
    let sorted = this.#sorted.get(kind)
    if (sorted === undefined) {
      const entries = [...(this.#objects.get(kind) ?? [])].sort((a, b) => byteOrder(a[0], b[0]))
      sorted = entries.map((entry) => entry[1])
      this.#sorted.set(kind, sorted)
    }
    return sorted as readonly ResourceMap[K][]
  }

  /** Stores a resource as it is, with a new resourceVersion; reports the change to every watcher. */
  put<K extends Kind>(resource: ResourceMap[K] & { readonly kind: K }): Change<K> {
    const kind: K = resource.kind
    const key = keyOf(resource)
    const before = this.get(kind, key)
    this.#bump(kind)
    const metadata = { ...resource.metadata, resourceVersion: String(this.#revision) }
    const after = { ...resource, metadata } as ResourceMap[K]
    let objects = this.#objects.get(kind)
    if (objects === undefined) {
      objects = new Map()
      this.#objects.set(kind, objects)
    }
    objects.set(key, after)
    this.#resort(kind, { key, before, after })
    return this.#tell({ type: before === null ? 'added' : 'modified', kind, key, before, after })
  }

  /** Removes a resource; null when there was none. */
  remove<K extends Kind>(kind: K, key: string): Change<K> | null {
    const before = this.get(kind, key)
    if (before === null) return null
    this.#bump(kind)
    this.#objects.get(kind)?.delete(key)
    this.#resort(kind, { key, before, after: null })
    return this.#tell({ type: 'deleted', kind, key, before, after: null })
  }

  /** Calls `watcher` with every later change, in order; returns the function that stops it. */
  watch(watcher: Watcher): () => void {
    this.#watchers = [...this.#watchers, watcher]
    return () => {
      this.#watchers = this.#watchers.filter((other) => other !== watcher)
    }
  }

  snapshot(): StoreSnapshot {
    const objects = new Map([...this.#objects].map(([kind, byKey]) => [kind, new Map(byKey)]))
    return { revision: this.#revision, kindRevisions: new Map(this.#kindRevisions), objects }
  }

  /** Puts a saved state back without telling the watchers. */
  restore(snapshot: StoreSnapshot): void {
    this.#revision = snapshot.revision
    this.#kindRevisions = new Map(snapshot.kindRevisions)
    this.#objects = new Map([...snapshot.objects].map(([kind, byKey]) => [kind, new Map(byKey)]))
    this.#sorted.clear()
  }

  #bump(kind: Kind): void {
    this.#revision += 1
    this.#kindRevisions.set(kind, this.#revision)
  }

  /** Carries one change into a new sorted list, so that the old one stays what its readers saw. */
  #resort(kind: Kind, change: { key: string; before: AnyResource | null; after: AnyResource | null }): void {
    const sorted = this.#sorted.get(kind)
    if (sorted === undefined) return
    const at = lowerBound(sorted, change.key)
    const rest = sorted.slice(change.before === null ? at : at + 1)
    const middle = change.after === null ? [] : [change.after]
    this.#sorted.set(kind, [...sorted.slice(0, at), ...middle, ...rest])
  }

  #tell<K extends Kind>(change: Change<K>): Change<K> {
    for (const watcher of this.#watchers) watcher(change as unknown as Change)
    return change
  }
}
