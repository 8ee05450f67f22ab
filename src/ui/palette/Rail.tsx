// The palette: things to add to the cluster (drag, or click and click, or Enter and arrows), and the YAML editor.
import { Box, CircleDot, FileCode, Server } from 'lucide-react'
import type { KeyboardEvent, PointerEvent, ReactNode } from 'react'
import { useText } from '../i18n/text.ts'
import { Tooltip } from '../kit/Tooltip.tsx'
import {
  beginPlacing,
  cancelPlacing,
  dropPlacing,
  hoverPlacing,
  type PlacedItem,
  usePlacing,
} from '../stage/drop-target.ts'
import { setPrefs, usePrefs } from '../store/prefs.ts'
import styles from './Rail.module.css'

const DRAG_AFTER = 4

/** Press and pull is a drag; press and let go picks it up, the next click on the stage puts it down. */
function pickUp(item: PlacedItem, event: PointerEvent<HTMLElement>): void {
  if (event.button !== 0) return
  const start = { x: event.clientX, y: event.clientY }
  let dragging = false
  const move = (next: globalThis.PointerEvent) => {
    const point = { x: next.clientX, y: next.clientY }
    if (!dragging && Math.hypot(point.x - start.x, point.y - start.y) < DRAG_AFTER) return
    if (!dragging) beginPlacing(item, 'drag', point)
    dragging = true
    hoverPlacing(point)
  }
  const stop = () => {
    removeEventListener('pointermove', move)
    removeEventListener('pointerup', up)
    removeEventListener('pointercancel', cancel)
  }
  const up = (next: globalThis.PointerEvent) => {
    stop()
    if (dragging) dropPlacing({ x: next.clientX, y: next.clientY })
    else if (usePlacing.getState().item === item) cancelPlacing()
    else beginPlacing(item, 'click', start)
  }
  const cancel = () => {
    stop()
    cancelPlacing()
  }
  addEventListener('pointermove', move)
  addEventListener('pointerup', up)
  addEventListener('pointercancel', cancel)
}

function placeByKey(item: PlacedItem, event: KeyboardEvent<HTMLElement>): void {
  if (event.key !== 'Enter' && event.key !== ' ') return
  event.preventDefault()
  event.stopPropagation()
  beginPlacing(item, 'keyboard')
  document.querySelector<HTMLElement>('[data-region="stage"] [role="tree"] [tabindex="0"]')?.focus()
}

function Item({ item, label, icon }: { item: PlacedItem; label: string; icon: ReactNode }) {
  const t = useText()
  const placing = usePlacing((state) => state.item === item)
  return (
    <Tooltip text={t.tools.rail.hint} side="right">
      <button
        type="button"
        className={styles.item}
        aria-pressed={placing}
        onPointerDown={(event) => pickUp(item, event)}
        onKeyDown={(event) => placeByKey(item, event)}
      >
        {icon}
        {label}
      </button>
    </Tooltip>
  )
}

export function Rail() {
  const t = useText()
  const editing = usePrefs((state) => state.dock === 'editor')
  return (
    <nav className={styles.rail} data-region="palette" aria-label={t.tools.rail.label}>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this column */}
      <div className={styles.group} role="group" aria-label={t.tools.rail.add}>
        <span className={styles.caption} aria-hidden>
          {t.tools.rail.add}
        </span>
        <Item item="node" label={t.tools.rail.node} icon={<Server size={18} aria-hidden />} />
        <Item item="router" label={t.tools.rail.router} icon={<CircleDot size={18} aria-hidden />} />
        <Item item="pod" label={t.tools.rail.pod} icon={<Box size={18} aria-hidden />} />
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as this column */}
      <div className={styles.group} role="group" aria-label={t.tools.rail.config}>
        <span className={styles.caption} aria-hidden>
          {t.tools.rail.config}
        </span>
        <button
          type="button"
          className={styles.item}
          aria-pressed={editing}
          onClick={() => setPrefs({ dock: editing ? 'closed' : 'editor' })}
        >
          <FileCode size={18} aria-hidden />
          {t.tools.rail.yaml}
        </button>
      </div>
    </nav>
  )
}
