// Commands of the page as a whole: undo, share, files, scenarios, help.
import { localized, text } from '../i18n/text.ts'
import { play } from '../player/player.ts'
import { BLANK_DOCUMENT } from '../share/blank.ts'
import { chooseFile, openText, saveFile } from '../share/files.ts'
import { openDialog, showTrouble, useDialogs } from '../store/dialogs.ts'
import { setPrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { openBuiltIn, useScenarios } from '../store/scenarios.ts'
import { redoAloud, undoAloud } from './perform.ts'
import type { Command } from './types.ts'

/** Opens a built-in scenario, remembers it in the address, and plays it. */
export async function chooseScenario(name: string): Promise<void> {
  useDialogs.setState({ welcome: false })
  setPrefs({ welcomed: true })
  const outcome = await openBuiltIn(name)
  if (outcome === null || outcome === 'overtaken') return
  if (outcome.ok) {
    history.replaceState(null, '', `#lab=${name}`)
    play()
  } else showTrouble({ what: 'scenario', message: null, problems: outcome.problems, readable: null })
}

export function startBlank(): void {
  setPrefs({ welcomed: true })
  void openText(BLANK_DOCUMENT, 'scenario')
}

export function pageCommands(): Command[] {
  const t = text().tools.command
  const scenarios = useScenarios.getState().list.map(
    ({ name, title }): Command => ({
      id: `open ${name}`,
      group: 'scenario',
      label: t.openScenario(localized(title)),
      run: () => void chooseScenario(name),
    }),
  )
  const run = useRun.getState
  return [
    {
      id: 'undo',
      group: 'page',
      label: t.undo,
      shortcut: 'Ctrl+Z',
      available: () => run().canUndo,
      run: () => void undoAloud(),
    },
    {
      id: 'redo',
      group: 'page',
      label: t.redo,
      shortcut: 'Ctrl+Shift+Z',
      available: () => run().canRedo,
      run: () => void redoAloud(),
    },
    { id: 'share', group: 'page', label: t.share, shortcut: 'Ctrl+S', run: () => openDialog('share') },
    { id: 'save', group: 'page', label: t.save, run: () => void saveFile() },
    { id: 'open-file', group: 'scenario', label: t.open, shortcut: 'Ctrl+I', run: chooseFile },
    { id: 'blank', group: 'scenario', label: t.blank, run: startBlank },
    ...scenarios,
    { id: 'palette', group: 'page', label: t.palette, shortcut: 'Ctrl+K', run: () => openDialog('commands') },
    { id: 'shortcuts', group: 'page', label: t.shortcuts, shortcut: '?', run: () => openDialog('shortcuts') },
  ]
}
