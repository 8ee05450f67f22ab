// `birdc show symbols`: the names of the running configuration in the order of BIRD's hash table (nest/cmds.c,
// cmd_show_symbols; conf/cf-lex.l, cf_hash).
import type { BirdConfig } from '../config/tree.ts'
import type { SymbolClass } from './request.ts'

/** The bucket is in the highest bits. */
function hashOf(name: string): number {
  let hash = 13 << 24
  for (let i = 0; i < name.length; i++) {
    hash = (hash + (hash >>> 2) + (hash >>> 5) + (name.charCodeAt(i) << 24)) >>> 0
  }
  return hash
}

const FIRST_ORDER = 6
const STEP = 2

/** In the order of the table, which grows by two bits whenever it holds more names than buckets. */
export function inHashOrder<T extends { readonly name: string }>(symbols: Iterable<T>): T[] {
  let order = FIRST_ORDER
  let buckets: T[][] = []
  let count = 0
  const insert = (symbol: T): void => {
    const bucket = hashOf(symbol.name) >>> (32 - order)
    buckets[bucket] = [symbol, ...(buckets[bucket] ?? [])]
  }
  for (const symbol of symbols) {
    insert(symbol)
    if (++count <= 1 << order) continue
    const old = buckets.flat()
    order += STEP
    buckets = []
    old.forEach(insert)
  }
  return buckets.flat()
}

const WORDS: Readonly<Record<SymbolClass, string>> = {
  table: 'routing table',
  filter: 'filter',
  function: 'function',
  protocol: 'protocol',
  template: 'protocol template',
  roa: 'ROA table',
}

const line = (name: string, description: string): string => `${name.padEnd(8)}\t${description}`

export function showSymbols(
  config: BirdConfig,
  asked: { readonly only: SymbolClass | null; readonly name: string | null },
): string[] {
  const { symbols } = config
  if (asked.name !== null) return [line(asked.name, symbols.get(asked.name)?.description ?? 'undefined')]
  const wanted = asked.only === null ? null : WORDS[asked.only]
  return inHashOrder(symbols.values())
    .filter((symbol) => wanted === null || symbol.description === wanted)
    .map((symbol) => line(symbol.name, symbol.description))
}
