// Message types: legend and filter in one. Alt-click shows only one of them.
import type { MouseEvent } from 'react'
import type { MessageLook } from '../../sim/index.ts'
import { useText } from '../i18n/text.ts'
import { MessageGlyph } from '../kit/MessageGlyph.tsx'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import styles from './Transport.module.css'

/** Each chip stands for the looks that carry its word. */
const CHIPS: readonly (readonly [MessageLook, ...MessageLook[]])[] = [
  ['OPEN'],
  ['KEEPALIVE'],
  ['UPDATE', 'UPDATE+WITHDRAW', 'END-OF-RIB'],
  ['WITHDRAW'],
  ['NOTIFICATION'],
  ['ROUTE-REFRESH'],
]

export function TypeChips() {
  const t = useText()
  const hidden = usePrefs((state) => state.hiddenTypes)
  const toggle = (looks: readonly MessageLook[], event: MouseEvent) => {
    if (event.altKey) {
      const others = CHIPS.flat().filter((look) => !looks.includes(look))
      const alone = others.every((look) => hidden.includes(look)) && !hidden.includes(looks[0]!)
      setPrefs({ hiddenTypes: alone ? [] : others })
      return
    }
    const off = hidden.includes(looks[0]!)
    const rest = hidden.filter((look) => !looks.includes(look as MessageLook))
    setPrefs({ hiddenTypes: off ? rest : [...rest, ...looks] })
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this row
    <div className={styles.chips} role="group" aria-label={t.timeline.types}>
      {CHIPS.map((looks) => (
        <button
          key={looks[0]}
          type="button"
          className={styles.chip}
          aria-pressed={!hidden.includes(looks[0])}
          title={t.timeline.typeHint}
          onClick={(event) => toggle(looks, event)}
        >
          <MessageGlyph look={looks[0]} size={14} />
          {looks[0]}
        </button>
      ))}
    </div>
  )
}
