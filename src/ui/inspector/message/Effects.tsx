// What followed from a message at its receiver, with the delay after it arrived.
import type { MessageDetail } from '../../../sim/index.ts'
import { EventIcon } from '../../events/EventIcon.tsx'
import { useText } from '../../i18n/text.ts'
import { duration } from '../../i18n/time.ts'
import styles from '../Inspector.module.css'
import { EventSentence } from '../parts/EventSentence.tsx'
import own from './message.module.css'

export function Effects({ detail }: { detail: MessageDetail }) {
  const { message: words } = useText().inspector
  if (detail.message.lost) return <p className={styles.note}>{words.lostEffect}</p>
  if (detail.effects.length === 0) return <p className={styles.note}>{words.noEffect}</p>
  return (
    <ol className={own.effects}>
      {detail.effects.map(({ after, event }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: effects of one message never change places
        <li key={index}>
          <EventIcon statement={{ type: 'event', event }} />
          <span>
            <EventSentence event={event} />
          </span>
          <code>+{duration(after)}</code>
        </li>
      ))}
    </ol>
  )
}
