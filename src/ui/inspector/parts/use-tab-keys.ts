// Alt+1 to Alt+9 open the tabs of the selection from anywhere on the page (ux.md 9).
import { useEffect } from 'react'
import { setInspectorTab } from '../../store/selection.ts'

export function useTabKeys(tabs: readonly string[]): void {
  const known = tabs.join(' ')
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const digit = /^Digit([1-9])$/.exec(event.code)?.[1]
      if (!digit || !event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
      const tab = known.split(' ')[Number(digit) - 1]
      if (!tab) return
      event.preventDefault()
      setInspectorTab(tab)
    }
    window.addEventListener('keydown', onKeyDown)
    return () => window.removeEventListener('keydown', onKeyDown)
  }, [known])
}
