// The hosts at one time: cards of the stage, with their cables, blocks and pods.
import { remaining } from '../bird/control/clock.ts'
import type { Micros } from '../bird/ports.ts'
import { validRoutes } from '../bird/valid-routes.ts'
import { formatIp } from '../net/address.ts'
import { formatPrefix, type Prefix } from '../net/prefix.ts'
import { upperBound } from '../recording/message-log.ts'
import type { BlockRecord, HostId, LinkRecord, PodRecord, RecordingReader } from '../recording/types.ts'
import type { RunIndex } from './run-index.ts'
import type { BlockView, HostView } from './types.ts'

type PodView = BlockView['pods'][number]

/** BGP protocols of a host: Established ones and all. */
export interface SessionCount {
  established: number
  total: number
}

export class HostViews {
  readonly #recording: RecordingReader
  readonly #index: RunIndex
  readonly #used = new WeakMap<BlockRecord, number>()
  /** What a router originates, by how many of its nets had changed. */
  readonly #prefixes = new Map<string, readonly string[]>()

  constructor(recording: RecordingReader, index: RunIndex) {
    this.#recording = recording
    this.#index = index
  }

  views(at: Micros, counts: readonly (SessionCount | undefined)[]): HostView[] {
    const recording = this.#recording
    const links = groupBy(recording.links(at), (link) => link.host)
    const pods = groupBy(recording.pods(at), (pod) => pod.node)
    const blocks = recording.blocks(at)
    const byNode = groupBy(blocks, (block) => block.node ?? '')
    const byCidr = new Map(blocks.map((block) => [block.cidr, block]))
    const views: HostView[] = []
    recording.hosts.forEach((name, id) => {
      const mine = { links: links.get(name) ?? [], pods: pods.get(name) ?? [], blocks: byNode.get(name) ?? [], byCidr }
      const view = this.#view(at, id, { ...mine, count: counts[id] ?? { established: 0, total: 0 } })
      if (view !== null) views.push(view)
    })
    return views
  }

  #view(
    at: Micros,
    id: HostId,
    of: {
      links: readonly LinkRecord[]
      pods: readonly PodRecord[]
      blocks: readonly BlockRecord[]
      byCidr: ReadonlyMap<Prefix, BlockRecord>
      count: SessionCount
    },
  ): HostView | null {
    const record = this.#recording.host(at, id)
    if (record === null) return null
    const recovery = this.#recording.status(at, id)?.recovery ?? null
    const waiting = of.pods.filter((pod) => pod.address === null)
    return {
      name: record.name,
      kind: record.kind,
      phase: record.phase,
      powered: record.powered,
      registered: record.registered,
      bird: record.bird,
      felix: record.felix,
      confd: record.confd,
      address: record.address === null ? null : formatIp(record.address),
      asNumber: record.asNumber,
      rrClusterId: record.rrClusterId,
      links: of.links.map((link) => this.#link(at, id, link)),
      sessionsEstablished: of.count.established,
      sessionsTotal: of.count.total,
      recovering:
        recovery === null
          ? null
          : { waitingFor: recovery.waitingFor, remainingSeconds: remaining(recovery.deadline, at) },
      blocks: this.#blocks(of),
      pendingPods: waiting.map(podView),
      prefixes: record.kind === 'router' ? this.#originated(at, id) : [],
    }
  }

  #link(at: Micros, id: HostId, link: LinkRecord): HostView['links'][number] {
    const iface = this.#recording.interfaces(at, id).find((candidate) => candidate.name === link.interface)
    const address = iface?.addresses[0]?.address ?? this.#index.addressesOf(id, at)[0]
    return {
      network: link.network,
      interface: link.interface,
      address: address === undefined ? '' : formatIp(address),
      up: link.up && (iface === undefined || iface.up),
    }
  }

  /** Its own blocks, then those of others that its pods borrowed from. */
  #blocks(of: {
    pods: readonly PodRecord[]
    blocks: readonly BlockRecord[]
    byCidr: ReadonlyMap<Prefix, BlockRecord>
  }): BlockView[] {
    const inBlock = groupBy(
      of.pods.filter((pod) => pod.block !== null),
      (pod) => pod.block ?? 0,
    )
    const own = new Set(of.blocks.map((block) => block.cidr))
    const lent = [...inBlock.keys()].filter((cidr) => !own.has(cidr)).flatMap((cidr) => of.byCidr.get(cidr) ?? [])
    return [...of.blocks, ...lent].map((block) => ({
      cidr: formatPrefix(block.cidr),
      size: block.size,
      used: this.#usedOf(block),
      state: block.state,
      pods: (inBlock.get(block.cidr) ?? []).map(podView),
    }))
  }

  #usedOf(block: BlockRecord): number {
    let used = this.#used.get(block)
    if (used === undefined) {
      used = Object.keys(block.allocations).length
      this.#used.set(block, used)
    }
    return used
  }

  /** Static routes, and others of its own that it has told somebody. */
  #originated(at: Micros, id: HostId): readonly string[] {
    const key = `${id} ${upperBound(this.#recording.changes('net', id), at)}`
    const known = this.#prefixes.get(key)
    if (known !== undefined) return known
    const prefixes: string[] = []
    for (const { prefix, routes } of this.#recording.nets(at, id, 'master')) {
      const best = validRoutes(routes)[0]
      if (best === undefined || best.source === 'BGP') continue
      const fixed = best.source === 'static' || best.source === 'static-device'
      if ((fixed && prefix !== 0) || this.#index.hasAnnounced(id, prefix, at)) prefixes.push(formatPrefix(prefix))
    }
    this.#prefixes.set(key, prefixes)
    return prefixes
  }
}

function podView(pod: PodRecord): PodView {
  return {
    id: `${pod.namespace}/${pod.name}`,
    phase: pod.phase,
    address: pod.address === null ? null : formatIp(pod.address),
    borrowed: pod.borrowed,
  }
}

function groupBy<T, K>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of list) {
    const key = keyOf(item)
    const group = groups.get(key)
    if (group === undefined) groups.set(key, [item])
    else group.push(item)
  }
  return groups
}
