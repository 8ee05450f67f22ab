// Giving back: an address by its handle, a block's affinity, everything of a node, everything in a pool
// (libcalico-go releaseByHandle and releaseBlockAffinity, kube-controllers' node controller; reference 1.3, 6.3, 6.7).
import type { Datastore } from '../datastore/datastore.ts'
import type { BlockAffinity, IPAMBlock, IPPool } from '../datastore/resources.ts'
import { parsePrefix, prefixCovers } from '../net/prefix.ts'
import { allocationsOf, blockName, blockPrefix, isEmpty, withRelease } from './blocks.ts'
import { type IpamStep, regardless, remove, update, type Write } from './steps.ts'

/** Releases every address of a handle. No steps when the handle is unknown. */
export function planRelease(store: Datastore, handle: string, node: string): readonly IpamStep[] {
  const object = store.get('IPAMHandle', handle.toLowerCase())
  if (object === null) return []
  const writes: Write[] = []
  const released: string[] = []
  for (const cidr of Object.keys(object.spec.block).sort()) {
    const block = store.get('IPAMBlock', cidr.replace(/[./]/g, '-'))
    if (block === null) continue
    const mine = allocationsOf(block).filter((allocation) => allocation.handle === handle)
    if (mine.length === 0) continue
    released.push(...mine.map((allocation) => allocation.address))
    writes.push(
      afterRelease(
        block,
        mine.map((allocation) => allocation.ordinal),
      ),
    )
  }
  writes.push(remove(object))
  return [{ step: 'address-released', subject: released.join(','), node, writes }]
}

/** A block nobody owns goes with its last address; an owned one stays, even empty. */
function afterRelease(block: IPAMBlock, ordinals: readonly number[]): Write {
  const after = withRelease(block, ordinals)
  return after.spec.affinity === null && isEmpty(after) ? remove(block) : update(after)
}

/** pendingDeletion, block deleted or left without owner, affinity gone. */
export function planReleaseAffinity(store: Datastore, affinity: BlockAffinity): readonly IpamStep[] {
  return releaseSteps(affinity, store.get('IPAMBlock', blockName(blockPrefix(affinity))))
}

function releaseSteps(affinity: BlockAffinity, block: IPAMBlock | null): readonly IpamStep[] {
  const { node, cidr } = affinity.spec
  const going: BlockAffinity = { ...affinity, spec: { ...affinity.spec, state: 'pendingDeletion' } }
  const steps: IpamStep[] = [{ step: 'affinity-pending-deletion', subject: cidr, node, writes: [update(going)] }]
  if (block !== null && block.spec.affinity === `host:${node}`) {
    const write = isEmpty(block) ? remove(block) : update({ ...block, spec: { ...block.spec, affinity: null } })
    steps.push({ step: 'block-released', subject: cidr, node, writes: [write] })
  }
  // The version changed with the first step, so the last one takes what it finds.
  return [
    ...steps,
    { step: 'affinity-deleted', subject: cidr, node, writes: [{ ...remove(affinity), expect: undefined }] },
  ]
}

export function releaseIfEmpty(store: Datastore, affinity: BlockAffinity): readonly IpamStep[] {
  const block = store.get('IPAMBlock', blockName(blockPrefix(affinity)))
  return block === null || isEmpty(block) ? planReleaseAffinity(store, affinity) : []
}

export type NodeRelease =
  | { readonly ok: true; readonly steps: readonly IpamStep[] }
  | { readonly ok: false; readonly message: string }

/**
 * What kube-controllers does for a Node that is gone: all its addresses, tunnels included, then its affinities.
 * Nothing while a pod of that node still exists in the API. Plan and commit at one time.
 */
export function planReleaseNode(store: Datastore, node: string): NodeRelease {
  if (store.list('Pod').some((pod) => pod.spec.nodeName === node && pod.spec.hostNetwork !== true)) {
    return { ok: false, message: "Can't cleanup node yet - IPs still in use on this node" }
  }
  const steps: IpamStep[] = []
  const after = new Map<string, IPAMBlock>()
  for (const block of store.list('IPAMBlock')) {
    const gone = allocationsOf(block).filter((allocation) => allocation.attributes.node === node)
    if (gone.length === 0) continue
    const handles = gone.flatMap(({ handle }) => store.get('IPAMHandle', handle.toLowerCase()) ?? [])
    const ordinals = gone.map((allocation) => allocation.ordinal)
    after.set(block.metadata.name, withRelease(block, ordinals))
    const subject = gone.map((allocation) => allocation.address).join(',')
    steps.push({
      step: 'address-released',
      subject,
      node,
      writes: [afterRelease(block, ordinals), ...handles.map(remove)],
    })
  }
  for (const affinity of store.list('BlockAffinity')) {
    if (affinity.spec.node !== node || affinity.spec.type === 'virtual' || parsePrefix(affinity.spec.cidr) === null)
      continue
    const name = blockName(blockPrefix(affinity))
    steps.push(...releaseSteps(affinity, after.get(name) ?? store.get('IPAMBlock', name)))
  }
  return { ok: true, steps: steps.map(regardless) }
}

/** What deleting a pool does to its blocks after the pool was disabled (the pool itself goes last). */
export function planReleasePool(store: Datastore, pool: IPPool): readonly IpamStep[] {
  const range = parsePrefix(pool.spec.cidr)
  if (range === null) return []
  return store
    .list('BlockAffinity')
    .filter((affinity) => {
      const block = parsePrefix(affinity.spec.cidr)
      return block !== null && affinity.spec.type !== 'virtual' && prefixCovers(range, block)
    })
    .flatMap((affinity) => planReleaseAffinity(store, affinity))
}
