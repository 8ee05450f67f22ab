// The bytes of a message in boxes, one per field, with the field's name under it. Left and right walk the boxes, up and
// down go a line; a second click on a box looks at the single part under the pointer.
import { type KeyboardEvent, type MouseEvent, useRef } from 'react'
import { useText } from '../../i18n/text.ts'
import { cx } from '../../kit/cx.ts'
import { useWidth } from '../parts/use-width.ts'
import { binaryOf, boxesOf, hexOf, holds, leafAt, type Segment, segmentsOf, textOf } from './field-rows.ts'
import own from './message.module.css'
import type { Fields } from './use-fields.ts'

/** Shorter words for boxes of one or two bytes; the box itself is named in full. */
const CAPTIONS: Readonly<Record<string, string>> = {
  withdrawn: 'Withdrawn',
  'attributes-length': 'Attr len',
  'withdrawn-length': 'Wdr len',
  version: 'Ver',
  'parameters-length': 'Opt',
  'parameter-type': 'Par',
  'parameter-length': 'Len',
  'my-as': 'My AS',
  'hold-time': 'Hold',
  'bgp-identifier': 'BGP ID',
  'error-code': 'Code',
  'error-subcode': 'Sub',
  'refresh-subtype': 'Sub',
}

export type Base = 'hex' | 'binary'

interface PieceProps {
  segment: Segment
  fields: Fields
  bytes: readonly number[]
  base: Base
  stop: boolean
  onByte: (offset: number) => void
}

function Piece({ segment, fields, bytes, base, stop, onByte }: PieceProps) {
  const { box, from, to, captioned } = segment
  const { selected, hovered } = fields
  const chosen = selected !== null && (selected.id === box.id || box.id.startsWith(`${selected.id}.`))
  const inside = selected !== null && !chosen && holds(box, selected.offset) && selected.length <= box.length
  const lit = hovered !== null && hovered.offset < to && hovered.offset + hovered.length > from
  const show = base === 'hex' ? hexOf : binaryOf
  const onClick = (event: MouseEvent<HTMLElement>) => {
    const offset = event.target instanceof HTMLElement ? event.target.dataset.offset : undefined
    if (chosen && offset !== undefined) onByte(Number(offset))
    else fields.select(box.id)
  }
  return (
    <td colSpan={to - from}>
      <button
        type="button"
        data-byte={from}
        tabIndex={stop ? 0 : -1}
        className={own.box}
        data-chosen={chosen || undefined}
        data-inside={inside || undefined}
        data-lit={lit || undefined}
        data-continues={to < box.offset + box.length || undefined}
        data-continued={from > box.offset || undefined}
        aria-pressed={chosen || inside}
        aria-label={`${box.name}: ${bytes.slice(from, to).map(show).join(' ')}`}
        onClick={onClick}
        onFocus={() => chosen || inside || fields.select(box.id)}
        onMouseEnter={() => fields.hover(box.id)}
        onMouseLeave={() => fields.hover(null)}
      >
        {bytes.slice(from, to).map((byte, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: bytes of one message never change places
            key={index}
            data-offset={from + index}
            className={cx(own.byte, inside && selected !== null && holds(selected, from + index) && own.byteChosen)}
          >
            {show(byte)}
          </span>
        ))}
      </button>
      <span className={own.caption} data-chosen={chosen || inside || undefined} title={box.name} lang="en" aria-hidden>
        {captioned ? (CAPTIONS[box.code ?? ''] ?? box.name) : ''}
      </span>
    </td>
  )
}

export function BytesGrid({ fields, bytes, base }: { fields: Fields; bytes: readonly number[]; base: Base }) {
  const { message: words } = useText().inspector
  const [frame, width] = useWidth()
  const table = useRef<HTMLTableElement>(null)
  const full = width >= (base === 'hex' ? 430 : 560)
  const wide = width >= (base === 'hex' ? 640 : 700)
  const perRow = (base === 'hex' ? 8 : 4) * (full ? 2 : 1)
  const boxes = boxesOf(fields.root)
  const rows = segmentsOf(boxes, bytes.length, perRow)
  const current = boxes.find((box) => fields.selected !== null && holds(box, fields.selected.offset)) ?? boxes[0]

  const focusBox = (offset: number) => {
    const box = boxes.find((each) => holds(each, offset))
    if (!box) return
    fields.select(box.id)
    table.current?.querySelector<HTMLElement>(`[data-byte="${box.offset}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!current || event.ctrlKey || event.altKey || event.metaKey) return
    const at = boxes.indexOf(current)
    const targets: Record<string, number | undefined> = {
      ArrowRight: boxes[at + 1]?.offset,
      ArrowLeft: boxes[at - 1]?.offset,
      ArrowDown: Math.min(bytes.length - 1, current.offset + perRow),
      ArrowUp: Math.max(0, current.offset - perRow),
      Home: 0,
      End: bytes.length - 1,
    }
    if (!(event.key in targets)) return
    event.preventDefault()
    event.stopPropagation()
    const target = targets[event.key]
    if (target !== undefined) focusBox(target)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons in it
    <div ref={frame} className={own.bytes} onKeyDown={onKeyDown}>
      <table ref={table} aria-label={words.bytes} data-base={base} data-wide={wide || undefined}>
        <colgroup>
          <col className={own.offsetColumn} />
          {Array.from({ length: perRow }, (_, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: columns are counted
            <col key={index} />
          ))}
          {wide ? <col className={base === 'hex' ? own.textColumn : own.textColumnShort} /> : null}
        </colgroup>
        <thead className={own.bytesHead}>
          <tr>
            <th scope="col">{words.offset}</th>
            {Array.from({ length: perRow }, (_, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns are counted
              <th key={index} scope="col">
                {index.toString(16)}
              </th>
            ))}
            {wide ? <th scope="col">{words.text}</th> : null}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => {
            const from = index * perRow
            const own16 = bytes.slice(from, from + perRow)
            return (
              <tr key={from}>
                <th scope="row">{from.toString(16).padStart(4, '0')}</th>
                {row.map((segment) => (
                  <Piece
                    key={segment.from}
                    segment={segment}
                    fields={fields}
                    bytes={bytes}
                    base={base}
                    stop={segment.box === current && segment.from === current.offset}
                    onByte={(offset) => {
                      const leaf = leafAt(fields.root, offset)
                      if (leaf) fields.select(leaf.id)
                    }}
                  />
                ))}
                {own16.length < perRow ? <td colSpan={perRow - own16.length} /> : null}
                {wide ? <td className={own.text}>{textOf(own16)}</td> : null}
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
