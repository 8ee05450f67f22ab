// The page: workspace and the dialogs over it.
import { lazy, Suspense, useEffect, useState } from 'react'
import { useText } from './i18n/text.ts'
import { TooltipProvider } from './kit/Tooltip.tsx'
import { acceptDrops } from './share/files.ts'
import { watchKeyboard } from './shell/keyboard.ts'
import { ShortcutSheet } from './shell/ShortcutSheet.tsx'
import { TroubleDialog } from './shell/TroubleDialog.tsx'
import styles from './shell/Workspace.module.css'
import { Workspace } from './shell/Workspace.tsx'
import { useDialogs } from './store/dialogs.ts'

const ShareDialog = lazy(() => import('./share/ShareDialog.tsx'))
const CommandPalette = lazy(() => import('./palette/CommandPalette.tsx'))

export function App() {
  const t = useText()
  const open = useDialogs((state) => state.open)
  const [fileOver, setFileOver] = useState(false)
  useEffect(() => {
    const stops = [watchKeyboard(), acceptDrops(setFileOver)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  return (
    <TooltipProvider>
      <Workspace />
      <Suspense fallback={null}>
        {open === 'share' ? <ShareDialog /> : null}
        {open === 'commands' ? <CommandPalette /> : null}
      </Suspense>
      <ShortcutSheet />
      <TroubleDialog />
      {fileOver ? <div className={styles.veil}>{t.shell.dropFile}</div> : null}
    </TooltipProvider>
  )
}
