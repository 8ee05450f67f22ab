// The page: workspace and the dialogs over it.
import { lazy, Suspense, useEffect, useState } from 'react'
import { useText } from './i18n/text.ts'
import { TooltipHost } from './kit/Tooltip.tsx'
import { acceptDrops } from './share/files.ts'
import { watchKeyboard } from './shell/keyboard.ts'
import styles from './shell/Workspace.module.css'
import { Workspace } from './shell/Workspace.tsx'
import { useDialogs } from './store/dialogs.ts'

const ShortcutSheet = lazy(() => import('./shell/ShortcutSheet.tsx'))
const TroubleDialog = lazy(() => import('./shell/TroubleDialog.tsx'))
const ShareDialog = lazy(() => import('./share/ShareDialog.tsx'))
const CommandPalette = lazy(() => import('./palette/CommandPalette.tsx'))

export function App() {
  const t = useText()
  const open = useDialogs((state) => state.open)
  const trouble = useDialogs((state) => state.trouble)
  const [fileOver, setFileOver] = useState(false)
  useEffect(() => {
    const stops = [watchKeyboard(), acceptDrops(setFileOver)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  return (
    <>
      <Workspace />
      <Suspense fallback={null}>
        {open === 'share' ? <ShareDialog /> : null}
        {open === 'commands' ? <CommandPalette /> : null}
        {open === 'shortcuts' ? <ShortcutSheet /> : null}
        {trouble === null ? null : <TroubleDialog trouble={trouble} />}
      </Suspense>
      {fileOver ? <div className={styles.veil}>{t.shell.dropFile}</div> : null}
      <TooltipHost />
    </>
  )
}
