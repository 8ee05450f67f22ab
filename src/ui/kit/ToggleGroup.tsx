// One of a few, side by side.
import { ToggleGroup as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './ToggleGroup.module.css'

interface Props<T extends string> {
  label: string
  options: readonly { value: T; label: ReactNode; name?: string }[]
  value: T
  onChange: (value: T) => void
}

export function ToggleGroup<T extends string>({ label, options, value, onChange }: Props<T>) {
  return (
    <Radix.Root
      type="single"
      className={styles.group}
      aria-label={label}
      value={value}
      onValueChange={(next) => next && onChange(next as T)}
    >
      {options.map((option) => (
        <Radix.Item key={option.value} value={option.value} className={styles.item} aria-label={option.name}>
          {option.label}
        </Radix.Item>
      ))}
    </Radix.Root>
  )
}
