// One BIRD 1.6.8 daemon as a deterministic object: the host calls it with the time, it answers through BirdPorts.
// Every call is one return from poll in the daemon's main loop (sysdep/unix/io.c); the work is in table/ and protocols/.
import type { BgpMessage } from '../bgp/message.ts'
import type { RouteChange } from '../kernel/types.ts'
import { formatIp } from '../net/address.ts'
import { runCommand, setDebug } from './commands.ts'
import { parseBirdConfig } from './config/parser.ts'
import type { BirdConfig, ConfigProblem } from './config/tree.ts'
import { configPath, problemLine } from './control/config-path.ts'
import type { WriteCommand } from './control/request.ts'
import { type AttributeInterner, Core, type RandomSource } from './core.ts'
import { Lifecycle } from './lifecycle.ts'
import { Timer } from './loop.ts'
import type { BirdPorts, ConfigurationSource, Micros, SocketEndpoints, SocketError, SocketId } from './ports.ts'
import { KernelProtocol } from './protocols/kernel/kernel-protocol.ts'
import { commit, firstCommit } from './reconfigure.ts'

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

/** How a new configuration is taken over; `confirm` and `undo` need no files. */
export type ReconfigureMode = 'hup' | 'configure' | 'soft' | 'check' | 'confirm' | 'undo'

export interface ReconfigureDetails {
  /** Seconds until it is undone unless confirmed; null: never. */
  timeout: number | null
  /** Another file than the main one, as the command names it. */
  file: string | null
}
export type ReloadDirection = 'both' | 'in' | 'out'
export type StartResult = { ok: true } | { ok: false; error: string }

const PLAINLY: ReconfigureDetails = { timeout: null, file: null }
const IGNORED = 'Reconfiguration ignored, shutting down'

export class BirdDaemon {
  readonly #options: BirdDaemonOptions
  #core: Core | null = null
  #lifecycle: Lifecycle | null = null
  #previous: BirdConfig | null = null
  readonly #sources = new WeakMap<BirdConfig, ConfigurationSource>()
  /** Waits until the reconfiguration in progress is complete. */
  #queued: { config: BirdConfig; soft: boolean } | 'undo' | null = null
  #undoAvailable = false
  #changedByCommit: string[] = []
  #bootedAt: Micros = 0
  #reconfiguredAt: Micros = 0
  /** Inside a call; what the kernel echoes meanwhile is our own doing. */
  #busy = false
  #statusChanged = false
  readonly #undoTimer = new Timer(() => this.#undoUnconfirmed(), null)

  constructor(options: BirdDaemonOptions) {
    this.#options = options
  }

  /** The running configuration; null before the start and after the end. */
  get config(): BirdConfig | null {
    return this.#core?.config ?? null
  }

  get version(): BirdVersion {
    return this.#options.version
  }

