// The scenario on screen, and the way to another one: built in, blank, or from a file.
import { ChevronDown, FilePlus2, FolderOpen, Save } from 'lucide-react'
import { chooseScenario, startBlank } from '../actions/page.ts'
import { localized, useText } from '../i18n/text.ts'
import { Button } from '../kit/Button.tsx'
import { DropdownMenu } from '../kit/DropdownMenu.tsx'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { chooseFile, saveFile } from '../share/files.ts'
import { storageBlocked } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { useScenarios } from '../store/scenarios.ts'
import styles from './TopBar.module.css'

export function ScenarioMenu() {
  const t = useText()
  const title = useRun((state) => state.title)
  const { list, current } = useScenarios()
  const entries: MenuEntry[] = [
    { type: 'label', id: 'scenarios', label: t.shell.scenarios },
    ...list.map(
      ({ name, title: each }): MenuEntry => ({
        type: 'item',
        id: name,
        label: localized(each),
        checked: name === current,
        run: () => void chooseScenario(name),
      }),
    ),
    { type: 'separator', id: 'line' },
    { type: 'item', id: 'blank', label: t.shell.blank, icon: <FilePlus2 size={15} aria-hidden />, run: startBlank },
    {
      type: 'item',
      id: 'open',
      label: t.shell.openFile,
      icon: <FolderOpen size={15} aria-hidden />,
      shortcut: 'Ctrl+I',
      run: chooseFile,
    },
    {
      type: 'item',
      id: 'save',
      label: t.shell.saveFile,
      icon: <Save size={15} aria-hidden />,
      run: () => void saveFile(),
    },
  ]
  if (storageBlocked()) entries.push({ type: 'label', id: 'blocked', label: t.shell.storageBlocked })
  const shown = localized(title) || t.shell.noTitle
  return (
    <DropdownMenu entries={entries}>
      <Button className={styles.scenario} aria-label={`${t.shell.scenario}: ${shown}`}>
        <span>{shown}</span>
        <ChevronDown size={14} aria-hidden />
      </Button>
    </DropdownMenu>
  )
}
