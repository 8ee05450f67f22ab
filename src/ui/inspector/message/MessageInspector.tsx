// A message taken apart, in place of the stage: decoded tree and bytes with shared selection, the explanation of the field,
// and the session with its timers below.
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import type { MessageDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { ToggleGroup } from '../../kit/ToggleGroup.tsx'
import { useMessage } from '../data/use-message.ts'
import styles from '../Inspector.module.css'
import { type Base, BytesGrid } from './BytesGrid.tsx'
import { Explanation } from './Explanation.tsx'
import { FieldTree } from './FieldTree.tsx'
import { MessageHead } from './MessageHead.tsx'
import { MessageSession } from './MessageSession.tsx'
import own from './message.module.css'
import { leaveMessage as leave, useOpenMessage } from './message-view.ts'
import { useFields } from './use-fields.ts'

function TakenApart({ detail }: { detail: MessageDetail }) {
  const { message: words } = useText().inspector
  const fields = useFields(detail.root)
  const [base, setBase] = useState<Base>('hex')
  const { bytes } = detail
  return (
    <>
      <section className={own.card} data-part="decoded" aria-label={words.decoded}>
        <div className={own.cardHead}>
          <h3>{words.decoded}</h3>
        </div>
        <div className={own.treeFrame}>
          <FieldTree fields={fields} />
        </div>
      </section>
      <section className={own.card} data-part="bytes" aria-label={words.bytes}>
        <div className={own.cardHead}>
          <h3>{words.bytes}</h3>
          <span className={own.count} role="img" aria-label={words.bytesCount(bytes.length)}>
            {bytes.length}
          </span>
          <ToggleGroup
            label={words.base}
            options={[
              { value: 'hex', label: words.hex },
              { value: 'binary', label: words.binary },
            ]}
            value={base}
            onChange={setBase}
          />
        </div>
        <BytesGrid fields={fields} bytes={bytes} base={base} />
        <Explanation fields={fields} bytes={bytes} />
      </section>
    </>
  )
}

/** The shell renders it in place of the stage while useOpenMessage() gives an id. */
export default function MessageInspector() {
  const t = useText()
  const id = useOpenMessage()
  const detail = useMessage(id ?? -1)
  const view = useRef<HTMLElement>(null)
  const ready = detail !== undefined && detail !== null
  // The button that opened it is gone: the keyboard goes on here, and back on the stage when this closes.
  useEffect(() => {
    if (ready) view.current?.focus({ preventScroll: true })
  }, [ready])
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    leave()
  }
  if (id === null || detail === undefined) return <div className={own.view} />
  if (detail === null) return <p className={styles.empty}>{t.inspector.gone}</p>
  return (
    // biome-ignore lint/a11y/noNoninteractiveElementInteractions: Esc leaves the view from anywhere in it
    <section
      ref={view}
      className={own.view}
      data-region="stage"
      aria-label={t.inspector.message.view}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      <MessageHead detail={detail} />
      <div className={own.grid}>
        <TakenApart key={id} detail={detail} />
        <MessageSession detail={detail} />
      </div>
    </section>
  )
}
