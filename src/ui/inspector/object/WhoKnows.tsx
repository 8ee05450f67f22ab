// What BIRD and the kernel of every host hold for one prefix, and where it was refused.
import type { PrefixKnower } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { client } from '../../store/client.ts'
import { select } from '../../store/selection.ts'
import { useAtPlayhead } from '../data/use-at-playhead.ts'
import styles from '../Inspector.module.css'
import { Section } from '../parts/Section.tsx'
import { useShortNames } from '../parts/use-short-names.ts'
import own from './object.module.css'

function Path({ knower }: { knower: PrefixKnower }) {
  const { block: words, rib } = useText().inspector
  const { best, bird, rejected, otherPaths } = knower
  if (bird !== 'running') return <span>{words.noBird}</span>
  if (best === null)
    return <span>{rejected === null ? words.noPath : rib.rejected(rib.reject[rejected] ?? rejected)}</span>
  const notes = [...(best.stale ? [words.stale] : []), ...(otherPaths > 0 ? [words.otherPaths(otherPaths)] : [])]
  return (
    <span>
      <code>{best.protocol}</code> <code>{best.via}</code>
      {notes.map((note) => ` · ${note}`)}
    </span>
  )
}

export function WhoKnows({ prefix }: { prefix: string }) {
  const { inspector: t } = useText()
  const short = useShortNames()
  const answer = useAtPlayhead(prefix, (at) => client().prefix(at, prefix))
  return (
    <Section title={t.block.knowers}>
      <ul className={own.knowers} aria-label={t.block.knowers}>
        {answer?.value.map((knower) => (
          <li key={knower.host} data-knows={knower.best !== null || undefined}>
            <button type="button" className={own.link} onClick={() => select({ type: 'host', name: knower.host })}>
              {short(knower.host)}
            </button>
            <Path knower={knower} />
            {knower.fib.length === 0 ? (
              <span className={styles.note}>{t.block.noFib}</span>
            ) : (
              knower.fib.map(({ line, owner }) => (
                <code key={line} className={own.kernel} title={owner}>
                  {line}
                </code>
              ))
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}
