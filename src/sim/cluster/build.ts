// From a scenario's documents to a cluster at time zero: networks, machines and cables, the datastore with what the
// operator, IPAM and CNI have done before (scenario-format.md, "Time zero").

import { joinKindNodes } from '../datastore/kind-cluster.ts'
import { bgpNode, NODE_ANNOTATIONS, withAnnotations } from '../datastore/node.ts'
import { podSubnets } from '../datastore/operator.ts'
import type { Node } from '../datastore/resources.ts'
import { formatIp, type Ip, parseIp } from '../net/address.ts'
import { type Prefix, prefixAddress, prefixHas, prefixLength } from '../net/prefix.ts'
import { networkOf, placeNodes } from '../scenario/placement.ts'
import type { InterfaceSpec, NetworkSpec, Scenario } from '../scenario/types.ts'
import type { Cluster, MachineConfig } from './cluster.ts'

/** Applies the documents; a document that the API refuses is on record and has no effect. */
export function loadDocuments(cluster: Cluster, scenario: Scenario): void {
  const { store } = cluster
  const now = cluster.timestamp
  const objects = scenario.manifests.map((manifest) => manifest.object)
  const result = store.apply(objects, { now })
  if (!result.ok) {
    for (const problem of result.problems) cluster.event({ code: 'refused', by: 'api', message: problem.message })
    for (const object of objects) store.apply([object], { now })
  } else {
    for (const notice of result.notices) {
      const object = objects[notice.document] as { kind?: string; metadata?: { name?: string } } | undefined
      cluster.event({ code: 'not-simulated', kind: object?.kind ?? '', name: object?.metadata?.name ?? '' })
    }
  }
  const [kind] = store.list('Cluster')
  if (kind !== undefined) joinKindNodes(store, kind)
}

/** calico.yaml without an operator: a cluster that has no pool gets the default one at the first start. */
export function ensureDefaultPool(cluster: Cluster): void {
  const { store } = cluster
  if (store.list('IPPool').length > 0 || store.list('Installation').length > 0) return
  const [subnet] = podSubnets(store.list('Cluster')[0] ?? null)
  const result = store.apply(
    [
      {
        apiVersion: 'projectcalico.org/v3',
        kind: 'IPPool',
        metadata: { name: 'default-ipv4-ippool' },
        spec: { cidr: subnet ?? '192.168.0.0/16', ipipMode: 'Always', vxlanMode: 'Never', natOutgoing: true },
      },
    ],
    { now: cluster.timestamp },
  )
  if (!result.ok) cluster.event({ code: 'refused', by: 'api', message: result.problems[0]?.message ?? '' })
}

/** Nodes of the documents in their order, each with its wiring. */
export function nodeConfigs(cluster: Cluster, scenario: Scenario): { name: string; config: MachineConfig }[] {
  const wiring = new Wiring(cluster, scenario)
  return placeNodes(scenario.manifests).map(({ name, address, prefixLength: length }) => {
    const config = wiring.node(name, { address, length, network: null })
    if (config === null) throw new Error(`no network has a free address for ${name}`)
    return { name, config }
  })
}

/** calico-node's start-up script has run on every node: the address it found is on the Node. */
export function annotateAddresses(cluster: Cluster): void {
  for (const node of cluster.store.list('Node')) {
    const machine = cluster.machines.get(node.metadata.name)
    const iface = machine === undefined ? undefined : cluster.config(machine).interfaces[0]
    if (iface === undefined || bgpNode(node).ipv4 !== '') continue
    cluster.store.put(withAddress(node, iface))
  }
}

function withAddress(node: Node, iface: InterfaceSpec): Node {
  const address = `${formatIp(iface.address)}/${iface.prefixLength}`
  return withAnnotations(node, { [NODE_ANNOTATIONS.ipv4Address]: address })
}

/** What is said about a machine's place; null: nothing. */
interface Place {
  address: Ip | null
  length: number | null
  network: string | null
}

