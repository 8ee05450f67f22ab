// The bar at the top: scenario, undo, search, language, theme, share.
import { Ellipsis, Moon, PanelRight, Redo2, Search, Share, Sun, Undo2 } from 'lucide-react'
import { useSyncExternalStore } from 'react'
import { shortcutText } from '../actions/keys.ts'
import { redoAloud, undoAloud } from '../actions/perform.ts'
import { toggleLanguage, toggleTheme } from '../actions/view.ts'
import { useText } from '../i18n/text.ts'
import { Button, IconButton } from '../kit/Button.tsx'
import { cx } from '../kit/cx.ts'
import { DropdownMenu } from '../kit/DropdownMenu.tsx'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { openDialog, useDialogs } from '../store/dialogs.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { onThemeChange, themeInForce } from '../theme/apply-theme.ts'
import { Logo } from './Logo.tsx'
import { ScenarioMenu } from './ScenarioMenu.tsx'
import styles from './TopBar.module.css'
import type { Breakpoint } from './use-breakpoint.ts'

function LanguageSwitch() {
  const t = useText()
  const english = usePrefs((state) => state.language === 'en')
  return (
    <Button look="ghost" className={styles.language} aria-label={t.shell.language} onClick={toggleLanguage}>
      <span data-off={english ? undefined : ''} lang="en">
        EN
      </span>
      <span data-off="" aria-hidden>
        /
      </span>
      <span data-off={english ? '' : undefined} lang="zh-CN">
        中文
      </span>
    </Button>
  )
}

function ThemeButton() {
  const t = useText()
  const dark = useSyncExternalStore(onThemeChange, () => themeInForce() === 'dark')
  return (
    <IconButton label={dark ? t.shell.theme.toLight : t.shell.theme.toDark} onClick={toggleTheme}>
      {dark ? <Sun size={17} aria-hidden /> : <Moon size={17} aria-hidden />}
    </IconButton>
  )
}

function UndoRedo() {
  const t = useText()
  const canUndo = useRun((state) => state.canUndo)
  const canRedo = useRun((state) => state.canRedo)
  return (
    <>
      <IconButton
        label={t.shell.undo}
        shortcut={shortcutText('Ctrl+Z')}
        disabled={!canUndo}
        onClick={() => void undoAloud()}
      >
        <Undo2 size={17} aria-hidden />
      </IconButton>
      <IconButton
        label={t.shell.redo}
        shortcut={shortcutText('Ctrl+Shift+Z')}
        disabled={!canRedo}
        onClick={() => void redoAloud()}
      >
        <Redo2 size={17} aria-hidden />
      </IconButton>
    </>
  )
}

/** On a phone the rarer things are in one menu. */
function MoreMenu() {
  const t = useText()
  const canUndo = useRun((state) => state.canUndo)
  const canRedo = useRun((state) => state.canRedo)
  const item = (id: string, label: string, run: () => void, disabled = false): MenuEntry => ({
    type: 'item',
    id,
    label,
    run,
    disabled,
  })
  const entries = [
    item('share', t.shell.share, () => openDialog('share')),
    item('commands', t.shell.command, () => openDialog('commands')),
    item('undo', t.shell.undo, () => void undoAloud(), !canUndo),
    item('redo', t.shell.redo, () => void redoAloud(), !canRedo),
    item('theme', themeInForce() === 'dark' ? t.shell.theme.toLight : t.shell.theme.toDark, toggleTheme),
  ]
  return (
    <DropdownMenu entries={entries} align="end">
      <IconButton label={t.shell.more}>
        <Ellipsis size={18} aria-hidden />
      </IconButton>
    </DropdownMenu>
  )
}

function PanelToggle() {
  const t = useText()
  const panel = useDialogs((state) => state.panel)
  return (
    <IconButton
      label={t.shell.panel}
      aria-pressed={panel}
      shortcut="I"
      onClick={() => useDialogs.setState({ panel: !panel })}
    >
      <PanelRight size={17} aria-hidden />
    </IconButton>
  )
}

function Tools({ form }: { form: Breakpoint }) {
  const t = useText()
  return (
    <>
      <UndoRedo />
      <Button
        className={styles.command}
        aria-label={t.tools.command.title}
        aria-keyshortcuts="Control+K Meta+K"
        onClick={() => openDialog('commands')}
      >
        <Search size={14} aria-hidden />
        <span>{t.shell.command}</span>
        <kbd>{shortcutText('Ctrl+K')}</kbd>
      </Button>
      <LanguageSwitch />
      <ThemeButton />
      {form === 'wide' ? null : <PanelToggle />}
      <Button look="primary" onClick={() => openDialog('share')}>
        <Share size={15} aria-hidden />
        {t.shell.share}
      </Button>
    </>
  )
}

export function TopBar({ form }: { form: Breakpoint }) {
  const t = useText()
  const edited = useRun((state) => state.edited)
  const loading = useRun((state) => state.status === 'loading')
  const narrow = form === 'narrow'
  const named = form === 'wide' || form === 'overlay'
  return (
    <header className={styles.bar} data-region="top" data-form={form}>
      <div className={styles.side}>
        <h1 className={styles.brand}>
          <Logo />
          <span className={named ? undefined : 'visually-hidden'}>{t.shell.appName}</span>
        </h1>
        <span className={styles.rule} aria-hidden />
        <ScenarioMenu />
        {edited && !narrow ? <span className={styles.tag}>{t.shell.edited}</span> : null}
      </div>
      {narrow ? null : <span />}
      <div className={cx(styles.side, styles.end)}>
        {narrow ? (
          <>
            <LanguageSwitch />
            <MoreMenu />
          </>
        ) : (
          <Tools form={form} />
        )}
      </div>
      {loading ? <div className={styles.progress} role="progressbar" aria-label={t.shell.loading} /> : null}
    </header>
  )
}
