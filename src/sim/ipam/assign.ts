// Finding one address for a pod or a tunnel: own blocks, a new block, a borrowed address, or the error Calico gives
// (libcalico-go/lib/ipam ipam.go autoAssign, reference 6.2-6.6). Reads the store, returns the writes as steps.
import type { Datastore } from '../datastore/datastore.ts'
import type {
  AllocationAttribute,
  AllowedUse,
  BlockAffinity,
  IPAMBlock,
  IPAMHandle,
  IPPool,
} from '../datastore/resources.ts'
import { formatIp, type Ip, parseIp } from '../net/address.ts'
import { formatPrefix, type Prefix, parsePrefix, prefixCovers, prefixHas, prefixOf } from '../net/prefix.ts'
import {
  affinityName,
  blockName,
  blockPrefix,
  candidateBlocks,
  isWhollyReserved,
  newAffinity,
  newBlock,
  nextFree,
  ordinalOf,
  type Reserved,
  withAllocation,
} from './blocks.ts'
import { choosePools, ipamConfig, poolSelects, reservedRanges } from './pools.ts'
import { releaseIfEmpty } from './release.ts'
import { create, type IpamStep, remove, update } from './steps.ts'

export interface AssignRequest {
  readonly node: string
  readonly use: AllowedUse
  /** `k8s-pod-network.<container id>` for pods, `ipip-tunnel-addr-<node>` and the like for tunnels. */
  readonly handle: string
  readonly attributes: Readonly<Record<string, string>>
  readonly pools?: readonly string[]
}

export type AssignResult =
  | {
      readonly ok: true
      readonly address: string
      /** CIDR of the block the address is from. */
      readonly block: string
      readonly claimed: boolean
      /** The block belongs to another node, or to none. */
      readonly borrowed: boolean
      /** Writes in order; commit each with `commitStep`, start again when one is refused. */
      readonly steps: readonly IpamStep[]
    }
  | { readonly ok: false; readonly message: string; readonly steps: readonly IpamStep[] }

const DEFAULT_BLOCK_LIMIT = 20

/** Plans an automatic assignment. Writes nothing. */
export function planAssign(store: Datastore, request: AssignRequest): AssignResult {
  const choice = choosePools(store, request)
  if (!choice.ok) return { ok: false, message: choice.message, steps: [] }
  return new Assignment(store, request, choice.pools).plan()
}

/** Plans the assignment of one given address (annotation `cni.projectcalico.org/ipAddrs`). */
export function planAssignAddress(store: Datastore, request: AssignRequest, address: string): AssignResult {
  const ip = parseIp(address)
  const pool = store.list('IPPool').find((one) => {
    const range = parsePrefix(one.spec.cidr)
    return ip !== null && range !== null && one.spec.disabled !== true && prefixHas(range, ip)
  })
  if (ip === null || pool === undefined) {
    return { ok: false, message: `The provided IP address ${address} is not in a configured pool`, steps: [] }
  }
  return new Assignment(store, request, [pool]).planExplicit(ip, pool)
}

class Assignment {
  readonly #store: Datastore
  readonly #request: AssignRequest
  readonly #pools: readonly IPPool[]
  readonly #reserved: Reserved
  readonly #steps: IpamStep[] = []

  constructor(store: Datastore, request: AssignRequest, pools: readonly IPPool[]) {
    this.#store = store
    this.#request = request
    this.#pools = pools
    this.#reserved = reservedRanges(store)
  }

