// The log of BIRD verbatim. It follows its end unless a hand has scrolled up.
import { useLayoutEffect, useRef } from 'react'
import type { HostDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import styles from '../Inspector.module.css'
import { GoTo } from '../parts/GoTo.tsx'
import own from './host.module.css'

export function LogTab({ lines }: { lines: HostDetail['log'] }) {
  const { log } = useText().inspector
  const ref = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  // biome-ignore lint/correctness/useExhaustiveDependencies: new lines are what moves the end
  useLayoutEffect(() => {
    if (ref.current && atEnd.current) ref.current.scrollTop = ref.current.scrollHeight
  }, [lines.length])
  if (lines.length === 0) return <p className={styles.empty}>{log.none}</p>
  return (
    <div
      ref={ref}
      className={own.log}
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={log.list}
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        atEnd.current = scrollHeight - scrollTop - clientHeight < 24
      }}
    >
      {lines.map(({ at, line }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a log only grows at its end
        <div key={index} className={own.logLine}>
          <GoTo at={at} />
          <code>{line}</code>
        </div>
      ))}
    </div>
  )
}
