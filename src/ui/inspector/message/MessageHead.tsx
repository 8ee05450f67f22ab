// Head of the message inspector.
import { ArrowRight, ChevronLeft, Copy } from 'lucide-react'
import type { MessageDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../kit/Button.tsx'
import { MessageGlyph } from '../../kit/MessageGlyph.tsx'
import { showToast } from '../../store/toasts.ts'
import { useShortNames } from '../parts/use-short-names.ts'
import { hexOf } from './field-rows.ts'
import { MessageFacts } from './MessageFacts.tsx'
import own from './message.module.css'
import { leaveMessage } from './message-view.ts'
import { Steps } from './Steps.tsx'

async function copyHex(bytes: readonly number[], words: { copied: string; notCopied: string }): Promise<void> {
  try {
    await navigator.clipboard.writeText(bytes.map(hexOf).join(''))
    showToast({ text: words.copied, tone: 'plain', action: null })
  } catch {
    showToast({ text: words.notCopied, tone: 'problem', action: null })
  }
}

export function MessageHead({ detail }: { detail: MessageDetail }) {
  const { message: words } = useText().inspector
  const short = useShortNames()
  const { look, from, to } = detail.message
  return (
    <header className={own.head}>
      <Button title={words.backHint} onClick={leaveMessage}>
        <ChevronLeft size={14} aria-hidden />
        {words.back}
      </Button>
      <MessageGlyph look={look} size={30} />
      <div className={own.titles}>
        <h2>
          {look}{' '}
          <span>
            <span title={from}>{short(from)}</span> <ArrowRight size={14} role="img" aria-label={words.to} />{' '}
            {to === null ? words.nobody : <span title={to}>{short(to)}</span>}
          </span>
        </h2>
        <MessageFacts detail={detail} />
      </div>
      <div className={own.steps}>
        <Steps detail={detail} />
        <Button onClick={() => void copyHex(detail.bytes, words)}>
          <Copy size={14} aria-hidden />
          {words.copyHex}
        </Button>
      </div>
    </header>
  )
}
