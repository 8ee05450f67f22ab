// Routers that come and go while the cluster runs (docs/scenario-format.md, `add-host` and `remove-host`).
// Simplified: an outside router that is plugged in is up at once, and one that is taken away is gone at once; its peers
// find out by their timers.
import { formatIp, type Ip } from '../net/address.ts'
import type { Action, InterfaceSpec, Scenario } from '../scenario/types.ts'
import { parseInterfaceAddress, Wiring } from './build.ts'
import type { Cluster } from './cluster.ts'
import type { Lifecycle } from './lifecycle.ts'
import { defaultRouterConf } from './router-conf.ts'

type AddHost = Extract<Action, { action: 'add-host' }>

/** What Calico takes when no BGPConfiguration says otherwise. */
const CALICO_AS = 64_512

export class Hosts {
  readonly #cluster: Cluster
  readonly #scenario: Scenario
  readonly #lifecycle: Lifecycle

  constructor(cluster: Cluster, parts: { scenario: Scenario; lifecycle: Lifecycle }) {
    this.#cluster = cluster
    this.#scenario = parts.scenario
    this.#lifecycle = parts.lifecycle
  }

  /** Plugs a router in, up at once; why it cannot be done, or null. */
  add({ name, network, address, routes, birdConf, birdArgs }: AddHost): string | null {
    const cluster = this.#cluster
    if (cluster.machines.has(name)) return `the name ${name} is taken`
    const given = parseInterfaceAddress(address ?? '')
    const where = { address: given?.address ?? null, length: given?.length ?? null, network: network ?? null }
    const iface = new Wiring(cluster, this.#scenario).router(where)
    if (iface === null) return `the network has no address left for ${name}`
    const bearer = given === null ? null : this.#bearer(iface)
    if (bearer !== null) return `${formatIp(iface.address)} is taken: ${bearer} has it`
    const conf = birdConf ?? defaultRouterConf({ name, address: iface.address, peer: this.#peer(iface) })
    this.#lifecycle.addRouter({ name, birdConf: conf === '' ? null : conf, birdArgs: birdArgs ?? [] })
    const gateway = routes === undefined ? this.#gateway(iface) : null
    const machine = cluster.addMachine(name, 'router', { interfaces: [iface], routes: routes ?? [], gateway })
    this.#lifecycle.powerOn(machine)
    return null
  }

  /** Cuts its power and takes it away; its name and its address are free again. */
  remove(name: string): string | null {
    const machine = this.#cluster.machines.get(name)
    if (machine === undefined || this.#cluster.nodes.has(name)) return `there is no host ${name}`
    this.#lifecycle.powerOff(machine)
    this.#lifecycle.removeRouter(machine)
    this.#cluster.removeMachine(machine)
    return null
  }

  #bearer({ network, address }: InterfaceSpec): string | null {
    for (const machine of this.#cluster.machines.values()) {
      const has = this.#cluster
        .config(machine)
        .interfaces.some((iface) => iface.network === network && iface.address === address)
      if (has) return machine.name
    }
    return null
  }

  /** A router that bears the gateway's address is the gateway, and has no other. */
  #gateway({ network, address }: InterfaceSpec): Ip | null {
    const gateway = this.#scenario.networks.find((candidate) => candidate.name === network)?.gateway ?? null
    return gateway === address ? null : gateway
  }

  /** The node that the default bird.conf takes for its example: the first worker, on its own network if there is one. */
  #peer({ network }: InterfaceSpec): Parameters<typeof defaultRouterConf>[0]['peer'] {
    const nodes = [...this.#cluster.nodes.values()]
    const near = nodes.filter(({ machine }) => this.#cluster.config(machine).interfaces[0]?.network === network)
    const among = near.length > 0 ? near : nodes
    const node = among[1] ?? among[0]
    const address = node === undefined ? undefined : this.#cluster.config(node.machine).interfaces[0]?.address
    if (node === undefined || address === undefined) return null
    const asNumber = node.machine.record.asNumber ?? CALICO_AS
    return { name: node.name, address, asNumber, near: near.length > 0 }
  }
}
