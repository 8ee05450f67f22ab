// One of a few, side by side: a radio group with one tab stop, arrow keys choose.
import type { KeyboardEvent, ReactNode } from 'react'
import styles from './ToggleGroup.module.css'

interface Props<T extends string> {
  label: string
  options: readonly { value: T; label: ReactNode; name?: string }[]
  value: T
  onChange: (value: T) => void
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowUp: -1, ArrowRight: 1, ArrowDown: 1 }

export function ToggleGroup<T extends string>({ label, options, value, onChange }: Props<T>) {
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const now = options.findIndex((option) => option.value === value)
    const next = (now + step + options.length) % options.length
    const button = event.currentTarget.children[next]
    if (button instanceof HTMLElement) button.focus()
    const chosen = options[next]
    if (chosen) onChange(chosen.value)
  }
  return (
    <div role="radiogroup" className={styles.group} aria-label={label} onKeyDown={onKeyDown}>
      {options.map((option) => (
        // biome-ignore lint/a11y/useSemanticElements: an input cannot hold what the options show
        <button
          key={option.value}
          type="button"
          role="radio"
          aria-checked={option.value === value}
          aria-label={option.name}
          tabIndex={option.value === value ? 0 : -1}
          className={styles.item}
          data-state={option.value === value ? 'on' : 'off'}
          onClick={() => onChange(option.value)}
        >
          {option.label}
        </button>
      ))}
    </div>
  )
}
