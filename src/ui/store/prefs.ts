// What the person prefers, remembered in this browser. A blocked storage only means it is forgotten.
import { create } from 'zustand'
import type { PrefsState } from './types.ts'

const KEY = 'calicoscope.prefs'

function defaults(): PrefsState {
  return {
    theme: 'system',
    language: navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en',
    reducedMotion: matchMedia('(prefers-reduced-motion: reduce)').matches,
    axis: 'activity',
    layers: { underlay: true, sessions: true, messages: true, pods: true },
    narrator: true,
    hiddenTypes: [],
    inspectorWidth: 376,
    timelineHeight: 240,
    dock: 'closed',
    inspector: true,
    singleKeys: true,
    welcomed: false,
  }
}

let blocked = false

/** Keeps only fields that exist and have the right kind of value, so an older page's record does no harm. */
function restore(): PrefsState {
  const base = defaults()
  try {
    const stored: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof stored !== 'object' || stored === null) return base
    const known = Object.entries(stored).filter(
      ([key, value]) => key in base && typeof value === typeof base[key as keyof PrefsState],
    )
    return { ...base, ...Object.fromEntries(known), dock: 'closed' }
  } catch {
    blocked = true
    return base
  }
}

export const usePrefs = create<PrefsState>()(restore)

/** Fields a link set for this visit; they are not written down as the person's own choice. */
const visiting = new Set<keyof PrefsState>()

usePrefs.subscribe((state) => {
  try {
    const own = Object.entries(state).filter(([key]) => !visiting.has(key as keyof PrefsState))
    localStorage.setItem(KEY, JSON.stringify(Object.fromEntries(own)))
  } catch {
    blocked = true
  }
})

export function setPrefs(change: Partial<PrefsState>): void {
  for (const key of Object.keys(change)) visiting.delete(key as keyof PrefsState)
  usePrefs.setState(change)
}

export function visitWith(change: Partial<PrefsState>): void {
  for (const key of Object.keys(change)) visiting.add(key as keyof PrefsState)
  usePrefs.setState(change)
}

export function storageBlocked(): boolean {
  return blocked
}
