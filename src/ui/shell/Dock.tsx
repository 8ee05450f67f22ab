// Terminal and editor below the stage, loaded when they are first opened.
import { X } from 'lucide-react'
import { lazy, Suspense } from 'react'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../kit/Button.tsx'
import { ToggleGroup } from '../kit/ToggleGroup.tsx'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import styles from './Workspace.module.css'

const Terminal = lazy(() => import('../terminal/Terminal.tsx'))
const Editor = lazy(() => import('../editor/Editor.tsx'))

export function Dock() {
  const t = useText()
  const dock = usePrefs((state) => state.dock)
  if (dock === 'closed') return null
  const options = (['terminal', 'editor'] as const).map((value) => ({ value, label: t.shell.dockTabs[value] }))
  return (
    <section className={styles.dock} data-region="dock" aria-label={t.shell.dock}>
      <div className={styles.dockHead}>
        <ToggleGroup
          label={t.shell.dock}
          options={options}
          value={dock}
          onChange={(value) => setPrefs({ dock: value })}
        />
        <IconButton label={t.shell.closeDock} onClick={() => setPrefs({ dock: 'closed' })}>
          <X size={16} aria-hidden />
        </IconButton>
      </div>
      <div className={styles.fill}>
        <Suspense fallback={<p className={styles.waiting}>{t.shell.loadingPart}</p>}>
          {dock === 'terminal' ? <Terminal /> : <Editor />}
        </Suspense>
      </div>
    </section>
  )
}
