// What the datastore holds, written to the recording: every object as it is, and IPAM blocks as a reader wants them.
import type { BlockAffinity, IPAMBlock, Kind, ResourceMap } from '../datastore/resources.ts'
import { keyOf } from '../datastore/store.ts'
import { allocationsOf } from '../ipam/blocks.ts'
import { parsePrefix, prefixCovers } from '../net/prefix.ts'
import type { BlockRecord } from '../recording/types.ts'
import type { Cluster } from './cluster.ts'

const KINDS: readonly Kind[] = [
  'Cluster',
  'Installation',
  'Node',
  'Namespace',
  'IPPool',
  'BGPConfiguration',
  'BGPPeer',
  'BGPFilter',
  'Secret',
  'Service',
  'Endpoints',
  'Pod',
  'BlockAffinity',
  'IPAMBlock',
  'IPAMHandle',
  'IPAMConfig',
  'IPReservation',
  'FelixConfiguration',
]

export class DatastoreRecords {
  readonly #cluster: Cluster

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** Everything there is, for the start of the run. */
  all(): void {
    for (const kind of KINDS) {
      for (const object of this.#cluster.store.list(kind)) this.resource(kind, keyOf(object), object)
    }
    for (const block of this.#cluster.store.list('IPAMBlock')) this.block(block.spec.cidr)
  }

  resource<K extends Kind>(kind: K, key: string, after: ResourceMap[K] | null): void {
    const slash = key.indexOf('/')
    this.#cluster.writer.append(this.#cluster.now, {
      kind: 'resource',
      resource: kind,
      namespace: slash < 0 ? '' : key.slice(0, slash),
      name: key.slice(slash + 1),
      value: after === null ? null : withoutSecrets(after),
    })
  }

  /** The block of this CIDR as its IPAMBlock and its affinity make it. */
  block(cidr: string): void {
    const prefix = parsePrefix(cidr)
    if (prefix === null) return
    const block = this.#cluster.store.get('IPAMBlock', cidr.replaceAll(/[./]/g, '-'))
    const affinity = this.#affinity(cidr, block)
    const value = block === null && affinity === null ? null : this.#blockRecord(cidr, { block, affinity })
    this.#cluster.writer.append(this.#cluster.now, { kind: 'block', cidr: prefix, value })
  }

  #affinity(cidr: string, block: IPAMBlock | null): BlockAffinity | null {
    const candidates = this.#cluster.store.list('BlockAffinity').filter(({ spec }) => spec.cidr === cidr)
    const owner = block?.spec.affinity?.slice('host:'.length)
    return candidates.find(({ spec }) => spec.node === owner) ?? candidates[0] ?? null
  }

  #blockRecord(cidr: string, of: { block: IPAMBlock | null; affinity: BlockAffinity | null }): BlockRecord {
    const prefix = parsePrefix(cidr) ?? 0
    const pool = this.#cluster.store.list('IPPool').find((candidate) => {
      const outer = parsePrefix(candidate.spec.cidr)
      return outer !== null && prefixCovers(outer, prefix)
    })
    const allocations: Record<number, string> = {}
    for (const { ordinal, attributes, handle } of of.block === null ? [] : allocationsOf(of.block)) {
      const { namespace, pod, node, type } = attributes
      if (pod !== undefined) allocations[ordinal] = `${namespace ?? 'default'}/${pod}`
      else allocations[ordinal] = type?.endsWith('TunnelAddress') === true ? `tunnel ${node ?? ''}` : handle
    }
    const state = of.affinity?.spec.state
    return {
      cidr: prefix,
      node: of.affinity?.spec.node ?? of.block?.spec.affinity?.slice('host:'.length) ?? null,
      state: state === undefined ? 'none' : state === '' ? 'confirmed' : state,
      pool: pool?.metadata.name ?? null,
      allocations,
      size: of.block?.spec.allocations.length ?? 0,
    }
  }
}

/** A Secret's content is nobody's business but confd's. */
function withoutSecrets(object: ResourceMap[Kind]): object {
  if (object.kind !== 'Secret') return object
  const { data: _data, stringData: _stringData, ...rest } = object
  return rest
}
