// The menu of right click, Shift+F10 and long press. Its entries are asked for when it opens.
import { ContextMenu as Radix } from 'radix-ui'
import { type ReactElement, useState } from 'react'
import styles from './Menu.module.css'
import { MenuEntries } from './MenuEntries.tsx'
import type { MenuEntry } from './menu-entry.ts'

interface Props {
  /** Called when it opens; the event's point is already known to whoever listens on the child. Empty: no menu. */
  entries: () => readonly MenuEntry[]
  children: ReactElement
}

export function ContextMenu({ entries, children }: Props) {
  const [shown, setShown] = useState<readonly MenuEntry[]>([])
  return (
    <Radix.Root modal={false} onOpenChange={(open) => open && setShown(entries())}>
      <Radix.Trigger asChild>{children}</Radix.Trigger>
      <Radix.Portal>
        <Radix.Content className={styles.menu} collisionPadding={8}>
          <MenuEntries parts={Radix} entries={shown} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
