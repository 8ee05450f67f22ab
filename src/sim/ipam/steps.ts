// Writes of IPAM as data, one step at a time: the cluster decides when each happens, and a step that comes too late
// (somebody else changed the object meanwhile) is refused, as compare-and-swap refuses it in Calico.
import type { Datastore } from '../datastore/datastore.ts'
import type { AnyResource, Kind, ResourceMap } from '../datastore/resources.ts'
import { keyOf } from '../datastore/store.ts'

export interface Write {
  readonly kind: Kind
  readonly key: string
  /** null: delete. */
  readonly resource: AnyResource | null
  /** resourceVersion the object must still have; null: it must not exist; undefined: whatever. */
  readonly expect: string | null | undefined
}

export type StepName =
  /** A claim: affinity pending, block created, affinity confirmed (only then confd announces it). */
  | 'affinity-pending'
  | 'block-created'
  | 'affinity-confirmed'
  | 'address-assigned'
  | 'address-released'
  /** A release: affinity pendingDeletion, block deleted or left without owner, affinity gone. */
  | 'affinity-pending-deletion'
  | 'block-released'
  | 'affinity-deleted'
  | 'node-updated'

export interface IpamStep {
  readonly step: StepName
  /** The block or address it is about. */
  readonly subject: string
  readonly node: string
  readonly writes: readonly Write[]
}

/** Writes a step into the store; false when it came too late, and then nothing was written. */
export function commitStep(store: Datastore, step: IpamStep): boolean {
  for (const { kind, key, expect } of step.writes) {
    if (expect === undefined) continue
    if ((store.get(kind, key)?.metadata.resourceVersion ?? null) !== expect) return false
  }
  for (const { kind, key, resource } of step.writes) {
    if (resource === null) store.remove(kind, key)
    else store.put(resource as ResourceMap[Kind])
  }
  return true
}

export function commitAll(store: Datastore, steps: readonly IpamStep[]): void {
  for (const step of steps) {
    if (!commitStep(store, step))
      throw new Error(`IPAM step ${step.step} of ${step.subject} conflicts with the store it was made from`)
  }
}

export function create(resource: AnyResource): Write {
  return { kind: resource.kind, key: keyOf(resource), resource, expect: null }
}

/** Replaces what is there, if it is still the version the change was made from. */
export function update(resource: AnyResource): Write {
  return { kind: resource.kind, key: keyOf(resource), resource, expect: resource.metadata.resourceVersion }
}

export function remove(resource: AnyResource): Write {
  return { kind: resource.kind, key: keyOf(resource), resource: null, expect: resource.metadata.resourceVersion }
}

/** The step without its version checks: for plans whose later writes stand on their own earlier ones. */
export function regardless(step: IpamStep): IpamStep {
  return { ...step, writes: step.writes.map((write) => ({ ...write, expect: undefined })) }
}
