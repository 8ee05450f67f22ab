// Which pools an assignment may use (libcalico-go determinePools, reference 6.1), and what nobody may be given.
import type { Datastore } from '../datastore/datastore.ts'
import { bgpNode } from '../datastore/node.ts'
import type { AllowedUse, IPAMConfigSpec, IPPool } from '../datastore/resources.ts'
import { selectorMatches } from '../datastore/selector/selector.ts'
import { parsePrefix } from '../net/prefix.ts'
import type { Reserved } from './blocks.ts'

export type PoolChoice =
  | { readonly ok: true; readonly pools: readonly IPPool[] }
  | { readonly ok: false; readonly message: string }

export interface PoolRequest {
  readonly node: string
  readonly use: AllowedUse
  /** Names or CIDRs of the annotation `cni.projectcalico.org/ipv4pools`; absent: let Calico choose. */
  readonly pools?: readonly string[]
}

/** IPv4 pools only: addresses of the other family are not assigned here. */
function enabledPools(store: Datastore): readonly IPPool[] {
  return store.list('IPPool').filter((pool) => pool.spec.disabled !== true && parsePrefix(pool.spec.cidr) !== null)
}

export function poolSelects(store: Datastore, pool: IPPool, node: string): boolean {
  const object = store.get('Node', node)
  return object !== null && selectorMatches(pool.spec.nodeSelector, bgpNode(object).labels)
}

export function choosePools(store: Datastore, request: PoolRequest): PoolChoice {
  const enabled = enabledPools(store)
  const chosen =
    request.pools === undefined ? automatic(store, enabled, request.node) : requested(enabled, request.pools)
  if (!chosen.ok) return chosen
  const usable = chosen.pools.filter((pool) => pool.spec.allowedUses.includes(request.use))
  if (usable.length > 0) return { ok: true, pools: usable }
  return { ok: false, message: `cannot find a qualified ippool, no pools match the required use (${request.use})` }
}

function requested(enabled: readonly IPPool[], wanted: readonly string[]): PoolChoice {
  const pools: IPPool[] = []
  for (const text of wanted) {
    const pool = enabled.find((one) => one.metadata.name === text || one.spec.cidr === text)
    if (pool === undefined) return { ok: false, message: `the given pool (${text}) does not exist, or is not enabled` }
    pools.push(pool)
  }
  return { ok: true, pools }
}

function automatic(store: Datastore, enabled: readonly IPPool[], node: string): PoolChoice {
  if (enabled.length === 0) return { ok: false, message: 'cannot find a qualified ippool' }
  const pools = enabled.filter((pool) => pool.spec.assignmentMode === 'Automatic' && poolSelects(store, pool, node))
  return pools.length > 0 ? { ok: true, pools } : { ok: false, message: `no configured Calico pools for node ${node}` }
}

export function reservedRanges(store: Datastore): Reserved {
  return store
    .list('IPReservation')
    .flatMap((reservation) => (reservation.spec.reservedCIDRs ?? []).flatMap((text) => parsePrefix(text) ?? []))
}

/** `default`, or the values it is created with on first use. */
export function ipamConfig(store: Datastore): IPAMConfigSpec {
  return (
    store.get('IPAMConfig', 'default')?.spec ?? { strictAffinity: false, autoAllocateBlocks: true, maxBlocksPerHost: 0 }
  )
}
