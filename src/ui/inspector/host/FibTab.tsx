// The kernel's table as `ip route` prints it, with who put each line there.
import type { FibRow } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { clock } from '../../i18n/time.ts'
import { setHover } from '../../store/selection.ts'
import styles from '../Inspector.module.css'
import { PrefixSwatch } from '../parts/PrefixName.tsx'
import own from './host.module.css'

export function FibTab({ rows }: { rows: readonly FibRow[] }) {
  const { fib } = useText().inspector
  if (rows.length === 0) return <p className={styles.empty}>{fib.none}</p>
  return (
    <table className={styles.table} aria-label={fib.table}>
      <thead>
        <tr>
          <th scope="col">{fib.columns.line}</th>
          <th scope="col" className={styles.end}>
            {fib.columns.owner}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map(({ line, prefix, owner, since }) => (
          <tr
            key={line}
            title={fib.since(clock(since))}
            onMouseEnter={() => setHover({ kind: 'prefix', id: prefix })}
            onMouseLeave={() => setHover(null)}
          >
            <td>
              <span className={own.fibLine}>
                <PrefixSwatch prefix={prefix} />
                <code>{line}</code>
              </span>
            </td>
            <td className={styles.end}>{owner}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
