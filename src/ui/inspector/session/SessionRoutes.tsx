// Routes of one end over this session: taken in, sent out, rejected with the reason.
import { useState } from 'react'
import type { SessionDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { ToggleGroup } from '../../kit/ToggleGroup.tsx'
import styles from '../Inspector.module.css'
import { PrefixName } from '../parts/PrefixName.tsx'
import { EndSwitch, useEnd } from './EndSwitch.tsx'
import own from './session.module.css'

type Which = 'in' | 'out' | 'rejected'

export function SessionRoutes({ detail }: { detail: SessionDetail }) {
  const { session, rib } = useText().inspector
  const words = session.routes
  const { end, choose } = useEnd(detail.ends)
  const [which, setWhich] = useState<Which>('in')
  if (!end) return null
  const { host, routesIn, routesOut, rejected } = end
  const rows: readonly { prefix: string; reason: string | null }[] =
    which === 'rejected'
      ? rejected
      : (which === 'in' ? routesIn : routesOut).map((prefix) => ({ prefix, reason: null }))
  const none = { in: words.noneIn, out: words.noneOut, rejected: words.noneRejected }[which](host)
  return (
    <>
      <div className={own.bar}>
        <EndSwitch ends={detail.ends} value={host} onChange={choose} />
        <ToggleGroup
          label={words.choose}
          options={[
            { value: 'in', label: words.in(routesIn.length) },
            { value: 'out', label: words.out(routesOut.length) },
            { value: 'rejected', label: words.rejected(rejected.length) },
          ]}
          value={which}
          onChange={setWhich}
        />
      </div>
      {rows.length === 0 ? (
        <p className={styles.empty}>{none}</p>
      ) : (
        <table className={styles.table} aria-label={words.choose}>
          <thead>
            <tr>
              <th scope="col">{words.columns.prefix}</th>
              {which === 'rejected' ? <th scope="col">{words.columns.reason}</th> : null}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ prefix, reason }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a prefix may be rejected twice over one session
              <tr key={`${prefix} ${index}`}>
                <th scope="row">
                  <PrefixName prefix={prefix} struck={reason !== null} />
                </th>
                {reason === null ? null : <td>{rib.reject[reason] ?? reason}</td>}
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </>
  )
}
