// The narrow timeline: one track with what everybody sent, flags and loss, dragged with a finger.
import { useEffect, useMemo, useRef } from 'react'
import type { TimelineIndex } from '../../sim/index.ts'
import { useText } from '../i18n/text.ts'
import { onFrame } from '../player/frame-loop.ts'
import { usePlayback } from '../store/playback.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { useSlow } from '../store/use-slow.ts'
import { readTokens } from '../theme/tokens.ts'
import { marksOf } from './lane-marks.ts'
import { paintMarks } from './paint-lanes.ts'
import { continueScrub, playheadText, scrubKey, startScrub } from './scrub.ts'
import styles from './Timeline.module.css'
import { resizeTimeline, useTimeline, xOf } from './timeline-store.ts'
import { usePlotCanvas } from './use-plot-canvas.ts'

function everything(index: TimelineIndex | null) {
  if (!index) return []
  return index.lanes
    .flatMap((lane) => lane.glyphs.filter(({ look }) => look !== 'KEEPALIVE'))
    .sort((a, b) => a.at - b.at)
}

export function ScrubTrack() {
  const t = useText()
  const root = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const dot = useRef<HTMLDivElement>(null)
  const past = useRef<HTMLDivElement>(null)
  const index = useRun((state) => state.index)
  const glyphs = useMemo(() => everything(index), [index])
  const at = useSlow(usePlayback, (state) => state.at)
  usePlotCanvas(canvas, (ctx, { width, height }) => {
    const { axis, scroll } = useTimeline.getState()
    const tokens = readTokens()
    const view = { tokens, axis, scroll, width, height }
    ctx.clearRect(0, 0, width, height)
    ctx.fillStyle = tokens.loss
    for (const { from, to } of index?.loss ?? []) {
      const x = axis.toX(from) - scroll
      ctx.fillRect(x, height - 3, Math.max(2, axis.toX(to ?? axis.until) - scroll - x), 3)
    }
    const hidden = new Set(usePrefs.getState().hiddenTypes)
    const { marks } = marksOf({ glyphs, axis, from: scroll, to: scroll + width, hidden })
    paintMarks(
      ctx,
      marks.map((mark) => ({ ...mark, count: 1 })),
      height / 2,
      view,
    )
    ctx.fillStyle = tokens.ink1
    for (const { at } of index?.flags ?? []) ctx.fillRect(axis.toX(at) - scroll, 0, 7, 5)
  })
  useEffect(() => {
    const element = root.current
    if (!element) return
    const observer = new ResizeObserver(() => resizeTimeline(element.clientWidth))
    observer.observe(element)
    const move = () => {
      const x = xOf(usePlayback.getState().at)
      if (dot.current) dot.current.style.transform = `translateX(${x}px)`
      if (past.current) past.current.style.width = `${Math.max(0, x)}px`
    }
    const stops = [onFrame(move, 3), useTimeline.subscribe(move), usePlayback.subscribe(move)]
    return () => {
      observer.disconnect()
      for (const stop of stops) stop()
    }
  }, [])
  return (
    <div
      ref={root}
      className={styles.track}
      role="slider"
      tabIndex={0}
      aria-label={t.timeline.ruler}
      aria-valuemin={0}
      aria-valuemax={Math.round((index?.until ?? 0) / 1000)}
      aria-valuenow={Math.round(at / 1000)}
      aria-valuetext={playheadText(at)}
      onPointerDown={startScrub}
      onPointerMove={continueScrub}
      onKeyDown={scrubKey}
    >
      <div className={styles.rail} />
      <div ref={past} className={styles.past} />
      <canvas ref={canvas} className={styles.canvas} aria-hidden />
      <div ref={dot} className={styles.dot} />
    </div>
  )
}
