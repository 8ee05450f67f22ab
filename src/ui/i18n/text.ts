// The catalog in force. English is in the first load; Chinese arrives as a chunk and replaces it in one step.
import { useSyncExternalStore } from 'react'
import type { LocalizedText } from '../../sim/index.ts'
import { type Catalog, en } from './en/index.ts'

export type Language = 'en' | 'zh-CN'

let current: { language: Language; catalog: Catalog } = { language: 'en', catalog: en }
const listeners = new Set<() => void>()

function put(language: Language, catalog: Catalog): void {
  current = { language, catalog }
  document.documentElement.lang = language
  for (const listener of listeners) listener()
}

/** Switches in place, keeping all state. A chunk that cannot be fetched leaves the language as it was: false. */
export async function setLanguage(language: Language): Promise<boolean> {
  if (language === 'en') {
    put('en', en)
    return true
  }
  try {
    const { zhCN } = await import('./zh-CN/index.ts')
    put('zh-CN', zhCN)
    return true
  } catch {
    return false
  }
}

/** For code outside React that paints words. Returns the way to stop listening. */
export function onLanguageChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The catalog, for components: `const t = useText()`, then `t.shell.share`. */
export function useText(): Catalog {
  return useSyncExternalStore(onLanguageChange, () => current.catalog)
}

/** The catalog, for code outside React (canvas, announcements, toasts). */
export function text(): Catalog {
  return current.catalog
}

/** Picks the language in force of a text that a scenario brings; English stands in for a missing one. */
export function localized(value: LocalizedText): string {
  return value[current.language] ?? value.en
}
