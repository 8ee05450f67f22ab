// Pod routes (/32) of one block stand behind the first of them, `+N`, until they are unfolded.
import type { RibRow } from '../../../sim/index.ts'
import { holderOf } from '../data/prefixes.ts'

export interface FoldedRow {
  row: RibRow
  /** Block whose other pod routes this row stands for; null: it stands for itself. */
  fold: { block: string; hidden: number; open: boolean } | null
}

export function foldRib(rows: readonly RibRow[], blocks: readonly string[], open: ReadonlySet<string>): FoldedRow[] {
  const groups = new Map<string, RibRow[]>()
  const groupOf = rows.map((row) => {
    if (!row.prefix.endsWith('/32') || row.mark === 'rejected') return null
    const block = holderOf(blocks, row.prefix)
    if (block === null || block === row.prefix) return null
    const key = `${block} ${row.protocol} ${row.mark}`
    const group = groups.get(key) ?? []
    group.push(row)
    groups.set(key, group)
    return { block, key }
  })
  const shown: FoldedRow[] = []
  rows.forEach((row, index) => {
    const place = groupOf[index]
    const group = place ? groups.get(place.key) : undefined
    if (!place || !group || group.length < 2) shown.push({ row, fold: null })
    else if (group[0] === row)
      shown.push({ row, fold: { block: place.block, hidden: group.length - 1, open: open.has(place.block) } })
    else if (open.has(place.block)) shown.push({ row, fold: null })
  })
  return shown
}
