// Nothing is selected: what the scenario is about, what there is at the playhead, what happens and what is odd.
import { Flag, Waypoints } from 'lucide-react'
import type { ClusterView } from '../../../sim/index.ts'
import { actionText } from '../../events/sentences.ts'
import { localized, useText } from '../../i18n/text.ts'
import { useRun } from '../../store/run.ts'
import styles from '../Inspector.module.css'
import { GoTo } from '../parts/GoTo.tsx'
import { Head } from '../parts/Head.tsx'
import { Section } from '../parts/Section.tsx'
import { counts } from './counts.ts'
import own from './summary.module.css'
import { WarningList } from './WarningList.tsx'

function Counts({ view }: { view: ClusterView }) {
  const { summary } = useText().inspector
  const { nodes, routers, networks, sessions, blocks, pods } = counts(view)
  const rows: readonly [string, string][] = [
    [String(nodes), summary.nodes(nodes)],
    [String(routers), summary.routers(routers)],
    [String(networks), summary.networks(networks)],
    [`${sessions.up} / ${sessions.total}`, summary.sessions(sessions.total)],
    [String(blocks), summary.blocks(blocks)],
    [String(pods), summary.pods(pods)],
  ]
  return (
    <ul className={own.counts}>
      {rows.map(([count, words]) => (
        <li key={words}>
          <b>{count}</b> {words}
        </li>
      ))}
    </ul>
  )
}

function Flags() {
  const t = useText()
  const flags = useRun((state) => state.index?.flags)
  return (
    <Section title={t.inspector.summary.happens} aside={flags?.length || undefined}>
      {!flags || flags.length === 0 ? <p className={styles.note}>{t.inspector.summary.nothingHappens}</p> : null}
      <ul className={styles.list}>
        {flags?.map(({ at, index, action }) => (
          <li key={index} className={own.flag}>
            <Flag size={13} aria-hidden />
            <span>{actionText(action, t.events)}</span>
            <GoTo at={at} />
          </li>
        ))}
      </ul>
    </Section>
  )
}

function Warnings() {
  const { summary } = useText().inspector
  const events = useRun((state) => state.index?.warnings)
  const problems = useRun((state) => state.warnings)
  const count = (events?.length ?? 0) + problems.length
  return (
    <Section title={summary.warnings} aside={count || undefined}>
      {count === 0 ? <p className={styles.note}>{summary.noWarnings}</p> : null}
      {problems.length > 0 ? (
        <ul className={own.problems}>
          {problems.map(({ message, line, field }) => (
            <li key={`${line} ${field} ${message}`}>{message}</li>
          ))}
        </ul>
      ) : null}
      {events && events.length > 0 ? <WarningList events={events} /> : null}
    </Section>
  )
}

export function ScenarioSummary() {
  const { summary } = useText().inspector
  const title = useRun((state) => state.title)
  const name = useRun((state) => state.name)
  const description = useRun((state) => state.description)
  const view = useRun((state) => state.view)
  return (
    <div className={styles.whole}>
      <Head icon={<Waypoints size={18} aria-hidden />} title={localized(title) || name} sub={<code>{name}</code>} />
      <div className={styles.scroll} tabIndex={0}>
        {description ? (
          <div className={own.description}>
            <p className={styles.note}>{localized(description)}</p>
          </div>
        ) : null}
        {view ? (
          <Section title={summary.counts}>
            <Counts view={view} />
          </Section>
        ) : null}
        <Flags />
        <Warnings />
        <p className={own.hint}>{summary.hint}</p>
      </div>
    </div>
  )
}
