// Ctrl+K: find and run anything.
import { Search } from 'lucide-react'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { shortcutText } from '../actions/keys.ts'
import { useText } from '../i18n/text.ts'
import { Dialog } from '../kit/Dialog.tsx'
import { openDialog } from '../store/dialogs.ts'
import styles from './CommandPalette.module.css'
import { findEntries, type PaletteEntry } from './entries.ts'

let recent: readonly string[] = []

function runEntry(entry: PaletteEntry): void {
  recent = [entry.id, ...recent.filter((id) => id !== entry.id)].slice(0, 5)
  openDialog(null)
  entry.run()
}

export default function CommandPalette() {
  const t = useText()
  const [query, setQuery] = useState('')
  const [chosen, setChosen] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const entries = useMemo(() => findEntries(query, recent), [query])
  const current = Math.min(chosen, entries.length - 1)
  const move = (to: number) => {
    const next = (to + entries.length) % Math.max(1, entries.length)
    setChosen(next)
    list.current?.children[next]?.scrollIntoView({ block: 'nearest' })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') move(current + 1)
    else if (event.key === 'ArrowUp') move(current - 1)
    else if (event.key === 'Enter') {
      const entry = entries[current]
      if (entry) runEntry(entry)
    } else return
    event.preventDefault()
  }
  return (
    <Dialog open onClose={() => openDialog(null)} title={t.tools.command.title} width={600} bare>
      <div className={styles.search}>
        <Search size={17} aria-hidden />
        <input
          role="combobox"
          aria-expanded
          aria-controls="command-list"
          aria-activedescendant={current >= 0 ? `command-${current}` : undefined}
          aria-label={t.tools.command.title}
          placeholder={t.tools.command.placeholder}
          value={query}
          spellCheck={false}
          onChange={(event) => {
            setQuery(event.target.value)
            setChosen(0)
          }}
          onKeyDown={onKeyDown}
        />
      </div>
      {entries.length === 0 ? <p className={styles.none}>{t.tools.command.none}</p> : null}
      <div
        ref={list}
        id="command-list"
        role="listbox"
        aria-label={t.tools.command.title}
        className={styles.list}
        tabIndex={-1}
      >
        {entries.map((entry, index) => (
          // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names its active option
          // biome-ignore lint/a11y/useKeyWithClickEvents: Enter in the combobox runs it
          <div
            key={entry.id}
            id={`command-${index}`}
            role="option"
            aria-selected={index === current}
            className={styles.option}
            onPointerMove={() => setChosen(index)}
            onClick={() => runEntry(entry)}
          >
            <span className={styles.label}>{entry.label}</span>
            <span className={styles.group}>{t.tools.command.groups[entry.group]}</span>
            {entry.shortcut ? <kbd>{shortcutText(entry.shortcut)}</kbd> : null}
          </div>
        ))}
      </div>
    </Dialog>
  )
}
