// BIRD's order of nets (nest/rt-fib.c, lib/ip.h ipa_hash): ascending 16-bit hash of the address, and among equal
// hashes the lowest free number at insertion. It drives show route, feeds and the order of NLRI on the wire.
import { type Prefix, prefixAddress } from '../../net/prefix.ts'

/** 16-bit hash of the address; the length is not hashed. */
export function fibHash(prefix: Prefix): number {
  let x = prefixAddress(prefix)
  x = (x ^ (x >>> 16)) >>> 0
  x = (x ^ (x << 10)) >>> 0
  return x & 0xffff
}

/** Sort key of a net: its uid already contains hash and counter. */
export function fibOrder(a: { uid: number }, b: { uid: number }): number {
  return a.uid - b.uid
}

/** uid of the n-th net with this hash. */
export function fibUid(hash: number, n: number): number {
  return hash * 65536 + n
}
