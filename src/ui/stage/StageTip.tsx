// What the pointer rests on, in words, after 400 ms; and what is being placed, beside the pointer.
import { useEffect, useState } from 'react'
import { useText } from '../i18n/text.ts'
import { usePlayback } from '../store/playback.ts'
import { useRun } from '../store/run.ts'
import { usePlacing } from './drop-target.ts'
import type { Picked } from './pick.ts'
import styles from './Stage.module.css'
import type { Hovered } from './stage-input.ts'
import { messageName, sessionName } from './tree/tree-items.ts'

const DELAY_MS = 400

function wordsFor(picked: Picked, t: ReturnType<typeof useText>): string | null {
  const { view } = useRun.getState()
  if (!view) return null
  if (picked.type === 'session') {
    const session = view.sessions.find((each) => each.id === picked.id)
    return session ? sessionName(session, t.stage) : null
  }
  if (picked.type === 'message') {
    const message = view.messages.find((each) => each.id === picked.id)
    return message ? messageName(message, { text: t.stage, at: usePlayback.getState().at }) : null
  }
  if (picked.type === 'link') {
    const link = view.hosts
      .find(({ name }) => name === picked.host)
      ?.links.find(({ network }) => network === picked.network)
    if (!link) return null
    return link.up
      ? t.stage.names.link(picked.host, picked.network)
      : t.stage.names.linkCut(picked.host, picked.network)
  }
  if (picked.type === 'pod') {
    const pod = view.hosts
      .flatMap((host) => host.blocks.flatMap((block) => block.pods))
      .find(({ id }) => id === picked.id)
    if (!pod) return null
    return pod.address === null
      ? t.stage.names.podWithoutAddress(pod.id, pod.phase)
      : t.stage.names.pod(pod.id, pod.phase, pod.address)
  }
  return null
}

export function StageTip({ hovered }: { hovered: Hovered | null }) {
  const t = useText()
  const [shown, setShown] = useState<{ text: string; x: number; y: number } | null>(null)
  const key = hovered ? JSON.stringify(hovered.picked) : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: the delay starts again with another object, not with each move
  useEffect(() => {
    setShown(null)
    if (!hovered) return
    const timer = setTimeout(() => {
      const text = wordsFor(hovered.picked, t)
      if (text !== null) setShown({ text, x: hovered.at.x, y: hovered.at.y })
    }, DELAY_MS)
    return () => clearTimeout(timer)
  }, [key])
  if (!shown) return null
  return (
    <div className={styles.tip} role="tooltip" style={{ left: Math.max(8, shown.x - 80), top: shown.y + 18 }}>
      {shown.text}
    </div>
  )
}

export function PlacingGhost() {
  const t = useText()
  const { item, how, point, target } = usePlacing()
  if (item === null) return null
  const words =
    target?.type === 'plate'
      ? t.stage.place.onNetwork(target.network)
      : target?.type === 'host'
        ? t.stage.place.onNode(target.name)
        : t.stage.place[item]
  if (how === 'keyboard')
    return (
      <div className={styles.ghost} data-how="keyboard" role="status">
        {words} · {t.stage.place.keyboard}
      </div>
    )
  if (!point) return null
  return (
    <div className={styles.ghost} style={{ left: point.x, top: point.y }}>
      {words}
    </div>
  )
}
