// The tree over the canvas: transparent boxes on the objects, one tab stop, roving focus.
import { type CSSProperties, type KeyboardEvent, type RefObject, useEffect, useMemo, useRef, useState } from 'react'
import { useText } from '../../i18n/text.ts'
import { usePlayback } from '../../store/playback.ts'
import { useRun } from '../../store/run.ts'
import { select, selectionToText, setHover, useSelection } from '../../store/selection.ts'
import { useSlow } from '../../store/use-slow.ts'
import { focusOn, panBy } from '../camera.ts'
import { cardState } from '../card/card-state.ts'
import { badgeText } from '../layers/badge.ts'
import { type Picked, selectionOf } from '../pick.ts'
import { factsOf } from '../scene.ts'
import { moveHost, useStage } from '../stage-store.ts'
import { boxToScreen, type Viewport } from '../viewport.ts'
import { nearestInDirection } from './nearest.ts'
import styles from './StageTree.module.css'
import { type TreeItem, treeItems } from './tree-items.ts'

const CLOSED: ReadonlySet<string> = new Set(['messages'])

/** Camera for which the boxes stand where they are rendered; until it rests they follow as one picture. */
function useRestingCamera(root: RefObject<HTMLDivElement | null>): Viewport {
  const camera = useSlow(useStage, (state) => state.viewport)
  useEffect(() => {
    const follow = () => {
      const { viewport } = useStage.getState()
      const k = viewport.k / camera.k
      const still = viewport === camera
      if (!root.current) return
      root.current.style.transform = still
        ? ''
        : `matrix(${k},0,0,${k},${viewport.x - camera.x * k},${viewport.y - camera.y * k})`
    }
    follow()
    return useStage.subscribe(follow)
  }, [camera, root])
  return camera
}

function useItems(): { items: TreeItem[]; setOpen: (key: string, open: boolean) => void } {
  const t = useText()
  const view = useSlow(useRun, (state) => state.view)
  const layout = useSlow(useStage, (state) => state.layout)
  const at = useSlow(usePlayback, (state) => state.at)
  const [expanded, setExpanded] = useState(CLOSED)
  const items = useMemo(() => {
    if (!view || !layout) return []
    const { tallies } = factsOf(view)
    const states = (host: Parameters<typeof cardState>[0]) => {
      const state = cardState(host, tallies.get(host.name))
      return ['all-up', 'some-up', 'no-session', 'no-bird'].includes(state.kind) ? '' : badgeText(state, t.stage, false)
    }
    return treeItems({ view, layout, at, text: t.stage, expanded, states })
  }, [view, layout, at, t, expanded])
  const setOpen = (key: string, open: boolean) =>
    setExpanded((now) => {
      const next = new Set(now)
      if (open) next.add(key)
      else next.delete(key)
      return next
    })
  return { items, setOpen }
}

export function StageTree() {
  const t = useText()
  const { items, setOpen } = useItems()
  const selection = useSelection((state) => state.selection)
  const [active, setActive] = useState<string | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const viewport = useRestingCamera(root)
  const wanted = useRef(false)
  const index = Math.max(
    0,
    items.findIndex((item) => item.key === active),
  )
  const current = items[index]

  // Focus follows the roving item only when a key moved it.
  // biome-ignore lint/correctness/useExhaustiveDependencies: runs when the active item has been rendered
  useEffect(() => {
    if (!wanted.current) return
    wanted.current = false
    root.current?.querySelector<HTMLElement>('[tabindex="0"]')?.focus()
  }, [active, items])

  const go = (item: TreeItem | undefined) => {
    if (!item) return
    wanted.current = true
    setActive(item.key)
  }
  const chosen = selection ? selectionToText(selection) : null
  const isChosen = (picked: Picked | null) => {
    const own = selectionOf(picked)
    return own !== null && selectionToText(own) === chosen
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (!current) return
    const handled = onTreeKey(event, { items, index, go, setOpen, isChosen })
    if (!handled) return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={root} role="tree" aria-label={t.stage.tree} className={styles.tree} onKeyDown={onKeyDown}>
      {items.map((item) => {
        const box = item.box ? boxToScreen(viewport, item.box) : { x: 8, y: 8, w: 24, h: 24 }
        const style: CSSProperties = { transform: `translate(${box.x}px, ${box.y}px)`, width: box.w, height: box.h }
        return (
          <div
            key={item.key}
            role="treeitem"
            className={styles.item}
            data-stage-item={item.key}
            style={style}
            tabIndex={item === current ? 0 : -1}
            aria-level={item.level}
            aria-setsize={item.setSize}
            aria-posinset={item.position}
            aria-expanded={item.expanded ?? undefined}
            aria-selected={isChosen(item.picked)}
            aria-label={item.name}
            onFocus={() => {
              setActive(item.key)
              setHover(hoverOf(item.picked))
            }}
            onBlur={() => setHover(null)}
          />
        )
      })}
    </div>
  )
}

export function hoverOf(picked: Picked | null) {
  if (picked?.type === 'host') return { kind: 'host', id: picked.name } as const
  if (picked?.type === 'session') return { kind: 'session', id: picked.id } as const
  if (picked?.type === 'message') return { kind: 'message', id: String(picked.id) } as const
  if (picked?.type === 'block') return { kind: 'prefix', id: picked.cidr } as const
  return null
}

interface Hand {
  items: readonly TreeItem[]
  index: number
  go: (item: TreeItem | undefined) => void
  setOpen: (key: string, open: boolean) => void
  isChosen: (picked: Picked | null) => boolean
}

const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] } as const

/** true: the key was for the tree. */
function onTreeKey(event: KeyboardEvent, { items, index, go, setOpen, isChosen }: Hand): boolean {
  const item = items[index]!
  const arrow = event.key in ARROWS ? ARROWS[event.key as keyof typeof ARROWS] : null
  if (arrow && event.altKey) return nudge(item, arrow, event.shiftKey ? 100 : 20)
  if (arrow && (event.ctrlKey || event.metaKey)) {
    go(nearestInDirection(items, item, arrow))
    return true
  }
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  switch (event.key) {
    case 'ArrowDown':
      go(items[index + 1])
      return true
    case 'ArrowUp':
      go(items[index - 1])
      return true
    case 'ArrowRight':
      if (item.expanded === false) setOpen(item.key, true)
      else if (item.expanded) go(items[index + 1])
      return true
    case 'ArrowLeft':
      if (item.expanded && item.level > 1) setOpen(item.key, false)
      else go(items.slice(0, index).findLast((each) => each.level < item.level))
      return true
    case 'Enter': {
      const selection = selectionOf(item.picked)
      if (!selection) return false
      if (isChosen(item.picked) && item.box) focusOn(item.box)
      else select(selection)
      return true
    }
    default:
      return false
  }
}

function nudge(item: TreeItem, [dx, dy]: readonly [number, number], by: number): boolean {
  if (item.picked?.type !== 'host' || !item.box) {
    panBy(-dx * by, -dy * by)
    return true
  }
  moveHost(item.picked.name, { x: item.box.x + dx * by, y: item.box.y + dy * by })
  return true
}
