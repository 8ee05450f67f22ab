// Pod pairs whose packets are lost on this host right now, with the line of its table that loses them.
import { TriangleAlert } from 'lucide-react'
import { useText } from '../../i18n/text.ts'
import { usePlayback } from '../../store/playback.ts'
import { useRun } from '../../store/run.ts'
import { Rich } from '../parts/Rich.tsx'
import { Section } from '../parts/Section.tsx'
import own from './host.module.css'

export function LossHere({ host }: { host: string }) {
  const { overview } = useText().inspector
  const all = useRun((state) => state.index?.loss)
  const current = usePlayback(
    ({ at }) => all?.findIndex(({ from, to }) => from <= at && (to === null || at < to)) ?? -1,
  )
  const pairs = all?.[current]?.pairs.filter((pair) => pair.host === host) ?? []
  if (pairs.length === 0) return null
  return (
    <Section title={overview.lossHere}>
      <ul className={own.cards}>
        {pairs.map(({ from, to, reason, line }) => (
          <li key={`${from} ${to}`} className={own.loss}>
            <p>
              <TriangleAlert size={14} aria-hidden />
              <span>
                <Rich text={overview.lossPair(from, to)} />
              </span>
            </p>
            <code>{line ?? overview.noLine}</code>
            <span>{overview.lossReasons[reason] ?? reason}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
