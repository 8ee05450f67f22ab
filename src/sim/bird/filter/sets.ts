// Sets of single values as BIRD's balanced tree (filter/tree.c) and sets of prefixes as its trie (filter/trie.c).
// The tree is searched by `from` alone, so overlapping ranges may hide each other: kept, because operators meet it.
import { formatIp } from '../../net/address.ts'
import { maskOf, type Prefix, prefixAddress, prefixLength } from '../../net/prefix.ts'
import type { Value } from './value.ts'

/** Result of comparing values of different types. */
export const INCOMPARABLE = 999

export interface SetItem<T = unknown> {
  readonly from: Value
  readonly to: Value
  readonly data: T
}

export interface SetNode<T = unknown> extends SetItem<T> {
  readonly left: SetNode<T> | null
  readonly right: SetNode<T> | null
}

export interface ItemSet<T = unknown> {
  readonly items: readonly SetItem<T>[]
  readonly root: SetNode<T>
}

export type Compare = (a: Value, b: Value) => number

function mergeSort<T>(items: readonly SetItem<T>[], compare: Compare): readonly SetItem<T>[] {
  if (items.length < 2) return items
  const half = items.length >> 1
  const left = mergeSort(items.slice(0, half), compare)
  const right = mergeSort(items.slice(half), compare)
  const merged: SetItem<T>[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    merged.push(compare(left[i]!.from, right[j]!.from) <= 0 ? left[i++]! : right[j++]!)
  }
  return [...merged, ...left.slice(i), ...right.slice(j)]
}

function balance<T>(items: readonly SetItem<T>[], low: number, high: number): SetNode<T> | null {
  if (low >= high) return null
  const middle = (low + high) >> 1
  const left = balance(items, low, middle)
  return { ...items[middle]!, left, right: balance(items, middle + 1, high) }
}

/** Builds the tree; `items` is not empty. */
export function buildSet<T>(items: readonly SetItem<T>[], compare: Compare): ItemSet<T> {
  const sorted = mergeSort(items, compare)
  return { items: sorted, root: balance(sorted, 0, sorted.length)! }
}

export function findInSet<T>(set: ItemSet<T>, value: Value, compare: Compare): SetNode<T> | null {
  let node: SetNode<T> | null = set.root
  while (node !== null) {
    const from = compare(node.from, value)
    if (from !== 1 && compare(node.to, value) !== -1) return node
    node = from === -1 ? node.right : node.left
  }
  return null
}

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
