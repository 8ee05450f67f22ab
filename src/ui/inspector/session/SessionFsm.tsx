// The state machine of one end as a diagram, and every step it took with its reason.
import type { BgpState, SessionDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import styles from '../Inspector.module.css'
import { GoTo } from '../parts/GoTo.tsx'
import { Section } from '../parts/Section.tsx'
import { EndSwitch, useEnd } from './EndSwitch.tsx'
import { FsmDiagram } from './FsmDiagram.tsx'
import own from './session.module.css'

type End = SessionDetail['ends'][number]

/** The word BIRD shows now, for an end that has taken no step yet. */
export function stateOf({ session }: SessionDetail, end: End): BgpState {
  const side = session.a.host === end.host && session.a.protocol === end.protocol ? session.a : session.b
  return side?.bgpState ?? 'Down'
}

export function SessionFsm({ detail }: { detail: SessionDetail }) {
  const { session } = useText().inspector
  const { end, choose } = useEnd(detail.ends)
  if (!end) return <p className={styles.empty}>{session.fsm.noPath}</p>
  const { columns } = session.fsm
  return (
    <>
      <div className={own.bar}>
        <EndSwitch ends={detail.ends} value={end.host} onChange={choose} />
      </div>
      <div className={own.diagram}>
        <FsmDiagram path={end.path} state={stateOf(detail, end)} />
      </div>
      <Section title={session.fsm.path}>
        {end.path.length === 0 ? <p className={styles.note}>{session.fsm.noPath}</p> : null}
        <table className={styles.table} aria-label={session.fsm.path} hidden={end.path.length === 0}>
          <thead>
            <tr>
              <th scope="col">{columns.at}</th>
              <th scope="col">{columns.from}</th>
              <th scope="col">{columns.to}</th>
              <th scope="col">{columns.reason}</th>
            </tr>
          </thead>
          <tbody>
            {end.path.map(({ at, from, to, reason }, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: the path only grows at its end
              <tr key={index}>
                <td className={own.at}>
                  <GoTo at={at} />
                </td>
                <td>
                  <code>{from}</code>
                </td>
                <td>
                  <code>{to}</code>
                </td>
                <td lang="en">{reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Section>
    </>
  )
}
