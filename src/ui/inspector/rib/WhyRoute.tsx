// "Why this route": the decisive rule in sentences, and the attributes as `show route all` prints them.
import type { Micros, RibRow } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { client } from '../../store/client.ts'
import { useAtPlayhead } from '../data/use-at-playhead.ts'
import styles from '../Inspector.module.css'
import { GoTo } from '../parts/GoTo.tsx'
import { Rich } from '../parts/Rich.tsx'
import { whySentences } from './explain.ts'
import own from './rib.module.css'

export function WhyRoute({ host, row }: { host: string; row: RibRow | null; at: Micros }) {
  const t = useText().inspector
  const prefix = row?.prefix ?? null
  const answer = useAtPlayhead(prefix === null ? null : `${host} ${prefix}`, (at) =>
    client().explain(at, host, prefix ?? ''),
  )
  const ready = row !== null && (answer !== null || row.mark === 'rejected')
  return (
    <section className={own.why} aria-live="polite" aria-labelledby="why-route">
      <div className={own.whyHead}>
        <h3 id="why-route">{t.why.title}</h3>
        {row ? <code>{row.prefix}</code> : null}
        {row ? <GoTo at={row.since} /> : null}
      </div>
      {row === null ? <p className={styles.note}>{t.why.choose}</p> : null}
      {ready
        ? [...new Set(whySentences(row, answer?.value ?? null, t))].map((sentence) => (
            <p key={sentence} className={styles.note}>
              <Rich text={sentence} />
            </p>
          ))
        : null}
      {ready && row.attributes.length > 0 ? (
        <details className={own.attributes}>
          <summary>{t.why.attributes}</summary>
          <pre>{[row.line.trimEnd(), ...row.attributes.map((line) => `    ${line}`)].join('\n')}</pre>
        </details>
      ) : null}
    </section>
  )
}
