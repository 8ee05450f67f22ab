// A canvas of the timeline that is painted in the page's frame loop whenever what it shows has changed.
import { type RefObject, useEffect, useRef } from 'react'
import { onLanguageChange } from '../i18n/text.ts'
import { invalidate, onFrame } from '../player/frame-loop.ts'
import { usePrefs } from '../store/prefs.ts'
import { useRun } from '../store/run.ts'
import { useSelection } from '../store/selection.ts'
import { onThemeChange } from '../theme/apply-theme.ts'
import { useTimeline } from './timeline-store.ts'

type Paint = (ctx: CanvasRenderingContext2D, size: { width: number; height: number }) => void

/** Gives back a function that asks for a new painting. */
export function usePlotCanvas(canvas: RefObject<HTMLCanvasElement | null>, paint: Paint): () => void {
  const latest = useRef(paint)
  latest.current = paint
  const dirty = useRef(true)
  const ask = useRef(() => {
    dirty.current = true
    invalidate()
  }).current
  useEffect(() => {
    const draw = () => {
      const element = canvas.current
      const ctx = element?.getContext('2d')
      if (!dirty.current || !element || !ctx) return
      dirty.current = false
      const width = element.clientWidth
      const height = element.clientHeight
      const ratio = Math.min(3, window.devicePixelRatio || 1)
      if (element.width !== Math.round(width * ratio) || element.height !== Math.round(height * ratio)) {
        element.width = Math.round(width * ratio)
        element.height = Math.round(height * ratio)
      }
      ctx.setTransform(ratio, 0, 0, ratio, 0, 0)
      if (width > 0 && height > 0) latest.current(ctx, { width, height })
    }
    const observer = new ResizeObserver(ask)
    if (canvas.current) observer.observe(canvas.current)
    const stops = [
      onFrame(draw, 3),
      useTimeline.subscribe(ask),
      usePrefs.subscribe(ask),
      useSelection.subscribe(ask),
      useRun.subscribe((now, before) => {
        if (now.index !== before.index) ask()
      }),
      onThemeChange(ask),
      onLanguageChange(ask),
    ]
    ask()
    return () => {
      observer.disconnect()
      for (const stop of stops) stop()
    }
  }, [canvas, ask])
  return ask
}
