// The menu itself, beside a rectangle of the screen. Loaded when the first menu is wanted: Radix's menus are a fifth of the
// page, and nothing needs them before a person does.
import { DropdownMenu as Radix } from 'radix-ui'
import styles from './Menu.module.css'
import { MenuEntries } from './MenuEntries.tsx'
import type { MenuEntry } from './menu-entry.ts'

export interface Rect {
  left: number
  top: number
  width: number
  height: number
}

export interface FloatingMenuProps {
  entries: readonly MenuEntry[]
  rect: Rect
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** Id of the element that names it. */
  labelledBy?: string | undefined
  label?: string | undefined
  onClose: () => void
  /** Gets the focus back. */
  returnTo: () => HTMLElement | null
}

export default function FloatingMenu(props: FloatingMenuProps) {
  const { entries, rect, align = 'start', side = 'bottom', onClose, returnTo } = props
  const place = { position: 'fixed', pointerEvents: 'none', ...rect } as const
  return (
    <Radix.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Radix.Trigger asChild>
        <span aria-hidden tabIndex={-1} style={place} />
      </Radix.Trigger>
      <Radix.Portal container={document.querySelector('main')}>
        <Radix.Content
          className={styles.menu}
          align={align}
          side={side}
          sideOffset={rect.width === 0 ? 2 : 6}
          collisionPadding={8}
          aria-labelledby={props.labelledBy}
          aria-label={props.label}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            returnTo()?.focus()
          }}
        >
          <MenuEntries entries={entries} />
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
