// The seeded generator behind every random draw: sfc32 (Chris Doty-Humphrey, PractRand; public domain), 32-bit
// integer operations only, so that every engine gives the same sequence. The test vectors freeze it: changing
// the sequence would change every recording that a link points to.

/** Rounds thrown away after seeding, so that near seeds give unrelated sequences. */
const WARM_UP = 15
const TWO_32 = 0x1_0000_0000

export class Random {
  #a: number
  #b: number
  #c: number
  #counter = 1

  /** `seed` selects the run, `second` the stream inside it (a host, a protocol). Both are safe integers. */
  constructor(seed: number, second = 0) {
    this.#a = seed >>> 0
    this.#b = second >>> 0
    this.#c = (Math.floor(seed / TWO_32) ^ Math.imul(Math.floor(second / TWO_32), 0x9e3779b1)) >>> 0
    for (let i = 0; i < WARM_UP; i++) this.nextU32()
  }

  /** The next draw, 0 to 4294967295. */
  nextU32(): number {
    const t = (this.#a + this.#b + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + t) | 0
    return t >>> 0
  }

  /** A whole number from 0 to n - 1, each equally likely. With n = 1 nothing is drawn. */
  below(n: number): number {
    if (!(Number.isInteger(n) && n >= 1 && n <= TWO_32)) throw new Error(`below(${n}): not within 1..2^32`)
    if (n === 1) return 0
    const limit = TWO_32 - (TWO_32 % n)
    let draw = this.nextU32()
    while (draw >= limit) draw = this.nextU32()
    return draw % n
  }

  /** An independent generator that continues from the same point. */
  clone(): Random {
    const copy = new Random(0)
    copy.#a = this.#a
    copy.#b = this.#b
    copy.#c = this.#c
    copy.#counter = this.#counter
    return copy
  }
}
