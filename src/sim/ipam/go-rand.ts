// Go's math/rand generator as far as Calico's block choice needs it: seeding, 32-bit draws, big.Int.Rand.
// Follows Go's src/math/rand/rng.go and math/big (BSD-3-Clause; the constants are in go-math-rand-constants.json).
// 64-bit words are kept as two unsigned halves: fast, exact, and without BigInt.
import constants from './go-math-rand-constants.json' with { type: 'json' }

const LENGTH = 607
const TAP = 273
const MODULUS = 2147483647
const MULTIPLIER = 48271
const Q = 44488
const R = 3399
const SEED_OF_ZERO = 89482311

interface Words {
  readonly high: Uint32Array
  readonly low: Uint32Array
}

let cookedWords: Words | null = null

/** The additive-feedback constants, split once. */
function cooked(): Words {
  if (cookedWords === null) {
    const high = new Uint32Array(LENGTH)
    const low = new Uint32Array(LENGTH)
    constants.values.forEach((text, index) => {
      const value = BigInt.asUintN(64, BigInt(text))
      high[index] = Number(value >> 32n)
      low[index] = Number(value & 0xffffffffn)
    })
    cookedWords = { high, low }
  }
  return cookedWords
}

/** One step of the seeding generator: 48271 x mod (2^31 - 1), by Schrage's method. */
function step(x: number): number {
  const next = MULTIPLIER * (x % Q) - R * Math.floor(x / Q)
  return next < 0 ? next + MODULUS : next
}

export class GoRand {
  readonly #high = new Uint32Array(LENGTH)
  readonly #low = new Uint32Array(LENGTH)
  #tap = 0
  #feed = LENGTH - TAP

  constructor(seed: number) {
    const { high, low } = cooked()
    let x = seed % MODULUS
    if (x === 0) x = SEED_OF_ZERO
    for (let index = 0; index < 20; index++) x = step(x)
    for (let index = 0; index < LENGTH; index++) {
      const a = step(x)
      const b = step(a)
      const c = step(b)
      x = c
      // (a << 40) ^ (b << 20) ^ c, on halves.
      this.#high[index] = ((a << 8) ^ (b >>> 12) ^ (high[index] as number)) >>> 0
      this.#low[index] = ((b << 20) ^ c ^ (low[index] as number)) >>> 0
    }
  }

  uint32(): number {
    this.#tap = this.#tap === 0 ? LENGTH - 1 : this.#tap - 1
    this.#feed = this.#feed === 0 ? LENGTH - 1 : this.#feed - 1
    const low = (this.#low[this.#feed] as number) + (this.#low[this.#tap] as number)
    const carry = low > 0xffffffff ? 1 : 0
    const high = (this.#high[this.#feed] as number) + (this.#high[this.#tap] as number) + carry
    this.#low[this.#feed] = low
    this.#high[this.#feed] = high
    // Bits 31 to 62 of the sum.
    return (((high & 0x7fffffff) << 1) | ((low >>> 0) >>> 31)) >>> 0
  }

  /** A number below `limit` (at most 2^32), as big.Int.Rand draws it: masked to the limit's bit length, again until it fits. */
  below(limit: number): number {
    const bits = limit.toString(2).length
    for (;;) {
      const low = this.uint32()
      const high = this.uint32()
      const value = bits <= 32 ? (bits === 32 ? low : (low & ((2 ** bits - 1) | 0)) >>> 0) : (high & 1) * 2 ** 32 + low
      if (value < limit) return value
    }
  }
}

/** FNV-1 (multiply, then xor) over the bytes of an ASCII text, 32 bit. */
export function fnv1(text: string): number {
  let hash = 2166136261
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash, 16777619) ^ text.charCodeAt(index)
  return hash >>> 0
}
