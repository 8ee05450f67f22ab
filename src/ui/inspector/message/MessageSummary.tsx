// A message in the inspector's column: facts, its parts in short, what followed, and the way to its bytes.
import { Binary } from 'lucide-react'
import type { MessageDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { Button } from '../../kit/Button.tsx'
import { MessageGlyph } from '../../kit/MessageGlyph.tsx'
import { select } from '../../store/selection.ts'
import { useMessage } from '../data/use-message.ts'
import styles from '../Inspector.module.css'
import { type Fact, Facts } from '../parts/Facts.tsx'
import { GoTo } from '../parts/GoTo.tsx'
import { Head } from '../parts/Head.tsx'
import { PrefixName } from '../parts/PrefixName.tsx'
import { Section } from '../parts/Section.tsx'
import { Effects } from './Effects.tsx'
import { boxesOf } from './field-rows.ts'
import own from './message.module.css'
import { openMessage, useOpenMessage } from './message-view.ts'
import { Steps } from './Steps.tsx'

function facts(detail: MessageDetail, words: ReturnType<typeof useText>['inspector']['message']): Fact[] {
  const { message, connection, bytes } = detail
  const { summary } = words
  const list: Fact[] = [
    { name: summary.sent, value: <GoTo at={message.sentAt} fine /> },
    { name: message.lost ? summary.lost : summary.lands, value: <GoTo at={message.arrivesAt} fine /> },
    { name: summary.source, value: connection.source, code: true },
    { name: summary.destination, value: connection.destination, code: true },
    { name: summary.size, value: words.bytesCount(bytes.length) },
  ]
  if (message.nextHop !== null) list.push({ name: summary.nextHop, value: message.nextHop, code: true })
  if (message.detail !== null) list.push({ name: summary.detail, value: message.detail, code: true })
  return list
}

function Parts({ detail }: { detail: MessageDetail }) {
  const { rib } = useText().inspector
  return (
    <ul className={own.parts}>
      {boxesOf(detail.root)
        .filter(({ id }) => !id.startsWith('header.') && !id.endsWith('length') && id !== 'header')
        .map((field) => (
          <li key={field.id}>
            <span lang="en">{field.name}</span>
            {field.code === 'prefix' || field.code === 'prefix-add-path' ? (
              <PrefixName prefix={field.value} />
            ) : (
              <code>{field.value || rib.empty}</code>
            )}
          </li>
        ))}
    </ul>
  )
}

export function MessageSummary({ id }: { id: number }) {
  const { inspector: t } = useText()
  const detail = useMessage(id)
  const open = useOpenMessage()
  if (detail === undefined) return null
  if (detail === null) return <p className={styles.empty}>{t.gone}</p>
  const { look, from, to, session } = detail.message
  return (
    <div className={styles.whole}>
      <Head
        icon={<MessageGlyph look={look} size={18} />}
        title={look}
        sub={t.message.from(from, to ?? t.message.nobody)}
      />
      <div className={styles.scroll}>
        <div className={own.tools}>
          {open === id ? null : (
            <Button look="primary" onClick={() => openMessage(id)}>
              <Binary size={14} aria-hidden />
              {t.message.open}
            </Button>
          )}
          {session === null ? null : (
            <Button onClick={() => select({ type: 'session', id: session })}>{t.message.summary.openSession}</Button>
          )}
        </div>
        {open === id ? null : (
          <div className={own.tools}>
            <Steps detail={detail} />
          </div>
        )}
        <Section title={t.message.summary.facts}>
          <Facts facts={facts(detail, t.message)} />
        </Section>
        <Section title={t.message.summary.parts}>
          {look === 'KEEPALIVE' ? (
            <p className={styles.note}>{t.fields['message-type']({ value: '', length: 1, data: { type: look } })}</p>
          ) : (
            <Parts detail={detail} />
          )}
        </Section>
        <Section title={t.message.effects}>
          <Effects detail={detail} />
        </Section>
      </div>
    </div>
  )
}
