// The panel of a Popover, beside a rectangle of the screen; a chunk of its own like the menus.
import { Popover as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import type { Rect } from './FloatingMenu.tsx'
import styles from './Popover.module.css'

interface Props {
  label: string
  content: ReactNode
  rect: Rect
  align: 'start' | 'center' | 'end'
  side: 'top' | 'right' | 'bottom' | 'left'
  onClose: () => void
  returnTo: () => HTMLElement | null
}

export default function FloatingPanel({ label, content, rect, align, side, onClose, returnTo }: Props) {
  return (
    <Radix.Root open onOpenChange={(open) => !open && onClose()}>
      <Radix.Anchor asChild>
        <span aria-hidden style={{ position: 'fixed', pointerEvents: 'none', ...rect }} />
      </Radix.Anchor>
      <Radix.Portal container={document.querySelector('main')}>
        <Radix.Content
          className={styles.panel}
          aria-label={label}
          align={align}
          side={side}
          sideOffset={6}
          collisionPadding={8}
          onCloseAutoFocus={(event) => {
            event.preventDefault()
            returnTo()?.focus()
          }}
        >
          {content}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
