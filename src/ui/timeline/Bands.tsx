// Rows below the lanes: how long the cluster took to converge, and which traffic was lost meanwhile.
import type { LossView, Micros } from '../../sim/index.ts'
import { useText } from '../i18n/text.ts'
import { clock, duration } from '../i18n/time.ts'
import { Button } from '../kit/Button.tsx'
import { cx } from '../kit/cx.ts'
import { Popover } from '../kit/Popover.tsx'
import { pause, seek } from '../player/player.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'
import styles from './Timeline.module.css'
import { useTimeline } from './timeline-store.ts'

interface Span {
  from: Micros
  to: Micros | null
}

/** Where a span lies in the plot now, and whether the playhead is inside. null: out of sight. */
function useSpan({ from, to }: Span) {
  const { axis, scroll, width } = useTimeline()
  const until = useRun((state) => state.index?.until ?? 0)
  /** Elapsed time while the playhead is inside, else null. As text, so that it renders only when the text changes. */
  const soFar = usePlayback(({ at }) => (at >= from && (to === null || at < to) ? duration(at - from) : null))
  /** While the playhead is inside, the band grows with it and the rest is only hinted at. */
  const cut = usePlayback(({ at }) =>
    at >= from && (to === null || at < to) ? Math.round(axis.toX(at) - scroll) : null,
  )
  const x0 = axis.toX(from) - scroll
  const x1 = axis.toX(to ?? until) - scroll
  const seen = x1 > 0 && x0 < width
  const left = Math.max(-2, x0)
  const right = Math.min(width + 2, cut ?? x1)
  const rest = cut === null ? null : { left: right, width: Math.max(0, Math.min(width + 2, x1) - right) }
  return { seen, left, width: Math.max(3, right - left), rest, soFar, open: to === null }
}

function ConvergenceBand({ from, to }: Span) {
  const t = useText()
  const { seen, left, width, rest, soFar } = useSpan({ from, to })
  if (!seen) return null
  const length = to === null ? null : duration(to - from)
  const label = soFar === null ? length : t.timeline.soFar(soFar)
  const name = length === null ? t.timeline.notConverged(soFar ?? '') : t.timeline.converged(length)
  const inside = width > (label?.length ?? 0) * 6.8 + 8
  return (
    <>
      <button
        type="button"
        className={styles.converging}
        style={{ left, width }}
        aria-label={`${clock(from)}, ${name}`}
        title={name}
        onClick={() => {
          pause()
          seek(from)
        }}
      >
        {inside ? label : null}
      </button>
      {rest ? <span className={styles.restConverging} style={rest} aria-hidden /> : null}
      {inside || label === null ? null : (
        <span className={styles.beside} style={{ left: left + width + 5 }} aria-hidden>
          {label}
        </span>
      )}
    </>
  )
}

function LossBand({ loss }: { loss: LossView }) {
  const t = useText()
  const { seen, left, width, rest, soFar, open } = useSpan(loss)
  if (!seen) return null
  const pairs = t.timeline.pairs(loss.lost, loss.total)
  const labels = soFar !== null && open ? [t.timeline.growing(loss.lost, loss.total, soFar), pairs] : [pairs]
  const label = [...labels, String(loss.lost)].find((text) => width > text.length * 6.4 + 12)
  const title = t.timeline.lossTitle(loss.lost, loss.total)
  return (
    <>
      {rest ? <span className={styles.restLoss} style={rest} aria-hidden /> : null}
      <Popover label={title} side="top" content={<LossPairs loss={loss} />}>
        <button
          type="button"
          className={cx(styles.loss, open && styles.open)}
          style={{ left, width }}
          aria-label={`${clock(loss.from)}, ${title}`}
        >
          {label === undefined ? null : <span>{label}</span>}
        </button>
      </Popover>
    </>
  )
}

function LossPairs({ loss }: { loss: LossView }) {
  const t = useText()
  return (
    <div className={styles.pairs}>
      <h3>{t.timeline.lossTitle(loss.lost, loss.total)}</h3>
      <ul>
        {loss.pairs.map(({ from, to, host, reason, line }) => (
          <li key={`${from} ${to}`}>
            <b>{t.timeline.lossPair(from, to)}</b>
            <span>{t.timeline.lossAt(host, reason)}</span>
            {line === null ? null : <code>{line}</code>}
          </li>
        ))}
      </ul>
      {loss.lost > loss.pairs.length && loss.pairs.length > 0 ? (
        <p>{t.timeline.morePairs(loss.lost - loss.pairs.length)}</p>
      ) : null}
      <Button
        onClick={() => {
          pause()
          seek(loss.from)
        }}
      >
        {t.timeline.goToLoss}
      </Button>
    </div>
  )
}

export function Bands() {
  const t = useText()
  const index = useRun((state) => state.index)
  return (
    <>
      <div className={styles.bandName}>{t.timeline.convergence}</div>
      <div className={styles.bandRow}>
        {index?.convergence.map((span) => (
          <ConvergenceBand key={span.from} {...span} />
        ))}
      </div>
      <div className={styles.bandName}>{t.timeline.loss}</div>
      <div className={styles.bandRow}>
        {index?.loss.map((loss) => (
          <LossBand key={`${loss.from} ${loss.lost}`} loss={loss} />
        ))}
      </div>
    </>
  )
}
