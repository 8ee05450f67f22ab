// What waits to be sent as UPDATE: one bucket per attribute set plus the withdraws (proto/bgp/attrs.c buckets,
// proto/bgp/packets.c bgp_create_update). A later change of a prefix replaces the waiting one.
import type { Attributes } from '../../../bgp/attributes.ts'
import type { Nlri, UpdateMessage } from '../../../bgp/message.ts'
import { type Prefix, prefixLength } from '../../../net/prefix.ts'
import { attributesSize } from './attributes-size.ts'

/** Path identifiers stay far below this, so that prefix and identifier fit one number. */
const PATH_IDS = 32768
/** Header 19 and the two length fields 4. */
const OVERHEAD = 23
/** An entry is added while at least this much room is left. */
const WORST_ENTRY = 9

interface Bucket {
  attributes: Attributes | null
  prefixes: Map<number, Nlri>
}

export interface UpdateFormat {
  as4: boolean
  addPath: boolean
  /** Largest message: 4096, or 65535 with extended messages. */
  limit: number
}

export class UpdateQueue {
  readonly #withdraw: Bucket = { attributes: null, prefixes: new Map() }
  /** In order of creation. */
  readonly #buckets = new Map<Attributes, Bucket>()
  readonly #places = new Map<number, Bucket>()

  /** null: withdraw. */
  add(prefix: Prefix, pathId: number, attributes: Attributes | null): void {
    let bucket = this.#withdraw
    if (attributes !== null) {
      const known = this.#buckets.get(attributes)
      bucket = known ?? { attributes, prefixes: new Map() }
      if (known === undefined) this.#buckets.set(attributes, bucket)
    }
    const key = prefix * PATH_IDS + pathId
    const before = this.#places.get(key)
    let nlri = before?.prefixes.get(key)
    if (before !== undefined) before.prefixes.delete(key)
    nlri ??= { prefix, pathId }
    bucket.prefixes.set(key, nlri)
    this.#places.set(key, bucket)
  }

  clear(): void {
    if (this.#places.size > 0) {
      this.#withdraw.prefixes.clear()
      this.#places.clear()
    }
    if (this.#buckets.size > 0) this.#buckets.clear()
  }

  /** The next message; null: nothing is left. */
  next(format: UpdateFormat): UpdateMessage | null {
    const room = format.limit - OVERHEAD
    if (this.#withdraw.prefixes.size > 0) {
      return {
        type: 'UPDATE',
        withdrawn: this.#take(this.#withdraw, room, format),
        attributes: null,
        announced: [],
        as4: format.as4,
        addPath: format.addPath,
      }
    }
    for (const [attributes, bucket] of this.#buckets) {
      if (bucket.prefixes.size === 0) {
        this.#buckets.delete(attributes)
        continue
      }
      const left = room - attributesSize(attributes, format.as4)
      const announced = this.#take(bucket, left, format)
      return { type: 'UPDATE', withdrawn: [], attributes, announced, as4: format.as4, addPath: format.addPath }
    }
    return null
  }

  #take(bucket: Bucket, room: number, format: UpdateFormat): Nlri[] {
    const taken: Nlri[] = []
    let left = room
    for (const [key, nlri] of bucket.prefixes) {
      if (left < WORST_ENTRY) break
      left -= (format.addPath ? 4 : 0) + 1 + ((prefixLength(nlri.prefix) + 7) >> 3)
      taken.push(nlri)
      bucket.prefixes.delete(key)
      this.#places.delete(key)
    }
    return taken
  }
}
