// Ties the stage element to its size, the run's structure, the painter and the pointer.
import { type RefObject, useEffect } from 'react'
import { useRun } from '../store/run.ts'
import { useSelection } from '../store/selection.ts'
import { fitAll, follow, setInsets } from './camera.ts'
import { offerStage, onPlaced, type PlacedItem, type PlaceTarget } from './drop-target.ts'
import { inside, type Point } from './geometry.ts'
import { startPainting } from './painter.ts'
import { hostAt, pickAt } from './pick.ts'
import { placeItem } from './place-item.ts'
import { currentScene, pickWorld } from './scene.ts'
import { attachInput, type Hovered, pointOn } from './stage-input.ts'
import { arrange, forgetPositions, settledLayout, setViewport, useStage } from './stage-store.ts'
import { toWorld } from './viewport.ts'

/** Room that the bars take from the picture. */
const WIDE = { top: 16, right: 16, bottom: 58, left: 16 }
const NARROW = { top: 12, right: 6, bottom: 12, left: 6 }

function watchSize(element: HTMLElement): () => void {
  const observer = new ResizeObserver(([entry]) => {
    if (!entry) return
    const { width, height } = entry.contentRect
    setInsets(width < 600 ? NARROW : WIDE)
    const first = useStage.getState().viewport.width === 0
    setViewport({ width, height, ratio: Math.min(3, window.devicePixelRatio || 1) })
    follow(!first)
  })
  observer.observe(element)
  return () => observer.disconnect()
}

/** Lays out what the run shows; another scenario starts with a fresh picture. */
function watchRun(): () => void {
  let scenario: string | null = null
  const look = () => {
    const { view, document } = useRun.getState()
    if (!view) return
    const fresh = scenario !== document
    if (fresh) forgetPositions()
    scenario = document
    const before = settledLayout()
    arrange(view, fresh)
    const after = settledLayout()
    if (fresh) fitAll(false)
    else if (before && after && before !== after && sizeOf(before) !== sizeOf(after)) follow()
  }
  look()
  return useRun.subscribe((now, before) => {
    if (now.view !== before.view) look()
  })
}

const sizeOf = ({ bounds }: { bounds: { w: number; h: number } }) => `${bounds.w} ${bounds.h}`

function targetOn(element: HTMLElement, item: PlacedItem, client: Point): PlaceTarget | null {
  const rect = element.getBoundingClientRect()
  if (!inside({ x: rect.left, y: rect.top, w: rect.width, h: rect.height }, client)) return null
  const scene = currentScene()
  if (!scene) return null
  const at = pointOn(element, { clientX: client.x, clientY: client.y })
  const world = pickWorld(scene)
  if (item === 'pod') {
    const name = hostAt(world, at)
    const host = scene.view.hosts.find((each) => each.name === name)
    return host?.kind === 'node' ? { type: 'host', name: host.name } : null
  }
  const point = toWorld(useStage.getState().viewport, at)
  const plate = scene.layout.plates.find(({ box }) => inside(box, point))
  if (plate) return { type: 'plate', network: plate.network }
  return pickAt(world, at) === null ? { type: 'open' } : null
}

function targetsFor(item: PlacedItem): PlaceTarget[] {
  const scene = currentScene()
  if (!scene) return []
  if (item === 'pod') {
    const { selection } = useSelection.getState()
    const nodes = scene.view.hosts.filter((host) => host.kind === 'node')
    const first = selection?.type === 'host' ? selection.name : null
    const order = [...nodes.filter(({ name }) => name === first), ...nodes.filter(({ name }) => name !== first)]
    return order.map(({ name }) => ({ type: 'host', name }))
  }
  return scene.layout.plates.map(({ network }) => ({ type: 'plate', network }))
}

export function useStageElement(
  ref: RefObject<HTMLElement | null>,
  onHovered: (hovered: Hovered | null) => void,
): void {
  useEffect(() => {
    const element = ref.current
    if (!element) return
    const stops = [
      attachInput(element, onHovered),
      watchSize(element),
      watchRun(),
      startPainting(),
      onPlaced(placeItem),
      offerStage({ targetAt: (item, point) => targetOn(element, item, point), targets: targetsFor }),
    ]
    return () => {
      for (const stop of stops) stop()
    }
  }, [ref, onHovered])
}
