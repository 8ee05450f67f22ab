// Every action of docs/scenario-format.md, turned into calls on the parts it concerns.
import { parseAllDocuments } from 'yaml'
import type { Change } from '../datastore/store.ts'
import { kubectlErrors } from '../datastore/tool-errors.ts'
import type { CalicoNode } from '../node/calico-node.ts'
import type { Machine } from '../node/machine.ts'
import type { Action, Scenario, Target } from '../scenario/types.ts'
import { parseInterfaceAddress, Wiring } from './build.ts'
import type { Cluster } from './cluster.ts'
import { runCommand } from './commands.ts'
import { Hosts } from './hosts.ts'
import type { Lifecycle } from './lifecycle.ts'
import type { Pods } from './pods.ts'

/** Where the two kinds of host keep BIRD's control socket. */
const NODE_SOCKET = '/var/run/calico/bird.ctl'
const HOST_SOCKET = '/run/bird/bird.ctl'

export class Actions {
  readonly #cluster: Cluster
  readonly #scenario: Scenario
  readonly #pods: Pods
  readonly #lifecycle: Lifecycle
  readonly #hosts: Hosts

  constructor(cluster: Cluster, parts: { scenario: Scenario; pods: Pods; lifecycle: Lifecycle }) {
    this.#cluster = cluster
    this.#scenario = parts.scenario
    this.#pods = parts.pods
    this.#lifecycle = parts.lifecycle
    this.#hosts = new Hosts(cluster, parts)
  }

  perform(action: Action): void {
    switch (action.action) {
      case 'add-node':
        this.addNode(action.name, action)
        return
      case 'add-host':
        this.#impossible(this.#hosts.add(action))
        return
      case 'remove-host':
        this.#impossible(this.#hosts.remove(action.target.name))
        return
      case 'apply':
      case 'delete':
        this.#manifest(action.action, action.manifest)
        return
      case 'create-pod':
        this.#createPod(action)
        return
      case 'delete-pod':
        if (!this.#pods.remove(action.pod)) this.#refused(`pods "${action.pod.split('/')[1]}" not found`)
        return
      case 'cut-link':
      case 'mend-link':
        this.#link(action.target, action.action === 'mend-link')
        return
      default:
        this.#onMachine(action)
    }
  }

  /** A machine that boots and joins; one that is there already and has left the cluster joins again. */
  addNode(name: string, wish: { network?: string; address?: string; labels?: Readonly<Record<string, string>> }): void {
    let node = this.#cluster.nodes.get(name)
    if (node === undefined) {
      if (this.#cluster.machines.has(name)) {
        this.#impossible(`the name ${name} is taken: a host has it`)
        return
      }
      const given = parseInterfaceAddress(wish.address ?? '')
      const config = new Wiring(this.#cluster, this.#scenario).node(name, {
        address: given?.address ?? null,
        length: given?.length ?? null,
        network: wish.network ?? null,
      })
      if (config === null) {
        this.#impossible(`the network has no address left for ${name}`)
        return
      }
      this.#cluster.addMachine(name, 'node', config)
      node = this.#cluster.nodes.get(name)
    } else if (node.machine.powered && node.machine.record.registered) {
      this.#refused(`nodes "${name}" already exists`)
      return
    } else if (node.running) node.kill()
    if (node !== undefined) this.#lifecycle.boot(node, wish.labels)
  }

