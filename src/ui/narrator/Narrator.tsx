// The card at the top left of the stage: what happens at the playhead, in a sentence of the scenario.
import { X } from 'lucide-react'
import { useEffect } from 'react'
import { localized, useText } from '../i18n/text.ts'
import { IconButton } from '../kit/Button.tsx'
import { setCorner } from '../stage/camera.ts'
import { usePlayback } from '../store/playback.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { beatAt } from './beat-at.ts'
import styles from './Narrator.module.css'

/** What the card usually takes of the stage, the same for all texts so that the picture does not move with each. */
const CORNER = { width: 334, height: 160 }

/** `over` the stage, or as the first thing `below` it on a phone, where the stage is too small to share. */
export function Narrator({ place }: { place: 'over' | 'below' }) {
  const t = useText()
  const shown = usePrefs((state) => state.narrator)
  const beats = useRun((state) => state.index?.beats)
  const beat = usePlayback(({ at }) => (beats ? beatAt(beats, at) : null))
  const over = place === 'over' && shown && beat !== null
  useEffect(() => {
    if (!over) return
    setCorner(CORNER)
    return () => setCorner(null)
  }, [over])
  if (!shown || !beat) return null
  return (
    <section className={styles.card} data-place={place} aria-label={t.shell.narrator.label} data-stage-overlay>
      <h2>{localized(beat.title)}</h2>
      <p>{localized(beat.text)}</p>
      <IconButton
        className={styles.close}
        label={t.shell.narrator.dismiss}
        onClick={() => setPrefs({ narrator: false })}
      >
        <X size={14} aria-hidden />
      </IconButton>
    </section>
  )
}
