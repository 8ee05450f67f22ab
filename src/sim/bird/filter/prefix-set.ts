// Sets of prefix patterns as BIRD's trie (filter/trie.c): the printed form shows its nodes.
import { formatIp } from '../../net/address.ts'
import { maskOf, type Prefix, prefixAddress, prefixLength } from '../../net/prefix.ts'

interface TrieNode {
  plen: number
  address: number
  mask: number
  /** Bit 31-n set: prefixes of length n+1 on this path are accepted. */
  accept: number
  zero: TrieNode | null
  one: TrieNode | null
}

const bit = (address: number, position: number) => (address >>> (31 - position)) & 1

function commonLength(a: number, b: number): number {
  return Math.clz32(a ^ b)
}

/** A set of prefix patterns. */
export class PrefixSet {
  private matchesDefault = false
  private readonly root = newNode(0, 0, 0)

  /** Adds prefixes between `low` and `high` long that agree with `prefix` as far as both reach. */
  add(prefix: Prefix, low: number, high: number): void {
    const address = prefixAddress(prefix)
    if (low === 0) this.matchesDefault = true
    const plen = Math.min(prefixLength(prefix), high)
    const accept = (maskOf(low === 0 ? 0 : low - 1) ^ maskOf(high)) >>> 0
    this.insert((address & maskOf(plen)) >>> 0, plen, accept)
  }

  private insert(address: number, plen: number, accept: number): void {
    const mask = maskOf(plen)
    let parent = this.root
    let node: TrieNode | null = this.root
    while (node !== null) {
      const common = node.mask & mask
      if ((address & common) !== (node.address & common)) {
        branch(parent, node, newNode(address, plen, accept))
        return
      }
      if (plen < node.plen) {
        const added = newNode(address, plen, (accept | (node.accept & mask)) >>> 0)
        attach(parent, added)
        attach(added, node)
        return
      }
      if (plen === node.plen) {
        node.accept = (node.accept | accept) >>> 0
        return
      }
      node.accept = (node.accept | (accept & node.mask)) >>> 0
      parent = node
      node = bit(address, node.plen) === 1 ? node.one : node.zero
    }
    attach(parent, newNode(address, plen, accept))
  }

  has(prefix: Prefix): boolean {
    const plen = prefixLength(prefix)
    if (plen === 0) return this.matchesDefault
    const address = prefixAddress(prefix)
    const mask = maskOf(plen)
    let node: TrieNode | null = this.root
    while (node !== null) {
      const common = node.mask & mask
      if ((address & common) !== (node.address & common)) return false
      if (bit(node.accept, plen - 1) === 1) return true
      if (plen <= node.plen) return false
      node = bit(address, node.plen) === 1 ? node.one : node.zero
    }
    return false
  }

  format(): string {
    const parts = this.matchesDefault ? ['0.0.0.0/0'] : []
    const walk = (node: TrieNode | null): void => {
      if (node === null) return
      if (node.accept !== 0) parts.push(`${formatIp(node.address)}/${node.plen}{${formatIp(node.accept)}}`)
      walk(node.zero)
      walk(node.one)
    }
    walk(this.root)
    return `[${parts.join(', ')}]`
  }
}

function newNode(address: number, plen: number, accept: number): TrieNode {
  return { plen, address, mask: maskOf(plen), accept, zero: null, one: null }
}

function attach(parent: TrieNode, child: TrieNode): void {
  if (bit(child.address, parent.plen) === 1) parent.one = child
  else parent.zero = child
}

/** Puts a node where `node` and `added` part ways. */
function branch(parent: TrieNode, node: TrieNode, added: TrieNode): void {
  const plen = commonLength(added.address, node.address)
  const mask = maskOf(plen)
  const accept = ((added.accept | node.accept) & mask) >>> 0
  const fork = newNode((added.address & mask) >>> 0, plen, accept)
  attach(parent, fork)
  attach(fork, node)
  attach(fork, added)
}
