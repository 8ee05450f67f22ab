// What all TCP stacks of a run share: the fabric, the clock, the recording, the numbering of connections and chance.
import type { Random } from '../../engine/random.ts'
import type { SocketUser, Timers } from '../../node/ports.ts'
import type { RecordingWriter } from '../../recording/types.ts'
import type { Fabric } from '../fabric.ts'
import type { TcpContext } from './endpoint.ts'
import { TcpStack } from './stack.ts'

const MILLION = 1_000_000

export class TcpNet implements TcpContext {
  readonly fabric: Fabric
  readonly timers: Timers
  readonly writer: RecordingWriter
  readonly #random: Random
  readonly #stacks = new Map<SocketUser, TcpStack>()
  #connections = 0

  constructor(spec: { fabric: Fabric; timers: Timers; writer: RecordingWriter; random: Random }) {
    this.fabric = spec.fabric
    this.timers = spec.timers
    this.writer = spec.writer
    this.#random = spec.random
  }

  stackOf(machine: SocketUser): TcpStack {
    let stack = this.#stacks.get(machine)
    if (stack === undefined) {
      stack = new TcpStack(this, machine)
      this.#stacks.set(machine, stack)
    }
    return stack
  }

  /** A connection's number; its sockets are twice that at the dialling end, and one more at the other. */
  nextConnection(): number {
    return ++this.#connections
  }

  /** Draws whether something with this probability happens. */
  chance(probability: number): boolean {
    return this.#random.below(MILLION) < probability * MILLION
  }
}
