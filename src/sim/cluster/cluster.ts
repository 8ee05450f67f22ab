// What the parts of a running cluster share: clock, recording, cables, datastore, and the machines with their wiring.
import { AttributePool } from '../bgp/attribute-pool.ts'
import { Datastore } from '../datastore/datastore.ts'
import { Random } from '../engine/random.ts'
import { Ipam } from '../ipam/ipam.ts'
import { connectedInterface, gatewayRoute } from '../kernel/routes.ts'
import { RTPROT } from '../kernel/types.ts'
import type { Ip } from '../net/address.ts'
import { CalicoNode } from '../node/calico-node.ts'
import { Machine } from '../node/machine.ts'
import type { BirdBuild, MachineServices } from '../node/ports.ts'
import type { ClusterEvent, HostKind, RecordingWriter } from '../recording/types.ts'
import { isoTime } from '../scenario/time.ts'
import type { InterfaceSpec, NetworkSpec, StaticRouteSpec } from '../scenario/types.ts'
import { Fabric } from './fabric.ts'
import { Scheduler } from './scheduler.ts'
import { TcpNet } from './tcp/net.ts'

/** What a machine's disk says about its networking; applied at every boot. */
export interface MachineConfig {
  interfaces: InterfaceSpec[]
  readonly routes: readonly StaticRouteSpec[]
  /** Default route, when `routes` has none. */
  readonly gateway: Ip | null
}

/** Stream of chance for losses on networks, apart from every daemon's own. */
const LOSS_STREAM = -1

export class Cluster {
  readonly scheduler = new Scheduler()
  readonly fabric = new Fabric()
  readonly store = new Datastore()
  readonly ipam: Ipam
  readonly writer: RecordingWriter
  readonly net: TcpNet
  readonly startEpochMs: number
  readonly nodes = new Map<string, CalicoNode>()
  readonly machines = new Map<string, Machine>()
  readonly #configs = new Map<Machine, MachineConfig>()
  readonly #services: MachineServices & { beforeStart: boolean }
  #orders = 0

  constructor(spec: {
    writer: RecordingWriter
    seed: number
    startEpochMs: number
    birdBuild?: BirdBuild | undefined
  }) {
    this.writer = spec.writer
    this.startEpochMs = spec.startEpochMs
    this.ipam = new Ipam(this.store)
    this.net = new TcpNet({
      fabric: this.fabric,
      timers: this.scheduler,
      writer: spec.writer,
      random: new Random(spec.seed, LOSS_STREAM >>> 0),
    })
    this.#services = {
      timers: this.scheduler,
      writer: spec.writer,
      attributes: new AttributePool(),
      seed: spec.seed,
      birdBuild: spec.birdBuild,
      beforeStart: true,
      tcp: (machine) => this.net.stackOf(machine),
      interfaceChanged: (machine, name) => this.fabric.addressesChanged(machine, name),
    }
  }

  /** The run begins: from here on what happens is an event. */
  begin(): void {
    this.#services.beforeStart = false
  }

  get now(): number {
    return this.scheduler.now
  }

  /** RFC 3339 time of now, for metadata.creationTimestamp. */
  get timestamp(): string {
    return isoTime(this.startEpochMs, this.now)
  }

  addNetwork(spec: NetworkSpec): void {
    this.fabric.addNetwork(spec)
    const { name, cidr, gateway, latency } = spec
    this.writer.append(this.now, { kind: 'network', name, value: { name, cidr, gateway, latency } })
  }

  /** A machine with its cables, still without power. */
  addMachine(name: string, kind: HostKind, config: MachineConfig): Machine {
    const machine = new Machine(this.#services, { name, kind, order: ++this.#orders })
    this.machines.set(name, machine)
    this.#configs.set(machine, config)
    machine.update({})
    for (const iface of config.interfaces) {
      const network = this.fabric.networks.get(iface.network)
      if (network === undefined) throw new Error(`${name}: no network ${iface.network}`)
      this.fabric.attach(machine, iface.name, network)
      this.#recordLink(machine, iface.network)
    }
    if (kind === 'node') this.nodes.set(name, new CalicoNode(machine, { store: this.store }))
    return machine
  }

  /** A machine without power leaves for good, with its cables and its disk. */
  removeMachine(machine: Machine): void {
    for (const { network } of this.fabric.attachments(machine)) {
      this.writer.append(this.now, { kind: 'link', host: machine.id, network: network.config.name, value: null })
    }
    this.fabric.detach(machine)
    this.machines.delete(machine.name)
    this.#configs.delete(machine)
    this.writer.append(this.now, { kind: 'host', host: machine.id, value: null })
  }

  config(machine: Machine): MachineConfig {
    const config = this.#configs.get(machine)
    if (config === undefined) throw new Error(`${machine.name} has no configuration`)
    return config
  }

  /** Boot: the interfaces with their addresses, then the routes of the configuration. */
  powerOn(machine: Machine): void {
    const config = this.config(machine)
    machine.powerOn()
    for (const iface of config.interfaces) {
      machine.kernel.addInterface({
        name: iface.name,
        kind: 'ethernet',
        carrier: this.fabric.attachment(machine, iface.name)?.up ?? true,
        addresses: [{ address: iface.address, prefixLength: iface.prefixLength }],
      })
    }
    for (const route of config.routes) this.#addRoute(machine, route)
    if (config.gateway !== null && machine.kernel.fib.get(0, 0) === null) {
      this.#addRoute(machine, { dst: 0, via: config.gateway })
    }
  }

  #addRoute(machine: Machine, route: StaticRouteSpec): void {
    const dev = connectedInterface(machine.kernel.interfaces(), route.via)
    if (dev === null) return
    machine.kernel.addRoute(
      gatewayRoute({ prefix: route.dst, gateway: route.via, dev: dev.name, protocol: RTPROT.boot }),
    )
  }

  /** Plugs a cable in or pulls it out; false: there is none. */
  setLink(machine: Machine, network: string, up: boolean): boolean {
    const attachment = this.fabric.cable(machine, network)
    if (attachment === null) return false
    if (attachment.up === up) return true
    this.fabric.setCable(attachment, up)
    this.#recordLink(machine, network)
    machine.event({ code: 'link', network, up })
    machine.kernel.setCarrier(attachment.dev, up)
    return true
  }

  #recordLink(machine: Machine, network: string): void {
    const attachment = this.fabric.cable(machine, network)
    if (attachment === null) return
    const value = { host: machine.name, network, interface: attachment.dev, up: attachment.up }
    this.writer.append(this.now, { kind: 'link', host: machine.id, network, value })
  }

  event(event: ClusterEvent): void {
    this.writer.append(this.now, { kind: 'event', host: null, event })
  }

  /** Something the control plane does after a delay. */
  after(delay: number, run: () => void): void {
    this.scheduler.schedule(this.now + delay, 0, { run })
  }

  nodeRunning(name: string): CalicoNode | null {
    const node = this.nodes.get(name)
    return node?.machine.powered && node.running ? node : null
  }
}
