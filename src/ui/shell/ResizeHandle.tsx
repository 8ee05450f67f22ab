// An edge that can be dragged, or moved with arrow keys: the inspector's left side, the timeline's top.
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import styles from './Workspace.module.css'

interface Props {
  label: string
  /** `x` is the left edge of what grows to the left, `y` the top edge of what grows upward. */
  axis: 'x' | 'y'
  value: number
  least: number
  most: number
  onChange: (value: number) => void
}

const STEP = 40

export function ResizeHandle({ label, axis, value, least, most, onChange }: Props) {
  const grip = useRef<{ from: number; value: number } | null>(null)
  const clamp = (next: number) => Math.round(Math.max(least, Math.min(most, next)))
  const place = (event: PointerEvent) => (axis === 'x' ? event.clientX : event.clientY)
  const onPointerDown = (event: PointerEvent<HTMLElement>) => {
    event.currentTarget.setPointerCapture(event.pointerId)
    grip.current = { from: place(event), value }
  }
  const onPointerMove = (event: PointerEvent) => {
    if (grip.current) onChange(clamp(grip.current.value + grip.current.from - place(event)))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const more = axis === 'x' ? 'ArrowLeft' : 'ArrowUp'
    const less = axis === 'x' ? 'ArrowRight' : 'ArrowDown'
    if (event.key !== more && event.key !== less) return
    event.preventDefault()
    onChange(clamp(value + (event.key === more ? STEP : -STEP)))
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr takes no focus and no value
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation={axis === 'x' ? 'vertical' : 'horizontal'}
      aria-valuenow={value}
      aria-valuemin={least}
      aria-valuemax={most}
      className={styles.handle}
      data-axis={axis}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={() => {
        grip.current = null
      }}
      onKeyDown={onKeyDown}
    />
  )
}
