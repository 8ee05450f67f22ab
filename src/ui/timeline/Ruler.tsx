// The ruler: true times on the warped axis, flags of what a person did, and the playhead as a slider.
import { Box, FileText, Flag, GitFork, Link2, Power, Router, Scissors, SquareTerminal, Trash2 } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { Action, ActionName, FlagView } from '../../sim/index.ts'
import { actionText } from '../events/sentences.ts'
import { useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { Tooltip } from '../kit/Tooltip.tsx'
import { pause, seek } from '../player/player.ts'
import { hostNames } from '../stage/host-names.ts'
import { shortNames } from '../stage/short-name.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'
import { useSlow } from '../store/use-slow.ts'
import { readTokens } from '../theme/tokens.ts'
import { paintRuler } from './paint-lanes.ts'
import { attachWheel, continueScrub, playheadText, scrubKey, startScrub } from './scrub.ts'
import styles from './Timeline.module.css'
import { useTimeline } from './timeline-store.ts'
import { usePlotCanvas } from './use-plot-canvas.ts'

const ICONS: Partial<Record<ActionName, typeof Flag>> = {
  'add-node': Box,
  'add-host': Router,
  'remove-host': Trash2,
  'power-off': Power,
  'power-on': Power,
  'cut-link': Scissors,
  'mend-link': Link2,
  apply: FileText,
  delete: FileText,
  'create-pod': Box,
  'delete-pod': Box,
  exec: SquareTerminal,
  'set-bird-conf': FileText,
}

const FLAG_WIDTH = { most: 150, least: 22 } as const

interface FlagPlace {
  flag: FlagView
  x: number
  /** As much as the next flag leaves, at most 150; without words only the icon's. */
  width: number
  words: boolean
}

function placesOf(flags: readonly FlagView[]): FlagPlace[] {
  const { axis, scroll, width: plot } = useTimeline.getState()
  const xs = flags.map(({ at }) => axis.toX(at) - scroll)
  return flags.map((flag, i) => {
    const room = (xs[i + 1] ?? plot) - xs[i]!
    const words = room > 64
    return { flag, x: xs[i]!, words, width: words ? Math.min(FLAG_WIDTH.most, room - 4) : FLAG_WIDTH.least }
  })
}

function iconOf(action: Action) {
  return ICONS[action.action] ?? Flag
}

/** Without the beginning that the names of all hosts share. */
function shortened(label: string): string {
  const { index } = useRun.getState()
  if (!index) return label
  let short = label
  for (const { head } of shortNames(hostNames(index)).values()) if (head !== '') short = short.replaceAll(head, '')
  return short
}

function FlagMark({ flag, x, width, words }: FlagPlace) {
  const t = useText()
  const Icon = iconOf(flag.action)
  const label = actionText(flag.action, t.events)
  return (
    <Tooltip text={t.timeline.flag(clock(flag.at), label)} side="top">
      <button
        type="button"
        className={styles.flag}
        style={{ left: x, maxWidth: width }}
        aria-label={t.timeline.flag(clock(flag.at), label)}
        onClick={() => {
          pause()
          seek(flag.at)
        }}
      >
        <Icon size={12} aria-hidden />
        {words ? <span>{shortened(label)}</span> : null}
      </button>
    </Tooltip>
  )
}

function Flags() {
  const t = useText()
  const flags = useRun((state) => state.index?.flags)
  const branches = useRun((state) => state.branches)
  const { axis, scroll, width } = useTimeline()
  if (!flags) return null
  const places = placesOf(flags)
  return (
    <>
      {places.map((place) =>
        place.x < -FLAG_WIDTH.most || place.x > width ? null : (
          <FlagMark key={`${place.flag.index} ${place.flag.at}`} {...place} />
        ),
      )}
      {branches.map(({ id, name, forkedAt }) => {
        const x = forkedAt === null ? -1 : axis.toX(forkedAt) - scroll
        if (forkedAt === null || x < 0 || x > width) return null
        const words = t.timeline.fork(name, clock(forkedAt))
        return (
          <span key={id} className={styles.fork} style={{ left: x }} role="img" aria-label={words} title={words}>
            <GitFork size={12} aria-hidden />
          </span>
        )
      })}
    </>
  )
}

function Slider() {
  const t = useText()
  const slider = useRef<HTMLDivElement>(null)
  const at = useSlow(usePlayback, (state) => state.at)
  const until = useRun((state) => state.index?.until ?? 0)
  useEffect(() => (slider.current ? attachWheel(slider.current) : undefined), [])
  return (
    <div
      ref={slider}
      className={styles.slider}
      role="slider"
      tabIndex={0}
      aria-label={t.timeline.ruler}
      aria-valuemin={0}
      aria-valuemax={Math.round(until / 1000)}
      aria-valuenow={Math.round(at / 1000)}
      aria-valuetext={playheadText(at)}
      onPointerDown={startScrub}
      onPointerMove={continueScrub}
      onKeyDown={scrubKey}
    />
  )
}

export function Ruler() {
  const canvas = useRef<HTMLCanvasElement>(null)
  usePlotCanvas(canvas, (ctx, size) => {
    const { axis, scroll } = useTimeline.getState()
    const flags = placesOf(useRun.getState().index?.flags ?? [])
    paintRuler(ctx, { tokens: readTokens(), axis, scroll, ...size }, flags)
  })
  return (
    <div className={styles.ruler}>
      <canvas ref={canvas} className={styles.canvas} aria-hidden />
      <Slider />
      <Flags />
    </div>
  )
}
