// One path of the table: mark, prefix with next hop and protocol, AS path, local preference.
import { Asterisk, Ban, Plus, TriangleAlert, X } from 'lucide-react'
import { memo } from 'react'
import type { RibRow } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { PrefixName } from '../parts/PrefixName.tsx'
import type { FoldedRow } from './fold.ts'
import { keyOf } from './fresh.ts'
import own from './rib.module.css'

interface Props {
  row: RibRow
  fold: FoldedRow['fold']
  fresh: boolean
  chosen: boolean
  tabStop: boolean
  onChoose: (key: string) => void
  onFold: (block: string) => void
}

function Mark({ row, fresh }: { row: RibRow; fresh: boolean }) {
  const { rib } = useText().inspector
  const name = fresh && row.mark === 'best' ? rib.arriving : rib.marks[row.mark]
  return (
    <span className={own.glyph} data-mark={row.mark} data-fresh={fresh || undefined} title={name}>
      {row.mark === 'rejected' ? (
        <X size={14} aria-hidden />
      ) : row.mark === 'sync-error' ? (
        <TriangleAlert size={13} aria-hidden />
      ) : fresh ? (
        <Plus size={12} aria-hidden />
      ) : row.mark === 'best' ? (
        <Asterisk size={14} aria-hidden />
      ) : (
        <Ban size={12} aria-hidden visibility="hidden" />
      )}
      <span className="visually-hidden">{name}</span>
    </span>
  )
}

/** `172.18.0.2 · Mesh_172_18_0_2`, `blackhole · static1`, and for a refused path the reason. */
function detailOf(row: RibRow, words: { rejected: (reason: string) => string; reason: string }): string {
  if (row.mark === 'rejected') return `${row.nextHop ?? row.protocol} · ${words.rejected(words.reason)}`
  const way = row.asPath !== null && row.nextHop !== null ? row.nextHop : row.via.replace(/^via /, '')
  return `${way} · ${row.protocol}`
}

function Fold({ fold, onFold }: Pick<Props, 'fold' | 'onFold'>) {
  const { rib } = useText().inspector
  if (!fold) return null
  const name = fold.open ? rib.unfold : rib.fold(fold.hidden)
  return (
    <button
      type="button"
      className={own.fold}
      aria-expanded={fold.open}
      aria-label={name}
      title={name}
      onClick={(event) => {
        event.stopPropagation()
        onFold(fold.block)
      }}
    >
      {fold.open ? '−' : `+${fold.hidden}`}
    </button>
  )
}

function Row(props: Props) {
  const { row, fresh, chosen, tabStop, onChoose } = props
  const { rib } = useText().inspector
  const rejected = row.mark === 'rejected'
  const reason = rib.reject[row.rejected ?? ''] ?? row.rejected ?? ''
  const path = row.asPath === null ? '–' : row.asPath === '' ? rib.empty : row.asPath
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the button in the row does the same with the keyboard
    <tr
      className={own.row}
      data-mark={row.mark}
      data-fresh={fresh || undefined}
      data-chosen={chosen || undefined}
      onClick={() => onChoose(keyOf(row))}
    >
      <td className={own.mark}>
        <Mark row={row} fresh={fresh} />
      </td>
      <th scope="row">
        <span className={own.first}>
          <button type="button" data-row tabIndex={tabStop ? 0 : -1} aria-pressed={chosen} className={own.choose}>
            <PrefixName prefix={row.prefix} struck={rejected} />
          </button>
          {row.stale ? <span className={own.stale}>{rib.stale}</span> : null}
          <Fold {...props} />
        </span>
        <span className={own.detail}>{detailOf(row, { rejected: rib.rejected, reason })}</span>
      </th>
      <td>
        <code>{path}</code>
      </td>
      <td className={own.number}>
        <code>{row.localPref ?? '–'}</code>
      </td>
    </tr>
  )
}

/** Every look at the recording makes new row values; a row whose content is the same is not drawn again. */
export const RibRowView = memo(Row, (before, after) => {
  const { row: a, fold: f } = before
  const { row: b, fold: g } = after
  return (
    before.fresh === after.fresh &&
    before.chosen === after.chosen &&
    before.tabStop === after.tabStop &&
    f?.hidden === g?.hidden &&
    f?.open === g?.open &&
    f?.block === g?.block &&
    keyOf(a) === keyOf(b) &&
    a.nextHop === b.nextHop &&
    a.asPath === b.asPath &&
    a.localPref === b.localPref &&
    a.rejected === b.rejected &&
    a.stale === b.stale &&
    before.onFold === after.onFold
  )
})
