// confd's cache: everything the templates read, derived once for each state of the datastore and shared by all nodes.
// Parts keep their identity while their content is the same, so that caches downstream can compare by identity.
import type { Datastore } from '../datastore/datastore.ts'
import { deepEqual } from '../datastore/deep-equal.ts'
import { type BgpNode, bgpNode } from '../datastore/node.ts'
import type { BGPConfiguration, BGPFilter, BGPPeer, IPPool, Secret } from '../datastore/resources.ts'
import { durationSeconds } from '../datastore/validate/rules.ts'
import { byCidrKey } from './order.ts'
import { computePeers, type PeerTable } from './peers.ts'
import { type GlobalSettings, globalSettings, type NodeSettings, nodeSettings } from './settings.ts'

export interface Inputs {
  readonly nodes: readonly BgpNode[]
  readonly byName: ReadonlyMap<string, BgpNode>
  readonly global: GlobalSettings
  readonly perNode: ReadonlyMap<string, NodeSettings>
  readonly peers: PeerTable
  readonly filters: readonly BGPFilter[]
  readonly pools: readonly IPPool[]
  readonly secrets: readonly Secret[]
  /** nodeMeshMaxRestartTime in whole seconds. */
  readonly meshRestartSeconds: number | null
}

/** Tunnel addresses are no business of confd's. */
function sameForConfd(a: BgpNode, b: BgpNode): boolean {
  return (
    a === b ||
    (a.name === b.name &&
      a.ipv4 === b.ipv4 &&
      a.ipv4Network === b.ipv4Network &&
      a.ipv6 === b.ipv6 &&
      a.ipv6Network === b.ipv6Network &&
      a.asNumber === b.asNumber &&
      a.routeReflectorClusterID === b.routeReflectorClusterID &&
      deepEqual(a.labels, b.labels))
  )
}

export class InputCache {
  readonly #store: Datastore
  #nodesFrom: unknown = null
  #nodes: readonly BgpNode[] = []
  #from: readonly unknown[] = []
  #inputs: Inputs | null = null

  constructor(store: Datastore) {
    this.#store = store
  }

  /** The inputs of the datastore as it stands; the same object as before when nothing relevant changed. */
  current(): Inputs {
    const store = this.#store
    const configurations = store.list('BGPConfiguration')
    const [peers, filters] = [store.list('BGPPeer'), store.list('BGPFilter')]
    const [pools, secrets] = [store.list('IPPool'), store.list('Secret')]
    const from = [this.#currentNodes(), configurations, peers, filters, pools, secrets]
    if (this.#inputs !== null && from.every((part, index) => part === this.#from[index])) return this.#inputs
    this.#from = from
    this.#inputs = build({ nodes: this.#nodes, configurations, peers, filters, pools, secrets })
    return this.#inputs
  }

  #currentNodes(): readonly BgpNode[] {
    const list = this.#store.list('Node')
    if (list === this.#nodesFrom) return this.#nodes
    this.#nodesFrom = list
    const fresh = list.map(bgpNode)
    const same =
      fresh.length === this.#nodes.length &&
      fresh.every((node, index) => sameForConfd(node, this.#nodes[index] as BgpNode))
    if (!same) this.#nodes = fresh
    return this.#nodes
  }
}

interface Lists {
  readonly nodes: readonly BgpNode[]
  readonly configurations: readonly BGPConfiguration[]
  readonly peers: readonly BGPPeer[]
  readonly filters: readonly BGPFilter[]
  readonly pools: readonly IPPool[]
  readonly secrets: readonly Secret[]
}

function build(lists: Lists): Inputs {
  const { nodes, configurations, filters, secrets } = lists
  const global = globalSettings(configurations.find((one) => one.metadata.name === 'default') ?? null)
  const perNode = nodeSettings(configurations)
  const peers = computePeers({ nodes, global, perNode, peers: lists.peers })
  const pools = [...lists.pools].sort((a, b) => byCidrKey(a.spec.cidr, b.spec.cidr))
  const byName = new Map(nodes.map((node) => [node.name, node]))
  const meshRestartSeconds = durationSeconds(global.spec.nodeMeshMaxRestartTime)
  return { nodes, byName, global, perNode, peers, filters, pools, secrets, meshRestartSeconds }
}
