// The timeline: transport, ruler, lanes, convergence and traffic loss, with the playhead over them.
import { ChevronDown } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { useText } from '../i18n/text.ts'
import { DropdownMenu } from '../kit/DropdownMenu.tsx'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import { Bands } from './Bands.tsx'
import { Lanes } from './Lanes.tsx'
import { Playhead } from './Playhead.tsx'
import { Ruler } from './Ruler.tsx'
import { ScrubTrack } from './ScrubTrack.tsx'
import styles from './Timeline.module.css'
import { Transport } from './Transport.tsx'
import { TypeChips } from './TypeChips.tsx'
import { resizeTimeline, startTimeline } from './timeline-store.ts'

function AxisMenu() {
  const t = useText()
  const axis = usePrefs((state) => state.axis)
  const entries: MenuEntry[] = (['activity', 'linear'] as const).map((mode) => ({
    type: 'item',
    id: mode,
    label: t.timeline.axis[mode],
    hint: mode === 'activity' ? t.timeline.axisHint : undefined,
    checked: axis === mode,
    run: () => setPrefs({ axis: mode }),
  }))
  return (
    <DropdownMenu entries={entries} side="top">
      <button type="button" className={styles.axis}>
        <span>{t.timeline.axis[axis]}</span>
        <ChevronDown size={13} aria-hidden />
      </button>
    </DropdownMenu>
  )
}

/** `compact`: one row of buttons and a scrub track, for narrow screens. `lanes`: false folds it to transport and ruler. */
export function Timeline({ compact = false, lanes = true }: { compact?: boolean; lanes?: boolean }) {
  const t = useText()
  const plot = useRef<HTMLDivElement>(null)
  useEffect(startTimeline, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the plot is another element when the form changes
  useEffect(() => {
    const element = plot.current
    if (!element) return
    const observer = new ResizeObserver(() => resizeTimeline(element.clientWidth))
    observer.observe(element)
    return () => observer.disconnect()
  }, [compact])
  if (compact)
    return (
      <section className={styles.compact} aria-label={t.timeline.label} data-region="timeline">
        <div className={styles.transport}>
          <Transport compact />
        </div>
        <ScrubTrack />
      </section>
    )
  return (
    <section className={styles.timeline} aria-label={t.timeline.label} data-region="timeline">
      <div className={styles.transport}>
        <Transport compact={false} />
        <TypeChips />
      </div>
      <div className={styles.grid} data-lanes={lanes || undefined}>
        <AxisMenu />
        <Ruler />
        {lanes ? (
          <>
            <Lanes />
            <Bands />
          </>
        ) : null}
        <div ref={plot} className={styles.over}>
          <Playhead />
        </div>
      </div>
    </section>
  )
}
