// Commands that change what is seen, not what happens.
import { text } from '../i18n/text.ts'
import { fitAll, zoomBy, zoomTo100 } from '../stage/camera.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import { themeInForce } from '../theme/apply-theme.ts'
import type { Command } from './types.ts'

export const INSPECTOR_WIDTH = { least: 320, most: 560, step: 40 }

export function toggleTheme(): void {
  setPrefs({ theme: themeInForce() === 'dark' ? 'light' : 'dark' })
}

export function toggleLanguage(): void {
  setPrefs({ language: usePrefs.getState().language === 'en' ? 'zh-CN' : 'en' })
}

export function widenInspector(by: number): void {
  const { inspectorWidth } = usePrefs.getState()
  const { least, most } = INSPECTOR_WIDTH
  setPrefs({ inspectorWidth: Math.max(least, Math.min(most, inspectorWidth + by)) })
}

function toggleDock(dock: 'terminal' | 'editor'): void {
  setPrefs({ dock: usePrefs.getState().dock === dock ? 'closed' : dock })
}

export function viewCommands(): Command[] {
  const t = text().tools.command
  const view = (id: string, label: string, shortcut: string | null, run: () => void): Command => ({
    id,
    group: 'view',
    label,
    run,
    ...(shortcut === null ? {} : { shortcut }),
  })
  const prefs = usePrefs.getState
  return [
    view('fit', t.fit, 'Shift+1', () => fitAll()),
    view('actual', t.actual, 'Shift+2', zoomTo100),
    view('zoom-in', t.zoomIn, '=', () => zoomBy(1)),
    view('zoom-out', t.zoomOut, '-', () => zoomBy(-1)),
    view('inspector', t.inspector, 'I', () => setPrefs({ inspector: !prefs().inspector })),
    view('wider', t.wider, '[', () => widenInspector(INSPECTOR_WIDTH.step)),
    view('narrower', t.narrower, ']', () => widenInspector(-INSPECTOR_WIDTH.step)),
    view('terminal', t.terminal, 'Ctrl+`', () => toggleDock('terminal')),
    view('narrator', t.narrator, null, () => setPrefs({ narrator: !prefs().narrator })),
    view('theme', t.theme, null, toggleTheme),
    view('language', t.language, null, toggleLanguage),
    view('motion', t.motion, null, () => setPrefs({ reducedMotion: !prefs().reducedMotion })),
    { id: 'yaml', group: 'config', label: t.yaml, shortcut: 'Y', run: () => toggleDock('editor') },
  ]
}
