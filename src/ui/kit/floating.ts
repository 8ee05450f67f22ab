// The parts of the kit that come as chunks of their own. main.tsx fetches them as soon as the page is up.
import { lazy } from 'react'

const menu = () => import('./FloatingMenu.tsx')
const panel = () => import('./FloatingPanel.tsx')

export const LazyMenu = lazy(menu)
export const LazyPanel = lazy(panel)

export function fetchFloating(): void {
  void menu().catch(() => undefined)
  void panel().catch(() => undefined)
}
