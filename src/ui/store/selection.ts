// What is selected and what is hovered, the same everywhere on the page.
import { create } from 'zustand'
import type { Selection, SelectionState } from './types.ts'

export const useSelection = create<SelectionState>()(() => ({ selection: null, hover: null, inspectorTab: null }))

/** `tab` opens one tab of the inspector; without it the tab stays where the new selection has it, too. */
export function select(selection: Selection | null, tab?: string): void {
  useSelection.setState(tab === undefined ? { selection } : { selection, inspectorTab: tab })
}

export function setHover(hover: SelectionState['hover']): void {
  const now = useSelection.getState().hover
  if (now?.kind === hover?.kind && now?.id === hover?.id) return
  useSelection.setState({ hover })
}

export function setInspectorTab(inspectorTab: string | null): void {
  useSelection.setState({ inspectorTab })
}

/** `host/worker`, `session/...`: how a selection is written in a link. */
export function selectionToText(selection: Selection): string {
  if (selection.type === 'host') return `host/${selection.name}`
  if (selection.type === 'link') return `link/${selection.host}/${selection.network}`
  if (selection.type === 'block') return `block/${selection.cidr}`
  return `${selection.type}/${selection.id}`
}

export function selectionFromText(text: string): Selection | null {
  const slash = text.indexOf('/')
  const rest = text.slice(slash + 1)
  if (slash < 0 || rest === '') return null
  switch (text.slice(0, slash)) {
    case 'host':
      return { type: 'host', name: rest }
    case 'link': {
      const [host, network] = rest.split('/')
      return host && network ? { type: 'link', host, network } : null
    }
    case 'block':
      return { type: 'block', cidr: rest }
    case 'session':
      return { type: 'session', id: rest }
    case 'pod':
      return { type: 'pod', id: rest }
    case 'message':
      return /^\d+$/.test(rest) ? { type: 'message', id: Number(rest) } : null
    default:
      return null
  }
}
