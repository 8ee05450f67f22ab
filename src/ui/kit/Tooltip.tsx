// A word on hover and on focus. Elements carry the text as data; one host for the page shows it: after 400 ms, at once while
// another was just open, on focus too; it stays while it is hovered, and Esc closes it.
import { cloneElement, type ReactElement, useEffect, useLayoutEffect, useRef, useState } from 'react'
import styles from './Tooltip.module.css'

interface Props {
  text: string
  shortcut?: string | undefined
  side?: 'top' | 'right' | 'bottom' | 'left'
  children: ReactElement
}

export function Tooltip({ text, shortcut, side = 'bottom', children }: Props) {
  const child = children as ReactElement<Record<string, unknown>>
  // The bubble is for the eye; who listens hears the text as the element's description, unless it is its name already.
  const described = child.props['aria-label'] === text ? {} : { 'aria-description': text }
  return cloneElement(child, { 'data-tip': text, 'data-tip-keys': shortcut, 'data-tip-side': side, ...described })
}

interface Tip {
  target: HTMLElement
  text: string
  keys: string | undefined
  side: string
}

const DELAY_MS = 400
const LINGER_MS = 120
const GAP = 6
const EDGE = 8

function tipOf(target: EventTarget | null): Tip | null {
  const element = target instanceof Element ? target.closest<HTMLElement>('[data-tip]') : null
  if (!element) return null
  const { tip = '', tipKeys, tipSide = 'bottom' } = element.dataset
  return { target: element, text: tip, keys: tipKeys, side: tipSide }
}

function useTip(bubble: { current: HTMLElement | null }): Tip | null {
  const [tip, setTip] = useState<Tip | null>(null)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined
    let shownFor: HTMLElement | null = null
    const put = (next: Tip | null) => {
      shownFor = next?.target ?? null
      setTip(next)
    }
    const later = (run: () => void, delay: number) => {
      clearTimeout(timer)
      timer = setTimeout(run, delay)
    }
    const over = (event: PointerEvent) => {
      if (event.pointerType === 'touch') return
      if (event.target instanceof Node && bubble.current?.contains(event.target)) {
        clearTimeout(timer)
        return
      }
      const next = tipOf(event.target)
      if (next) {
        if (next.target === shownFor) clearTimeout(timer)
        else later(() => next.target.isConnected && put(next), shownFor ? 0 : DELAY_MS)
      } else later(() => put(null), shownFor ? LINGER_MS : 0)
    }
    const focus = (event: FocusEvent) => {
      const next = tipOf(event.target)
      if (next?.target.matches(':focus-visible')) later(() => put(next), DELAY_MS)
    }
    const close = () => {
      clearTimeout(timer)
      put(null)
    }
    const key = (event: KeyboardEvent) => {
      if (event.key === 'Escape') close()
    }
    const events = {
      pointerover: over,
      focusin: focus,
      focusout: close,
      pointerdown: close,
      keydown: key,
    } as unknown as Record<string, EventListener>
    for (const [name, run] of Object.entries(events)) document.addEventListener(name, run)
    return () => {
      clearTimeout(timer)
      for (const [name, run] of Object.entries(events)) document.removeEventListener(name, run)
    }
  }, [bubble])
  return tip
}

/** Beside its target, on the other side when there is no room, and never over the edge. */
function place(bubble: HTMLElement, { target, side }: Tip): void {
  const at = target.getBoundingClientRect()
  const { width, height } = bubble.getBoundingClientRect()
  const below = at.bottom + GAP
  const above = at.top - GAP - height
  const vertical = side === 'top' ? (above < EDGE ? below : above) : below + height > innerHeight - EDGE ? above : below
  const right = at.right + GAP
  const left = at.left - GAP - width
  const beside = side === 'right' ? (right + width > innerWidth - EDGE ? left : right) : left < EDGE ? right : left
  const sideways = side === 'left' || side === 'right'
  const x = sideways ? beside : at.left + at.width / 2 - width / 2
  const y = sideways ? at.top + at.height / 2 - height / 2 : vertical
  bubble.style.left = `${Math.max(EDGE, Math.min(innerWidth - EDGE - width, x))}px`
  bubble.style.top = `${Math.max(EDGE, y)}px`
}

export function TooltipHost() {
  const bubble = useRef<HTMLDivElement>(null)
  const tip = useTip(bubble)
  useLayoutEffect(() => {
    if (tip && bubble.current) place(bubble.current, tip)
  }, [tip])
  if (!tip) return null
  return (
    <div ref={bubble} className={styles.tip} aria-hidden>
      {tip.text}
      {tip.keys ? <kbd>{tip.keys}</kbd> : null}
    </div>
  )
}
