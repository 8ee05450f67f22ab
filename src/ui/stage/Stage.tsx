// The topology: canvas layers, the tree over them, and the small bars and words that belong to the picture.
import { type MouseEvent, useCallback, useRef, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { ContextMenu } from '../kit/ContextMenu.tsx'
import { useRun } from '../store/run.ts'
import { Announcer } from './Announcer.tsx'
import { CanvasLayer } from './CanvasLayer.tsx'
import { usePlacing } from './drop-target.ts'
import { menuFor } from './menu-items.ts'
import { LAYERS } from './painter.ts'
import type { Picked } from './pick.ts'
import styles from './Stage.module.css'
import { StageBars } from './StageBars.tsx'
import { PlacingGhost, StageTip } from './StageTip.tsx'
import { type Hovered, pickOn } from './stage-input.ts'
import { pickedOfKey } from './tree/item-key.ts'
import { StageTree } from './tree/StageTree.tsx'
import { useStageElement } from './use-stage.ts'

export function Stage() {
  const t = useText()
  const ref = useRef<HTMLDivElement>(null)
  const [hovered, setHovered] = useState<Hovered | null>(null)
  const onHovered = useCallback((next: Hovered | null) => setHovered(next), [])
  useStageElement(ref, onHovered)
  const empty = useRun((state) => state.view !== null && state.view.hosts.length === 0)
  const placing = usePlacing((state) => state.item)
  const menuOn = useRef<Picked | null>(null)

  /** A mouse opens the menu of what lies under it; keys open the menu of the item that has focus. */
  const onContextMenu = (event: MouseEvent) => {
    const item = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-stage-item]') : null
    const byKey = event.button !== 2 && item !== null && item === document.activeElement
    menuOn.current = byKey ? pickedOfKey(item.dataset.stageItem ?? '') : ref.current ? pickOn(ref.current, event) : null
  }

  return (
    <ContextMenu label={t.stage.menu.label} entries={() => menuFor(menuOn.current)}>
      <section
        ref={ref}
        className={styles.stage}
        aria-label={t.stage.label}
        data-region="stage"
        data-placing={placing ?? undefined}
        onContextMenuCapture={onContextMenu}
      >
        {LAYERS.map((layer) => (
          <CanvasLayer key={layer} layer={layer} />
        ))}
        <StageTree />
        {empty ? (
          <div className={styles.empty}>
            <span>{t.stage.empty}</span>
          </div>
        ) : null}
        <StageBars />
        <StageTip hovered={hovered} />
        <PlacingGhost />
        <Announcer />
      </section>
    </ContextMenu>
  )
}
