// One canvas of the stage. The painter owns its pixels; React only puts it in place.
import { useEffect, useRef } from 'react'
import { type LayerId, registerCanvas } from './painter.ts'
import styles from './Stage.module.css'

export function CanvasLayer({ layer }: { layer: LayerId }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  useEffect(() => (canvas.current ? registerCanvas(layer, canvas.current) : undefined), [layer])
  return <canvas ref={canvas} className={styles.layer} data-layer={layer} aria-hidden />
}
