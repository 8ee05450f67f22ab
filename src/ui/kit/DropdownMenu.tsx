// A button that opens a menu.
import { cloneElement, type KeyboardEvent, type ReactElement, Suspense, useId, useRef, useState } from 'react'
import type { Rect } from './FloatingMenu.tsx'
import { LazyMenu } from './floating.ts'
import type { MenuEntry } from './menu-entry.ts'

interface Props {
  entries: readonly MenuEntry[]
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  /** The button. */
  children: ReactElement<Record<string, unknown>>
}

export function DropdownMenu({ entries, align = 'start', side = 'bottom', children }: Props) {
  const id = useId()
  const [rect, setRect] = useState<Rect | null>(null)
  const wasOpen = useRef(false)
  const open = () => {
    const box = document.getElementById(id)?.getBoundingClientRect()
    if (box) setRect({ left: box.left, top: box.top, width: box.width, height: box.height })
  }
  const button = cloneElement(children, {
    id,
    'aria-haspopup': 'menu',
    'aria-expanded': rect !== null,
    // The menu closes itself when this button is pressed; the click that follows must not open it again.
    onPointerDown: () => {
      wasOpen.current = rect !== null
    },
    onClick: () => {
      if (!wasOpen.current) open()
      wasOpen.current = false
    },
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      open()
    },
  })
  return (
    <>
      {button}
      {rect ? (
        <Suspense fallback={null}>
          <LazyMenu
            entries={entries}
            rect={rect}
            align={align}
            side={side}
            labelledBy={id}
            onClose={() => setRect(null)}
            returnTo={() => document.getElementById(id)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
