// Draws menu entries with either of Radix's two menus, which share their parts' names.
import { Check, ChevronRight } from 'lucide-react'
import type { ContextMenu, DropdownMenu } from 'radix-ui'
import { cx } from './cx.ts'
import styles from './Menu.module.css'
import type { MenuEntry } from './menu-entry.ts'

type Parts = typeof DropdownMenu | typeof ContextMenu
interface Props {
  parts: Parts
  entries: readonly MenuEntry[]
}

function Item({ parts, entry }: { parts: Parts; entry: Extract<MenuEntry, { type: 'item' }> }) {
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
  if (entry.checked === undefined) return <parts.Item {...common}>{inside}</parts.Item>
  return (
    <parts.CheckboxItem {...common} checked={entry.checked} role="menuitemradio">
      {inside}
    </parts.CheckboxItem>
  )
}

export function MenuEntries({ parts, entries }: Props) {
  return entries.map((entry) => {
    switch (entry.type) {
      case 'separator':
        return <parts.Separator key={entry.id} className={styles.separator} />
      case 'label':
        return (
          <parts.Label key={entry.id} className={styles.label}>
            {entry.label}
          </parts.Label>
        )
      case 'menu':
        return (
          <parts.Sub key={entry.id}>
            <parts.SubTrigger className={styles.item}>
              {entry.icon ? <span className={styles.icon}>{entry.icon}</span> : null}
              <span className={styles.text}>{entry.label}</span>
              <ChevronRight size={14} aria-hidden />
            </parts.SubTrigger>
            <parts.Portal>
              <parts.SubContent className={styles.menu} sideOffset={4} collisionPadding={8}>
                <MenuEntries parts={parts} entries={entry.entries} />
              </parts.SubContent>
            </parts.Portal>
          </parts.Sub>
        )
      default:
        return <Item key={entry.id} parts={parts} entry={entry} />
    }
  })
}
