// What a machine is given by the cluster around it. The cluster owns time, cables and the recording; a machine owns its
// kernel and its processes.
import type { AttributePool } from '../bgp/attribute-pool.ts'
import type { BgpMessage } from '../bgp/message.ts'
import type { BirdVersion } from '../bird/daemon.ts'
import type { Micros, SocketError, SocketId, TcpPort } from '../bird/ports.ts'
import type { EventToken } from '../engine/event-queue.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { KernelInterface } from '../kernel/types.ts'
import type { RecordingWriter } from '../recording/types.ts'

/** Something that is due at a time. Objects are reused where one of them is pending at most. */
export interface Task {
  run(now: Micros): void
}

/** The clock of the run. `order` sorts what happens at one instant: the document order of hosts. */
export interface Timers {
  readonly now: Micros
  schedule(at: Micros, order: number, task: Task): EventToken
  cancel(token: EventToken): void
}

/** The TCP side of a machine, in the kernel: outlives a process, not a power cut. */
export interface TcpHost extends TcpPort {
  /** The process ended: every socket is closed with FIN, the port refuses. */
  processEnded(): void
  /** Power is gone: nothing is sent, everything is forgotten. */
  powerLost(): void
}

/** Another build of the daemon than Calico's on every machine: its version, and what it makes of their files. */
export interface BirdBuild {
  readonly version: BirdVersion
  adapt(files: ReadonlyMap<string, string>): ReadonlyMap<string, string>
}

export interface MachineServices {
  readonly timers: Timers
  readonly writer: RecordingWriter
  readonly attributes: AttributePool
  readonly seed: number
  readonly birdBuild?: BirdBuild | undefined
  /** What was done before the run is no event of it. */
  readonly beforeStart: boolean
  tcp(machine: SocketUser): TcpHost
  /** An interface of the machine changed: addresses on networks may have moved. */
  interfaceChanged(machine: SocketUser, name: string, value: KernelInterface | null): void
}

/** How long a process takes to act on what it hears, where no reference gives a delay (scenario-format.md). */
export const LOCAL_PROCESSING: Micros = 300

/** The machine as its TCP stack and the network see it. */
export interface SocketUser {
  readonly id: number
  readonly name: string
  readonly order: number
  readonly powered: boolean
  readonly kernel: Kernel
  socketConnected(socket: SocketId, endpoints: SocketAddresses): void
  socketIncoming(socket: SocketId, endpoints: SocketAddresses): boolean
  socketReceived(socket: SocketId, messages: readonly BgpMessage[]): void
  socketClosed(socket: SocketId, error: SocketError | null): void
}

export interface SocketAddresses {
  localAddress: number
  localPort: number
  remoteAddress: number
  remotePort: number
}
