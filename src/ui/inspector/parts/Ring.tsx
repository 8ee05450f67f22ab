// A timer as a ring: full at the start, running clockwise to empty, with what is left in the middle (ux.md 3.3).
import type { ReactNode } from 'react'
import styles from './parts.module.css'

interface Props {
  size: number
  /** 0 to 1; null: stopped. */
  left: number | null
  tone?: 'good' | 'warn' | 'bad'
  children: ReactNode
}

export function Ring({ size, left, tone = 'good', children }: Props) {
  const stroke = size > 50 ? 5 : 3.5
  const radius = (size - stroke) / 2
  const length = 2 * Math.PI * radius
  const middle = size / 2
  return (
    <span className={styles.ring} style={{ width: size, height: size }} data-tone={tone}>
      <svg width={size} height={size} aria-hidden focusable="false">
        <circle cx={middle} cy={middle} r={radius} fill="none" stroke="var(--line2)" strokeWidth={stroke} />
        {left !== null && left > 0 ? (
          <circle
            className={styles.arc}
            cx={middle}
            cy={middle}
            r={radius}
            fill="none"
            strokeWidth={stroke}
            strokeLinecap="round"
            strokeDasharray={`${length * Math.min(1, left)} ${length}`}
            transform={`translate(${size} 0) scale(-1 1) rotate(-90 ${middle} ${middle})`}
          />
        ) : null}
      </svg>
      <span className={styles.ringText}>{children}</span>
    </span>
  )
}