/** Gives machines their interfaces, and addresses where the documents name none. */
export class Wiring {
  readonly #cluster: Cluster
  readonly #scenario: Scenario
  /** Addresses that somebody has, or is meant to have. */
  readonly #taken = new Set<Ip>()

  constructor(cluster: Cluster, scenario: Scenario) {
    this.#cluster = cluster
    this.#scenario = scenario
    for (const network of scenario.networks) if (network.gateway !== null) this.#taken.add(network.gateway)
    for (const host of [...scenario.hosts, ...scenario.nodes]) {
      for (const iface of host.interfaces) this.#taken.add(iface.address)
    }
    for (const placement of placeNodes(scenario.manifests)) {
      if (placement.address !== null) this.#taken.add(placement.address)
    }
  }

  /** null: its network has no address left. */
  node(name: string, given: Place): MachineConfig | null {
    const spec = this.#scenario.nodes.find((candidate) => candidate.name === name)
    const own = spec !== undefined && spec.interfaces.length > 0 ? null : this.#interface(given, this.#homeNetwork())
    const interfaces = own === null ? [...(spec?.interfaces ?? [])] : [own]
    if (interfaces.length === 0) return null
    const network = this.#scenario.networks.find((candidate) => candidate.name === interfaces[0]?.network)
    return { interfaces, routes: spec?.routes ?? [], gateway: network?.gateway ?? null }
  }

  /** The one cable of a router that is plugged in: beside the nodes' networks, unless it is told where. */
  router(given: Place): InterfaceSpec | null {
    return this.#interface(given, this.#foreignNetwork())
  }

  /** null: its network has no address left. */
  #interface(given: Place, otherwise: NetworkSpec): InterfaceSpec | null {
    const { networks } = this.#scenario
    const named = networks.find((candidate) => candidate.name === given.network)
    const byAddress = given.address === null ? null : networkOf(networks, given.address)
    const network = named ?? byAddress ?? otherwise
    const address = given.address ?? this.#nextFree(network)
    if (address === null) return null
    this.#taken.add(address)
    return { name: 'eth0', network: network.name, address, prefixLength: given.length ?? prefixLength(network.cidr) }
  }

  /** The first network that no node is on; where there is none, the nodes' own. */
  #foreignNetwork(): NetworkSpec {
    const ofNodes = new Set<string>()
    for (const { machine } of this.#cluster.nodes.values()) {
      for (const { network } of this.#cluster.config(machine).interfaces) ofNodes.add(network)
    }
    return this.#scenario.networks.find(({ name }) => !ofNodes.has(name)) ?? this.#homeNetwork()
  }

  /** The network of the first node, for a node of which nothing is said. */
  #homeNetwork(): NetworkSpec {
    const [first] = this.#cluster.nodes.values()
    const name = first === undefined ? undefined : this.#cluster.config(first.machine).interfaces[0]?.network
    const network = this.#scenario.networks.find((candidate) => candidate.name === name) ?? this.#scenario.networks[0]
    if (network === undefined) throw new Error('a scenario has at least one network')
    return network
  }

  #nextFree(network: NetworkSpec): Ip | null {
    for (const machine of this.#cluster.machines.values()) {
      for (const iface of this.#cluster.config(machine).interfaces) this.#taken.add(iface.address)
    }
    return firstFree(network.cidr, this.#taken)
  }
}

/** The lowest host address that nobody has; neither the network's own nor its broadcast address. */
function firstFree(cidr: Prefix, taken: ReadonlySet<Ip>): Ip | null {
  for (let address = prefixAddress(cidr) + 1; prefixHas(cidr, address + 1); address++) {
    if (!taken.has(address)) return address
  }
  return null
}

/** `A/L` or `A` as actions give it. */
export function parseInterfaceAddress(text: string): { address: Ip; length: number | null } | null {
  const [host = '', length] = text.split('/')
  const address = parseIp(host)
  return address === null ? null : { address, length: length === undefined ? null : Number(length) }
}
