// A titled part of the inspector's column.
import type { ReactNode } from 'react'
import styles from './parts.module.css'

interface Props {
  title: ReactNode
  /** At the right end of the title's line. */
  aside?: ReactNode
  children: ReactNode
}

export function Section({ title, aside, children }: Props) {
  return (
    <section className={styles.section}>
      <div className={styles.sectionHead}>
        <h3>{title}</h3>
        {aside ? <span className={styles.aside}>{aside}</span> : null}
      </div>
      {children}
    </section>
  )
}