  start(now: Micros): StartResult {
    const { ports, files, mainFile, random, attributes, recovery } = this.#options
    const parsed = parseBirdConfig(files, mainFile)
    if (!parsed.ok) return { ok: false, error: this.#problemText(parsed.problems) }
    this.#sources.set(parsed.config, { file: mainFile, readAt: now })
    const core = new Core({ ports, random, attributes, config: parsed.config })
    const lifecycle = new Lifecycle(core)
    this.#core = core
    this.#lifecycle = lifecycle
    this.#bootedAt = now
    this.#reconfiguredAt = now
    lifecycle.obstaclesGone = () => this.#commitDone()
    core.recovery.changed = () => {
      this.#statusChanged = true
    }
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
    this.#core = null
    return { ok: false, error }
  }

  /** When the host has to call wake(); null when nothing is pending. */
  nextWake(): Micros | null {
    const core = this.#core
    if (core === null) return null
    const loop = core.loop.nextWake()
    const settle = core.publisher.settleAt
    return loop === null ? settle : settle === null ? loop : Math.min(loop, settle)
  }

  wake(now: Micros): void {
    const core = this.#core
    if (core === null) return
    const due = core.loop.nextWake()
    if (due !== null && due <= now) {
      this.#step(now, () => {})
      return
    }
    core.publisher.begin(now)
    core.publisher.flush()
  }

  socketConnected(now: Micros, socket: SocketId, endpoints: SocketEndpoints): void {
    this.#step(now, (core, lifecycle) => {
      const user = lifecycle.bgp.sockets.get(socket)
      if (user === undefined) core.ports.tcp.close(socket)
      else user.connected(socket, endpoints)
    })
  }

  /** False: not wanted; the daemon has closed the socket through the port. */
  socketIncoming(now: Micros, socket: SocketId, endpoints: SocketEndpoints): boolean {
    let accepted = false
    this.#step(now, (core, lifecycle) => {
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
    this.#step(now, (_core, lifecycle) => lifecycle.bgp.sockets.get(socket)?.received(socket, message))
  }

  /** null: the peer's FIN. */
  socketClosed(now: Micros, socket: SocketId, error: SocketError | null): void {
    this.#step(now, (_core, lifecycle) => {
      const user = lifecycle.bgp.sockets.get(socket)
      lifecycle.bgp.sockets.delete(socket)
      user?.closed(socket, error)
    })
  }

  interfacesChanged(now: Micros): void {
    if (!this.#busy) this.#step(now, (core) => core.interfacesMoved())
  }

  routeChanged(now: Micros, change: RouteChange): void {
    if (this.#busy) return
    this.#step(now, (_core, lifecycle) => {
      for (const p of lifecycle.protocols) if (p instanceof KernelProtocol) p.routeChanged(change)
    })
  }

  /**
   * SIGHUP and `birdc configure ..`. The lines birdc prints (none for SIGHUP, which only logs). With `undoAfter` seconds
   * the old configuration comes back then, if nobody confirms.
   */
  reconfigure(
    now: Micros,
    files: ReadonlyMap<string, string>,
    mode: ReconfigureMode,
    details: ReconfigureDetails = PLAINLY,
  ): string[] {
    let reply: string[] = []
    this.#step(now, (core) => {
      if (mode === 'confirm') reply = this.#confirm(core)
      else if (mode === 'undo') reply = ['Undo requested', this.#undo()]
      else reply = this.#configure(core, files, mode, details)
    })
    return reply
  }

  #configure(
    core: Core,
    files: ReadonlyMap<string, string>,
    mode: ReconfigureMode,
    { timeout, file }: ReconfigureDetails,
  ): string[] {
    if (mode === 'hup') core.log('Reconfiguration requested by SIGHUP')
    const { mainFile } = this.#options
    const path = file ?? configPath(this.#folder, mainFile)
    const head = `Reading configuration from ${path}`
    const name = this.#nameOf(path, files)
    if (name === null) return [head, `${path}: No such file or directory`]
    const parsed = parseBirdConfig(files, name)
    if (!parsed.ok) {
      const error = this.#problemText(parsed.problems)
      if (mode === 'hup') core.log(error)
      core.event({ code: 'config-refused', error })
      return mode === 'hup' ? [] : [head, error]
    }
    if (mode === 'check') return [head, 'Configuration OK']
    this.#sources.set(parsed.config, { file: name, readAt: core.loop.now })
    if (core.shuttingDown) return mode === 'hup' ? [] : [head, IGNORED]
    this.#undoAvailable = true
    if (timeout === null) core.loop.stop(this.#undoTimer)
    else core.loop.start(this.#undoTimer, timeout)
    const result = this.#commit(core, parsed.config, mode === 'soft')
    if (mode === 'hup') return []
    return timeout === null ? [head, result] : [head, `Undo scheduled in ${timeout} s`, result]
  }

  get #folder(): string {
    return this.#options.folder ?? ''
  }

  /** The file that a path means; null: there is none. */
  #nameOf(path: string, files: ReadonlyMap<string, string>): string | null {
    const { mainFile } = this.#options
    if (path === configPath(this.#folder, mainFile)) return mainFile
    const inside = this.#folder !== '' && path.startsWith(`${this.#folder}/`)
    const name = inside ? path.slice(this.#folder.length + 1) : path
    return files.has(name) && (inside || this.#folder === '') ? name : null
  }

  #problemText(problems: readonly ConfigProblem[]): string {
    const [first] = problems
    return first === undefined ? 'configuration error' : problemLine(this.#folder, first)
  }

  /** The line birdc prints (conf/conf.c, config_commit). */
  #commit(core: Core, config: BirdConfig, soft: boolean): string {
    const lifecycle = this.#lifecycle as Lifecycle
    if (lifecycle.obstacles > 0) {
      core.log(
        this.#queued === null
          ? 'Queueing new configuration'
          : 'Queueing new configuration, ignoring the one already queued',
      )
      this.#queued = { config, soft }
      return 'Reconfiguration already in progress, queueing new config'
    }
    this.#previous = core.config
    core.log('Reconfiguring')
    lifecycle.obstacles++
    this.#changedByCommit = commit(lifecycle, config, soft)
    this.#statusChanged = true
    lifecycle.obstacles--
    if (lifecycle.obstacles > 0) return 'Reconfiguration in progress'
    this.#commitDone()
    return 'Reconfigured'
  }

  #commitDone(): void {
    const core = this.#core as Core
    if (core.shuttingDown) {
      this.#end()
      return
    }
    core.log('Reconfigured')
    core.event({ code: 'reconfigured', changed: this.#changedByCommit })
    this.#reconfiguredAt = core.loop.now
    this.#statusChanged = true
    const next = this.#queued
    this.#queued = null
    if (next === 'undo') this.#commit(core, this.#previous as BirdConfig, false)
    else if (next !== null) this.#commit(core, next.config, next.soft)
  }

  #confirm(core: Core): string[] {
    if (this.#undoTimer.expires < 0) return ['Nothing to do']
    core.loop.stop(this.#undoTimer)
    return ['Reconfiguration confirmed']
  }

  /** The line birdc prints (conf/conf.c, config_undo): once after each configuration, there is no way forward again. */
  #undo(): string {
    const core = this.#core as Core
    if (core.shuttingDown) return IGNORED
    if (!this.#undoAvailable || this.#previous === null) return 'Nothing to do'
    this.#undoAvailable = false
    core.loop.stop(this.#undoTimer)
    if ((this.#lifecycle as Lifecycle).obstacles === 0) return this.#commit(core, this.#previous, false)
    if (this.#queued !== null) {
      core.log('Removing queued configuration')
      this.#queued = null
      return 'Reconfiguration already in progress, removing queued config'
    }
    core.log('Queueing undo configuration')
    this.#queued = 'undo'
    return 'Reconfiguration already in progress, queueing new config'
  }

  #undoUnconfirmed(): void {
    this.#core?.log('Config timeout expired, starting undo')
    this.#undo()
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
    this.#step(now, (_core, lifecycle) => {
      reply = setDebug(lifecycle, pattern, mask)
    })
    return reply
  }

  command(now: Micros, command: WriteCommand, pattern: string, message: string | null): string[] {
    let reply: string[] = []
    this.#step(now, (_core, lifecycle) => {
      reply = runCommand(lifecycle, command, pattern, message)
    })
    return reply
  }

  /** SIGTERM, SIGINT or `birdc down`: ceases to every peer, then the process ends (status null). */
  terminate(now: Micros): void {
    this.#step(now, (core, lifecycle) => {
      if (core.shuttingDown) return
      core.log('Shutting down')
      core.shuttingDown = true
      this.#statusChanged = true
      lifecycle.obstacles++
      for (const p of [...lifecycle.protocols]) lifecycle.retire(p, 'cmd-shutdown', null)
      lifecycle.obstacles--
      if (lifecycle.obstacles === 0) this.#commitDone()
    })
  }

  #end(): void {
    const core = this.#core as Core
    core.log('Shutdown completed')
    core.publisher.flush()
    core.ports.observer.status(null)
    this.#core = null
  }

  /** One return from poll: input, then the loop until it would sleep again, then the readers. */
  #step(now: Micros, input: (core: Core, lifecycle: Lifecycle) => void): void {
    const core = this.#core
    const lifecycle = this.#lifecycle
    if (core === null || lifecycle === null) return
    this.#busy = true
    core.publisher.begin(now)
    core.loop.enter(now)
    input(core, lifecycle)
    core.loop.run()
    this.#busy = false
    if (this.#core === null) return
    core.publisher.flush()
    if (this.#statusChanged) this.#publishStatus(core)
  }

  #publishStatus(core: Core): void {
    this.#statusChanged = false
    const { recovery } = core
    core.ports.observer.status({
      routerId: core.routerId,
      version: this.#options.version,
      bootedAt: this.#bootedAt,
      reconfiguredAt: this.#reconfiguredAt,
      configuration: this.#sources.get(core.config) as ConfigurationSource,
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
