// How machines come up and go down: the boot of a node through the phases of reference 8.1, outside routers, power cuts.
// Simplified: a machine boots in a second, and pulling the container images takes no time.
import { NODE_ANNOTATIONS } from '../datastore/node.ts'
import type { Node } from '../datastore/resources.ts'
import { formatIp } from '../net/address.ts'
import { parsePrefix } from '../net/prefix.ts'
import type { CalicoNode } from '../node/calico-node.ts'
import type { Machine } from '../node/machine.ts'
import type { HostSpec } from '../scenario/types.ts'
import type { Cluster } from './cluster.ts'
import type { Pods } from './pods.ts'

/** From power to kubelet's registration of the Node. */
const BOOT = 1_000_000
/** From the registration to calico-node's start-up script, and from there to its daemons. */
const CONTAINER_START = 500_000

interface Router {
  conf: string | null
  readonly args: readonly string[]
}

export class Lifecycle {
  readonly #cluster: Cluster
  readonly #pods: Pods
  readonly #routers = new Map<string, Router>()
  /** Counts boots, so that what an earlier boot had planned does not happen in a later one. */
  readonly #boots = new Map<Machine, number>()
  /** Whether calico-node may run: an Installation that the operator cannot fulfil keeps it away. */
  #installed = true
  readonly #waiting = new Set<CalicoNode>()

  constructor(cluster: Cluster, pods: Pods) {
    this.#cluster = cluster
    this.#pods = pods
  }

  addRouter(spec: Pick<HostSpec, 'name' | 'birdConf' | 'birdArgs'>): void {
    this.#routers.set(spec.name, { conf: spec.birdConf, args: spec.birdArgs })
  }

  removeRouter(machine: Machine): void {
    this.#routers.delete(machine.name)
    machine.setFile('bird.conf', null)
  }

