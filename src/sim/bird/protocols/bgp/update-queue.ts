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

/** The maps of a queue that holds something; an empty queue has none, as most are empty most of the time. */
interface Waiting {
  withdraw: Bucket
  /** In order of creation. */
  buckets: Map<Attributes, Bucket>
  /** Where each prefix and path stands. */
  places: Map<number, Bucket>
}

/** The last UPDATE that was made of a set: the sessions of a mesh, or of a reflector, send the same one. */
const lastOf = new WeakMap<Attributes, UpdateMessage>()
const NO_NLRI: readonly Nlri[] = []

export class UpdateQueue {
  #waiting: Waiting | null = null
  /** A single announcement, until another change joins it: all that most sessions of a mesh ever send. */
  #single: { nlri: Nlri; attributes: Attributes } | null = null

  /** null: withdraw. */
  add(prefix: Prefix, pathId: number, attributes: Attributes | null): void {
    if (this.#waiting === null) {
      const single = this.#single
      if (single === null && attributes !== null) {
        this.#single = { nlri: { prefix, pathId }, attributes }
        return
      }
      this.#waiting = { withdraw: { attributes: null, prefixes: new Map() }, buckets: new Map(), places: new Map() }
      this.#single = null
      if (single !== null) this.#file(this.#waiting, single.nlri, single.attributes)
    }
    this.#file(this.#waiting, { prefix, pathId }, attributes)
  }

  #file(waiting: Waiting, fresh: Nlri, attributes: Attributes | null): void {
    const { withdraw, buckets, places } = waiting
    let bucket = withdraw
    if (attributes !== null) {
      const known = buckets.get(attributes)
      bucket = known ?? { attributes, prefixes: new Map() }
      if (known === undefined) buckets.set(attributes, bucket)
    }
    const key = fresh.prefix * PATH_IDS + fresh.pathId
    places.get(key)?.prefixes.delete(key)
    bucket.prefixes.set(key, fresh)
    places.set(key, bucket)
  }

  clear(): void {
    this.#waiting = null
    this.#single = null
  }

  /** The next message; null: nothing is left. */
  next(format: UpdateFormat): UpdateMessage | null {
    const single = this.#single
    this.#single = null
    if (single !== null) return announcement([single.nlri], single.attributes, format)
    const waiting = this.#waiting
    if (waiting === null) return null
    const room = format.limit - OVERHEAD
    if (waiting.withdraw.prefixes.size > 0) {
      return {
        type: 'UPDATE',
        withdrawn: this.#take(waiting, waiting.withdraw, { ...format, room }),
        attributes: null,
        announced: [],
        as4: format.as4,
        addPath: format.addPath,
      }
    }
    for (const [attributes, bucket] of waiting.buckets) {
      if (bucket.prefixes.size === 0) {
        waiting.buckets.delete(attributes)
        continue
      }
      const left = room - attributesSize(attributes, format.as4)
      const announced = this.#take(waiting, bucket, { ...format, room: left })
      return announcement(announced, attributes, format)
    }
    this.#waiting = null
    return null
  }

  #take(waiting: Waiting, bucket: Bucket, format: UpdateFormat & { room: number }): Nlri[] {
    const taken: Nlri[] = []
    let left = format.room
    for (const [key, nlri] of bucket.prefixes) {
      if (left < WORST_ENTRY) break
      left -= (format.addPath ? 4 : 0) + 1 + ((prefixLength(nlri.prefix) + 7) >> 3)
      taken.push(nlri)
      bucket.prefixes.delete(key)
      waiting.places.delete(key)
    }
    return taken
  }
}

function announcement(announced: readonly Nlri[], attributes: Attributes, format: UpdateFormat): UpdateMessage {
  const { as4, addPath } = format
  const last = lastOf.get(attributes)
  if (last?.as4 === as4 && last.addPath === addPath && sameNlri(last.announced, announced)) return last
  const message: UpdateMessage = { type: 'UPDATE', withdrawn: NO_NLRI, attributes, announced, as4, addPath }
  lastOf.set(attributes, message)
  return message
}

function sameNlri(a: readonly Nlri[], b: readonly Nlri[]): boolean {
  return a.length === b.length && a.every((n, i) => n.prefix === b[i]?.prefix && n.pathId === b[i]?.pathId)
}
