// Messages of the session up to the playhead. Choosing one selects it.
import { useState } from 'react'
import type { SessionDetail } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { clock } from '../../i18n/time.ts'
import { cx } from '../../kit/cx.ts'
import { MessageGlyph } from '../../kit/MessageGlyph.tsx'
import { pause } from '../../player/player.ts'
import { select } from '../../store/selection.ts'
import styles from '../Inspector.module.css'
import { useRoving } from '../parts/use-roving.ts'
import { useShortNames } from '../parts/use-short-names.ts'
import own from './session.module.css'

export function SessionMessages({ detail }: { detail: SessionDetail }) {
  const { messages: words } = useText().inspector.session
  const [keepalives, setKeepalives] = useState(false)
  const short = useShortNames()
  const { ref, onKeyDown } = useRoving<HTMLOListElement>()
  const shown = detail.messages.filter(({ look }) => keepalives || look !== 'KEEPALIVE')
  const open = (id: number) => {
    pause()
    select({ type: 'message', id })
  }
  return (
    <>
      <div className={own.bar}>
        <label className={own.check}>
          <input type="checkbox" checked={keepalives} onChange={(event) => setKeepalives(event.target.checked)} />
          {words.keepalives}
        </label>
        <span className={own.timerOf}>{words.count(shown.length, detail.messages.length)}</span>
      </div>
      {shown.length === 0 ? <p className={styles.empty}>{words.none}</p> : null}
      {/* biome-ignore lint/a11y/noNoninteractiveElementInteractions: arrow keys move between the buttons in it */}
      <ol ref={ref} className={styles.list} aria-label={words.list} onKeyDown={onKeyDown}>
        {shown.map(({ id, at, look, from, text }, index) => (
          <li key={id}>
            <button
              type="button"
              data-row
              tabIndex={index === 0 ? 0 : -1}
              className={cx(styles.rowButton, own.message)}
              onClick={() => open(id)}
            >
              <time className={own.at}>{clock(at)}</time>
              <MessageGlyph look={look} />
              <span className={own.messageText}>
                <b title={from}>{short(from)}</b> <code>{text}</code>
              </span>
            </button>
          </li>
        ))}
      </ol>
    </>
  )
}
