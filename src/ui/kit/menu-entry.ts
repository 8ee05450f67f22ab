// What stands in a menu, as data: the same entries serve drop-down menus and context menus.
import type { ReactNode } from 'react'

export type MenuEntry =
  | {
      type: 'item'
      id: string
      label: string
      run: () => void
      icon?: ReactNode
      /** A second, smaller line. */
      hint?: string | undefined
      shortcut?: string | undefined
      disabled?: boolean
      danger?: boolean
      /** Shown with a check mark; makes it one of several choices. */
      checked?: boolean
    }
  | { type: 'separator'; id: string }
  | { type: 'label'; id: string; label: string }
  | { type: 'menu'; id: string; label: string; icon?: ReactNode; entries: readonly MenuEntry[] }
