// One BIRD 1.6.8 daemon as a deterministic object: the host calls it with the time, it answers through BirdPorts.
// The main loop it follows is sysdep/unix/io.c (io_loop); everything else lives in table/ and protocols/.
import type { Attributes } from '../bgp/attributes.ts'
import type { BgpMessage } from '../bgp/message.ts'
import type { RouteChange } from '../kernel/types.ts'
import type { Ip } from '../net/address.ts'
import type { BirdPorts, Micros, SocketEndpoints, SocketError, SocketId } from './ports.ts'

export type { SocketEndpoints }

/** The random source of the daemon's timers: uniform integer in [0, n). */
export interface RandomSource {
  below(n: number): number
}

/** Gives equal attribute sets one identity. */
export interface AttributeInterner {
  intern(attributes: Attributes): Attributes
}

export type BirdVersion = 'v0.3.3+birdv1.6.8' | '1.6.8'

export interface BirdDaemonOptions {
  ports: BirdPorts
  files: ReadonlyMap<string, string>
  mainFile: string
  /** Started with -R: graceful-restart recovery. */
  recovery: boolean
  random: RandomSource
  attributes: AttributeInterner
  version: BirdVersion
}

/** How a new configuration is taken over; `undo` and `confirm` need no files. */
export type ReconfigureMode = 'hup' | 'configure' | 'soft' | 'check' | 'timeout' | 'confirm' | 'undo'
export type ReloadDirection = 'both' | 'in' | 'out'
export type StartResult = { ok: true } | { ok: false; error: string }

export class BirdDaemon {
  constructor(private readonly options: BirdDaemonOptions) {}

  start(_now: Micros): StartResult {
    return this.options.files.has(this.options.mainFile)
      ? { ok: true }
      : { ok: false, error: `Unable to open configuration file ${this.options.mainFile}: No such file or directory` }
  }
  /** When the host has to call wake(); null when nothing is pending. */
  nextWake(): Micros | null {
    return null
  }
  wake(_now: Micros): void {}
  socketConnected(_now: Micros, _socket: SocketId, _endpoints: SocketEndpoints): void {}
  /** False: not wanted; the daemon has closed the socket through the port. */
  socketIncoming(_now: Micros, _socket: SocketId, _endpoints: SocketEndpoints): boolean {
    return false
  }
  socketReceived(_now: Micros, _socket: SocketId, _message: BgpMessage): void {}
  /** null: the peer's FIN. */
  socketClosed(_now: Micros, _socket: SocketId, _error: SocketError | null): void {}
  interfacesChanged(_now: Micros): void {}
  routeChanged(_now: Micros, _change: RouteChange): void {}
  /** Lines as birdc prints them; SIGHUP prints none but logs. */
  reconfigure(_now: Micros, _files: ReadonlyMap<string, string>, _mode: ReconfigureMode): string[] {
    return []
  }
  disable(_now: Micros, _pattern: string, _message?: string): string[] {
    return []
  }
  enable(_now: Micros, _pattern: string, _message?: string): string[] {
    return []
  }
  restart(_now: Micros, _pattern: string, _message?: string): string[] {
    return []
  }
  reload(_now: Micros, _pattern: string, _direction: ReloadDirection): string[] {
    return []
  }
  /** SIGTERM, SIGINT or `birdc down`: ceases to every peer, then the process ends (status null). */
  terminate(_now: Micros): void {}
}