  /** A host that has been up before the run: powered, BIRD about to start. */
  startRouter(machine: Machine): void {
    const router = this.#routers.get(machine.name)
    machine.update({ phase: 'running', address: this.#cluster.config(machine).interfaces[0]?.address ?? null })
    if (router?.conf == null) return
    machine.setFile('bird.conf', router.conf)
    this.startBird(machine)
  }

  startBird(machine: Machine): void {
    const node = this.#cluster.nodes.get(machine.name)
    if (node !== undefined) {
      node.startBird()
      return
    }
    const router = this.#routers.get(machine.name)
    if (router?.conf == null) return
    const files = new Map([['bird.conf', router.conf]])
    machine.startBird({
      files,
      mainFile: 'bird.conf',
      folder: '/etc/bird',
      recovery: router.args.includes('-R'),
      version: '1.6.8',
    })
  }

  /** A new bird.conf; what `configure` answered, or null when a host without BIRD got its first one. */
  setBirdConf(machine: Machine, conf: string): string[] | null {
    const router = this.#routers.get(machine.name)
    if (router === undefined) return null
    const first = router.conf === null
    router.conf = conf
    machine.setFile('bird.conf', conf)
    if (machine.birdRunning) return machine.reconfigureBird(new Map([['bird.conf', conf]]), 'configure')
    if (first) this.startBird(machine)
    return null
  }

  /** The operator has (or has not) what it needs to run calico-node everywhere. */
  setInstalled(installed: boolean): void {
    const before = this.#installed
    this.#installed = installed
    if (!installed || before) return
    const waiting = [...this.#waiting]
    this.#waiting.clear()
    for (const node of waiting) if (node.machine.powered) this.#startCalico(node)
  }

  get installed(): boolean {
    return this.#installed
  }

  /** A node that has been up before the run; with calico-node unless the operator refused. */
  startNode(node: CalicoNode): void {
    node.refreshRecord()
    if (!this.#installed) {
      node.machine.update({ phase: 'registered' })
      this.#waiting.add(node)
      return
    }
    node.start()
  }

  /** Power for a machine that is off. */
  powerOn(machine: Machine): void {
    if (machine.powered) return
    const node = this.#cluster.nodes.get(machine.name)
    if (node === undefined) {
      this.#cluster.powerOn(machine)
      this.startRouter(machine)
    } else if (this.#knowsAddress(node)) {
      this.#cluster.powerOn(machine)
      this.#nextBoot(machine)
      this.startNode(node)
      this.#pods.nodeReady(node.name)
    } else this.boot(node)
  }

  powerOff(machine: Machine): void {
    if (!machine.powered) return
    this.#nextBoot(machine)
    machine.powerOff()
    this.#cluster.fabric.topologyChanged()
    const node = this.#cluster.nodes.get(machine.name)
    if (node === undefined) machine.update({ phase: 'off' })
    else node.powerLost()
  }

  /** A node that joins: machine, kubelet, calico-node's start-up, its daemons. */
  boot(node: CalicoNode, labels: Readonly<Record<string, string>> = {}): void {
    const { machine } = node
    if (!machine.powered) this.#cluster.powerOn(machine)
    machine.update({ phase: 'booting', labels: { ...machine.record.labels, ...labels } })
    this.#later(machine, BOOT, () => {
      this.#register(node, labels)
      this.#later(machine, CONTAINER_START, () => this.#startCalico(node))
    })
  }

  #register(node: CalicoNode, labels: Readonly<Record<string, string>>): void {
    const { machine } = node
    const { store } = this.#cluster
    if (store.get('Node', node.name) === null) {
      const address = this.#cluster.config(machine).interfaces[0]?.address
      const object: Node = {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name: node.name,
          labels: {
            'kubernetes.io/arch': 'amd64',
            'kubernetes.io/hostname': node.name,
            'kubernetes.io/os': 'linux',
            ...labels,
          },
          creationTimestamp: this.#cluster.timestamp,
        },
        spec: {},
        status: {
          addresses: [
            ...(address === undefined ? [] : [{ type: 'InternalIP', address: formatIp(address) }]),
            { type: 'Hostname', address: node.name },
          ],
        },
      }
      store.put(object)
    }
    node.refreshRecord({ phase: 'registered' })
    machine.event({ code: 'node-registered' })
  }

  /** The start-up script: address, tunnel addresses; then runit and the daemons. */
  #startCalico(node: CalicoNode): void {
    if (!this.#installed) {
      this.#waiting.add(node)
      return
    }
    const iface = this.#cluster.config(node.machine).interfaces[0]
    if (iface !== undefined) node.writeAddress(iface.address, iface.prefixLength)
    this.ensureTunnels(node)
    this.#later(node.machine, CONTAINER_START, () => {
      node.startFresh()
      this.#pods.nodeReady(node.name)
    })
  }

  /** allocate-tunnel-addrs: what the pools ask for now. */
  ensureTunnels(node: CalicoNode): void {
    for (const plan of this.#cluster.ipam.ensureTunnels(node.name)) {
      for (const step of plan.steps) {
        const block = step.step === 'affinity-confirmed' ? parsePrefix(step.subject) : null
        if (block !== null) node.machine.event({ code: 'block-claimed', block })
      }
    }
  }

  /** Runs unless the machine loses power, or boots again, in between. */
  #later(machine: Machine, delay: number, run: () => void): void {
    const boot = this.#boots.get(machine) ?? 0
    machine.after(delay, () => {
      if (machine.powered && boot === (this.#boots.get(machine) ?? 0)) run()
    })
  }

  #nextBoot(machine: Machine): void {
    this.#boots.set(machine, (this.#boots.get(machine) ?? 0) + 1)
  }

  #knowsAddress(node: CalicoNode): boolean {
    const object = this.#cluster.store.get('Node', node.name)
    return object?.metadata.annotations?.[NODE_ANNOTATIONS.ipv4Address] !== undefined
  }
}