  plan(): AssignResult {
    const affinities = this.#ownAffinities()
    this.#tidy(affinities)
    const config = ipamConfig(this.#store)
    const own = this.#fromOwnBlocks(affinities)
    if (own !== null) return own
    const limit = config.maxBlocksPerHost === 0 ? DEFAULT_BLOCK_LIMIT : config.maxBlocksPerHost
    if (affinities.length >= limit) return this.#failed('cannot allocate new block due to per host block limit')
    const claimed = config.autoAllocateBlocks ? this.#claim() : null
    if (claimed !== null) return claimed
    if (config.strictAffinity) return this.#failed('No more free affine blocks and strict affinity enabled')
    return (
      this.#borrow() ??
      this.#failed(`No IPs available in pools: [${this.#pools.map((pool) => pool.spec.cidr).join(' ')}]`)
    )
  }

  planExplicit(ip: Ip, pool: IPPool): AssignResult {
    const prefix = prefixOf(ip, pool.spec.blockSize)
    const block = this.#block(prefix)
    if (block === null) return this.#take(this.#claimBlock(prefix), ip, { claimed: true })
    if (block.spec.allocations[ordinalOf(block, ip)] !== null) {
      return { ok: false, message: `Address already assigned in block ${block.spec.cidr}: ${formatIp(ip)}`, steps: [] }
    }
    if (!this.#isMine(block) && ipamConfig(this.#store).strictAffinity) {
      return {
        ok: false,
        message: `Address ${formatIp(ip)} is in a block of another host and strict affinity is enabled`,
        steps: [],
      }
    }
    return this.#take(block, ip, { claimed: false })
  }

  /** Affinities of this node in the order of their names, which is text order of node and CIDR. */
  #ownAffinities(): readonly BlockAffinity[] {
    const node = this.#request.node
    return this.#store.list('BlockAffinity').filter(({ spec }) => {
      return spec.node === node && spec.type !== 'virtual' && spec.deleted !== 'true' && parsePrefix(spec.cidr) !== null
    })
  }

  /** Drops claims that lost a race, and empty blocks of pools that do not select this node any more. */
  #tidy(affinities: readonly BlockAffinity[]): void {
    for (const affinity of affinities) {
      const block = this.#block(blockPrefix(affinity))
      if (affinity.spec.state === 'pending' && block !== null && !this.#isMine(block)) {
        this.#step('affinity-deleted', affinity.spec.cidr, [remove(affinity)])
        continue
      }
      const pool = this.#poolOf(blockPrefix(affinity))
      if (pool !== null && !poolSelects(this.#store, pool, this.#request.node)) {
        this.#steps.push(...releaseIfEmpty(this.#store, affinity))
      }
    }
  }

  #poolOf(block: Prefix): IPPool | null {
    return this.#store.list('IPPool').find((pool) => covers(pool, block)) ?? null
  }

  #fromOwnBlocks(affinities: readonly BlockAffinity[]): AssignResult | null {
    for (const affinity of affinities) {
      const prefix = blockPrefix(affinity)
      const block = this.#block(prefix)
      if (block === null || !this.#isMine(block) || !this.#pools.some((pool) => covers(pool, prefix))) continue
      const address = nextFree(block, this.#reserved)
      if (address === null) continue
      if (affinity.spec.state === 'pending') this.#confirm(affinity)
      return this.#take(block, address, { claimed: false })
    }
    return null
  }

  #claim(): AssignResult | null {
    for (const pool of this.#pools) {
      const range = parsePrefix(pool.spec.cidr) as Prefix
      for (const prefix of candidateBlocks(this.#request.node, range, pool.spec.blockSize)) {
        if (this.#block(prefix) !== null || isWhollyReserved(prefix, this.#reserved)) continue
        const fresh = newBlock(this.#request.node, prefix)
        const address = nextFree(fresh, this.#reserved)
        if (address === null) continue
        return this.#take(this.#claimBlock(prefix), address, { claimed: true })
      }
    }
    return null
  }

  /** pending, block, confirmed: three writes, and confd acts on the third. */
  #claimBlock(prefix: Prefix): IPAMBlock {
    const node = this.#request.node
    const cidr = formatPrefix(prefix)
    const old = this.#store.get('BlockAffinity', affinityName(node, prefix))
    const block = newBlock(node, prefix)
    const pending = newAffinity(node, prefix, 'pending')
    this.#step('affinity-pending', cidr, [old === null ? create(pending) : { ...update(pending), expect: undefined }])
    this.#step('block-created', cidr, [create(block)])
    this.#step('affinity-confirmed', cidr, [{ ...update(newAffinity(node, prefix, 'confirmed')), expect: undefined }])
    return block
  }

  #confirm(affinity: BlockAffinity): void {
    const confirmed: BlockAffinity = { ...affinity, spec: { ...affinity.spec, state: 'confirmed' } }
    this.#step('affinity-confirmed', affinity.spec.cidr, [update(confirmed)])
  }

  /** Any free address of any block, whoever owns it, in this node's own walking order. */
  #borrow(): AssignResult | null {
    for (const pool of this.#pools) {
      const range = parsePrefix(pool.spec.cidr) as Prefix
      for (const prefix of candidateBlocks(this.#request.node, range, pool.spec.blockSize)) {
        const block = this.#block(prefix)
        const address = block === null ? null : nextFree(block, this.#reserved)
        if (block !== null && address !== null) return this.#take(block, address, { claimed: false })
      }
    }
    return null
  }

  #take(block: IPAMBlock, address: Ip, how: { claimed: boolean }): AssignResult {
    const { handle, attributes, node } = this.#request
    const attribute: AllocationAttribute = { handle_id: handle, secondary: attributes }
    const after = withAllocation(block, address, attribute)
    // A block made by an earlier step of this plan has no version yet; nobody else can own it.
    const write = how.claimed ? { ...update(after), expect: undefined } : update(after)
    this.#step('address-assigned', formatIp(address), [this.#handleWrite(handle, block), write])
    const borrowed = block.spec.affinity !== `host:${node}`
    return {
      ok: true,
      address: formatIp(address),
      block: block.spec.cidr,
      claimed: how.claimed,
      borrowed,
      steps: this.#steps,
    }
  }

  #handleWrite(handle: string, block: IPAMBlock) {
    const name = handle.toLowerCase()
    const old = this.#store.get('IPAMHandle', name)
    const counts = old?.spec.block ?? {}
    const spec = { handleID: handle, block: { ...counts, [block.spec.cidr]: (counts[block.spec.cidr] ?? 0) + 1 } }
    const fresh: IPAMHandle = { apiVersion: 'crd.projectcalico.org/v1', kind: 'IPAMHandle', metadata: { name }, spec }
    return old === null ? create(fresh) : update({ ...old, spec })
  }

  #failed(reason: string): AssignResult {
    return { ok: false, message: `Assigned 0 out of 1 requested IPv4 addresses; ${reason}`, steps: this.#steps }
  }

  #block(prefix: Prefix): IPAMBlock | null {
    return this.#store.get('IPAMBlock', blockName(prefix))
  }

  #isMine(block: IPAMBlock): boolean {
    return block.spec.affinity === `host:${this.#request.node}`
  }

  #step(step: IpamStep['step'], subject: string, writes: IpamStep['writes']): void {
    this.#steps.push({ step, subject, node: this.#request.node, writes })
  }
}

function covers(pool: IPPool, block: Prefix): boolean {
  const range = parsePrefix(pool.spec.cidr)
  return range !== null && prefixCovers(range, block)
}
