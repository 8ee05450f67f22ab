// Which block a node tries first, and what an allocation block does with its addresses
// (libcalico-go/lib/ipam ipam_block_reader_writer.go and ipam_block.go, reference 6.2-6.4).
import type { AllocationAttribute, BlockAffinity, IPAMBlock, IPPool } from '../datastore/resources.ts'
import { formatIp, type Ip } from '../net/address.ts'
import {
  formatPrefix,
  type Prefix,
  parsePrefix,
  prefixAddress,
  prefixCovers,
  prefixHas,
  prefixLength,
  prefixOf,
} from '../net/prefix.ts'
import { fnv1, GoRand } from './go-rand.ts'

/** Blocks in a pool. */
export function blockCount(pool: Prefix, blockSize: number): number {
  return blockSize < prefixLength(pool) ? 0 : 2 ** (blockSize - prefixLength(pool))
}

const startIndexes = new Map<string, number>()

/**
 * Index of the first block a node tries: a fixed function of its name and the number of blocks.
 * Simplified: for /32 blocks Calico seeds with the clock; here the name is the seed for them, too.
 */
export function startIndex(node: string, count: number): number {
  const key = `${node} ${count}`
  let index = startIndexes.get(key)
  if (index === undefined) {
    index = new GoRand(fnv1(node)).below(count)
    if (startIndexes.size > 5000) startIndexes.clear()
    startIndexes.set(key, index)
  }
  return index
}

/** All blocks of a pool in the order in which this node tries them. */
export function* candidateBlocks(node: string, pool: Prefix, blockSize: number): Generator<Prefix> {
  const count = blockCount(pool, blockSize)
  if (count === 0) return
  const first = startIndex(node, count)
  const size = 2 ** (32 - blockSize)
  for (let step = 0; step < count; step++)
    yield prefixOf(prefixAddress(pool) + ((first + step) % count) * size, blockSize)
}

/** The block a lone node of this name would claim first. */
export function firstBlock(node: string, pool: IPPool): string | null {
  const range = parsePrefix(pool.spec.cidr)
  if (range === null) return null
  for (const block of candidateBlocks(node, range, pool.spec.blockSize)) return formatPrefix(block)
  return null
}

export function blockName(block: Prefix): string {
  return formatPrefix(block).replace(/[./]/g, '-')
}

export function affinityName(node: string, block: Prefix): string {
  return `${node}-${blockName(block)}`
}

export function newBlock(node: string, block: Prefix): IPAMBlock {
  const size = 2 ** (32 - prefixLength(block))
  return {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'IPAMBlock',
    metadata: { name: blockName(block) },
    spec: {
      cidr: formatPrefix(block),
      affinity: `host:${node}`,
      allocations: new Array<number | null>(size).fill(null),
      unallocated: Array.from({ length: size }, (_, ordinal) => ordinal),
      attributes: [],
      sequenceNumber: 0,
      deleted: false,
    },
  }
}

export function newAffinity(node: string, block: Prefix, state: 'pending' | 'confirmed'): BlockAffinity {
  return {
    apiVersion: 'crd.projectcalico.org/v1',
    kind: 'BlockAffinity',
    metadata: { name: affinityName(node, block) },
    spec: { state, node, type: 'host', cidr: formatPrefix(block), deleted: 'false' },
  }
}

export function blockPrefix(block: { readonly spec: { readonly cidr: string } }): Prefix {
  const prefix = parsePrefix(block.spec.cidr)
  if (prefix === null) throw new Error(`block without an IPv4 CIDR: ${block.spec.cidr}`)
  return prefix
}

export function ordinalOf(block: IPAMBlock, address: Ip): number {
  return address - prefixAddress(blockPrefix(block))
}

export function isEmpty(block: IPAMBlock): boolean {
  return block.spec.unallocated.length === block.spec.allocations.length
}

/** Addresses that must not be newly assigned. */
export type Reserved = readonly Prefix[]

export function isReserved(address: Ip, reserved: Reserved): boolean {
  return reserved.some((range) => prefixHas(range, address))
}

/** Whether every address of the block is reserved by one range. */
export function isWhollyReserved(block: Prefix, reserved: Reserved): boolean {
  return reserved.some((range) => prefixCovers(range, block))
}

/** The next address the block would give: the first free ordinal in queue order that is not reserved. */
export function nextFree(block: IPAMBlock, reserved: Reserved): Ip | null {
  const base = prefixAddress(blockPrefix(block))
  for (const ordinal of block.spec.unallocated) if (!isReserved(base + ordinal, reserved)) return base + ordinal
  return null
}

function sameAttribute(a: AllocationAttribute, b: AllocationAttribute): boolean {
  if (a.handle_id !== b.handle_id) return false
  const [left, right] = [Object.entries(a.secondary ?? {}), b.secondary ?? {}]
  return left.length === Object.keys(right).length && left.every(([key, value]) => right[key] === value)
}

/** The block after this free address was given away. */
export function withAllocation(block: IPAMBlock, address: Ip, attribute: AllocationAttribute): IPAMBlock {
  const ordinal = ordinalOf(block, address)
  const known = block.spec.attributes.findIndex((other) => sameAttribute(other, attribute))
  const attributes = known < 0 ? [...block.spec.attributes, attribute] : block.spec.attributes
  const allocations = block.spec.allocations.with(ordinal, known < 0 ? attributes.length - 1 : known)
  const unallocated = block.spec.unallocated.filter((other) => other !== ordinal)
  return bump(block, { allocations, unallocated, attributes })
}

/** The block after these ordinals came back; they queue up at the tail. Attributes nobody uses any more go. */
export function withRelease(block: IPAMBlock, ordinals: readonly number[]): IPAMBlock {
  const back = new Set(ordinals)
  const kept = block.spec.allocations.map((attribute, ordinal) => (back.has(ordinal) ? null : attribute))
  const used = [...new Set(kept.filter((attribute) => attribute !== null))].sort((a, b) => a - b)
  const renumbered = new Map(used.map((attribute, index) => [attribute, index]))
  return bump(block, {
    allocations: kept.map((attribute) => (attribute === null ? null : (renumbered.get(attribute) ?? null))),
    unallocated: [...block.spec.unallocated, ...ordinals],
    attributes: used.map((attribute) => block.spec.attributes[attribute] as AllocationAttribute),
  })
}

function bump(block: IPAMBlock, changes: Partial<IPAMBlock['spec']>): IPAMBlock {
  return { ...block, spec: { ...block.spec, ...changes, sequenceNumber: (block.spec.sequenceNumber ?? 0) + 1 } }
}

export interface Allocation {
  readonly address: string
  readonly ordinal: number
  readonly handle: string
  readonly attributes: Readonly<Record<string, string>>
}

/** Every address in use, in address order. */
export function allocationsOf(block: IPAMBlock): readonly Allocation[] {
  const base = prefixAddress(blockPrefix(block))
  return block.spec.allocations.flatMap((index, ordinal) => {
    const attribute = index === null ? undefined : block.spec.attributes[index]
    if (attribute === undefined) return []
    return [
      {
        address: formatIp(base + ordinal),
        ordinal,
        handle: attribute.handle_id ?? '',
        attributes: attribute.secondary ?? {},
      },
    ]
  })
}
