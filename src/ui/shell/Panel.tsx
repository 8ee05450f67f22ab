// The inspector: a column where there is room, over the stage where there is not; then the event list is its second tab.
import { X } from 'lucide-react'
import { useState } from 'react'
import { INSPECTOR_WIDTH } from '../actions/view.ts'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../kit/Button.tsx'
import { ToggleGroup } from '../kit/ToggleGroup.tsx'
import { Narrator } from '../narrator/Narrator.tsx'
import { useDialogs } from '../store/dialogs.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import { FirstVisit } from './FirstVisit.tsx'
import { LateEventList, LateInspector } from './late-parts.tsx'
import { ResizeHandle } from './ResizeHandle.tsx'
import type { Breakpoint } from './use-breakpoint.ts'
import styles from './Workspace.module.css'

function Tabbed() {
  const t = useText()
  const [tab, setTab] = useState<'inspector' | 'events'>('inspector')
  const options = (['inspector', 'events'] as const).map((value) => ({ value, label: t.shell.panelTabs[value] }))
  return (
    <>
      <div className={styles.panelTabs}>
        <ToggleGroup label={t.shell.panel} options={options} value={tab} onChange={setTab} />
      </div>
      <div className={styles.fill}>{tab === 'inspector' ? <LateInspector /> : <LateEventList />}</div>
    </>
  )
}

export function Panel({ form }: { form: Breakpoint }) {
  const t = useText()
  const width = usePrefs((state) => state.inspectorWidth)
  const tabbed = form === 'medium' || form === 'narrow'
  return (
    <section className={styles.panel} data-region="inspector" aria-label={t.shell.panelTabs.inspector} id="inspector">
      {form === 'wide' ? (
        <ResizeHandle
          label={t.shell.resizeInspector}
          axis="x"
          value={width}
          {...{ least: INSPECTOR_WIDTH.least, most: INSPECTOR_WIDTH.most }}
          onChange={(inspectorWidth) => setPrefs({ inspectorWidth })}
        />
      ) : null}
      {form === 'overlay' || form === 'medium' ? (
        <IconButton
          className={styles.closePanel}
          label={t.shell.close}
          onClick={() => useDialogs.setState({ panel: false })}
        >
          <X size={16} aria-hidden />
        </IconButton>
      ) : null}
      {tabbed || form === 'overlay' ? null : <FirstVisit place="column" />}
      {form === 'narrow' ? <Narrator place="below" /> : null}
      {tabbed ? (
        <Tabbed />
      ) : (
        <div className={styles.fill}>
          <LateInspector />
        </div>
      )}
    </section>
  )
}
