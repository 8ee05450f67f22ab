// What can be done to the selected object: the entries of its context menu, as commands.
import { text } from '../i18n/text.ts'
import type { MenuEntry } from '../kit/menu-entry.ts'
import { focusHost } from '../stage/camera.ts'
import { menuFor } from '../stage/menu-items.ts'
import type { Picked } from '../stage/pick.ts'
import { select, useSelection } from '../store/selection.ts'
import type { Command } from './types.ts'

type Item = Extract<MenuEntry, { type: 'item' }>

function picked(): Picked | null {
  const { selection } = useSelection.getState()
  if (selection?.type === 'pod' || selection?.type === 'block') return { ...selection, host: '' } as Picked
  return selection
}

function items(): Item[] {
  const on = picked()
  if (!on) return []
  return menuFor(on).filter((entry): entry is Item => entry.type === 'item' && entry.disabled !== true)
}

const power = () => items().find(({ id }) => id === 'power' || id.startsWith('cut ') || id.startsWith('mend '))
const remove = () => items().find(({ id }) => id === 'delete')

export function selectionCommands(): Command[] {
  const t = text().tools.command
  const verbs = items().map(
    (entry): Command => ({ id: `selection ${entry.id}`, group: 'selection', label: entry.label, run: entry.run }),
  )
  const focus = () => {
    const { selection } = useSelection.getState()
    if (selection?.type === 'host') focusHost(selection.name)
  }
  return [
    ...verbs,
    {
      id: 'power',
      group: 'selection',
      label: t.power,
      shortcut: 'X',
      available: () => power() !== undefined,
      run: () => (items().find(({ id }) => id === 'power') ?? power())?.run(),
    },
    {
      id: 'remove',
      group: 'selection',
      label: t.remove,
      shortcut: 'Delete',
      available: () => remove() !== undefined,
      run: () => remove()?.run(),
    },
    { id: 'focus', group: 'selection', label: t.focus, shortcut: 'F', run: focus },
    {
      id: 'clear',
      group: 'selection',
      label: t.clear,
      shortcut: 'Escape',
      available: () => useSelection.getState().selection !== null,
      run: () => select(null),
    },
  ]
}
