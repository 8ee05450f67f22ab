// One row: time, icon, sentence. Hosts and prefixes in it light up everywhere while hovered.
import { useText } from '../i18n/text.ts'
import { clock } from '../i18n/time.ts'
import { SwatchChip } from '../kit/SwatchChip.tsx'
import { HostName } from '../stage/HostName.tsx'
import { setHover } from '../store/selection.ts'
import { swatchOf } from '../theme/swatch.ts'
import styles from './EventList.module.css'
import type { Row } from './rows.ts'
import { type Part, partsOf } from './sentences.ts'

const HOSTS = new Set(['host', 'from', 'to'])
const CODE = new Set(['protocol', 'before', 'after', 'address', 'detail', 'files', 'command', 'reply', 'look'])

function Word({ part, swatches }: { part: Part; swatches: readonly string[] }) {
  const { slot, text } = part
  if (slot === 'prefix') {
    const swatch = swatchOf(swatches, text)
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: lights up the same prefix elsewhere, nothing to operate
      <span
        className={styles.prefix}
        title={text}
        onMouseEnter={() => setHover({ kind: 'prefix', id: text })}
        onMouseLeave={() => setHover(null)}
      >
        <SwatchChip swatch={swatch} size={13} />
        <code className={swatch ? 'visually-hidden' : undefined}>{text}</code>
      </span>
    )
  }
  if (slot !== null && HOSTS.has(slot))
    return (
      // biome-ignore lint/a11y/noStaticElementInteractions: lights up the same host elsewhere, nothing to operate
      <b onMouseEnter={() => setHover({ kind: 'host', id: text })} onMouseLeave={() => setHover(null)}>
        <HostName name={text} />
      </b>
    )
  if (slot !== null && CODE.has(slot)) return <code>{text}</code>
  return <span>{slot === 'name' ? <HostName name={text} /> : text}</span>
}

interface Props {
  row: Row
  swatches: readonly string[]
}

export function EventRow({ row, swatches }: Props) {
  const t = useText()
  const parts = partsOf(row.statement, t.events)
  const own = row.statement.type === 'event' && row.statement.event.body.type === 'action'
  return (
    <>
      <time className={styles.time}>{clock(row.at)}</time>
      <span className={styles.sentence}>
        {parts.map((part, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
          <Word key={i} part={part} swatches={swatches} />
        ))}
        {own ? <span className={styles.you}>{t.events.you}</span> : null}
      </span>
    </>
  )
}
