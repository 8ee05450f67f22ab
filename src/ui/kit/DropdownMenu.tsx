// A button that opens a menu.
import { DropdownMenu as Radix } from 'radix-ui'
import type { ReactElement } from 'react'
import styles from './Menu.module.css'
import { MenuEntries } from './MenuEntries.tsx'
import type { MenuEntry } from './menu-entry.ts'

interface Props {
  entries: readonly MenuEntry[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** The button. */
  children: ReactElement
}

export function DropdownMenu({ entries, align = 'start', side = 'bottom', children }: Props) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} align={align} side={side} sideOffset={6} collisionPadding={8}>
          <MenuEntries parts={Radix} entries={entries} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
