// The table itself. One tab stop; arrow keys move over the rows.
import { useText } from '../../i18n/text.ts'
import styles from '../Inspector.module.css'
import { useRoving } from '../parts/use-roving.ts'
import type { FoldedRow } from './fold.ts'
import { keyOf } from './fresh.ts'
import { RibRowView } from './RibRowView.tsx'
import own from './rib.module.css'

interface Props {
  rows: readonly FoldedRow[]
  fresh: ReadonlySet<string>
  chosen: string | null
  onChoose: (key: string) => void
  onFold: (block: string) => void
}

export function RibTable({ rows, fresh, chosen, onChoose, onFold }: Props) {
  const { rib } = useText().inspector
  const { ref, onKeyDown } = useRoving<HTMLDivElement>()
  const keys = rows.map(({ row }) => keyOf(row))
  const stop = Math.max(0, chosen === null ? 0 : keys.indexOf(chosen))
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrow keys move between the buttons in it
    <div ref={ref} className={own.scroll} onKeyDown={onKeyDown}>
      <table className={styles.table} aria-label={rib.table}>
        <thead>
          <tr>
            <th scope="col" className={own.mark}>
              <span className="visually-hidden">{rib.columns.mark}</span>
            </th>
            <th scope="col">{rib.columns.prefix}</th>
            <th scope="col">{rib.columns.asPath}</th>
            <th scope="col" className={styles.end}>
              {rib.columns.localPref}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, fold }, index) => {
            const key = keys[index] ?? ''
            return (
              <RibRowView
                // Two paths of one prefix over the same session differ only in their place.
                key={`${key} ${keys.indexOf(key) === index ? '' : index}`}
                row={row}
                fold={fold}
                fresh={fresh.has(key)}
                chosen={chosen === key}
                tabStop={index === stop}
                onChoose={onChoose}
                onFold={onFold}
              />
            )
          })}
        </tbody>
      </table>
    </div>
  )
}
