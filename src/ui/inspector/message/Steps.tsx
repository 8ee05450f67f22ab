// Previous and next message of the same session.
import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { MessageDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../kit/Button.tsx'
import own from './message.module.css'
import { goToMessage } from './message-view.ts'

export function Steps({ detail }: { detail: MessageDetail }) {
  const { message: words } = useText().inspector
  const { previous, next, position, count } = detail
  return (
    <div className={own.steps}>
      <Button disabled={previous === null} onClick={() => previous !== null && void goToMessage(previous)}>
        <ChevronLeft size={14} aria-hidden />
        {words.previous}
      </Button>
      <span>{words.position(position, count)}</span>
      <Button disabled={next === null} onClick={() => next !== null && void goToMessage(next)}>
        {words.next}
        <ChevronRight size={14} aria-hidden />
      </Button>
    </div>
  )
}
