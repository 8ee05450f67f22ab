// The two bars at the bottom of the stage: what is drawn, and how large.
import { Box, Cable, Check, Layers, Mail, Maximize, Minus, Plus, Spline } from 'lucide-react'
import { useText } from '../i18n/text.ts'
import { IconButton } from '../kit/Button.tsx'
import { cx } from '../kit/cx.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import type { PrefsState } from '../store/types.ts'
import { fitAll, zoomBy, zoomTo100 } from './camera.ts'
import styles from './Stage.module.css'
import { useStage } from './stage-store.ts'

const LAYERS: readonly (keyof PrefsState['layers'])[] = ['underlay', 'sessions', 'messages', 'pods']
const ICONS = { underlay: Cable, sessions: Spline, messages: Mail, pods: Box }

function LayerToggles() {
  const t = useText()
  const layers = usePrefs((state) => state.layers)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this bar
    <div className={styles.bar} role="group" aria-label={t.stage.layers.label}>
      <Layers size={16} aria-hidden />
      {LAYERS.map((layer) => {
        const on = layers[layer]
        const Icon = on ? Check : ICONS[layer]
        return (
          <button
            key={layer}
            type="button"
            className={styles.toggle}
            aria-pressed={on}
            aria-label={t.stage.layers[layer]}
            onClick={() => setPrefs({ layers: { ...layers, [layer]: !on } })}
          >
            <Icon size={14} aria-hidden />
            <span>{t.stage.layers[layer]}</span>
          </button>
        )
      })}
    </div>
  )
}

function ZoomControls() {
  const t = useText()
  const k = useStage((state) => state.viewport.k)
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this bar
    <div className={cx(styles.bar, styles.zoom)} role="group" aria-label={t.stage.zoom.label}>
      <IconButton label={t.stage.zoom.out} shortcut="-" onClick={() => zoomBy(-1)}>
        <Minus size={15} aria-hidden />
      </IconButton>
      <button type="button" className={styles.percent} aria-label={t.stage.zoom.actual} onClick={zoomTo100}>
        {Math.round(k * 100)}%
      </button>
      <IconButton label={t.stage.zoom.in} shortcut="=" onClick={() => zoomBy(1)}>
        <Plus size={15} aria-hidden />
      </IconButton>
      <IconButton label={t.stage.zoom.fit} shortcut="Shift+1" onClick={() => fitAll()}>
        <Maximize size={15} aria-hidden />
      </IconButton>
    </div>
  )
}

export function StageBars() {
  return (
    <div className={styles.bottom} data-stage-overlay>
      <LayerToggles />
      <ZoomControls />
    </div>
  )
}
