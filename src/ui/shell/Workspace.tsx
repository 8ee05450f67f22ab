// Where everything stands, in the four forms of the page (ux.md 2).
import { type CSSProperties, lazy, Suspense, useEffect } from 'react'
import { useText } from '../i18n/text.ts'
import { useOpenMessage } from '../inspector/message/message-view.ts'
import { Narrator } from '../narrator/Narrator.tsx'
import { Rail } from '../palette/Rail.tsx'
import { Stage } from '../stage/Stage.tsx'
import { useDialogs } from '../store/dialogs.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import { useSelection } from '../store/selection.ts'
import { Timeline } from '../timeline/Timeline.tsx'
import { AddButton } from './AddButton.tsx'
import { Dock } from './Dock.tsx'
import { FirstVisit } from './FirstVisit.tsx'
import { focusRegion } from './keyboard.ts'
import { LateEventList } from './late-parts.tsx'
import { Panel } from './Panel.tsx'
import { ResizeHandle } from './ResizeHandle.tsx'
import { Stopped } from './Stopped.tsx'
import { Toasts } from './Toasts.tsx'
import { TopBar } from './TopBar.tsx'
import { type Breakpoint, useBreakpoint } from './use-breakpoint.ts'
import styles from './Workspace.module.css'

const MessageInspector = lazy(() => import('../inspector/message/MessageInspector.tsx'))

/** Folded: the transport and the ruler. */
const TIMELINE = { least: 92, most: 420, folded: 69 }

function SkipLinks() {
  const t = useText()
  return (
    <nav className={styles.skips} aria-label={t.shell.skip.label}>
      {(['stage', 'timeline', 'inspector'] as const).map((region) => (
        <a
          key={region}
          href={`#${region}`}
          onClick={(event) => {
            event.preventDefault()
            const target = document.querySelector<HTMLElement>(`[data-region="${region}"]`)
            if (target) focusRegion(target)
          }}
        >
          {t.shell.skip[region]}
        </a>
      ))}
    </nav>
  )
}

/** Whether the inspector is on screen in this form. */
function usePanelShown(form: Breakpoint): boolean {
  const column = usePrefs((state) => state.inspector)
  const over = useDialogs((state) => state.panel)
  if (form === 'wide') return column
  return form === 'narrow' || over
}

function Time({ form }: { form: Breakpoint }) {
  const t = useText()
  const height = usePrefs((state) => state.timelineHeight)
  const folded = usePrefs((state) => state.dock !== 'closed') && form !== 'narrow'
  return (
    <div className={styles.time}>
      {folded || form === 'narrow' ? null : (
        <ResizeHandle
          label={t.timeline.label}
          axis="y"
          value={height}
          {...{ least: TIMELINE.least, most: TIMELINE.most }}
          onChange={(timelineHeight) => setPrefs({ timelineHeight })}
        />
      )}
      <Timeline compact={form === 'narrow'} lanes={!folded} />
    </div>
  )
}

export function Workspace() {
  const form = useBreakpoint()
  const panel = usePanelShown(form)
  const message = useOpenMessage()
  const { inspectorWidth, timelineHeight, dock } = usePrefs()
  const columns = form === 'wide' || form === 'overlay'
  useEffect(
    () =>
      useSelection.subscribe((now, before) => {
        if (now.selection === null || now.selection === before.selection) return
        // Who looks into something has begun: the first-visit card makes room.
        setPrefs({ welcomed: true })
        useDialogs.setState({ panel: true, welcome: false })
      }),
    [],
  )
  const style = {
    '--panel-width': `${inspectorWidth}px`,
    '--timeline-height': `${dock === 'closed' ? timelineHeight : TIMELINE.folded}px`,
  } as CSSProperties
  return (
    <div className={styles.page} data-form={form} data-panel={panel ? 'open' : 'closed'} style={style}>
      <SkipLinks />
      <TopBar form={form} />
      {columns ? <Rail /> : null}
      <main className={styles.main}>
        <div className={styles.stage}>
          {message === null ? (
            <Stage />
          ) : (
            <Suspense>
              <MessageInspector />
            </Suspense>
          )}
          {form === 'narrow' || message !== null ? null : <Narrator place="over" />}
          {form === 'medium' ? <AddButton /> : null}
          {form === 'wide' && panel ? null : <FirstVisit place="over" />}
          <Stopped />
          <Toasts />
        </div>
        {panel ? <Panel form={form} /> : null}
        <Time form={form} />
        {columns ? (
          <div className={styles.events}>
            <LateEventList />
          </div>
        ) : null}
        <Dock />
      </main>
    </div>
  )
}
