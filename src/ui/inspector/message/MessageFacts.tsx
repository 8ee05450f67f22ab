// `announces C 192.167.110.128/26 · sent 00:41.2310 · lands 00:41.2334 · 172.18.0.4:41926 to 192.168.64.6:179`.
import type { MessageDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { GoTo } from '../parts/GoTo.tsx'
import { PrefixName } from '../parts/PrefixName.tsx'
import own from './message.module.css'

export function MessageFacts({ detail }: { detail: MessageDetail }) {
  const { message: words } = useText().inspector
  const { look, prefix, prefixCount, sentAt, arrivesAt, lost } = detail.message
  const { source, destination } = detail.connection
  return (
    <p className={own.factLine}>
      {prefix === null ? null : (
        <span>
          {look === 'WITHDRAW' ? words.withdraws : words.announces} <PrefixName prefix={prefix} />
          {prefixCount > 1 ? ` ${words.more(prefixCount - 1)}` : null}
        </span>
      )}
      {detail.message.detail === null ? null : <code>{detail.message.detail}</code>}
      <span>
        {words.sent} <GoTo at={sentAt} fine />
      </span>
      <span>
        {lost ? words.lost : words.lands} <GoTo at={arrivesAt} fine />
      </span>
      <span>
        <code>{source}</code> {words.to} <code>{destination}</code>
      </span>
    </p>
  )
}
