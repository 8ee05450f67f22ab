// The playhead line with its handle, and the veil over what is still to come. Moved without rendering.
import { useEffect, useRef } from 'react'
import { onFrame } from '../player/frame-loop.ts'
import { usePlayback } from '../store/playback.ts'
import styles from './Timeline.module.css'
import { useTimeline, xOf } from './timeline-store.ts'

export function Playhead() {
  const line = useRef<HTMLDivElement>(null)
  const veil = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const move = () => {
      const { width } = useTimeline.getState()
      const x = xOf(usePlayback.getState().at)
      if (line.current) {
        line.current.style.transform = `translateX(${x}px)`
        line.current.style.visibility = x < -1 || x > width + 1 ? 'hidden' : 'visible'
      }
      if (veil.current) veil.current.style.left = `${Math.max(0, Math.min(width, x))}px`
    }
    move()
    const stops = [onFrame(move, 3), useTimeline.subscribe(move), usePlayback.subscribe(move)]
    return () => {
      for (const stop of stops) stop()
    }
  }, [])
  return (
    <>
      <div ref={veil} className={styles.veil} />
      <div ref={line} className={styles.playhead}>
        <svg width="12" height="14" viewBox="0 0 12 14" aria-hidden focusable="false">
          <path d="M2 0h8a2 2 0 0 1 2 2v6l-6 6-6-6V2a2 2 0 0 1 2-2z" />
        </svg>
      </div>
    </>
  )
}