  #onMachine(action: Extract<Action, { target: Target }>): void {
    if (action.target.kind === 'link') return
    const machine = this.#cluster.machines.get(action.target.name)
    if (machine === undefined) {
      this.#impossible(`there is no ${action.target.kind} ${action.target.name} at this time`)
      return
    }
    const node = this.#cluster.nodes.get(machine.name)
    switch (action.action) {
      case 'power-off':
        this.#lifecycle.powerOff(machine)
        return
      case 'power-on':
        this.#lifecycle.powerOn(machine)
        return
      case 'stop-bird':
        machine.stopBird()
        return
      case 'kill-bird':
        machine.killBird()
        return
      case 'start-bird':
        this.#lifecycle.startBird(machine)
        return
      case 'restart-calico-node':
        if (node !== undefined) this.#restart(node, action.down)
        return
      case 'exec':
        this.#exec(machine, action.command)
        return
      case 'set-bird-conf':
        this.#setBirdConf(machine, action.text)
        return
      case 'set-address':
        this.#setAddress(machine, action)
        return
      default:
    }
  }

  #restart(node: CalicoNode, down: number): void {
    if (!node.running || !node.machine.powered) return
    node.kill()
    node.machine.after(down, () => {
      if (node.machine.powered && !node.running) node.start()
    })
  }

  #link(target: Target, up: boolean): void {
    if (target.kind !== 'link') return
    const machine = this.#cluster.machines.get(target.host)
    if (machine === undefined || !this.#cluster.setLink(machine, target.network, up)) {
      this.#impossible(`${target.host} has no link to ${target.network}`)
    }
  }

  #exec(machine: Machine, command: string): void {
    if (!machine.powered) {
      this.#reply(machine, command, `${machine.name} is off`)
      return
    }
    const node = this.#cluster.nodes.get(machine.name)
    const controlSocket = node === undefined ? HOST_SOCKET : NODE_SOCKET
    const result = runCommand({ machine, controlSocket, files: machine.files }, command)
    this.#reply(machine, command, result?.reply ?? '')
    if (result?.kernel !== undefined) node?.kernelTouched(result.kernel)
  }

  #reply(machine: Machine, command: string, reply: string): void {
    this.#cluster.writer.append(this.#cluster.now, { kind: 'command', host: machine.id, record: { command, reply } })
  }

  #setBirdConf(machine: Machine, text: string): void {
    const reply = this.#lifecycle.setBirdConf(machine, text)
    if (reply !== null) this.#reply(machine, 'birdc configure', reply.join('\n'))
  }

  #setAddress(machine: Machine, action: { interface: string; address: string }): void {
    const config = this.#cluster.config(machine)
    const index = config.interfaces.findIndex((iface) => iface.name === action.interface)
    const old = config.interfaces[index]
    const given = parseInterfaceAddress(action.address)
    if (old === undefined || given === null) {
      this.#impossible(`${machine.name} has no interface ${action.interface}`)
      return
    }
    const next = { ...old, address: given.address, prefixLength: given.length ?? old.prefixLength }
    config.interfaces[index] = next
    if (!machine.powered) return
    machine.kernel.setAddresses(next.name, [{ address: next.address, prefixLength: next.prefixLength }])
    const node = this.#cluster.nodes.get(machine.name)
    if (node === undefined) machine.update({ address: config.interfaces[0]?.address ?? null })
    else if (index === 0) node.addressChanged(next.address, next.prefixLength)
  }

  #createPod(action: Extract<Action, { action: 'create-pod' }>): void {
    const [namespace = 'default', name = ''] = action.pod.split('/')
    const { store } = this.#cluster
    if (store.get('Pod', action.pod) !== null) {
      this.#refused(`pods "${name}" already exists`)
      return
    }
    const result = store.apply(
      [
        {
          apiVersion: 'v1',
          kind: 'Pod',
          metadata: { name, namespace, ...(action.labels === undefined ? {} : { labels: action.labels }) },
          spec: action.node === undefined ? {} : { nodeName: action.node },
        },
      ],
      { now: this.#cluster.timestamp },
    )
    if (!result.ok) this.#refused(result.problems[0]?.message ?? '')
  }

  #manifest(verb: 'apply' | 'delete', text: string): void {
    const stream = parseAllDocuments(text)
    const documents = Array.isArray(stream) ? stream : []
    const broken = documents.find((document) => document.errors.length > 0)
    if (broken !== undefined) {
      this.#refused(broken.errors[0]?.message ?? 'not YAML')
      return
    }
    const objects = documents.map((document) => document.toJS() as unknown).filter((object) => object != null)
    const { store } = this.#cluster
    const result =
      verb === 'apply' ? store.apply(objects, { now: this.#cluster.timestamp }) : store.deleteManifests(objects)
    if (!result.ok) {
      this.#refused(kubectlErrors(result.problems, 'manifest.yaml').join('\n'))
      return
    }
    for (const change of result.changes) this.#cluster.event(resourceEvent(change))
    for (const notice of result.notices) {
      const object = objects[notice.document] as { kind?: string; metadata?: { name?: string } } | undefined
      this.#cluster.event({ code: 'not-simulated', kind: object?.kind ?? '', name: object?.metadata?.name ?? '' })
    }
  }

  /** What cannot be done at this time, in our own words. */
  #impossible(message: string | null): void {
    if (message !== null) this.#cluster.event({ code: 'refused', by: 'scenario', message })
  }

  #refused(message: string): void {
    this.#cluster.event({ code: 'refused', by: 'api', message })
  }
}

const VERBS = { added: 'created', modified: 'changed', deleted: 'deleted' } as const

function resourceEvent(change: Change) {
  return { code: 'resource', verb: VERBS[change.type], kind: change.kind, name: change.key } as const
}
