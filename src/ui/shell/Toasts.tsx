// The notice at the bottom of the stage: five seconds, longer while it is hovered or focused.
import { useEffect, useState } from 'react'
import { dismissToast, type Toast, useToast } from '../store/toasts.ts'
import styles from './Toasts.module.css'

const STAYS_MS = 5000

function Notice({ toast }: { toast: Toast }) {
  const [held, setHeld] = useState(false)
  useEffect(() => {
    if (held) return
    const timer = setTimeout(() => dismissToast(toast.id), STAYS_MS)
    return () => clearTimeout(timer)
  }, [held, toast.id])
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: hovering only keeps it on screen; its button is the control
    <div
      className={styles.toast}
      data-tone={toast.tone}
      data-stage-overlay
      onPointerEnter={() => setHeld(true)}
      onPointerLeave={() => setHeld(false)}
      onFocus={() => setHeld(true)}
      onBlur={() => setHeld(false)}
    >
      <span role={toast.tone === 'problem' ? 'alert' : 'status'}>{toast.text}</span>
      {toast.action ? (
        <button
          type="button"
          onClick={() => {
            dismissToast(toast.id)
            toast.action?.run()
          }}
        >
          {toast.action.label}
        </button>
      ) : null}
    </div>
  )
}

export function Toasts() {
  const toast = useToast((state) => state.toast)
  return toast ? <Notice key={toast.id} toast={toast} /> : null
}
