// What the tree, the bytes and the explanation share: the selected field, the hovered one, and which groups are open.
import { useState } from 'react'
import type { FieldView } from '../../../sim/index.ts'
import { fieldById, openAtFirst, pathTo } from './field-rows.ts'

export interface Fields {
  root: readonly FieldView[]
  selected: FieldView | null
  hovered: FieldView | null
  open: ReadonlySet<string>
  select: (id: string) => void
  hover: (id: string | null) => void
  toggle: (id: string, open: boolean) => void
}

/** The announced prefix says most about an UPDATE; else the first field after the header. */
function firstChoice(root: readonly FieldView[]): string | null {
  const prefix = fieldById(root, 'nlri.0') ?? fieldById(root, 'withdrawn.0')
  return prefix?.id ?? root[1]?.id ?? root[0]?.id ?? null
}

export function useFields(root: readonly FieldView[]): Fields {
  const [open, setOpen] = useState<ReadonlySet<string>>(() => openAtFirst(root))
  const [selected, setSelected] = useState(() => firstChoice(root))
  const [hovered, setHovered] = useState<string | null>(null)
  return {
    root,
    open,
    selected: fieldById(root, selected),
    hovered: fieldById(root, hovered),
    hover: setHovered,
    select: (id) => {
      const above = pathTo(root, id).slice(0, -1)
      if (above.some((each) => !open.has(each))) setOpen(new Set([...open, ...above]))
      setSelected(id)
    },
    toggle: (id, wanted) => {
      const next = new Set(open)
      if (wanted) next.add(id)
      else next.delete(id)
      setOpen(next)
    },
  }
}
