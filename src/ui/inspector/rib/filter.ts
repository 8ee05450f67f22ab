// The filter field over the routes: words that must all match a prefix, an address inside it, a protocol, or `as:64511`.
import type { RibRow } from '../../../sim/index.ts'
import { contains, readCidr } from '../data/prefixes.ts'

export function wordsOf(filter: string): string[] {
  return filter.trim().toLowerCase().split(/\s+/).filter(Boolean)
}

export function matches(row: RibRow, words: readonly string[]): boolean {
  return words.every((word) => (word.startsWith('as:') ? hasAs(row, word.slice(3)) : hasWord(row, word)))
}

function hasAs({ asPath }: RibRow, as: string): boolean {
  if (as === '') return true
  return asPath !== null && asPath.split(/[^\d]+/).includes(as)
}

function hasWord(row: RibRow, word: string): boolean {
  const { prefix, protocol, nextHop, via } = row
  if ([prefix, protocol, nextHop ?? '', via].some((text) => text.toLowerCase().includes(word))) return true
  const wanted = readCidr(word)
  const own = wanted && readCidr(prefix)
  return wanted !== null && own !== null && contains(own, wanted)
}

export function filterRib(rows: readonly RibRow[], filter: string, bestOnly: boolean): RibRow[] {
  const words = wordsOf(filter)
  return rows.filter((row) => (!bestOnly || row.mark === 'best' || row.mark === 'sync-error') && matches(row, words))
}
