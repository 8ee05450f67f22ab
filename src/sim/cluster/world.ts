// A whole cluster run from a scenario: built once, then advanced in time; everything it does goes to the writer.
import type { Micros } from '../bird/ports.ts'
import type { Node, Pod } from '../datastore/resources.ts'
import { parseIp } from '../net/address.ts'
import type { BirdBuild } from '../node/ports.ts'
import type { RecordingWriter } from '../recording/types.ts'
import type { Scenario } from '../scenario/types.ts'
import { Actions } from './actions.ts'
import { annotateAddresses, ensureDefaultPool, loadDocuments, nodeConfigs } from './build.ts'
import { Cluster } from './cluster.ts'
import { ControlPlane } from './control-plane.ts'
import { Lifecycle } from './lifecycle.ts'
import { Pods } from './pods.ts'

export class World {
  readonly #cluster: Cluster
  readonly #pods: Pods
  readonly #lifecycle: Lifecycle
  readonly #actions: Actions
  readonly #control: ControlPlane

  constructor(scenario: Scenario, writer: RecordingWriter, options: { birdBuild?: BirdBuild } = {}) {
    const { seed, startEpochMs } = scenario
    const cluster = new Cluster({ writer, seed, startEpochMs, birdBuild: options.birdBuild })
    this.#cluster = cluster
    this.#pods = new Pods(cluster)
    this.#lifecycle = new Lifecycle(cluster, this.#pods)
    this.#actions = new Actions(cluster, { scenario, pods: this.#pods, lifecycle: this.#lifecycle })
    this.#control = new ControlPlane(cluster, {
      pods: this.#pods,
      lifecycle: this.#lifecycle,
      nodeAppeared: (node) => this.#nodeAppeared(node),
    })
    this.#build(scenario)
    this.#control.watch()
    this.#start(scenario)
  }

  get now(): Micros {
    return this.#cluster.now
  }

  /** How many tasks have run, for measuring. */
  get events(): number {
    return this.#cluster.scheduler.handled
  }

  /** Runs everything that is due up to and including `t`. */
  runTo(t: Micros): void {
    this.#cluster.scheduler.runTo(t)
  }

  /** Runs towards `t`, some `tasks` of it; everything due up to the time it returns has run. */
  runSome(t: Micros, tasks: number): Micros {
    return this.#cluster.scheduler.runSome(t, tasks)
  }

  #build(scenario: Scenario): void {
    const cluster = this.#cluster
    for (const network of scenario.networks) cluster.addNetwork(network)
    loadDocuments(cluster, scenario)
    for (const { name, config } of nodeConfigs(cluster, scenario)) {
      cluster.powerOn(cluster.addMachine(name, 'node', config))
    }
    for (const host of scenario.hosts) {
      const config = { interfaces: [...host.interfaces], routes: host.routes, gateway: null }
      this.#lifecycle.addRouter(host)
      cluster.powerOn(cluster.addMachine(host.name, 'router', config))
    }
    annotateAddresses(cluster)
    ensureDefaultPool(cluster)
    this.#control.runOperator()
    if (this.#lifecycle.installed) this.#network(scenario)
  }

  /** What calico-node and the CNI plugin have done on running nodes: tunnel addresses, devices, pods. */
  #network(scenario: Scenario): void {
    const cluster = this.#cluster
    for (const node of cluster.nodes.values()) this.#lifecycle.ensureTunnels(node)
    for (const node of cluster.nodes.values()) node.startFelix()
    for (const pod of podsInOrder(cluster, scenario)) this.#pods.placeAtStart(pod)
  }

  #start(scenario: Scenario): void {
    const cluster = this.#cluster
    cluster.begin()
    if (!this.#lifecycle.installed) for (const pod of podsInOrder(cluster, scenario)) this.#pods.added(pod)
    scenario.timeline.forEach((action, index) => {
      cluster.scheduler.schedule(action.at, 0, {
        run: (now) => {
          cluster.writer.append(now, { kind: 'action', index })
          this.#actions.perform(action)
        },
      })
    })
    for (const machine of cluster.machines.values()) {
      const node = cluster.nodes.get(machine.name)
      const run = () => {
        // An action at time zero may have taken its power, or started it already.
        if (!machine.powered || machine.birdRunning) return
        if (node === undefined) this.#lifecycle.startRouter(machine)
        else this.#lifecycle.startNode(node)
      }
      cluster.scheduler.schedule(0, machine.order, { run })
    }
  }

  /** A Node that somebody applied: its machine boots, unless it is one that registered itself. */
  #nodeAppeared(node: Node): void {
    const { name } = node.metadata
    if (this.#cluster.nodes.has(name)) return
    const given = node.metadata.annotations?.['projectcalico.org/IPv4Address'] ?? internalAddress(node)
    this.#actions.addNode(name, given === undefined ? {} : { address: given })
  }
}

function internalAddress(node: Node): string | undefined {
  return node.status?.addresses?.find((entry) => entry.type === 'InternalIP' && parseIp(entry.address) !== null)
    ?.address
}

/** Pods in the order in which the documents name them. */
function podsInOrder(cluster: Cluster, scenario: Scenario): Pod[] {
  return scenario.manifests.flatMap(({ object }) => {
    const metadata = object.metadata as { name?: string; namespace?: string } | undefined
    if (object.kind !== 'Pod' || metadata?.name === undefined) return []
    return cluster.store.get('Pod', `${metadata.namespace ?? 'default'}/${metadata.name}`) ?? []
  })
}
