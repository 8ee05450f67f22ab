// Sets of single values as BIRD's balanced tree (filter/tree.c).
// The tree is searched by `from` alone, so overlapping ranges may hide each other: kept, because operators meet it.
import { compareValues, type ItemSet, type SetItem, type SetNode, type Value } from './value.ts'

function mergeSort<T>(items: readonly SetItem<T>[]): readonly SetItem<T>[] {
  if (items.length < 2) return items
  const half = items.length >> 1
  const left = mergeSort(items.slice(0, half))
  const right = mergeSort(items.slice(half))
  const merged: SetItem<T>[] = []
  let i = 0
  let j = 0
  while (i < left.length && j < right.length) {
    merged.push(compareValues(left[i]!.from, right[j]!.from) <= 0 ? left[i++]! : right[j++]!)
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
export function buildSet<T>(items: readonly SetItem<T>[]): ItemSet<T> {
  const sorted = mergeSort(items)
  return { items: sorted, root: balance(sorted, 0, sorted.length)! }
}

export function findInSet<T>(set: ItemSet<T>, value: Value): SetNode<T> | null {
  let node: SetNode<T> | null = set.root
  while (node !== null) {
    const from = compareValues(node.from, value)
    if (from !== 1 && compareValues(node.to, value) !== -1) return node
    node = from === -1 ? node.right : node.left
  }
  return null
}
