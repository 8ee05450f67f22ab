// One BIRD 1.6.8 daemon as a deterministic object: the host calls it with the time, it answers through BirdPorts.
// Every call is one return from poll in the daemon's main loop (sysdep/unix/io.c); the work is in table/ and protocols/.
import type { BgpMessage } from '../bgp/message.ts'
import type { RouteChange } from '../kernel/types.ts'
import { formatIp } from '../net/address.ts'
import { runCommand, setDebug } from './commands.ts'
import { parseBirdConfig } from './config/parser.ts'
import type { BirdConfig } from './config/tree.ts'
import { Configurations, type ReconfigureDetails, type ReconfigureMode } from './configurations.ts'
import { problemText } from './control/config-path.ts'
import type { WriteCommand } from './control/request.ts'
import { type AttributeInterner, Core, type RandomSource } from './core.ts'
import { Lifecycle } from './lifecycle.ts'
import type { BirdPorts, Micros, SocketEndpoints, SocketError, SocketId } from './ports.ts'
import { KernelProtocol } from './protocols/kernel/kernel-protocol.ts'
import { firstCommit } from './reconfigure.ts'

export type { AttributeInterner, RandomSource, SocketEndpoints }
export type BirdVersion = 'v0.3.3+birdv1.6.8' | '1.6.8'

export interface BirdDaemonOptions {
  ports: BirdPorts
  files: ReadonlyMap<string, string>
  mainFile: string
  /** Where the files lie; the daemon was started with the path of the main one. */
  folder?: string
  /** Started with -R: graceful-restart recovery. */
  recovery: boolean
  random: RandomSource
  attributes: AttributeInterner
  version: BirdVersion
}

export type ReloadDirection = 'both' | 'in' | 'out'
export type StartResult = { ok: true } | { ok: false; error: string }

const PLAINLY: ReconfigureDetails = { timeout: null, file: null }

interface Running {
  readonly core: Core
  readonly lifecycle: Lifecycle
  readonly configurations: Configurations
}

export class BirdDaemon {
  readonly #options: BirdDaemonOptions
  /** null before the start and after the end. */
  #running: Running | null = null
  #bootedAt: Micros = 0
  /** Inside a call; what the kernel echoes meanwhile is our own doing. */
  #busy = false
  #statusChanged = false

  constructor(options: BirdDaemonOptions) {
    this.#options = options
  }

  /** The running configuration; null before the start and after the end. */
  get config(): BirdConfig | null {
    return this.#running?.core.config ?? null
  }

  get version(): BirdVersion {
    return this.#options.version
  }

