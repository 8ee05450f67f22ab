// The BGP sessions of a host as cards with their hold timers, and BIRD's other protocols as `show protocols` has them.
import type { HostView, ProtocolRow } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { useRun } from '../../store/run.ts'
import styles from '../Inspector.module.css'
import { GoTo } from '../parts/GoTo.tsx'
import { Section } from '../parts/Section.tsx'
import { useRoving } from '../parts/use-roving.ts'
import { SessionCard } from './SessionCard.tsx'

function OtherProtocols({ rows }: { rows: readonly ProtocolRow[] }) {
  const { sessions } = useText().inspector
  const { columns } = sessions
  return (
    <Section title={sessions.others}>
      <table className={styles.table} aria-label={sessions.others}>
        <thead>
          <tr>
            <th scope="col">{columns.name}</th>
            <th scope="col">{columns.kind}</th>
            <th scope="col">{columns.state}</th>
            <th scope="col">{columns.since}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, kind, state, since, info }) => (
            <tr key={name}>
              <th scope="row">
                <code>{name}</code>
                {info.trim() ? <div className={styles.sub}>{info.trim()}</div> : null}
              </th>
              <td>
                <code>{kind}</code>
              </td>
              <td>
                <code>{state}</code>
              </td>
              <td>
                <GoTo at={since} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  )
}

export function SessionsTab({ host, protocols }: { host: HostView; protocols: readonly ProtocolRow[] }) {
  const { sessions: words } = useText().inspector
  const view = useRun((state) => state.view)
  const { ref, onKeyDown } = useRoving<HTMLUListElement>()
  const bgp = protocols.filter(({ kind }) => kind === 'BGP')
  const others = protocols.filter(({ kind }) => kind !== 'BGP')
  if (protocols.length === 0)
    return <p className={styles.empty}>{host.bird === 'running' ? words.none : words.birdStopped}</p>
  return (
    <>
      {bgp.length === 0 ? <p className={styles.empty}>{words.none}</p> : null}
      <ul ref={ref} className={styles.list} aria-label={words.list} onKeyDown={onKeyDown}>
        {bgp.map((row, index) => (
          <li key={row.name}>
            <SessionCard
              host={host.name}
              row={row}
              session={view?.sessions.find(({ id }) => id === row.session) ?? null}
              first={index === 0}
            />
          </li>
        ))}
      </ul>
      {others.length > 0 ? <OtherProtocols rows={others} /> : null}
    </>
  )
}
