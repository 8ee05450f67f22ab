// One calico-node on its machine: confd renders from the datastore and sends SIGHUP, BIRD reads and routes, Felix
// programs the rest; runit starts them (reference 8.0-8.2, 8.12). Each part hears of the datastore by itself.
import { type ConfdFiles, changedFiles, renderConfd } from '../confd/confd.ts'
import type { ConfdEnv } from '../confd/types.ts'
import { asNumberOf } from '../datastore/as-number.ts'
import type { Datastore } from '../datastore/datastore.ts'
import { bgpNode, NODE_ANNOTATIONS, withAnnotations } from '../datastore/node.ts'
import type { Change } from '../datastore/store.ts'
import { Felix } from '../felix/felix.ts'
import { vethName } from '../felix/veth-name.ts'
import { deviceRoute } from '../kernel/routes.ts'
import { RTPROT } from '../kernel/types.ts'
import { formatIp, type Ip, parseIp } from '../net/address.ts'
import { prefixOf } from '../net/prefix.ts'
import type { BootPhase, HostRecord } from '../recording/types.ts'
import type { Machine } from './machine.ts'
import { LOCAL_PROCESSING } from './ports.ts'

const MAIN_FILE = 'bird.cfg'
const CONFIG_FOLDER = '/etc/calico/confd/config'
const VERSION = 'v0.3.3+birdv1.6.8'
/** runit starts a process that ended again after a second. */
const RUNIT_RESTART = 1_000_000
/** AUTODETECT_POLL_INTERVAL of monitor-addresses. */
const ADDRESS_POLL = 60_000_000
/** Felix looks at routes that somebody else removed after at most this. */
const ROUTE_REFRESH = 90_000_000
const DEFAULT_AS = 64_512

export class CalicoNode {
  readonly machine: Machine
  readonly #store: Datastore
  readonly #env: ConfdEnv
  #felix: Felix | null = null
  /** What confd has written; null: nothing yet in this container. */
  #files: ConfdFiles | null = null
  #running = false
  #startedAt = 0
  #syncPending = false
  #refreshPending = false
  #renderFailure: string | null = null
  /** Host interfaces of the pods, which outlive the calico-node container. */
  readonly #pods = new Map<string, { dev: string; address: Ip }>()

  constructor(machine: Machine, options: { store: Datastore; env?: ConfdEnv }) {
    this.machine = machine
    this.#store = options.store
    this.#env = options.env ?? {}
  }

  get name(): string {
    return this.machine.name
  }

  /** Whether the container runs, so that pods can be networked and configuration is followed. */
  get running(): boolean {
    return this.#running
  }

