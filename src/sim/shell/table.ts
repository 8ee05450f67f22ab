// Columns as Go's text/tabwriter makes them for calicoctl and kubectl, and the boxes of calicoctl node status.

interface Style {
  readonly minWidth: number
  /** Whether the last cell of a line is padded like the others. */
  readonly padLast: boolean
}

/** calicoctl: the template ends every cell with a tab. */
export const CALICOCTL: Style = { minWidth: 5, padLast: true }
export const KUBECTL: Style = { minWidth: 6, padLast: false }
const PADDING = 3

export function tabbed(rows: readonly (readonly string[])[], style: Style): string[] {
  const widths: number[] = []
  for (const row of rows) {
    row.forEach((cell, i) => {
      widths[i] = Math.max(widths[i] ?? style.minWidth, cell.length + PADDING)
    })
  }
  return rows.map((row) =>
    row.map((cell, i) => (i === row.length - 1 && !style.padLast ? cell : cell.padEnd(widths[i] ?? 0))).join(''),
  )
}

/** olekukonko/tablewriter as calicoctl uses it: headings centred and in capitals, cells to the left. */
export function boxed(header: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const widths = header.map((title, i) => Math.max(title.length, ...rows.map((row) => row[i]?.length ?? 0)))
  const rule = `+${widths.map((width) => '-'.repeat(width + 2)).join('+')}+`
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  const titles = header.map((title, i) => {
    const gap = (widths[i] ?? 0) - title.length
    return `${' '.repeat(Math.floor(gap / 2))}${title.toUpperCase()}${' '.repeat(gap - Math.floor(gap / 2))}`
  })
  return [rule, line(titles), rule, ...rows.map((row) => line(row.map((cell, i) => cell.padEnd(widths[i] ?? 0)))), rule]
}
