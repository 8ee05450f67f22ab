// The fingerprint of a run: SHA-256 over its entries in append order (docs/recording.md). States are kept on the way, so
// a later time continues from the nearest one instead of from the start.
import { sha256 } from '@noble/hashes/sha2.js'
import type { Micros } from '../bird/ports.ts'
import { CanonicalWriter } from './canonical.ts'

/** The list of entries as the hash reads it. */
export interface EntryList {
  timeAt(index: number): Micros
  writeEntry(index: number, to: CanonicalWriter): void
}

interface HashState {
  sha: ReturnType<typeof sha256.create>
  /** Shapes that the bytes so far have spelled out. */
  defined: number
}

/** Entries between two kept states; one state is about 400 bytes. */
const STRIDE = 4096
const FLUSH_AT = 1 << 15

export class RecordingHash {
  /** states[i] has taken in the first i * STRIDE entries. */
  readonly #states: HashState[] = [{ sha: sha256.create(), defined: 0 }]
  /** The newest state asked for, which need not stand on a stride. */
  #latest: { count: number; state: HashState } = { count: 0, state: this.#states[0]! }
  readonly #writer = new CanonicalWriter(FLUSH_AT * 2)

  /** Hash of the first `count` entries. */
  of(entries: EntryList, count: number): string {
    const kept = Math.min(Math.floor(count / STRIDE), this.#states.length - 1)
    const useLatest = this.#latest.count <= count && this.#latest.count > kept * STRIDE
    const start = useLatest ? this.#latest.state : this.#states[kept]!
    const sha = start.sha.clone()
    this.#writer.defined = start.defined
    for (let i = useLatest ? this.#latest.count : kept * STRIDE; i < count; i++) {
      this.#writer.write(entries.timeAt(i))
      entries.writeEntry(i, this.#writer)
      const boundary = (i + 1) % STRIDE === 0
      if (boundary || this.#writer.length >= FLUSH_AT) sha.update(this.#writer.take())
      if (boundary && this.#states.length === (i + 1) / STRIDE) {
        this.#states.push({ sha: sha.clone(), defined: this.#writer.defined })
      }
    }
    sha.update(this.#writer.take())
    this.#latest = { count, state: { sha: sha.clone(), defined: this.#writer.defined } }
    return hex(sha.digest())
  }
}

function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
