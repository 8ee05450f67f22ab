// Tabs: arrow keys move between them, their panel is the children of the one that is chosen.
import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import styles from './Tabs.module.css'

interface Props {
  label: string
  tabs: readonly { id: string; label: string }[]
  value: string
  onChange: (id: string) => void
  className?: string | undefined
  panelClassName?: string | undefined
  /** The panel of the chosen tab. */
  children: ReactNode
}

export function Tabs({ label, tabs, value, onChange, className, panelClassName, children }: Props) {
  return (
    <Radix.Root className={className} value={value} onValueChange={onChange}>
      <Radix.List className={styles.list} aria-label={label}>
        {tabs.map((tab) => (
          <Radix.Trigger key={tab.id} className={styles.tab} value={tab.id}>
            {tab.label}
          </Radix.Trigger>
        ))}
      </Radix.List>
      <Radix.Content className={panelClassName} value={value}>
        {children}
      </Radix.Content>
    </Radix.Root>
  )
}
