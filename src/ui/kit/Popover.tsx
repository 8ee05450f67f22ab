// A small panel beside its button.
import { cloneElement, type ReactElement, type ReactNode, Suspense, useId, useRef, useState } from 'react'
import type { Rect } from './FloatingMenu.tsx'
import { LazyPanel } from './floating.ts'

interface Props {
  label: string
  content: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement<Record<string, unknown>>
}

export function Popover({ label, content, align = 'start', side = 'bottom', children }: Props) {
  const id = useId()
  const [rect, setRect] = useState<Rect | null>(null)
  const wasOpen = useRef(false)
  const button = cloneElement(children, {
    id,
    'aria-haspopup': 'dialog',
    'aria-expanded': rect !== null,
    onPointerDown: () => {
      wasOpen.current = rect !== null
    },
    onClick: () => {
      const box = document.getElementById(id)?.getBoundingClientRect()
      if (box && !wasOpen.current) setRect({ left: box.left, top: box.top, width: box.width, height: box.height })
      wasOpen.current = false
    },
  })
  return (
    <>
      {button}
      {rect ? (
        <Suspense fallback={null}>
          <LazyPanel
            {...{ label, content, rect, align, side }}
            onClose={() => setRect(null)}
            returnTo={() => document.getElementById(id)}
          />
        </Suspense>
      ) : null}
    </>
  )
}
