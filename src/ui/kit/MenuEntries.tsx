// Draws menu entries with Radix's parts.
import { Check, ChevronRight } from 'lucide-react'
import { DropdownMenu as Parts } from 'radix-ui'
import { cx } from './cx.ts'
import styles from './Menu.module.css'
import type { MenuEntry } from './menu-entry.ts'

function Item({ entry }: { entry: Extract<MenuEntry, { type: 'item' }> }) {
  const inside = (
    <>
      {entry.icon !== undefined || entry.checked !== undefined ? (
        <span className={styles.icon}>{entry.checked ? <Check size={15} aria-hidden /> : entry.icon}</span>
      ) : null}
      <span className={styles.text}>
        {entry.label}
        {entry.hint ? <span className={styles.hint}>{entry.hint}</span> : null}
      </span>
      {entry.shortcut ? <span className={styles.shortcut}>{entry.shortcut}</span> : null}
    </>
  )
  const common = {
    className: cx(styles.item, entry.danger && styles.danger),
    disabled: entry.disabled ?? false,
    onSelect: entry.run,
  }
  if (entry.checked === undefined) return <Parts.Item {...common}>{inside}</Parts.Item>
  return (
    <Parts.CheckboxItem {...common} checked={entry.checked} role="menuitemradio">
      {inside}
    </Parts.CheckboxItem>
  )
}

export function MenuEntries({ entries }: { entries: readonly MenuEntry[] }) {
  return entries.map((entry) => {
    switch (entry.type) {
      case 'separator':
        return <Parts.Separator key={entry.id} className={styles.separator} />
      case 'label':
        return (
          <Parts.Label key={entry.id} className={styles.label}>
            {entry.label}
          </Parts.Label>
        )
      case 'menu':
        return (
          <Parts.Sub key={entry.id}>
            <Parts.SubTrigger className={styles.item}>
              {entry.icon ? <span className={styles.icon}>{entry.icon}</span> : null}
              <span className={styles.text}>{entry.label}</span>
              <ChevronRight size={14} aria-hidden />
            </Parts.SubTrigger>
            <Parts.Portal container={document.querySelector('main')}>
              <Parts.SubContent className={styles.menu} sideOffset={4} collisionPadding={8}>
                <MenuEntries entries={entry.entries} />
              </Parts.SubContent>
            </Parts.Portal>
          </Parts.Sub>
        )
      default:
        return <Item key={entry.id} entry={entry} />
    }
  })
}
