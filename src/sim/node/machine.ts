// One computer: its kernel, its TCP, and the BIRD process on it. It connects the daemon's ports to the kernel and the
// recording, and wakes the daemon when it asks to be woken. Outside routers are just this; a Calico node has more on top.
import type { BgpMessage } from '../bgp/message.ts'
import { BirdDaemon, type BirdVersion } from '../bird/daemon.ts'
import type { Micros, SocketError, SocketId } from '../bird/ports.ts'
import type { EventToken } from '../engine/event-queue.ts'
import { Random } from '../engine/random.ts'
import { Kernel } from '../kernel/kernel.ts'
import type { KernelInterface, KernelRoute, NetlinkError, RouteChange } from '../kernel/types.ts'
import type { ClusterEvent, HostId, HostKind, HostRecord, HostWriter } from '../recording/types.ts'
import { RecordingObserver } from './observer.ts'
import type { MachineServices, SocketAddresses, SocketUser, Task, TcpHost } from './ports.ts'

export interface BirdStart {
  readonly files: ReadonlyMap<string, string>
  readonly mainFile: string
  /** Where the files lie. */
  readonly folder: string
  readonly recovery: boolean
  readonly version: BirdVersion
}

const MICROS_PER_SECOND = 1_000_000
const NO_FILES: ReadonlyMap<string, string> = new Map()

export class Machine implements SocketUser {
  readonly id: HostId
  readonly name: string
  /** Place among the hosts for what happens at one instant. */
  readonly order: number
  readonly tcp: TcpHost
  kernel: Kernel
  readonly #services: MachineServices
  readonly #writer: HostWriter
  #record: HostRecord
  #recorded = false
  #daemon: BirdDaemon | null = null
  #observer: RecordingObserver | null = null
  #files: ReadonlyMap<string, string> = NO_FILES
  #wakeAt: Micros | null = null
  #wakeToken: EventToken = -1
  /** The daemon itself is changing a route. */
  #inOwnChange = false
  readonly #wakeTask: Task = { run: (now) => this.#wake(now) }