  /** Facts about the node that its Node object tells. */
  refreshRecord(changes: Partial<HostRecord> = {}): void {
    const node = this.#store.get('Node', this.name)
    const calico = node === null ? null : bgpNode(node)
    const global = asNumberOf(String(this.#store.get('BGPConfiguration', 'default')?.spec.asNumber ?? '')) ?? DEFAULT_AS
    this.machine.update({
      registered: node !== null,
      labels: calico === null ? this.machine.record.labels : calico.labels,
      address: calico === null ? this.machine.record.address : parseIp(calico.ipv4),
      asNumber: calico === null || calico.asNumber === '' ? global : Number(calico.asNumber),
      rrClusterId: calico?.routeReflectorClusterID || null,
      ...changes,
    })
  }

  /** Everything as it is on a node that has been up for long: files rendered, devices and routes in place. */
  prepare(): void {
    this.startFelix()
    this.#render()
  }

  /** Felix with its devices and routes, and the pods that were plugged before. */
  startFelix(): void {
    if (this.#felix === null) {
      this.#felix = new Felix({ node: this.name, store: this.#store, kernel: this.machine.kernel })
      this.#restorePods()
    }
    this.#felix.datastoreChanged()
  }

  /** The container starts with its files in place. BIRD starts with -R, as runit's script has it. */
  start(): void {
    this.prepare()
    this.#started('running')
    this.startBird()
  }

  /** First start on a fresh node: BIRD finds no file, and runit tries again until confd has written it. */
  startFresh(): void {
    this.#started('starting')
    this.startBird()
    this.machine.after(LOCAL_PROCESSING, () => {
      if (this.#running) this.prepare()
    })
    this.machine.after(RUNIT_RESTART, () => {
      if (this.#running) this.startBird()
    })
  }

  #started(phase: BootPhase): void {
    this.#running = true
    this.#startedAt = this.machine.now
    this.machine.update({ felix: 'running', confd: 'running', phase })
  }

  startBird(): void {
    if (!this.#running || !this.machine.powered) return
    const files: ReadonlyMap<string, string> = this.#files ?? new Map<string, string>()
    this.machine.startBird({ files, mainFile: MAIN_FILE, folder: CONFIG_FOLDER, recovery: true, version: VERSION })
    if (this.machine.birdRunning) this.machine.update({ phase: 'running' })
  }

  /** PID 1 dies and everything in the container with it; the kernel's routes and the pods stay. */
  kill(): void {
    this.machine.killBird()
    this.#running = false
    this.#files = null
    this.#felix = null
    this.machine.update({ felix: 'stopped', confd: 'stopped' })
  }

  /** Power is gone; the pods' interfaces went with the kernel. */
  powerLost(): void {
    this.#running = false
    this.#files = null
    this.#felix = null
    this.machine.update({ phase: 'off', felix: 'absent', confd: 'absent', bird: 'absent' })
  }

  /** The calico-node container is not there (any more): the operator has not created it. */
  absent(): void {
    this.machine.update({ felix: 'absent', confd: 'absent', bird: 'absent' })
  }

  /** The CNI plugin networks a pod: veth, address route, sysctls (not shown); Felix keeps the route from then on. */
  addPod(pod: { namespace: string; name: string; address: Ip }): string {
    const dev = vethName(pod.namespace, pod.name)
    const { address } = pod
    this.#pods.set(`${pod.namespace}/${pod.name}`, { dev, address })
    this.#plug({ dev, address })
    return dev
  }

  removePod(pod: string): void {
    const plugged = this.#pods.get(pod)
    if (plugged === undefined) return
    this.#pods.delete(pod)
    this.#felix?.endpointRemoved(plugged.dev)
    this.machine.kernel.removeInterface(plugged.dev)
    this.#felix?.resync()
  }

  /** What a watch tells: confd and Felix act after their processing time. */
  datastoreChanged(change: Change): void {
    if (!this.#concerns(change)) return
    if (this.#syncPending) return
    this.#syncPending = true
    this.machine.after(LOCAL_PROCESSING, () => this.#sync())
  }

  /** An administrator's `ip` command: Felix answers an interface that comes up at once, the rest at its refresh. */
  kernelTouched(how: 'interface-up' | 'other'): void {
    if (how === 'other' && this.#refreshPending) return
    if (how === 'other') this.#refreshPending = true
    this.machine.after(how === 'interface-up' ? LOCAL_PROCESSING : ROUTE_REFRESH, () => {
      if (how === 'other') this.#refreshPending = false
      this.#felix?.resync()
    })
  }

  /** monitor-addresses finds a new address at its next poll and writes it to the Node. */
  addressChanged(address: Ip, prefixLength: number): void {
    if (!this.#running) return
    const polls = Math.floor((this.machine.now - this.#startedAt) / ADDRESS_POLL) + 1
    const delay = this.#startedAt + polls * ADDRESS_POLL - this.machine.now
    this.machine.after(delay, () => {
      if (this.#running) this.writeAddress(address, prefixLength)
    })
  }

  /** The annotation by which the rest of the cluster knows this node's address. */
  writeAddress(address: Ip, prefixLength: number): void {
    const node = this.#store.get('Node', this.name)
    if (node === null) return
    const text = `${formatIp(address)}/${prefixLength}`
    if (node.metadata.annotations?.[NODE_ANNOTATIONS.ipv4Address] === text) return
    this.#store.put(withAnnotations(node, { [NODE_ANNOTATIONS.ipv4Address]: text }))
  }

  #concerns(change: Change): boolean {
    switch (change.kind) {
      case 'BlockAffinity':
        return (change.after ?? change.before)?.kind === 'BlockAffinity' && this.#ownsAffinity(change)
      case 'Pod':
      case 'Namespace':
      case 'IPAMHandle':
      case 'IPAMConfig':
      case 'IPReservation':
      case 'Installation':
      case 'Cluster':
        return false
      default:
        return true
    }
  }

  #ownsAffinity(change: Change): boolean {
    const affinity = (change.after ?? change.before) as { spec: { node?: string } } | null
    return affinity?.spec.node === this.name
  }

  #sync(): void {
    this.#syncPending = false
    if (!this.#running || !this.machine.powered) return
    this.#felix?.datastoreChanged()
    if (this.#render()) {
      this.machine.after(LOCAL_PROCESSING, () => {
        if (this.#files !== null && this.machine.birdRunning) this.machine.reconfigureBird(this.#files, 'hup')
      })
    }
  }

  /** Writes the files that differ; whether BIRD has to read them again. */
  #render(): boolean {
    const result = renderConfd(this.#store, this.name, this.#env)
    if (!result.ok) {
      if (this.#renderFailure !== result.message) this.machine.event({ code: 'confd-failed', message: result.message })
      this.#renderFailure = result.message
      return false
    }
    this.#renderFailure = null
    const files = changedFiles(this.#files, result.files)
    if (files.length === 0) return false
    this.#files = result.files
    for (const name of files) this.machine.setFile(name, result.files.get(name) ?? '')
    this.machine.event({ code: 'confd-rendered', files })
    return files.some((name) => !name.startsWith('bird6'))
  }

  #plug(pod: { dev: string; address: Ip }): void {
    const { kernel } = this.machine
    if (kernel.interface(pod.dev) === null) kernel.addInterface({ name: pod.dev, kind: 'veth' })
    const prefix = prefixOf(pod.address, 32)
    kernel.addRoute(deviceRoute({ prefix, dev: pod.dev, protocol: RTPROT.boot }))
    this.#felix?.endpointAdded(pod)
  }

  #restorePods(): void {
    for (const pod of this.#pods.values()) this.#plug(pod)
  }
}