  start(now: Micros): StartResult {
    const { ports, files, mainFile, random, attributes, recovery } = this.#options
    const place = { folder: this.#options.folder ?? '', mainFile }
    const parsed = parseBirdConfig(files, mainFile)
    if (!parsed.ok) return { ok: false, error: problemText(place, parsed.problems) }
    const core = new Core({ ports, random, attributes, config: parsed.config })
    const lifecycle = new Lifecycle(core)
    const configurations = new Configurations(lifecycle, place, now)
    this.#running = { core, lifecycle, configurations }
    this.#bootedAt = now
    const noteChange = (): void => {
      this.#statusChanged = true
    }
    lifecycle.obstaclesGone = () => this.#obstaclesGone()
    configurations.changed = noteChange
    core.recovery.changed = noteChange
    if (recovery) core.recovery.state = 'init'
    let error: string | null = null
    this.#step(now, () => {
      for (const table of core.config.tables) core.table(table.name)
      error = firstCommit(lifecycle)
      if (error !== null) return
      core.recovery.begin()
      core.log('Started')
      this.#statusChanged = true
    })
    if (error === null) return { ok: true }
    this.#running = null
    return { ok: false, error }
  }

  /** When the host has to call wake(); null when nothing is pending. */
  nextWake(): Micros | null {
    if (this.#running === null) return null
    const { core } = this.#running
    const loop = core.loop.nextWake()
    const settle = core.publisher.settleAt
    return loop === null ? settle : settle === null ? loop : Math.min(loop, settle)
  }

  wake(now: Micros): void {
    if (this.#running === null) return
    const { core } = this.#running
    const due = core.loop.nextWake()
    if (due !== null && due <= now) {
      this.#step(now, () => {})
      return
    }
    core.publisher.begin(now)
    core.publisher.flush()
  }

  socketConnected(now: Micros, socket: SocketId, endpoints: SocketEndpoints): void {
    this.#step(now, ({ core, lifecycle }) => {
      const user = lifecycle.bgp.sockets.get(socket)
      if (user === undefined) core.ports.tcp.close(socket)
      else user.connected(socket, endpoints)
    })
  }

  /** False: not wanted; the daemon has closed the socket through the port. */
  socketIncoming(now: Micros, socket: SocketId, endpoints: SocketEndpoints): boolean {
    let accepted = false
    this.#step(now, ({ core, lifecycle }) => {
      const p = lifecycle.bgpWith(endpoints.remoteAddress)
      if (p === null) {
        const from = `${formatIp(endpoints.remoteAddress)} (port ${endpoints.remotePort})`
        core.log(`BGP: Unexpected connect from unknown address ${from}`)
        core.event({ code: 'connection-rejected', protocol: null, from: endpoints.remoteAddress })
      } else accepted = p.incomingConnection(socket, endpoints)
      if (!accepted) core.ports.tcp.close(socket)
    })
    return accepted
  }

  socketReceived(now: Micros, socket: SocketId, message: BgpMessage): void {
    this.#step(now, ({ lifecycle }) => lifecycle.bgp.sockets.get(socket)?.received(socket, message))
  }

  /** null: the peer's FIN. */
  socketClosed(now: Micros, socket: SocketId, error: SocketError | null): void {
    this.#step(now, ({ lifecycle }) => {
      const user = lifecycle.bgp.sockets.get(socket)
      lifecycle.bgp.sockets.delete(socket)
      user?.closed(socket, error)
    })
  }

  interfacesChanged(now: Micros): void {
    if (!this.#busy) this.#step(now, ({ core }) => core.interfacesMoved())
  }

  routeChanged(now: Micros, change: RouteChange): void {
    if (this.#busy) return
    this.#step(now, ({ lifecycle }) => {
      for (const p of lifecycle.protocols) if (p instanceof KernelProtocol) p.routeChanged(change)
    })
  }

  /**
   * SIGHUP and `birdc configure ..`. The lines birdc prints (none for SIGHUP, which only logs). With a timeout the old
   * configuration comes back then, if nobody confirms.
   */
  reconfigure(
    now: Micros,
    files: ReadonlyMap<string, string>,
    mode: ReconfigureMode,
    details: ReconfigureDetails = PLAINLY,
  ): string[] {
    let reply: string[] = []
    this.#step(now, ({ configurations }) => {
      reply = configurations.configure(files, mode, details)
    })
    return reply
  }

  /** `pattern`: a protocol's name, `all`, or a pattern in quotes. The lines birdc prints. */
  disable(now: Micros, pattern: string, message?: string): string[] {
    return this.command(now, 'disable', pattern, message ?? null)
  }
  enable(now: Micros, pattern: string, message?: string): string[] {
    return this.command(now, 'enable', pattern, message ?? null)
  }
  restart(now: Micros, pattern: string, message?: string): string[] {
    return this.command(now, 'restart', pattern, message ?? null)
  }
  reload(now: Micros, pattern: string, direction: ReloadDirection): string[] {
    return this.command(now, direction === 'both' ? 'reload' : `reload ${direction}`, pattern, null)
  }

  /** `debug PATTERN MASK`, until the next reconfiguration. */
  debug(now: Micros, pattern: string, mask: number): string[] {
    let reply: string[] = []
    this.#step(now, ({ lifecycle }) => {
      reply = setDebug(lifecycle, pattern, mask)
    })
    return reply
  }

  command(now: Micros, command: WriteCommand, pattern: string, message: string | null): string[] {
    let reply: string[] = []
    this.#step(now, ({ lifecycle }) => {
      reply = runCommand(lifecycle, command, pattern, message)
    })
    return reply
  }

  /** SIGTERM, SIGINT or `birdc down`: ceases to every peer, then the process ends (status null). */
  terminate(now: Micros): void {
    this.#step(now, ({ core, lifecycle }) => {
      if (core.shuttingDown) return
      core.log('Shutting down')
      core.shuttingDown = true
      this.#statusChanged = true
      lifecycle.obstacles++
      for (const p of [...lifecycle.protocols]) lifecycle.retire(p, 'cmd-shutdown', null)
      lifecycle.obstacles--
      if (lifecycle.obstacles === 0) this.#obstaclesGone()
    })
  }

  /** Whoever had to go down has: the end, or the next configuration. */
  #obstaclesGone(): void {
    const { core, configurations } = this.#running as Running
    if (!core.shuttingDown) {
      configurations.done()
      return
    }
    core.log('Shutdown completed')
    core.publisher.flush()
    core.ports.observer.status(null)
    this.#running = null
  }

  /** One return from poll: input, then the loop until it would sleep again, then the readers. */
  #step(now: Micros, input: (running: Running) => void): void {
    const running = this.#running
    if (running === null) return
    const { core } = running
    this.#busy = true
    core.publisher.begin(now)
    core.loop.enter(now)
    input(running)
    core.loop.run()
    this.#busy = false
    if (this.#running === null) return
    core.publisher.flush()
    if (this.#statusChanged) this.#publishStatus(running)
  }

  #publishStatus({ core, configurations }: Running): void {
    this.#statusChanged = false
    const { recovery } = core
    core.ports.observer.status({
      routerId: core.routerId,
      version: this.#options.version,
      bootedAt: this.#bootedAt,
      reconfiguredAt: configurations.reconfiguredAt,
      configuration: configurations.source,
      recovery:
        recovery.state === 'active'
          ? {
              waitingFor: recovery.locks,
              deadline: recovery.timer.expires * 1_000_000,
              nominalSeconds: recovery.nominalSeconds,
            }
          : null,
      shuttingDown: core.shuttingDown,
    })
  }
}
