// Names and values in two columns.
import type { ReactNode } from 'react'
import styles from './parts.module.css'

export interface Fact {
  name: string
  value: ReactNode
  /** Shown in the mono face: addresses, numbers, field words. */
  code?: boolean
}

export function Facts({ facts }: { facts: readonly Fact[] }) {
  return (
    <dl className={styles.facts}>
      {facts.map(({ name, value, code }) => (
        <div key={name} className={styles.fact}>
          <dt>{name}</dt>
          <dd>{code ? <code>{value}</code> : value}</dd>
        </div>
      ))}
    </dl>
  )
}
