// Every command of the page at this moment, in the order in which the command palette groups them.
import { addCommands } from './add.ts'
import { selectionCommands } from './on-selection.ts'
import { pageCommands } from './page.ts'
import { timeCommands } from './time.ts'
import type { Command } from './types.ts'
import { viewCommands } from './view.ts'

/** `evenUnavailable`: those that need a selection or something to undo, too. */
export function allCommands({ evenUnavailable = false } = {}): Command[] {
  const all = [...timeCommands(), ...selectionCommands(), ...addCommands(), ...viewCommands(), ...pageCommands()]
  return evenUnavailable ? all : all.filter(({ available }) => available?.() ?? true)
}
