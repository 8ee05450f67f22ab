// Puts the chosen theme on the root element and follows the system's while the choice is `system`.
const listeners = new Set<() => void>()
const system = matchMedia('(prefers-color-scheme: dark)')
let choice: 'light' | 'dark' | 'system' = 'system'

export function themeInForce(): 'light' | 'dark' {
  return document.documentElement.dataset.theme === 'dark' ? 'dark' : 'light'
}

function paint(): void {
  const theme = choice === 'system' ? (system.matches ? 'dark' : 'light') : choice
  if (document.documentElement.dataset.theme === theme) return
  document.documentElement.dataset.theme = theme
  for (const listener of listeners) listener()
}

export function applyTheme(next: 'light' | 'dark' | 'system'): void {
  choice = next
  paint()
}

/** Called after the root element carries the new theme. Returns the way to stop listening. */
export function onThemeChange(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

system.addEventListener('change', paint)
