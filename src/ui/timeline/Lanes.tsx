// One lane per host, in stage order: names at the left, what each sent on one canvas that shows only what is in sight.
import { Power, Server } from 'lucide-react'
import { type MouseEvent, useEffect, useMemo, useRef, useState } from 'react'
import type { TimelineIndex } from '../../sim/index.ts'
import { useText } from '../i18n/text.ts'
import { cx } from '../kit/cx.ts'
import { pause, seek } from '../player/player.ts'
import { HostName } from '../stage/HostName.tsx'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { select, setHover, useSelection } from '../store/selection.ts'
import { useSlow } from '../store/use-slow.ts'
import { readTokens } from '../theme/tokens.ts'
import { type Mark, marksOf } from './lane-marks.ts'
import { LANE, paintLanes } from './paint-lanes.ts'
import { attachWheel, scrubTo } from './scrub.ts'
import styles from './Timeline.module.css'
import { useTimeline } from './timeline-store.ts'
import { usePlotCanvas } from './use-plot-canvas.ts'

interface Hovered {
  lane: number
  mark: Mark
}

function markAt(index: TimelineIndex, lane: number, x: number): Mark | null {
  const glyphs = index.lanes[lane]?.glyphs
  if (!glyphs) return null
  const { axis, scroll } = useTimeline.getState()
  const hidden = new Set([...usePrefs.getState().hiddenTypes, 'KEEPALIVE'])
  const { marks } = marksOf({ glyphs, axis, from: scroll + x - 20, to: scroll + x + 20, hidden })
  let best: Mark | null = null
  for (const mark of marks) {
    const away = Math.abs(mark.x - scroll - x)
    if (away <= 8 && (!best || away < Math.abs(best.x - scroll - x))) best = mark
  }
  return best
}

/** Lanes of those who get what the mark stands for. */
function receiversOf(index: TimelineIndex, hovered: Hovered): number[] {
  const from = index.lanes[hovered.lane]?.host
  const lanes: number[] = []
  for (const { at, body } of index.events) {
    if (at < hovered.mark.at) continue
    if (at > hovered.mark.at + 1500) break
    if (body.type !== 'message' || body.from !== from || body.look !== hovered.mark.look) continue
    const lane = index.lanes.findIndex(({ host }) => host === body.to)
    if (lane >= 0 && !lanes.includes(lane)) lanes.push(lane)
  }
  return lanes
}

export function Lanes() {
  const t = useText()
  const index = useRun((state) => state.index)
  const offNames = useSlow(useRun, ({ view }) =>
    (view?.hosts ?? []).flatMap(({ name, powered }) => (powered ? [] : [name])).join('\n'),
  )
  const selectedHost = useSelection(({ selection }) => (selection?.type === 'host' ? selection.name : null))
  const canvas = useRef<HTMLCanvasElement>(null)
  const scroller = useRef<HTMLDivElement>(null)
  const [hovered, setHovered] = useState<Hovered | null>(null)
  const receivers = useMemo(() => (index && hovered ? receiversOf(index, hovered) : []), [index, hovered])
  const ask = usePlotCanvas(canvas, (ctx, size) => {
    if (!index) return
    const { axis, scroll } = useTimeline.getState()
    const hidden = new Set(usePrefs.getState().hiddenTypes)
    const top = scroller.current?.scrollTop ?? 0
    paintLanes(ctx, {
      tokens: readTokens(),
      axis,
      scroll,
      ...size,
      index,
      top,
      hidden,
      selectedHost,
      hovered,
      receivers,
    })
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new hover is a new picture
  useEffect(ask, [hovered, receivers])
  useEffect(() => (canvas.current ? attachWheel(canvas.current) : undefined), [])

  const under = (event: MouseEvent): Hovered | null => {
    const rect = canvas.current?.getBoundingClientRect()
    if (!rect || !index) return null
    const lane = Math.floor((event.clientY - rect.top + (scroller.current?.scrollTop ?? 0)) / LANE)
    const mark = markAt(index, lane, event.clientX - rect.left)
    return mark ? { lane, mark } : null
  }
  const onMove = (event: MouseEvent) => {
    const next = under(event)
    if (next?.mark.id === hovered?.mark.id && next?.lane === hovered?.lane) return
    setHovered(next)
    setHover(next ? { kind: 'message', id: String(next.mark.id) } : null)
  }
  const onClick = (event: MouseEvent) => {
    const hit = under(event)
    pause()
    if (hit) {
      seek(hit.mark.at)
      select({ type: 'message', id: hit.mark.id })
    } else if (canvas.current) scrubTo(canvas.current, event.clientX)
  }

  const lanes = index?.lanes ?? []
  const off = new Set(offNames.split('\n'))
  return (
    <div ref={scroller} className={styles.lanes} onScroll={ask}>
      <ul className={styles.names} aria-label={t.timeline.lanes}>
        {lanes.map((lane) => (
          <li key={lane.host}>
            <button
              type="button"
              className={cx(styles.name, lane.host === selectedHost && styles.chosen)}
              aria-label={[
                t.timeline.lane(lane.host, lane.glyphs.length),
                off.has(lane.host) ? t.timeline.powerOff : '',
              ]
                .filter(Boolean)
                .join(', ')}
              onClick={() => select({ type: 'host', name: lane.host })}
              onMouseEnter={() => setHover({ kind: 'host', id: lane.host })}
              onMouseLeave={() => setHover(null)}
            >
              <Server size={13} aria-hidden />
              <span>
                <HostName name={lane.host} />
              </span>
              {off.has(lane.host) ? <Power size={12} aria-hidden color="var(--notification)" /> : null}
            </button>
          </li>
        ))}
      </ul>
      <canvas
        ref={canvas}
        className={styles.laneCanvas}
        style={{ cursor: hovered ? 'pointer' : undefined }}
        aria-hidden
        onMouseMove={onMove}
        onMouseLeave={() => {
          setHovered(null)
          setHover(null)
        }}
        onClick={onClick}
      />
    </div>
  )
}
