// The one notice at the bottom of the stage. A new one takes the place of the old.
import { create } from 'zustand'

export interface Toast {
  id: number
  text: string
  tone: 'plain' | 'problem'
  /** Label and deed of its button; every edit has Undo. */
  action: { label: string; run: () => void } | null
}

export const useToast = create<{ toast: Toast | null }>()(() => ({ toast: null }))

let nextId = 1

export function showToast(toast: Omit<Toast, 'id'>): void {
  useToast.setState({ toast: { ...toast, id: nextId++ } })
}

export function dismissToast(id: number): void {
  if (useToast.getState().toast?.id === id) useToast.setState({ toast: null })
}
