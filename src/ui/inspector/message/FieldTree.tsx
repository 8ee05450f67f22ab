// The decoded message as a tree grid: names, values, offsets. Arrow keys walk it and open and close its groups.
import { ChevronDown, ChevronRight } from 'lucide-react'
import { type KeyboardEvent, useRef } from 'react'
import type { FieldView } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { PrefixSwatch } from '../parts/PrefixName.tsx'
import { type FieldRow, rowsOf } from './field-rows.ts'
import own from './message.module.css'
import type { Fields } from './use-fields.ts'

function Row({ row, fields, stop }: { row: FieldRow; fields: Fields; stop: boolean }) {
  const { message: words, rib } = useText().inspector
  const { field, level } = row
  const group = field.children.length > 0
  const open = fields.open.has(field.id)
  const selected = fields.selected?.id === field.id
  const within = !selected && fields.selected !== null && field.id.startsWith(`${fields.selected.id}.`)
  const Arrow = open ? ChevronDown : ChevronRight
  return (
    <tr
      aria-level={level}
      aria-selected={selected}
      {...(group ? { 'aria-expanded': open } : {})}
      tabIndex={stop ? 0 : -1}
      data-field={field.id}
      className={own.fieldRow}
      data-selected={selected || undefined}
      data-within={within || undefined}
      data-hovered={fields.hovered?.id === field.id || undefined}
      data-top={level === 1 || undefined}
      onClick={() => fields.select(field.id)}
      onFocus={() => fields.select(field.id)}
      onMouseEnter={() => fields.hover(field.id)}
      onMouseLeave={() => fields.hover(null)}
    >
      <th scope="row" style={{ paddingLeft: 12 + (level - 1) * 18 }}>
        <span className={own.fieldName}>
          {group ? (
            <Arrow
              size={14}
              aria-label={open ? words.collapse : words.expand}
              onClick={(event) => {
                event.stopPropagation()
                fields.toggle(field.id, !open)
              }}
            />
          ) : (
            <span className={own.noArrow} />
          )}
          {field.code === 'prefix' || field.code === 'prefix-add-path' ? <PrefixSwatch prefix={field.value} /> : null}
          <span lang="en">{field.name}</span>
        </span>
      </th>
      <td className={own.fieldValue} data-long={field.value.length > 18 || undefined} lang="en">
        {field.value || (field.code === 'attribute-2' ? rib.empty : '')}
      </td>
      <td className={own.fieldPlace}>
        0x{field.offset.toString(16).padStart(2, '0')} {field.length}
      </td>
    </tr>
  )
}

export function FieldTree({ fields }: { fields: Fields }) {
  const { message: words } = useText().inspector
  const table = useRef<HTMLTableElement>(null)
  const rows = rowsOf(fields.root, fields.open)
  const current = rows.findIndex(({ field }) => field.id === fields.selected?.id)

  const go = (row: FieldRow | { field: FieldView } | undefined) => {
    if (!row) return
    fields.select(row.field.id)
    table.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(row.field.id)}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rows[current]
    if (!row || event.ctrlKey || event.altKey || event.metaKey) return
    const group = row.field.children.length > 0
    const open = fields.open.has(row.field.id)
    const moves: Record<string, () => void> = {
      ArrowDown: () => go(rows[current + 1]),
      ArrowUp: () => go(rows[current - 1]),
      Home: () => go(rows[0]),
      End: () => go(rows.at(-1)),
      ArrowRight: () =>
        group && !open ? fields.toggle(row.field.id, true) : go(group ? rows[current + 1] : undefined),
      ArrowLeft: () =>
        group && open ? fields.toggle(row.field.id, false) : go(rows.find(({ field }) => field.id === row.parent)),
    }
    const move = moves[event.key]
    if (!move) return
    event.preventDefault()
    event.stopPropagation()
    move()
  }
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a tree grid is built on a table
    <table ref={table} role="treegrid" aria-label={words.decoded} className={own.tree} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <th scope="col">{words.columns.field}</th>
          <th scope="col">{words.columns.value}</th>
          <th scope="col">{words.columns.place}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, index) => (
          <Row key={row.field.id} row={row} fields={fields} stop={index === Math.max(0, current)} />
        ))}
      </tbody>
    </table>
  )
}
