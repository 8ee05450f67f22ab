// One tab stop for a list of rows: arrow keys, Home and End move the focus among elements marked with data-row.
import { type KeyboardEvent, useRef } from 'react'

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 }

/** `columns`: for a grid, how many rows up and down go; left and right then go one. */
export function useRoving<T extends HTMLElement>(columns = 1) {
  const ref = useRef<T>(null)
  const onKeyDown = (event: KeyboardEvent) => {
    const rows = [...(ref.current?.querySelectorAll<HTMLElement>('[data-row]') ?? [])]
    const current = rows.indexOf(document.activeElement as HTMLElement)
    if (current < 0 || event.ctrlKey || event.metaKey || event.altKey) return
    const target = targetOf(event.key, current, { last: rows.length - 1, columns })
    if (target === null) return
    event.preventDefault()
    event.stopPropagation()
    rows[target]?.focus()
  }
  return { ref, onKeyDown }
}

export function targetOf(key: string, current: number, grid: { last: number; columns: number }): number | null {
  const { last, columns } = grid
  if (key === 'Home') return 0
  if (key === 'End') return last
  if (columns > 1 && key === 'ArrowRight') return Math.min(last, current + 1)
  if (columns > 1 && key === 'ArrowLeft') return Math.max(0, current - 1)
  const step = STEPS[key]
  if (step === undefined) return null
  const target = current + step * columns
  return columns > 1 && (target < 0 || target > last) ? current : Math.max(0, Math.min(last, target))
}
