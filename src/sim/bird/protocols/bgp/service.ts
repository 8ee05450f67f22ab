// What the BGP protocols of one daemon share: the listening socket, sockets by number, and the locks that keep two
// protocols from talking to the same peer (nest/locks.c).
import type { BgpMessage } from '../../../bgp/message.ts'
import type { BgpConfig } from '../../config/tree.ts'
import type { Core } from '../../core.ts'
import { LoopEvent } from '../../loop.ts'
import type { SocketEndpoints, SocketError, SocketId } from '../../ports.ts'

/** Who hears what happens on a socket. */
export interface SocketUser {
  connected(socket: SocketId, endpoints: SocketEndpoints): void
  received(socket: SocketId, message: BgpMessage): void
  closed(socket: SocketId, error: SocketError | null): void
}

/** Who wants to be alone with a peer. */
export interface LockOwner {
  readonly config: Pick<BgpConfig, 'neighbor' | 'options'>
  locked(): void
}

interface Lock {
  key: number | string
  owner: LockOwner
  state: 'event' | 'held' | 'waiting'
}

const PORTS = 65536

/** Equal for the same peer at the same interface. */
function keyOf({ config: { neighbor, options } }: LockOwner): number | string {
  const { neighborPort, iface } = options
  const peer = neighbor * PORTS + neighborPort
  return iface === null ? peer : `${peer} ${iface}`
}

export class BgpService {
  readonly sockets = new Map<SocketId, SocketUser>()
  readonly #core: Core
  #listeners = 0
  #locks: Lock[] = []
  /** Keys of the locks that are held, or granted at the next turn. */
  readonly #taken = new Set<number | string>()
  readonly #event = new LoopEvent(() => this.#grant(), null)

  constructor(core: Core) {
    this.#core = core
  }

  /** Opens the listening socket for one more protocol; the error text when it cannot. */
  listen(): SocketError | null {
    if (this.#listeners === 0) {
      const { listen } = this.#core.config
      const error = this.#core.ports.tcp.listen(listen?.address ?? null, listen?.port ?? 179)
      if (error !== null) return error
    }
    this.#listeners++
    return null
  }

  unlisten(): void {
    if (--this.#listeners === 0) this.#core.ports.tcp.unlisten()
  }

  /** Asks for the exclusive right to talk to a peer; granted from the loop, the latest first. */
  lock(owner: LockOwner): void {
    const key = keyOf(owner)
    const taken = this.#taken.has(key)
    const lock: Lock = { key, owner, state: taken ? 'waiting' : 'event' }
    if (taken) {
      this.#locks.push(lock)
      return
    }
    this.#taken.add(key)
    this.#locks.unshift(lock)
    this.#core.loop.schedule(this.#event)
  }

  unlock(owner: LockOwner): void {
    const lock = this.#locks.find((other) => other.owner === owner)
    if (lock === undefined) return
    this.#locks = this.#locks.filter((other) => other !== lock)
    if (lock.state === 'waiting') return
    const next = this.#locks.find((other) => other.key === lock.key && other.state === 'waiting')
    if (next === undefined) {
      this.#taken.delete(lock.key)
      return
    }
    next.state = 'event'
    this.#core.loop.schedule(this.#event)
  }

  #grant(): void {
    for (const lock of this.#locks.filter((other) => other.state === 'event')) {
      lock.state = 'held'
      lock.owner.locked()
    }
  }
}
