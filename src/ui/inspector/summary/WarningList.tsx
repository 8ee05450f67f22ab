// Warnings as sentences with the times they arose at.
import { TriangleAlert } from 'lucide-react'
import type { EventView } from '../../../sim/index.ts'
import styles from '../Inspector.module.css'
import { EventSentence } from '../parts/EventSentence.tsx'
import { GoTo } from '../parts/GoTo.tsx'
import own from './summary.module.css'

export function WarningList({ events }: { events: readonly EventView[] }) {
  return (
    <ul className={styles.list}>
      {events.map((event, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: warnings of one run only grow at the end
        <li key={index} className={own.warning}>
          <TriangleAlert size={14} aria-hidden />
          <span>
            <EventSentence event={event} />
          </span>
          <GoTo at={event.at} />
        </li>
      ))}
    </ul>
  )
}
