// Pods of a node: address, interface, block, and why one is not running.
import type { PodRow } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { cx } from '../../kit/cx.ts'
import { select } from '../../store/selection.ts'
import styles from '../Inspector.module.css'
import { PrefixSwatch } from '../parts/PrefixName.tsx'
import { useRoving } from '../parts/use-roving.ts'
import own from './host.module.css'

function Row({ pod, first }: { pod: PodRow; first: boolean }) {
  const { pods } = useText().inspector
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          data-row
          tabIndex={first ? 0 : -1}
          className={cx(styles.rowButton, own.podName)}
          onClick={() => select({ type: 'pod', id: pod.id })}
        >
          {pod.id}
        </button>
        {pod.interface ? (
          <span className={styles.sub}>
            <code>{pod.interface}</code>
          </span>
        ) : null}
        {pod.reason ? <span className={own.reason}>{pod.reason}</span> : null}
      </th>
      <td>{pod.phase}</td>
      <td>
        {pod.address === null ? (
          <span className={own.quiet}>{pods.noAddress}</span>
        ) : (
          <span className={own.fibLine}>
            <PrefixSwatch prefix={pod.block ?? pod.address} />
            <code>{pod.address}</code>
          </span>
        )}
        {pod.borrowed ? <span className={own.kind}>{pods.borrowed}</span> : null}
      </td>
    </tr>
  )
}

export function PodsTab({ pods }: { pods: readonly PodRow[] }) {
  const words = useText().inspector.pods
  const { ref, onKeyDown } = useRoving<HTMLTableElement>()
  if (pods.length === 0) return <p className={styles.empty}>{words.none}</p>
  return (
    <table ref={ref} className={styles.table} aria-label={words.table} onKeyDown={onKeyDown}>
      <thead>
        <tr>
          <th scope="col">{words.columns.pod}</th>
          <th scope="col">{words.columns.phase}</th>
          <th scope="col">{words.columns.address}</th>
        </tr>
      </thead>
      <tbody>
        {pods.map((pod, index) => (
          <Row key={pod.id} pod={pod} first={index === 0} />
        ))}
      </tbody>
    </table>
  )
}
