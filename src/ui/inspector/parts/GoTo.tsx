// A time that the playhead can be moved to.
import type { Micros } from '../../../sim/index.ts'
import { useText } from '../../i18n/text.ts'
import { clock } from '../../i18n/time.ts'
import { pause, seek } from '../../player/player.ts'
import styles from './parts.module.css'

interface Props {
  at: Micros
  fine?: boolean
  /** Shown in place of the bare time. */
  label?: string
}

export function GoTo({ at, fine = false, label }: Props) {
  const t = useText()
  const time = clock(at, fine)
  return (
    <button
      type="button"
      className={styles.time}
      title={t.inspector.goTo(time)}
      onClick={() => {
        pause()
        seek(at)
      }}
    >
      {label ?? time}
    </button>
  )
}
