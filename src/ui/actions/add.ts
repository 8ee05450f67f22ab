// Commands that add something: by keyboard, the place is then chosen with arrow keys and Enter.
import { text } from '../i18n/text.ts'
import { beginPlacing, type PlacedItem } from '../stage/drop-target.ts'
import type { Command } from './types.ts'

function place(item: PlacedItem): () => void {
  return () => {
    document.querySelector<HTMLElement>('[data-region="stage"] [role="tree"] [tabindex="0"]')?.focus()
    beginPlacing(item, 'keyboard')
  }
}

export function addCommands(): Command[] {
  const t = text().tools.command
  return [
    { id: 'add-node', group: 'add', label: t.addNode, shortcut: 'N', run: place('node') },
    { id: 'add-router', group: 'add', label: t.addRouter, shortcut: 'R', run: place('router') },
    { id: 'add-pod', group: 'add', label: t.addPod, shortcut: 'P', run: place('pod') },
  ]
}
