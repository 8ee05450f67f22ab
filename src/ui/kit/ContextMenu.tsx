// The menu of right click, Shift+F10 and long press. Its entries are asked for when it opens.
import { cloneElement, type MouseEvent, type PointerEvent, type ReactElement, Suspense, useRef, useState } from 'react'
import { LazyMenu } from './floating.ts'
import type { MenuEntry } from './menu-entry.ts'

interface Props {
  /** Called when it opens; the event's point is already known to whoever listens on the child. Empty: no menu. */
  entries: () => readonly MenuEntry[]
  label: string
  children: ReactElement<Record<string, unknown>>
}

const LONG_PRESS_MS = 450
const STILL = 8

interface Shown {
  entries: readonly MenuEntry[]
  x: number
  y: number
  from: HTMLElement | null
}

/** A finger that rests: told to the element as the right click it stands for. */
function useLongPress() {
  const press = useRef<{ timer: ReturnType<typeof setTimeout>; x: number; y: number } | null>(null)
  const stop = () => {
    if (press.current) clearTimeout(press.current.timer)
    press.current = null
  }
  return {
    onPointerDown: ({ pointerType, clientX, clientY, target }: PointerEvent) => {
      stop()
      if (pointerType !== 'touch') return
      const init = { bubbles: true, cancelable: true, clientX, clientY, button: 2 }
      const timer = setTimeout(() => target.dispatchEvent(new window.MouseEvent('contextmenu', init)), LONG_PRESS_MS)
      press.current = { timer, x: clientX, y: clientY }
    },
    onPointerMove: ({ clientX, clientY }: PointerEvent) => {
      const { current } = press
      if (current && Math.hypot(clientX - current.x, clientY - current.y) > STILL) stop()
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  }
}

export function ContextMenu({ entries, label, children }: Props) {
  const [shown, setShown] = useState<Shown | null>(null)
  const longPress = useLongPress()
  const onContextMenu = (event: MouseEvent) => {
    event.preventDefault()
    const found = entries()
    const from = document.activeElement instanceof HTMLElement ? document.activeElement : null
    const byKey = event.clientX === 0 && event.clientY === 0
    const box = byKey && event.target instanceof Element ? event.target.getBoundingClientRect() : null
    const place = box
      ? { x: box.left + box.width / 2, y: box.top + box.height / 2 }
      : { x: event.clientX, y: event.clientY }
    setShown(found.length > 0 ? { entries: found, ...place, from } : null)
  }
  return (
    <>
      {cloneElement(children, { ...longPress, onContextMenu })}
      {shown ? (
        <Suspense fallback={null}>
          <LazyMenu
            key={`${shown.x} ${shown.y}`}
            entries={shown.entries}
            rect={{ left: shown.x, top: shown.y, width: 0, height: 0 }}
            label={label}
            onClose={() => setShown(null)}
            returnTo={() => shown.from}
          />
        </Suspense>
      ) : null}
    </>
  )
}