  constructor(services: MachineServices, spec: { name: string; kind: HostKind; order: number }) {
    this.#services = services
    this.id = services.writer.hostId(spec.name)
    this.#writer = services.writer.host(this.id)
    this.name = spec.name
    this.order = spec.order
    this.kernel = this.#newKernel()
    this.#record = {
      name: spec.name,
      kind: spec.kind,
      phase: 'off',
      powered: false,
      bird: 'absent',
      felix: 'absent',
      confd: 'absent',
      address: null,
      asNumber: null,
      routerId: null,
      rrClusterId: null,
      labels: {},
      registered: spec.kind === 'router',
    }
    this.tcp = services.tcp(this)
  }

  get now(): Micros {
    return this.#services.timers.now
  }

  get powered(): boolean {
    return this.#record.powered
  }

  get record(): HostRecord {
    return this.#record
  }

  get birdRunning(): boolean {
    return this.#daemon !== null
  }

  /** The running daemon, for commands; null when there is none. Call `settle` after using it. */
  get daemon(): BirdDaemon | null {
    return this.#daemon
  }

  /** Changes facts about the host; written only when one of them differs. */
  update(changes: Partial<HostRecord>): void {
    const next: HostRecord = { ...this.#record, ...changes }
    const keys = Object.keys(changes) as (keyof HostRecord)[]
    if (this.#recorded && keys.every((key) => next[key] === this.#record[key])) return
    this.#record = next
    this.#recorded = true
    this.#services.writer.append(this.now, { kind: 'host', host: this.id, value: next })
  }

  event(event: ClusterEvent): void {
    if (this.#services.beforeStart) return
    this.#services.writer.append(this.now, { kind: 'event', host: this.id, event })
  }

  log(line: string): void {
    this.#writer.log(this.now, line)
  }

  after(delay: Micros, run: () => void): void {
    this.#services.timers.schedule(this.now + delay, this.order, { run })
  }

  /** Files on the disk that the recording shows; null removes one. */
  setFile(name: string, text: string | null): void {
    this.#services.writer.append(this.now, { kind: 'file', host: this.id, name, value: text })
  }

  powerOn(): void {
    this.kernel = this.#newKernel()
    this.update({ powered: true })
    this.event({ code: 'powered', on: true })
    this.kernel.addInterface({
      name: 'lo',
      kind: 'loopback',
      addresses: [{ address: 0x7f000001, prefixLength: 8 }],
    })
  }

  /** Nothing is sent, nothing is saved: the peers find out by themselves. */
  powerOff(): void {
    this.tcp.powerLost()
    this.#forgetDaemon()
    const { writer } = this.#services
    const { now } = this
    this.update({ powered: false })
    for (const { prefix, metric } of this.kernel.routes()) {
      this.#writer.fib(now, { prefix, metric }, null)
    }
    for (const { name } of this.kernel.interfaces()) {
      writer.append(now, { kind: 'interface', host: this.id, name, value: null })
    }
    this.kernel = this.#newKernel()
    this.event({ code: 'powered', on: false })
  }

  /** Starts BIRD; null when it runs, else what it printed before it gave up. */
  startBird(start: BirdStart): string | null {
    if (this.#daemon !== null || !this.powered) return null
    const { timers, attributes, seed, birdBuild } = this.#services
    this.#files = birdBuild?.adapt(start.files) ?? start.files
    const observer = new RecordingObserver(timers, this.#writer)
    const { kernel } = this
    const daemon = new BirdDaemon({
      ports: {
        tcp: this.tcp,
        netlink: {
          interfaces: () => kernel.interfaces(),
          routes: () => kernel.routes(),
          addRoute: (route) => this.#ownChange(() => kernel.addRoute(route)),
          deleteRoute: ({ prefix, metric, protocol }) =>
            this.#ownChange(() => kernel.deleteRoute({ prefix, metric, protocol })),
        },
        observer,
      },
      files: this.#files,
      mainFile: start.mainFile,
      folder: start.folder,
      recovery: start.recovery,
      random: new Random(seed, Math.floor(this.now / MICROS_PER_SECOND)),
      attributes,
      version: birdBuild?.version ?? start.version,
    })
    this.#daemon = daemon
    this.#observer = observer
    this.event({ code: 'bird-started', recovery: start.recovery })
    const result = daemon.start(this.now)
    if (!result.ok) {
      this.log(result.error)
      this.#processGone('config-error')
      return result.error
    }
    this.update({ bird: 'running' })
    this.settle()
    return null
  }

  /** SIGTERM: the daemon says goodbye to its peers. */
  stopBird(): void {
    this.#daemon?.terminate(this.now)
    this.settle()
  }

  /** SIGKILL: the kernel closes what the process had open. */
  killBird(): void {
    if (this.#daemon !== null) this.#processGone('killed')
  }

  /** SIGHUP or `configure` with these files. */
  reconfigureBird(files: ReadonlyMap<string, string>, mode: 'hup' | 'configure'): string[] {
    this.#files = this.#services.birdBuild?.adapt(files) ?? files
    const reply = this.#daemon?.reconfigure(this.now, this.#files, mode) ?? []
    this.settle()
    return reply
  }

  /** The files that BIRD reads. */
  get files(): ReadonlyMap<string, string> {
    return this.#files
  }

  socketConnected(socket: SocketId, endpoints: SocketAddresses): void {
    this.#daemon?.socketConnected(this.now, socket, endpoints)
    this.settle()
  }

  socketIncoming(socket: SocketId, endpoints: SocketAddresses): boolean {
    const wanted = this.#daemon?.socketIncoming(this.now, socket, endpoints) ?? false
    this.settle()
    return wanted
  }

  socketReceived(socket: SocketId, messages: readonly BgpMessage[]): void {
    for (const message of messages) this.#daemon?.socketReceived(this.now, socket, message)
    this.settle()
  }

  socketClosed(socket: SocketId, error: SocketError | null): void {
    this.#daemon?.socketClosed(this.now, socket, error)
    this.settle()
  }

  /** After every call into the daemon: notices that it ended, and when it wants to be woken. */
  settle(): void {
    const daemon = this.#daemon
    if (daemon === null) return
    if (this.#observer?.running === false) {
      this.#processGone('terminated')
      return
    }
    const routerId = this.#observer?.lastStatus?.routerId ?? null
    if (routerId !== this.#record.routerId) this.update({ routerId })
    const localAs = this.#observer?.localAs ?? null
    // A node's is the datastore's to say, a router's is in its file and changes with it.
    const told = this.#record.kind === 'router' || this.#record.asNumber === null
    if (told && localAs !== null && localAs !== this.#record.asNumber) this.update({ asNumber: localAs })
    const next = daemon.nextWake()
    if (next === null || (this.#wakeAt !== null && this.#wakeAt <= next)) return
    const { timers } = this.#services
    if (this.#wakeAt !== null) timers.cancel(this.#wakeToken)
    this.#wakeAt = Math.max(next, timers.now)
    this.#wakeToken = timers.schedule(this.#wakeAt, this.order, this.#wakeTask)
  }

  #wake(now: Micros): void {
    this.#wakeAt = null
    const daemon = this.#daemon
    if (daemon === null) return
    const due = daemon.nextWake()
    if (due !== null && due <= now) daemon.wake(now)
    this.settle()
  }

  #processGone(how: 'terminated' | 'killed' | 'config-error'): void {
    this.#forgetDaemon()
    this.tcp.processEnded()
    this.event({ code: 'bird-stopped', how })
  }

  #forgetDaemon(): void {
    const observer = this.#observer
    this.#daemon = null
    this.#observer = null
    if (this.#wakeAt !== null) this.#services.timers.cancel(this.#wakeToken)
    this.#wakeAt = null
    observer?.withdraw()
    if (this.#record.bird === 'running') this.update({ bird: 'stopped', routerId: null })
  }

  #newKernel(): Kernel {
    return new Kernel({
      interfaceChanged: (name, value) => this.#interfaceChanged(name, value),
      fibChanged: (prefix, metric, value) => this.#fibChanged({ prefix, metric, value }),
      routeNotified: (change) => this.#routeNotified(change),
    })
  }

  #interfaceChanged(name: string, value: KernelInterface | null): void {
    this.#services.writer.append(this.now, { kind: 'interface', host: this.id, name, value })
    this.#services.interfaceChanged(this, name, value)
    if (this.#daemon === null) return
    this.#daemon.interfacesChanged(this.now)
    this.settle()
  }

  #ownChange(change: () => NetlinkError | null): NetlinkError | null {
    this.#inOwnChange = true
    const error = change()
    this.#inOwnChange = false
    return error
  }

  #fibChanged(slot: { prefix: number; metric: number; value: KernelRoute | null }): void {
    this.#writer.fib(this.now, slot, slot.value)
  }

  /** BIRD knows what it did itself; what others do, to its own routes as well, it hears at once. */
  #routeNotified(change: RouteChange): void {
    if (this.#daemon === null || this.#inOwnChange) return
    this.#daemon.routeChanged(this.now, change)
    this.settle()
  }
}
