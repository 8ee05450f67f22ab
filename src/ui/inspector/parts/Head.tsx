// Head of the inspector: picture, name, a quiet second line, and what can be done.
import type { ReactNode } from 'react'
import styles from '../Inspector.module.css'

interface Props {
  icon: ReactNode
  title: ReactNode
  sub?: ReactNode
  children?: ReactNode
}

export function Head({ icon, title, sub, children }: Props) {
  return (
    <header className={styles.head}>
      <span className={styles.headIcon}>{icon}</span>
      <div className={styles.titles}>
        <h2>{title}</h2>
        {sub ? <span className={styles.sub}>{sub}</span> : null}
      </div>
      {children}
    </header>
  )
}
